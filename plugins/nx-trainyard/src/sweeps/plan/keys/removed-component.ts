import type { Diagnostic } from '../../../diagnostics';
import { warning } from '../../../diagnostics';
import { writePath } from '../../../yaml/value/key-path';
import { valueAt } from '../../../yaml/value/value-path';
import type { YamlMap, YamlValue } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import type { Experiment } from '../../experiment/experiment';
import { segmentOf } from '../overlay';
import type { Use } from './conflicts';
import { howToAllow } from './unknown-keys';

const COMPONENT = '_component_';

/** What decides whether something of the base is gone. */
interface Around {
  readonly base: SweepBase;
  readonly experiment: Experiment;
  /** The dotted paths that are replaced and not merged. */
  readonly replaced: ReadonlySet<string>;
}

/**
 * The components and mappings of a torchtune config that a value takes away: null (or an empty place,
 * which is null) instead of one, or a replacement that names no component. The recipe reads what was
 * there, so runs stop or train something else. Elsewhere null is how people switch things off.
 *
 * @param value as it is merged at the path
 */
export function removedComponents(
  use: Use,
  path: readonly string[],
  value: YamlValue,
  around: Around,
): Diagnostic[] {
  const old = valueAt(around.base.value, path);
  if (!old || around.base.framework !== 'torchtune') return [];
  if (value.kind === 'null') {
    const isName = path.at(-1) === COMPONENT && old.kind === 'str';
    if (isName) return [nameless(use, path, value, old.value)];
    return old.kind === 'map' && old.entries.size > 0
      ? [removed(use, path, value, old, around)]
      : [];
  }
  if (value.kind !== 'map' || old.kind !== 'map') return [];
  if (around.replaced.has(writePath(path))) {
    const name = componentOf(old);
    const isNamed = value.entries.at(COMPONENT)?.kind === 'str';
    return name === undefined || isNamed ? [] : [nameless(use, path, value, name)];
  }
  return Array.from(value.entries).flatMap(([key, item]) =>
    removedComponents(use, [...path, segmentOf(key)], item, around),
  );
}

function removed(
  { key, by }: Use,
  path: readonly string[],
  value: YamlValue,
  old: YamlMap,
  { experiment }: Around,
): Diagnostic {
  const name = writePath(path);
  const component = componentOf(old);
  const keys = Array.from(old.entries.keys(), segmentOf);
  const lost = component ?? (keys.length > 3 ? `${keys.slice(0, 3).join(', ')}, …` : keys.join());
  const is = isEmpty(value) ? 'is empty, which means null' : 'is null';
  const without =
    experiment.delete.length > 0 ? `add ${name} to 'delete'` : `write 'delete: [${name}]'`;
  const meant =
    by === 'control'
      ? `remove it here and ${without}`
      : howToAllow(key.name, experiment, 'removed-component');
  const otherwise =
    component === undefined
      ? 'Otherwise write the keys that change.'
      : `Otherwise write the component: ${name}._component_: ${component}.`;
  return warning(
    'removed-component',
    `'${name}' ${is}: runs are without what the base has there (${lost})`,
    {
      location: isEmpty(value) ? key.location : (value.location ?? key.location),
      hint: `If that is meant, ${meant}. ${otherwise}`,
      keys: [...new Set([key.name, name])],
    },
  );
}

/** A block of a component that is left without its name. */
function nameless(
  { key }: Use,
  path: readonly string[],
  value: YamlValue,
  component: string,
): Diagnostic {
  const name = writePath(path.at(-1) === COMPONENT ? path.slice(0, -1) : path);
  const message = `'${name}' has no component: runs cannot make anything of it`;
  return warning('removed-component', message, {
    location: isEmpty(value) ? key.location : (value.location ?? key.location),
    hint: `Write the component: ${name}.${COMPONENT}: ${component}.`,
    keys: [...new Set([key.name, name])],
  });
}

function componentOf({ entries }: YamlMap): string | undefined {
  const name = entries.at(COMPONENT);
  return name?.kind === 'str' ? name.value : undefined;
}

/** `optimizer:` with nothing behind it. */
function isEmpty({ kind, location }: YamlValue): boolean {
  return kind === 'null' && location !== undefined && location.start === location.end;
}
