import { nearest } from '../../diagnostics';
import { count } from '../../basics/count';
import type { ConfigContainer, ConfigNode } from './config';
import { fullKey, rootOf, splitKey } from './path';
import { pythonStr } from '../../yaml/value/python-text';

/** As many places of a key elsewhere as a hint can name without becoming a list. */
const ELSEWHERE = 3;

/**
 * What a key that was not found could have meant: a key of the same name that no string can reach,
 * a similar name in the last container that exists on the way, or the same name elsewhere.
 *
 * @param dots the dots before the key of a relative interpolation
 */
export function nearestKey(key: string, start: ConfigContainer, dots: string): string | undefined {
  let container: ConfigContainer = start;
  const way: string[] = [];
  for (const segment of splitKey(key)) {
    const child: ConfigNode | undefined =
      container.kind === 'map' ? container.entries.at(segment) : container.items[Number(segment)];
    if (child && (child.kind === 'map' || child.kind === 'list')) {
      container = child;
      way.push(segment);
      continue;
    }
    return similar(segment, container, `${dots}${way.map((name) => `${name}.`).join('')}`);
  }
  return undefined;
}

function similar(name: string, container: ConfigContainer, prefix: string): string | undefined {
  if (container.kind === 'list') {
    return `'${prefix.slice(0, -1)}' is a list with ${count(container.items.length, 'item')}.`;
  }
  const names: string[] = [];
  for (const key of container.entries.keys()) {
    const text = pythonStr(key);
    // The dots of a name are levels to an interpolation.
    if (key.kind === 'str' && !text.includes('.')) names.push(text);
    else if (key.kind === 'str') continue;
    else if (text === name) {
      return `'${name}' is a key of type ${key.kind} here, but interpolations can refer only to string keys. Put it in quotes where it is defined.`;
    }
  }
  const near = nearest(name, names).map((other) => `'${prefix}${other}'`);
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`;
  const elsewhere: string[] = [];
  collect(name, rootOf(container), elsewhere);
  return elsewhere.length > 0 ? `It exists as ${elsewhere.join(', ')}.` : undefined;
}

function collect(name: string, container: ConfigContainer, found: string[]): void {
  if (container.kind === 'map' && container.entries.at(name)) {
    found.push(`'${fullKey(container, name)}'`);
  }
  const children = container.kind === 'map' ? container.entries.values() : container.items;
  for (const child of children) {
    if (found.length >= ELSEWHERE) return;
    if (child.kind === 'map' || child.kind === 'list') collect(name, child, found);
  }
}
