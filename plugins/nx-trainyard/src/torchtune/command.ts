import { refuse } from '../diagnostics';

export interface TuneRun {
  readonly recipe: string;
  /** Whether the recipe runs under torchrun options: with them always, or without them always. */
  readonly distributed: boolean;
  /** The config's path, as the job sees it. */
  readonly config: string;
  /** The distributed config beside this one, for the error about too many GPUs. */
  readonly twin?: string | undefined;
}

export interface TuneResources {
  /** GPUs per node; 1 unless given. */
  readonly gpus?: number;
  /** 1 unless given. Several nodes also need torchrun's rendezvous, which the job script knows. */
  readonly nodes?: number;
}

/**
 * The argument list that runs a config. `--config` stands as a token of its own: `tune` does not
 * know `--config=…`, and any torchrun option makes a run distributed. (torchtune 0.6)
 *
 * @throws DiagnosticError `TorchtuneValidation` when a recipe for one GPU is given several
 */
export function tuneCommand(run: TuneRun, { gpus = 1, nodes = 1 }: TuneResources = {}): string[] {
  const config = ['--config', run.config];
  if (run.distributed) {
    const torchrun = ['--nnodes', String(nodes), '--nproc_per_node', String(gpus)];
    return ['tune', 'run', ...torchrun, run.recipe, ...config];
  }
  if (gpus > 1 || nodes > 1) {
    const asked = nodes > 1 ? `${nodes} nodes` : `${gpus} GPUs`;
    refuse(
      'TorchtuneValidation',
      `recipe ${run.recipe} runs on one GPU, and ${asked} are asked for`,
      {
        hint: run.twin
          ? `Write base_config: ${run.twin}, or gpus: 1.`
          : 'Write gpus: 1, or take the base config of a distributed recipe.',
      },
    );
  }
  return ['tune', 'run', run.recipe, ...config];
}
