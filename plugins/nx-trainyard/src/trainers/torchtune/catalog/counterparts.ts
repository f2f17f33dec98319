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
export function loraTwin(name: string, catalog: Catalog): string | undefined {
  if (!name.includes('_full')) return undefined;
  const lora = name.replace('_full', '_lora').replace(MULTINODE, '');
  const plain = lora.replace('_qat_', '_');
  return firstKnown([lora, lora.replace(SINGLE_DEVICE, '_single_device'), plain], catalog);
}

/** The recipe that does on several GPUs what one for a single device does. */
export function distributedRecipe(name: string, catalog: Catalog): string | undefined {
  const twin = name.replace(/_single_device$/, '_distributed');
  return twin !== name && catalog.recipe(twin)?.distributed ? twin : undefined;
}

/** The distributed config that stands beside one for a single device. */
export function distributedTwin(name: string, catalog: Catalog): string | undefined {
  const shared = name.replace(SINGLE_DEVICE, '');
  if (shared === name) return undefined;
  const twin = firstKnown([shared, `${shared}_distributed`], catalog);
  const recipe = twin === undefined ? undefined : catalog.config(twin)?.recipe;
  return recipe !== undefined && catalog.recipe(recipe)?.distributed ? twin : undefined;
}
