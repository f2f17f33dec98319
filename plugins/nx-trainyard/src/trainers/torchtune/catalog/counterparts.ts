import type { Catalog } from './catalog';

/** Endings of names that do not belong to the model or the method, but to the machine. */
const SINGLE_DEVICE = /_(single_device|low_memory)$/;
const MULTINODE = /_multinode$/;

/** The first of some names that the catalog has a text for. */
function firstKnown(names: readonly string[], catalog: Catalog): string | undefined {
  return names.find((name) => typeof catalog.config(name)?.text === 'string');
}

/**
 * The LoRA config that stands beside a full finetune config: `P/S_full…` and `P/S_lora…`, both for
 * one device or both distributed. Where LoRA is not trained with quantization, it is plain LoRA.
 * Undefined when the catalog has none.
 */
export function loraCounterpart(name: string, catalog: Catalog): string | undefined {
  if (!name.includes('_full')) return undefined;
  const lora = name.replace('_full', '_lora').replace(MULTINODE, '');
  const plain = lora.replace('_qat_', '_');
  return firstKnown([lora, lora.replace(SINGLE_DEVICE, '_single_device'), plain], catalog);
}

/** The recipe that does on several GPUs what one for a single device does. */
export function distributedRecipe(name: string, catalog: Catalog): string | undefined {
  const counterpart = name.replace(/_single_device$/, '_distributed');
  return counterpart !== name && catalog.recipe(counterpart)?.distributed ? counterpart : undefined;
}

/** The distributed config that stands beside one for a single device. */
export function distributedCounterpart(name: string, catalog: Catalog): string | undefined {
  const shared = name.replace(SINGLE_DEVICE, '');
  if (shared === name) return undefined;
  const counterpart = firstKnown([shared, `${shared}_distributed`], catalog);
  const recipe = counterpart === undefined ? undefined : catalog.config(counterpart)?.recipe;
  return recipe !== undefined && catalog.recipe(recipe)?.distributed ? counterpart : undefined;
}
