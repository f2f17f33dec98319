import { dirname, join, resolve } from 'node:path';
import { DiagnosticError } from '../../diagnostics';
import type { ExperimentNote } from '../../sweeps/experiment/base-note';
import { experimentNote } from '../../sweeps/experiment/base-note';
import type { SweepKind } from '../../sweeps/write/file-names';
import type { ExperimentInference } from './experiment-inference';
import { recipeParts } from '../memory/recipe-parts';
import { torchtuneTrace } from './torchtune-trace';
import { pathFrom } from '../../files/paths';

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
  let note: ExperimentNote | undefined;
  try {
    note = noteOf(inference, file);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const kind = { form: undefined, isScripted: undefined };
    return {
      inputs: [],
      description: 'A sweep that cannot be read. Run a target to see why.',
      kind,
    };
  }
  const isScripted = note?.base && note.base.kind === 'recipe';
  return { ...basedOn(inference, file, note?.base), kind: { form: note?.form, isScripted } };
}

/** @throws DiagnosticError for a text that is no YAML */
function noteOf(
  { context, workspaceRoot, memory }: ExperimentInference,
  file: string,
): ExperimentNote | undefined {
  const known = memory.recallFact('note', file) as Partial<ExperimentNote> | undefined;
  // JSON has no undefined.
  if (known) return { base: known.base, form: known.form };
  const source = context.files.tree.read(join(workspaceRoot, file));
  const note = source && experimentNote(source);
  if (note) memory.rememberFact('note', file, note);
  return note;
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
  const { settings, fileInputs, options } = inference;
  const description = `A sweep over the recipe ${recipe}.`;
  if (!settings) return { inputs: [options.launcherConfig], description };
  const { paths } = recipeParts(inference, settings.recipesDir, recipe);
  const { inputs, digests } = fileInputs([...paths, options.launcherConfig]);
  return { inputs, identity: digests, description };
}

function fileBase(inference: ExperimentInference, path: string, name: string): Based {
  const { workspaceRoot, fileInputs } = inference;
  const { inputs, digests } = fileInputs([pathFrom(workspaceRoot, path)]);
  // Its recipe is looked up in torchtune's list.
  const torchtune = torchtuneTrace(inference);
  const whole = [digests, torchtune.identity].filter((part) => part !== undefined);
  return {
    inputs: [...inputs, ...torchtune.inputs],
    identity: whole.length > 0 ? whole.join(' ') : undefined,
    description: `A sweep over ${inputs[0] ?? name}.`,
  };
}
