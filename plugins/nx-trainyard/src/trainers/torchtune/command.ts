import { throwDiagnostic } from '../../diagnostics';

export interface TuneRun {
  readonly recipe: string;
  /** Whether the recipe runs under torchrun options: with them always, or without them always. */
  readonly distributed: boolean;
  /** The config's path, as the job sees it. */
  readonly config: string;
  /** What to write to run on several GPUs, for the error about too many of them. */
  readonly counterpart?: string | undefined;
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
 * @throws DiagnosticError `TorchtuneValidation` when a recipe for one GPU is given several, or one
 *   for several is given none
 */
export function tuneCommand(run: TuneRun, { gpus = 1, nodes = 1 }: TuneResources = {}): string[] {
  const config = ['--config', run.config];
  if (run.distributed) {
    if (gpus < 1) {
      throwDiagnostic(
        'TorchtuneValidation',
        `recipe ${run.recipe} needs a GPU, but gpus is ${gpus}`,
        {
          hint: 'Write gpus: 1, or more.',
        },
      );
    }
    const torchrun = ['--nnodes', String(nodes), '--nproc_per_node', String(gpus)];
    return ['tune', 'run', ...torchrun, run.recipe, ...config];
  }
  const asked = [
    ...(nodes > 1 ? [{ amount: `${nodes} nodes`, one: 'nodes: 1' }] : []),
    ...(gpus > 1 ? [{ amount: `${gpus} GPUs`, one: 'gpus: 1' }] : []),
  ];
  if (asked.length > 0) {
    const amounts = asked.map(({ amount }) => amount).join(' of ');
    const ones = asked.map(({ one }) => one).join(' and ');
    throwDiagnostic(
      'TorchtuneValidation',
      `recipe ${run.recipe} runs on one GPU, but ${amounts} are requested`,
      {
        hint: run.counterpart
          ? `Write ${run.counterpart}, or ${ones}.`
          : `Write ${ones}, or use the base config of a distributed recipe.`,
      },
    );
  }
  return ['tune', 'run', run.recipe, ...config];
}
