import type { SourceText } from '../../diagnostics';
import type { Catalog } from '../../trainers/torchtune';
import type { YamlMap } from '../../yaml/value/value';

/** How the names of config files end, and the recipe that such a config is for. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/lora_dpo_single_device$/, 'lora_dpo_single_device'],
  [/lora_dpo$/, 'lora_dpo_distributed'],
  [/full_dpo$/, 'full_dpo_distributed'],
  [/ppo_low_memory$/, 'ppo_full_finetune_single_device'],
  [/qat_lora$/, 'qat_lora_finetune_distributed'],
  [/qat_full$/, 'qat_distributed'],
  [/(?:lora|dora)_single_device$/, 'lora_finetune_single_device'],
  [/(?:lora|dora)$/, 'lora_finetune_distributed'],
  [/full_(?:single_device|low_memory)$/, 'full_finetune_single_device'],
  [/full$/, 'full_finetune_distributed'],
];

/**
 * Tells the recipe of a config that has no registered name: a teacher model makes it distillation,
 * else the end of the file's name says it, else a `tune run … --config` in a comment. Distillation
 * comes first because the comments of torchtune's own distillation configs name another recipe.
 */
export function guessRecipe(
  config: YamlMap,
  { path, text }: SourceText,
  catalog: Catalog,
): string | undefined {
  if (config.entries.at('teacher_model')) {
    return /distributed/.test(path)
      ? 'knowledge_distillation_distributed'
      : 'knowledge_distillation_single_device';
  }
  const stem = path.replace(/\.ya?ml$/, '');
  const ending = ENDINGS.find(([pattern]) => pattern.test(stem));
  if (ending) return ending[1];
  for (const [, name = ''] of text.matchAll(/tune run\b[^\n]*?([a-z][a-z0-9_/]+)\s+--config/g)) {
    if (catalog.recipe(name)) return name;
  }
  return undefined;
}
