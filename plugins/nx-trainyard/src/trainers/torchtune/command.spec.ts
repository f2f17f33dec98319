import { DiagnosticError, renderDiagnostics } from '../../diagnostics';
import type { TuneResources, TuneRun } from './command';
import { tuneCommand } from './command';

const single: TuneRun = {
  recipe: 'lora_finetune_single_device',
  distributed: false,
  config: 'configs/run_000.yaml',
};
const distributed: TuneRun = {
  recipe: 'lora_finetune_distributed',
  distributed: true,
  config: 'configs/run_000.yaml',
};

const line = (run: TuneRun, resources?: TuneResources) => tuneCommand(run, resources).join(' ');

function refusal(run: TuneRun, resources: TuneResources): string {
  try {
    tuneCommand(run, resources);
  } catch (caught) {
    if (caught instanceof DiagnosticError) return renderDiagnostics(caught.diagnostics);
    throw caught;
  }
  throw new Error('nothing was refused');
}

describe('the command of a run', () => {
  it('has no torchrun options for a recipe on one GPU', () => {
    const expected = 'tune run lora_finetune_single_device --config configs/run_000.yaml';
    expect(line(single)).toBe(expected);
    expect(line(single, { gpus: 1, nodes: 1 })).toBe(expected);
  });

  it('has torchrun options for a distributed recipe, also on one GPU', () => {
    expect(line(distributed)).toBe(
      'tune run --nnodes 1 --nproc_per_node 1 lora_finetune_distributed --config configs/run_000.yaml',
    );
    expect(line(distributed, { gpus: 8, nodes: 2 })).toBe(
      'tune run --nnodes 2 --nproc_per_node 8 lora_finetune_distributed --config configs/run_000.yaml',
    );
  });

  it('gives the config as an argument of its own', () => {
    expect(tuneCommand({ ...single, config: 'my configs/a.yaml' }).slice(-2)).toEqual([
      '--config',
      'my configs/a.yaml',
    ]);
  });

  it('is refused for several GPUs when the recipe runs on one', () => {
    expect(refusal({ ...single, counterpart: 'base_config: llama3_2/1B_lora' }, { gpus: 4 })).toBe(
      'error [TorchtuneValidation] recipe lora_finetune_single_device runs on one GPU, but 4 GPUs are requested\n' +
        'hint: Write base_config: llama3_2/1B_lora, or gpus: 1.',
    );
    expect(refusal(single, { nodes: 2 })).toBe(
      'error [TorchtuneValidation] recipe lora_finetune_single_device runs on one GPU, but 2 nodes are requested\n' +
        'hint: Write nodes: 1, or use the base config of a distributed recipe.',
    );
    expect(refusal(single, { nodes: 2, gpus: 8 })).toContain(
      'but 2 nodes of 8 GPUs are requested\nhint: Write nodes: 1 and gpus: 1,',
    );
  });

  it('is refused without a GPU when the recipe is distributed', () => {
    expect(refusal(distributed, { gpus: 0 })).toContain('needs a GPU, but gpus is 0');
    expect(line(single, { gpus: 0 })).toBe(line(single));
  });
});
