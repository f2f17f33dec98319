import { dirname, join, resolve } from 'node:path';
import { DiagnosticError } from '../diagnostics';
import { composedFiles } from '../hydra/compose';
import { diskFiles } from '../files/file-tree';
import { recipeRequest } from '../hydra/recipe';
import type { ExperimentNote } from '../sweeps/experiment/base-note';
import { experimentNote } from '../sweeps/experiment/base-note';
import type { SweepKind } from '../sweeps/write/file-names';
import type { ExperimentInference } from './experiment-inference';
import { torchtuneTrace } from './torchtune-trace';
import { pathFrom } from '../files/paths';

/** What the runs of an experiment are made from. */
export interface ExperimentBase {
  /** Files of the workspace, from its root. */
  readonly inputs: readonly string[];
  /** What Nx does not hash, such as files outside the workspace. */
  readonly identity?: string | undefined;
  readonly description: string;
  /** What is known of the files that are written. */
  readonly kind: SweepKind;
}

type Based = Omit<ExperimentBase, 'kind'>;

/** Finds what the runs of an experiment are made from; nothing, for one that cannot be read. */
export function experimentBase(inference: ExperimentInference, file: string): ExperimentBase {
  const { workspaceRoot } = inference;
  let note: ExperimentNote | undefined;
  try {
    const source = diskFiles(workspaceRoot).read(join(workspaceRoot, file));
    note = source && experimentNote(source);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const kind = { form: undefined, isScripted: undefined };
    return { inputs: [], description: 'A sweep that cannot be read; its targets say why.', kind };
  }
  const isScripted = note?.base && note.base.kind === 'recipe';
  return { ...basedOn(inference, file, note?.base), kind: { form: note?.form, isScripted } };
}

function basedOn(
  inference: ExperimentInference,
  file: string,
  note: ExperimentNote['base'],
): Based {
  const { workspaceRoot } = inference;
  switch (note?.kind) {
    case 'recipe':
      return recipeBase(inference, note.recipe);
    case 'file':
      return fileBase(inference, resolve(workspaceRoot, dirname(file), note.path), note.path);
    case 'name':
      return {
        ...torchtuneTrace(inference, note.name),
        description: `A sweep over ${note.name}.`,
      };
    default:
      return { inputs: [], description: 'A sweep without a base config.' };
  }
}

function recipeBase(inference: ExperimentInference, recipe: string): Based {
  const { settings, workspaceRoot, context, options } = inference;
  const description = `A sweep over the recipe ${recipe}.`;
  if (!settings) return { inputs: [options.launcherConfig], description };
  const recipesDir = join(workspaceRoot, settings.recipesDir);
  const request = recipeRequest({ recipesDir, recipe });
  const { files, looked, problem } = composedFiles(request, context);
  const { inputs, digests } = inputsOf(inference, [
    ...(problem ? looked : files),
    join(workspaceRoot, options.launcherConfig),
  ]);
  return { inputs, identity: digests, description };
}

function fileBase(inference: ExperimentInference, path: string, name: string): Based {
  const { inputs, digests } = inputsOf(inference, [path]);
  // Its recipe is looked up in torchtune's list.
  const torchtune = torchtuneTrace(inference);
  const whole = [digests, torchtune.identity].filter((part) => part !== undefined);
  return {
    inputs: [...inputs, ...torchtune.inputs],
    identity: whole.length > 0 ? whole.join(' ') : undefined,
    description: `A sweep over ${inputs[0] ?? name}.`,
  };
}

/** @param files absolute */
function inputsOf({ workspaceRoot, fileInputs }: ExperimentInference, files: readonly string[]) {
  return fileInputs(files.map((file) => pathFrom(workspaceRoot, file)));
}
