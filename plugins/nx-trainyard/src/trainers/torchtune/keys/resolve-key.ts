import { didYouMean, nearest } from '../../../diagnostics';
import { pathOfKey, writePath } from '../../../yaml/value/key-path';
import { deeperPathsTo, pathIn, valueAt } from '../../../yaml/value/value-path';
import { loraHint, noScheduler, resolveMeaning } from './friendly-key';
import { BLOCKS, FRIENDLY_NAMES, WRITABLE_NAMES } from './friendly-names';
import type { KeyContext, KeyResolution } from './key-context';
import {
  baseTitle,
  eitherOf,
  isTrainable,
  matches,
  notTrainable,
  recipeOf,
  recipeReads,
  topLevelKeys,
  unknownPath,
} from './key-context';
import { nearPaths } from './near-paths';
import { acceptance, parametersNamed } from '../catalog/signature';

/**
 * The path in a torchtune config that a written key means. In order: a path of the base, a top-level
 * key of the base, a short name, a leaf that lies deeper (refused, never guessed), a key that the
 * recipe or a signature knows, a key that nothing knows.
 */
export function resolveKey(written: string, context: KeyContext): KeyResolution {
  const path = pathIn(context.base, pathOfKey(written));
  const name = writePath(path);
  if (valueAt(context.base, path)) {
    return { kind: 'path', path, how: path.length > 1 ? 'exact' : 'top-level' };
  }
  const meaning = FRIENDLY_NAMES.get(name);
  const resolved = meaning && resolveMeaning(name, meaning, context);
  if (resolved) return resolved;
  if (path.length > 1) return belowShortName(path, context) ?? deepKey(name, path, context);

  const deeper = deeperPathsTo(name, context.base);
  if (deeper.length > 0) {
    const location = deeper.length === 1 ? 'a deeper path' : `${deeper.length} deeper paths`;
    return unknownPath(
      `'${name}' is no top-level key of ${baseTitle(context)}, but exists at ${location}`,
      `Write ${eitherOf(deeper)}.`,
    );
  }
  if (recipeReads(path, context)) return { kind: 'path', path, how: 'added' };
  return unknownTopLevel(name, context);
}

/** A key of a mapping that a short name stands for: `column_map.input`. */
function belowShortName(
  [name = '', ...rest]: readonly string[],
  context: KeyContext,
): KeyResolution | undefined {
  const meaning = context.base.entries.at(name) ? undefined : FRIENDLY_NAMES.get(name);
  const resolved = meaning && resolveMeaning(name, meaning, context);
  if (resolved?.kind !== 'path') return resolved;
  return { ...resolved, path: [...resolved.path, ...rest] };
}

function unknown(
  path: readonly string[],
  message: string,
  hint: string | undefined,
): KeyResolution {
  return { kind: 'path', path, how: 'unknown', message, hint };
}

function nothingReads(name: string, topLevel: string, context: KeyContext): string {
  const reads = recipeReads([topLevel], context);
  const reader = reads === false ? `, and recipe ${context.recipe} does not read it` : '';
  return `'${name}' is not a key of ${baseTitle(context)}${reader}`;
}

function unknownTopLevel(name: string, context: KeyContext): KeyResolution {
  const parameters = parametersNamed(name, context);
  if (BLOCKS.has(name) && recipeReads([name], context) === false && !isTrainable(context)) {
    return notTrainable(name, context);
  }
  const names = new Set([...topLevelKeys(context), ...WRITABLE_NAMES]);
  names.delete(name);
  return unknown(
    [name],
    nothingReads(name, name, context),
    parameters.length > 0 ? `Write ${eitherOf(parameters)}.` : didYouMean(name, names),
  );
}

/** A dotted path that the base does not have. */
function deepKey(name: string, path: readonly string[], context: KeyContext): KeyResolution {
  if (recipeReads(path, context) || isComponentOf(path, context)) {
    return { kind: 'path', path, how: 'added' };
  }
  // The innermost block with a component decides: its parameters are the keys of the block.
  for (let length = path.length - 1; length > 0; length -= 1) {
    const block = path.slice(0, length);
    const key = path[length] ?? '';
    const answer = acceptance(key, block, context);
    switch (answer.kind) {
      case 'no component':
        continue;
      case 'accepted': {
        const holdsKeys = answer.parameter === undefined || answer.parameter === 'dict';
        if (length === path.length - 1 || holdsKeys) return { kind: 'path', path, how: 'added' };
        const owner = [...block, key].join('.');
        return unknown(
          path,
          `'${name}' is not in ${baseTitle(context)}, and '${owner}' holds no keys`,
          undefined,
        );
      }
      case 'not in catalog':
        return unknown(
          path,
          `'${name}' is not in ${baseTitle(context)}, and ${answer.component} is not in the catalog of torchtune ${context.catalog.version}`,
          undefined,
        );
      case 'rejected':
        return unknown(
          path,
          `'${name}' is not in ${baseTitle(context)}, and ${answer.component} has no parameter '${key}' for a config to set`,
          invalidHint(block, key, answer.parameters, context),
        );
    }
  }
  if (path[0] === 'lr_scheduler' && isTrainable(context)) return noScheduler(name, context);
  return unknown(path, nothingReads(name, path[0] ?? '', context), nearestPath(path, context));
}

/** Whether the path is the `_component_` of a block that the recipe makes an object of. */
function isComponentOf(path: readonly string[], context: KeyContext): boolean {
  const blocks = Object.keys(recipeOf(context)?.components ?? {});
  const owner = path.slice(0, -1);
  return path.at(-1) === '_component_' && blocks.some((pattern) => matches(pattern, owner));
}

function invalidHint(
  block: readonly string[],
  key: string,
  parameters: readonly string[],
  context: KeyContext,
): string | undefined {
  const owner = block.join('.');
  const meaning = FRIENDLY_NAMES.get(key);
  if (meaning?.kind === 'block' && meaning.block === owner) {
    if (owner === 'model') return loraHint(context);
    if (parameters.includes(meaning.key)) return `Write ${owner}.${meaning.key}.`;
  }
  return suggest(block, key, parameters);
}

/** The nearest whole paths, each part of them mended; never a part of a path. */
function nearestPath(path: readonly string[], context: KeyContext): string | undefined {
  const near = nearPaths(path, context.base, (found) => {
    const resolved = resolveKey(writePath(found), context);
    return resolved.kind === 'path' && resolved.how !== 'unknown';
  });
  return near.length > 0 ? `Did you mean ${eitherOf(near)}?` : undefined;
}

function suggest(
  block: readonly string[],
  key: string,
  names: readonly string[],
): string | undefined {
  const near = nearest(key, new Set(names)).map((name) => [...block, name].join('.'));
  return near.length > 0 ? `Did you mean ${eitherOf(near)}?` : undefined;
}
