import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { problemsIn } from '../../files/system-error';
import { oncePer } from '../../basics/once-per';
import type * as Torchtune from '../../trainers/torchtune';
import type { ExperimentInference } from './experiment-inference';
import { pathFrom } from '../../files/paths';

/** What of torchtune the result of an experiment depends on. */
export interface TorchtuneTrace {
  /** Files of the workspace, from its root, there or not. */
  readonly inputs: readonly string[];
  /** Version and texts; nothing for the embedded torchtune, which is part of the plugin. */
  readonly identity: string | undefined;
}

/** Loaded where it is not the embedded one, of which there is nothing to find out. */
const torchtune = () => require('../../trainers/torchtune') as typeof Torchtune;

const EMBEDDED: TorchtuneTrace = { inputs: [], identity: undefined };

/**
 * The trace of a base config, or of torchtune alone for a base that is no config of its own: its
 * recipe is looked up in torchtune's list. Torchtune is opened once for all experiments.
 */
export function torchtuneTrace(inference: ExperimentInference, name?: string): TorchtuneTrace {
  return inference.options.torchtune === 'embedded' ? EMBEDDED : tracer(inference)(name);
}

const tracer = oncePer(({ options, workspaceRoot, fileInputs }: ExperimentInference) => {
  const source = open(options.torchtune, workspaceRoot);
  const known = new Map<string | undefined, TorchtuneTrace>();
  /** Where an installed torchtune lies differs from machine to machine; a named folder does not. */
  const inputsOf = (paths: readonly string[]): readonly string[] =>
    options.torchtune === 'installed'
      ? []
      : fileInputs(paths.map((path) => pathFrom(workspaceRoot, path))).inputs;
  const trace = (name: string | undefined): TorchtuneTrace => {
    if (!source) {
      const folder = resolve(workspaceRoot, options.torchtune);
      const { REGISTRY, registryAt } = torchtune();
      const registry = unless(() => registryAt(folder), join(folder, REGISTRY));
      return { inputs: inputsOf([registry]), identity: 'torchtune not found' };
    }
    const { kind, version } = source.describe();
    const files = source.files(name);
    return {
      inputs: inputsOf(files.map(({ path }) => path)),
      identity: [kind, version ?? 'unknown', ...files.map(digestOf)].join(' '),
    };
  };
  return (name?: string) => {
    const found = known.get(name) ?? trace(name);
    known.set(name, found);
    return found;
  };
});

/** Undefined where there is no torchtune, or none that can be read: the tasks say why. */
function open(option: string, root: string): Torchtune.BaseSource | undefined {
  return unless(() => torchtune().openSource(option, { root, env: process.env }), undefined);
}

function digestOf({ read }: Torchtune.SourceFile): string {
  const text = unless(() => read()?.text, null);
  if (text === null) return 'unreadable';
  return text === undefined ? 'missing' : createHash('sha256').update(text).digest('hex');
}

/** What is found out, or a word for it where that is a problem of the user's files. */
function unless<T, W>(work: () => T, word: W): T | W {
  try {
    return work();
  } catch (cause) {
    if (!problemsIn(cause)) throw cause;
    return word;
  }
}
