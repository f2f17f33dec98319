import { readYaml } from '../../../yaml/reader/read';
import type { YamlMap } from '../../../yaml/value/value';
import type { KeyContext } from './key-context';
import { resolveKey } from './resolve-key';
import { openSource } from '../catalog/source';

const source = openSource('embedded', { root: '/', env: {} });

const LORA = 'llama3_2/1B_lora_single_device';
const FULL = 'llama3_2/1B_full_single_device';

function on(name: string): KeyContext {
  const loaded = source.load(name);
  if (loaded.kind !== 'found') throw new Error(loaded.diagnostic.message);
  const base = readYaml(loaded.config.source) as YamlMap;
  return { base, recipe: loaded.config.recipe, baseName: name, catalog: source.catalog };
}

/** A file of the researcher: no name, and no recipe that the catalog knows. */
function file(text: string, recipe?: string): KeyContext {
  const base = readYaml({ path: 'base.yaml', text }) as YamlMap;
  return { base, recipe, baseName: undefined, catalog: source.catalog };
}

const resolve = (name: string, context: KeyContext) => resolveKey(name, context);

describe('a key means, in this order,', () => {
  it('a dotted path of the base', () => {
    expect(resolve('profiler.warmup_steps', on(LORA))).toEqual({
      kind: 'path',
      path: ['profiler', 'warmup_steps'],
      how: 'exact',
    });
    expect(resolve('datasets.0.weight', on('dev/11B_lora_multi_dataset'))).toMatchObject({
      path: ['datasets', '0', 'weight'],
      how: 'exact',
    });
  });

  it('a top-level key of the base, before a short name', () => {
    const context = file('warmup_steps: 5\nlr_scheduler: {num_warmup_steps: 1}');
    expect(resolve('warmup_steps', context)).toEqual({
      kind: 'path',
      path: ['warmup_steps'],
      how: 'top-level',
    });
  });

  it('a short name, before a leaf that lies deeper', () => {
    expect(resolve('warmup_steps', on(LORA))).toEqual({
      kind: 'path',
      path: ['lr_scheduler', 'num_warmup_steps'],
      how: 'friendly',
    });
  });

  it('nothing, when it is a leaf that lies deeper: all its paths are named', () => {
    expect(resolve('enabled', on(LORA))).toEqual({
      kind: 'rejected',
      id: 'UnknownPath',
      message: `'enabled' is no top-level key of '${LORA}', but exists at a deeper path`,
      hint: 'Write profiler.enabled.',
    });
    expect(resolve('model_type', on('llama3_1/8B_full_dpo'))).toMatchObject({
      message:
        "'model_type' is no top-level key of 'llama3_1/8B_full_dpo', but exists at 2 deeper paths",
      hint: 'Write checkpointer.model_type or ref_checkpointer.model_type.',
    });
  });

  it('a key that the recipe reads', () => {
    expect(resolve('low_cpu_ram', on(LORA))).toEqual({
      kind: 'path',
      path: ['low_cpu_ram'],
      how: 'added',
    });
  });

  it('a key that a component takes', () => {
    expect(resolve('optimizer.betas', on(LORA))).toMatchObject({ how: 'added' });
    expect(resolve('dataset.column_map.input', on(LORA))).toMatchObject({ how: 'added' });
    expect(resolve('dataset.field', on(LORA))).toMatchObject({ how: 'added' });
  });

  it('an unknown key, with the nearest name', () => {
    expect(resolve('learning_rte', on(LORA))).toEqual({
      kind: 'path',
      path: ['learning_rte'],
      how: 'unknown',
      message: `'learning_rte' is not a key of '${LORA}', and recipe lora_finetune_single_device does not read it`,
      hint: "Did you mean 'learning_rate'?",
    });
  });
});

describe('keys of shipped configs', () => {
  it('are never unknown, also where their recipe does not read them', () => {
    for (const name of source.catalog.configNames()) {
      if (source.catalog.config(name)?.text === null) continue;
      const context = on(name);
      for (const key of context.base.entries.keys()) {
        const resolution = key.kind === 'str' && resolve(key.value, context);
        expect([name, resolution]).toMatchObject([name, { how: 'top-level' }]);
      }
    }
  });
});

