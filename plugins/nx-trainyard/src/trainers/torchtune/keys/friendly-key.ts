import { deeperPathsTo, valueAt } from '../../../yaml/value/value-path';
import type { Block, Meaning } from './friendly-names';
import type { KeyContext, KeyResolution } from './key-context';
import {
  baseTitle,
  componentsAt,
  eitherOf,
  friendly,
  invalid,
  isTrainable,
  notTrainable,
  recipeReads,
  unknownPath,
} from './key-context';
import { acceptance, parametersNamed } from '../catalog/signature';
import { loraCounterpart } from '../catalog/counterparts';

const SCHEDULER = 'torchtune.training.lr_schedulers.get_cosine_schedule_with_warmup';

/**
 * Where a short name leads in this base config. Undefined: it is a top-level key that the base does
 * not have, and the catalog does not know whether the recipe reads it.
 */
export function resolveMeaning(
  name: string,
  meaning: Meaning,
  context: KeyContext,
): KeyResolution | undefined {
  switch (meaning.kind) {
    case 'gone':
      return unknownPath(meaning.message, meaning.hint);
    case 'no home':
      return noHome(name, context);
    case 'top-level':
      return topLevel(name, meaning.key, context);
    case 'block':
      return inBlock(name, meaning.block, meaning.key, context);
  }
}

function noHome(name: string, context: KeyContext): KeyResolution {
  const written = deeperPathsTo(name, context.base);
  const paths = [...new Set([...written, ...parametersNamed(name, context)])];
  return unknownPath(
    `'${name}' has no short form: each recipe keeps it elsewhere`,
    paths.length > 0
      ? `Write ${eitherOf(paths)}.`
      : `No block of ${baseTitle(context)} has it. Write the full path to add it.`,
  );
}

function topLevel(name: string, key: string, context: KeyContext): KeyResolution | undefined {
  if (context.base.entries.at(key)) return friendly(key);
  const reads = recipeReads([key], context);
  if (reads === undefined) return undefined;
  if (reads) return friendly(key);
  if (!isTrainable(context)) return notTrainable(name, context);
  const message = `'${name}' cannot be set: recipe ${context.recipe} does not read '${key}'`;
  if (key === 'epochs' && recipeReads(['num_steps'], context)) {
    return invalid(message, 'Write num_steps; this recipe counts steps.');
  }
  const deeper = deeperPathsTo(key, context.base);
  if (deeper.length > 0) return invalid(message, `Write ${eitherOf(deeper)}.`);
  return invalid(message, `Remove '${name}', or use a base config of another recipe.`);
}

function inBlock(name: string, block: Block, key: string, context: KeyContext): KeyResolution {
  if (block === 'tokenizer' && recipeReads(['max_seq_length'], context)) {
    return friendly('max_seq_length');
  }
  const reason = key === 'packed' ? cannotPack(context) : undefined;
  if (reason) return invalid(`'${name}' cannot be set: ${reason}`, `Remove '${name}'.`);
  // Another component than the base's may not take what the base's has.
  const isSwapped = context.components?.has(block) === true;
  if (valueAt(context.base, [block, key])) {
    const answer = isSwapped ? acceptance(key, [block], context) : undefined;
    return answer?.kind === 'rejected'
      ? noParameter(name, block, key, answer.component)
      : friendly(block, key);
  }
  if (block !== 'tokenizer' && !isTrainable(context)) return notTrainable(name, context);
  if (block === 'model' && !hasLora(context)) return noLora(name, context);
  const answer = acceptance(key, [block], context);
  switch (answer.kind) {
    case 'accepted':
      return friendly(block, key);
    case 'rejected':
      return noParameter(name, block, key, answer.component);
    case 'not in catalog':
      return {
        kind: 'path',
        path: [block, key],
        how: 'unknown',
        message: `${answer.component} is not in the catalog of torchtune ${context.catalog.version}: it may not take '${key}'`,
        hint: undefined,
      };
    case 'no component':
      if (block === 'lr_scheduler') return noScheduler(name, context);
      return elsewhere(name, block, key, context);
  }
}

function noParameter(name: string, block: Block, key: string, component: string): KeyResolution {
  return invalid(
    `'${name}' cannot be set: ${component} has no parameter '${key}'`,
    `Remove '${name}', or set ${block}._component_ too.`,
  );
}

/** Why a run of this base cannot pack its data set, as far as names can tell. */
function cannotPack(context: KeyContext): string | undefined {
  if (/(^|_)(dpo|ppo|grpo)_/.test(context.recipe ?? '')) {
    return `recipe ${context.recipe} does not pack its dataset`;
  }
  const multimodal = componentsAt(['dataset'], context).some((name) =>
    name.includes('.multimodal.'),
  );
  return multimodal ? 'torchtune does not pack datasets with images' : undefined;
}

/** The key's block is missing in the base, or has no component there. */
function elsewhere(name: string, block: Block, key: string, context: KeyContext): KeyResolution {
  const paths = deeperPathsTo(key, context.base);
  return unknownPath(
    `'${name}' usually means a key of '${block}', and ${baseTitle(context)} has no such block`,
    paths.length > 0 ? `Write ${eitherOf(paths)}.` : `Remove '${name}', or write its full path.`,
  );
}

function hasLora(context: KeyContext): boolean {
  const written = valueAt(context.base, ['model', 'lora_rank']) !== undefined;
  return written || acceptance('lora_rank', ['model'], context).kind === 'accepted';
}

/** What is said about LoRA settings for a model without LoRA. */
function noLora(name: string, context: KeyContext): KeyResolution {
  const builders = componentsAt(['model'], context);
  const built =
    builders.length > 0 ? `builds ${builders.join(' and ')}, without LoRA` : "has no block 'model'";
  return invalid(`'${name}' cannot be set: ${baseTitle(context)} ${built}`, loraHint(context));
}

/** Names the LoRA config beside a full finetune config, if there is one. */
export function loraHint({ baseName, catalog }: KeyContext): string {
  const counterpart = baseName && loraCounterpart(baseName, catalog);
  return counterpart
    ? `Write base_config: ${counterpart}`
    : 'Use the base config of a LoRA recipe.';
}

/** What is said about the scheduler's settings where there is no scheduler. */
export function noScheduler(name: string, context: KeyContext): KeyResolution {
  if (recipeReads(['lr_scheduler'], context) === false) {
    return invalid(
      `'${name}' cannot be set: recipe ${context.recipe} has no learning rate scheduler`,
      `Remove '${name}'.`,
    );
  }
  return invalid(
    `'${name}' cannot be set: ${baseTitle(context)} has no learning rate scheduler`,
    `Add one under controls:\n  lr_scheduler:\n    _component_: ${SCHEDULER}`,
  );
}
