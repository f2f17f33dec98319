import type { YamlMap, YamlValue } from '../../../yaml/value/value';
import type { Rules } from './lint';
import { configRule } from './lint';
import type { Catalog } from '../catalog/catalog';
import { componentRule } from './component-rule';
import { RANGE_RULES } from './range-rules';
import { VALUE_RULES } from './value-rules';

function isTrue(value: YamlValue | undefined): boolean {
  return value?.kind === 'bool' && value.value;
}

function isSet(value: YamlValue | undefined): value is YamlValue {
  return value !== undefined && value.kind !== 'null';
}

/** A number, whichever of int and float it is. */
function numberOf(value: YamlValue | undefined): number | undefined {
  return value?.kind === 'int' || value?.kind === 'float' ? Number(value.value) : undefined;
}

/** The blocks of `dataset`: itself, or its items where several data sets are joined. */
function blocksOf(
  dataset: YamlValue | undefined,
): { readonly path: readonly string[]; readonly block: YamlMap }[] {
  if (dataset?.kind === 'map') return [{ path: ['dataset'], block: dataset }];
  if (dataset?.kind !== 'list') return [];
  return dataset.items.flatMap((block, index) =>
    block.kind === 'map' ? [{ path: ['dataset', String(index)], block }] : [],
  );
}

const confoundedRank = configRule(['model.lora_alpha'], ([value], { varied }) => {
  if (!varied.has('model.lora_rank') || varied.has('model.lora_alpha')) return [];
  const alpha = numberOf(value);
  if (alpha === undefined) return [];
  return [
    {
      id: 'confounded-rank',
      message: `lora_rank varies while lora_alpha stays ${alpha}: the scale alpha / rank varies too, and its effect cannot be told from the effect of the rank`,
      path: ['model', 'lora_alpha'],
      hint: 'Derive it from the rank: derived: {lora_alpha: "2 * lora_rank"}',
      strictInSubmit: false,
    },
  ];
});

const dataFilesWithoutSource = configRule(['dataset'], ([dataset]) =>
  blocksOf(dataset)
    .filter(
      ({ block }) => isSet(block.entries.at('data_files')) && !isSet(block.entries.at('source')),
    )
    .map(({ path }) => ({
      id: 'data-files-without-source',
      message: `${path.join('.')}.data_files is set without a source: the files are looked for in the builder's own data set`,
      path: [...path, 'data_files'],
      hint: `Write ${path.join('.')}.source: json, csv, parquet or text.`,
      strictInSubmit: true,
    })),
);

const packedWithoutLength = configRule(
  ['dataset', 'tokenizer.max_seq_len'],
  ([dataset, length]) => {
    if (isSet(length)) return [];
    return blocksOf(dataset)
      .filter(({ block }) => isTrue(block.entries.at('packed')))
      .map(({ path }) => ({
        id: 'packed-without-max-seq-len',
        message: `${path.join('.')}.packed is true and tokenizer.max_seq_len is not set: the run stops after the model is loaded`,
        path: [...path, 'packed'],
        hint: 'Write max_seq_len, for example 4096.',
        strictInSubmit: true,
      }));
  },
);

const optimizerInBackward = configRule(
  ['optimizer_in_bwd', 'clip_grad_norm', 'gradient_accumulation_steps'],
  ([inBackward, clip, accumulation]) => {
    if (!isTrue(inBackward)) return [];
    const conflicts: string[] = [];
    if (isSet(clip)) conflicts.push('clip_grad_norm');
    if ((numberOf(accumulation) ?? 1) > 1) conflicts.push('gradient_accumulation_steps');
    return conflicts.map((key) => ({
      id: 'optimizer-in-backward',
      message: `optimizer_in_bwd is true, and ${key} does not work with it: the run stops at its start`,
      path: [key],
      hint: `Write optimizer_in_bwd: false, or ${key}: ${key === 'clip_grad_norm' ? 'null' : '1'}.`,
      strictInSubmit: true,
    }));
  },
);

const offloadingAlone = configRule(
  ['enable_activation_offloading', 'enable_activation_checkpointing'],
  ([offloading, checkpointing]) => {
    if (!isTrue(offloading) || isTrue(checkpointing)) return [];
    return [
      {
        id: 'offloading-without-checkpointing',
        message: 'enable_activation_offloading is true without enable_activation_checkpointing',
        path: ['enable_activation_offloading'],
        hint: 'Write enable_activation_checkpointing: true.',
        strictInSubmit: true,
      },
    ];
  },
);

const halfPrecision = configRule(['dtype', 'optimizer._component_'], ([dtype, optimizer]) => {
  // Evaluation and generation do run in fp16; only training refuses it.
  if (dtype?.kind !== 'str' || dtype.value !== 'fp16' || !optimizer) return [];
  return [
    {
      id: 'fp16',
      message: 'dtype is fp16: torchtune does not train in it',
      path: ['dtype'],
      hint: 'Write dtype: bf16 or dtype: fp32.',
      strictInSubmit: true,
    },
  ];
});

const fusedBitsAndBytes = configRule(
  ['optimizer._component_', 'optimizer.fused'],
  ([component, fused]) => {
    if (component?.kind !== 'str' || !component.value.startsWith('bitsandbytes.')) return [];
    if (!fused) return [];
    return [
      {
        id: 'fused-bitsandbytes',
        message: `optimizer.fused is set, and ${component.value} has no parameter 'fused': the run stops at its start`,
        path: ['optimizer', 'fused'],
        hint: 'Write delete: [optimizer.fused], and do not set it anywhere.',
        strictInSubmit: true,
      },
    ];
  },
);

const CONFIG_RULES: Rules['ofConfigs'] = [
  confoundedRank,
  dataFilesWithoutSource,
  packedWithoutLength,
  optimizerInBackward,
  offloadingAlone,
  halfPrecision,
  fusedBitsAndBytes,
];

/** What `tune validate` does not see in the config of a run. Interpolations are not resolved. */
export function torchtuneRules(catalog: Catalog): Rules {
  return {
    ofValues: [...VALUE_RULES, ...RANGE_RULES, componentRule(catalog)],
    ofConfigs: CONFIG_RULES,
  };
}
