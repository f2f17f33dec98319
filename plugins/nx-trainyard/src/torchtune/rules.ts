import type { YamlMap, YamlValue } from '../yaml/value';
import { numberAt } from '../yaml/value-path';
import type { Finding, Rule, RunFacts } from './finding';
import { VALUE_RULES } from './value-rules';

/** The value at a top-level key, or at a key of a block. Split paths would cost more than the rules. */
function at(config: YamlMap, block: string, key?: string): YamlValue | undefined {
  const value = config.entries.at(block);
  if (key === undefined) return value;
  return value?.kind === 'map' ? value.entries.at(key) : undefined;
}

function isTrue(value: YamlValue | undefined): boolean {
  return value?.kind === 'bool' && value.value;
}

function isSet(value: YamlValue | undefined): value is YamlValue {
  return value !== undefined && value.kind !== 'null';
}

/** The blocks of `dataset`: itself, or its items where several data sets are joined. */
function datasets(
  config: YamlMap,
): { readonly path: readonly string[]; readonly block: YamlMap }[] {
  const dataset = config.entries.at('dataset');
  if (dataset?.kind === 'map') return [{ path: ['dataset'], block: dataset }];
  if (dataset?.kind !== 'list') return [];
  return dataset.items.flatMap((block, index) =>
    block.kind === 'map' ? [{ path: ['dataset', String(index)], block }] : [],
  );
}

const confoundedRank: Rule = (config, { varied }) => {
  if (!varied.has('model.lora_rank') || varied.has('model.lora_alpha')) return [];
  const alpha = numberAt(config, 'model.lora_alpha');
  if (alpha === undefined) return [];
  return [
    {
      id: 'confounded-rank',
      message: `lora_rank varies while lora_alpha stays ${alpha}: the scale alpha / rank varies too, and its effect cannot be told from the effect of the rank`,
      path: ['model', 'lora_alpha'],
      hint: 'Let it follow the rank: derived: {lora_alpha: "2 * lora_rank"}',
      strictInSubmit: false,
    },
  ];
};

const dataFilesWithoutSource: Rule = (config) =>
  datasets(config)
    .filter(
      ({ block }) => isSet(block.entries.at('data_files')) && !isSet(block.entries.at('source')),
    )
    .map(({ path }) => ({
      id: 'data-files-without-source',
      message: `${path.join('.')}.data_files is set without a source: the files are looked for in the builder's own data set`,
      path: [...path, 'data_files'],
      hint: `Write ${path.join('.')}.source: json, csv, parquet or text.`,
      strictInSubmit: true,
    }));

const packedWithoutLength: Rule = (config) =>
  isSet(at(config, 'tokenizer', 'max_seq_len'))
    ? []
    : datasets(config)
        .filter(({ block }) => isTrue(block.entries.at('packed')))
        .map(({ path }) => ({
          id: 'packed-without-max-seq-len',
          message: `${path.join('.')}.packed is true and tokenizer.max_seq_len is not set: the run stops after the model is loaded`,
          path: [...path, 'packed'],
          hint: 'Write max_seq_len, for example 4096.',
          strictInSubmit: true,
        }));

const PLACEHOLDER = /(^|[^\w.-])\/path\/to(\/|$)/;

const placeholderPath: Rule = (config) => {
  const found: Finding[] = [];
  addPlaceholders(config, [], found);
  return found;
};

function addPlaceholders(value: YamlValue, path: readonly string[], found: Finding[]): void {
  if (value.kind === 'map') {
    value.entries.forEach((key, item) => {
      if (key.kind === 'str' && mayHold(item)) addPlaceholders(item, [...path, key.value], found);
    });
  } else if (value.kind === 'list') {
    for (const [index, item] of value.items.entries()) {
      if (mayHold(item)) addPlaceholders(item, [...path, String(index)], found);
    }
  } else if (value.kind === 'str' && PLACEHOLDER.test(value.value)) {
    found.push({
      id: 'placeholder-path',
      message: `${path.join('.')} is a placeholder: ${value.value}`,
      path,
      hint: 'Write the real path.',
      strictInSubmit: true,
    });
  }
}

/** Most values are ruled out at once, for every run of a sweep is looked at. */
function mayHold(value: YamlValue): boolean {
  if (value.kind === 'str') return value.value.includes('/path/to');
  return value.kind === 'map' || value.kind === 'list';
}

const optimizerInBackward: Rule = (config) => {
  if (!isTrue(at(config, 'optimizer_in_bwd'))) return [];
  const conflicts: string[] = [];
  if (isSet(at(config, 'clip_grad_norm'))) conflicts.push('clip_grad_norm');
  if ((numberAt(config, 'gradient_accumulation_steps') ?? 1) > 1) {
    conflicts.push('gradient_accumulation_steps');
  }
  return conflicts.map((key) => ({
    id: 'optimizer-in-backward',
    message: `optimizer_in_bwd is true, and ${key} does not work with it: the run stops at its start`,
    path: [key],
    hint: `Write optimizer_in_bwd: false, or ${key}: ${key === 'clip_grad_norm' ? 'null' : '1'}.`,
    strictInSubmit: true,
  }));
};

const offloadingAlone: Rule = (config) => {
  if (!isTrue(at(config, 'enable_activation_offloading'))) return [];
  if (isTrue(at(config, 'enable_activation_checkpointing'))) return [];
  return [
    {
      id: 'offloading-without-checkpointing',
      message: 'enable_activation_offloading is true without enable_activation_checkpointing',
      path: ['enable_activation_offloading'],
      hint: 'Write enable_activation_checkpointing: true.',
      strictInSubmit: true,
    },
  ];
};

const halfPrecision: Rule = (config) => {
  const dtype = at(config, 'dtype');
  // Evaluation and generation do run in fp16; only training refuses it.
  if (dtype?.kind !== 'str' || dtype.value !== 'fp16' || !config.entries.at('optimizer')) return [];
  return [
    {
      id: 'fp16',
      message: 'dtype is fp16: torchtune does not train in it',
      path: ['dtype'],
      hint: 'Write dtype: bf16 or dtype: fp32.',
      strictInSubmit: true,
    },
  ];
};

const RULES: readonly Rule[] = [
  confoundedRank,
  dataFilesWithoutSource,
  packedWithoutLength,
  placeholderPath,
  optimizerInBackward,
  offloadingAlone,
  halfPrecision,
  ...VALUE_RULES,
];

/** What `tune validate` does not see in the config of a run. Interpolations are not resolved. */
export function lintRun(config: YamlMap, facts: RunFacts): Finding[] {
  const found: Finding[] = [];
  for (const rule of RULES) found.push(...rule(config, facts));
  return found;
}