describe('an unknown key', () => {
  it('is never compared with itself', () => {
    expect(resolve('epochs', file('orchestration: {num_steps: 100}'))).toMatchObject({
      how: 'unknown',
      message: "'epochs' is not a key of the base config",
      hint: undefined,
    });
  });

  it('below a component is compared with its parameters', () => {
    expect(resolve('dataset.pakced', on(LORA))).toEqual({
      kind: 'path',
      path: ['dataset', 'pakced'],
      how: 'unknown',
      message: `'dataset.pakced' is not in '${LORA}', and torchtune.datasets.alpaca_cleaned_dataset has no parameter 'pakced' for a config to set`,
      hint: 'Did you mean dataset.packed?',
    });
  });

  it('that is a short name in the right block shows the key', () => {
    expect(resolve('optimizer.learning_rate', on(LORA))).toMatchObject({
      how: 'unknown',
      hint: 'Write optimizer.lr.',
    });
    expect(resolve('model.lora_rank', on(FULL))).toMatchObject({
      how: 'unknown',
      hint: `Write base_config: ${LORA}`,
    });
  });

  it('that is a parameter of one block shows the path', () => {
    expect(resolve('num_output_chunks', on(LORA))).toMatchObject({
      how: 'unknown',
      hint: 'Write loss.num_output_chunks.',
    });
  });

  it('that the recipe itself gives to a component cannot be set', () => {
    expect(resolve('lr_scheduler.num_training_steps', on(LORA))).toMatchObject({
      how: 'unknown',
      message: expect.stringContaining("has no parameter 'num_training_steps' for a config to set"),
    });
  });

  it('below a number is not a path', () => {
    expect(resolve('tokenizer.max_seq_len.x', on(LORA))).toMatchObject({
      how: 'unknown',
      message: `'tokenizer.max_seq_len.x' is not in '${LORA}', and 'tokenizer.max_seq_len' holds no keys`,
    });
  });

  it('in a block that does not exist is shown as a whole path', () => {
    expect(resolve('datasets.source', on(LORA))).toMatchObject({
      how: 'unknown',
      message: `'datasets.source' is not a key of '${LORA}', and recipe lora_finetune_single_device does not read it`,
      hint: 'Did you mean dataset.source?',
    });
  });

  it('in a map without a component is compared with its keys', () => {
    expect(resolve('early.layrs', file('early: {layers: [1]}'))).toMatchObject({
      how: 'unknown',
      hint: 'Did you mean early.layers?',
    });
  });
});

describe('a component that the experiment writes', () => {
  const components = new Map([
    ['metric_logger', ['torchtune.training.metric_logging.WandBLogger']],
    ['optimizer', ['bitsandbytes.optim.PagedAdamW8bit', 'torch.optim.SGD']],
  ]);
  const context = { ...on(LORA), components };

  it('is the one whose parameters count', () => {
    expect(resolve('metric_logger.project', context)).toMatchObject({ how: 'added' });
    expect(resolve('metric_logger.mode', context)).toMatchObject({ how: 'added' });
  });

  it('is enough, as one of several, when it takes the key', () => {
    expect(resolve('optimizer.block_wise', context)).toMatchObject({ how: 'added' });
  });
});

describe('a component that the catalog does not have', () => {
  it('is asked nothing when it is code of the researcher', () => {
    const context = file('dataset: {_component_: my_lab.data.poems}');
    expect(resolve('dataset.rhyme', context)).toMatchObject({ how: 'added' });
  });

  it('makes a key unknown when it should be one of torchtune', () => {
    const context = file('model: {_component_: torchtune.models.qwen9.lora_qwen9, lora_rank: 8}');
    expect(resolve('model.rope', context)).toEqual({
      kind: 'path',
      path: ['model', 'rope'],
      how: 'unknown',
      message:
        "'model.rope' is not in the base config, and torchtune.models.qwen9.lora_qwen9 is not in the catalog of torchtune 0.6.1",
      hint: undefined,
    });
    expect(resolve('lora_dropout', { ...context, recipe: 'lora_finetune_distributed' })).toEqual({
      kind: 'path',
      path: ['model', 'lora_dropout'],
      how: 'unknown',
      message:
        "torchtune.models.qwen9.lora_qwen9 is not in the catalog of torchtune 0.6.1: it may not take 'lora_dropout'",
      hint: undefined,
    });
  });
});

describe('a block that the recipe makes an object of', () => {
  it('can be added with its component', () => {
    expect(resolve('lr_scheduler._component_', on(FULL))).toMatchObject({ how: 'added' });
    expect(resolve('quantizer._component_', on(LORA))).toMatchObject({
      how: 'unknown',
      message: `'quantizer._component_' is not a key of '${LORA}', and recipe lora_finetune_single_device does not read it`,
    });
  });
});
