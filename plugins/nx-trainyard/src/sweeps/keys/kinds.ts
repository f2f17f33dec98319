import { writePath } from '../../yaml/key-path';
import type { ConfigMap } from '../../hydra/config';
import { tryResolve } from '../../hydra/interpolation';
import { createConfig } from '../../hydra/config';
import { omegaConfTag } from '../../yaml/pyyaml-resolver';
import { keyNamed } from '../../yaml/value-path';
import type { YamlMap, YamlValue } from '../../yaml/value';
import { isContainer, pythonTypeName } from '../../yaml/value';
import { noKeys } from '../overlay';

/** Why a value does not fit where it is to go, and what to write. */
export interface KindProblem {
  readonly message: string;
  readonly hint: string;
  /** Whether it is about what lies on the way to the value, and not about the value. */
  readonly obstacle: boolean;
}

type Kind = 'number' | 'str' | 'bool' | 'list' | 'map' | 'bytes';

/** The kind of a value; null and interpolations fit everywhere. */
function kindOf(value: YamlValue): Kind | undefined {
  switch (value.kind) {
    case 'null':
      return undefined;
    case 'int':
    case 'float':
      return 'number';
    case 'str':
      return value.value.includes('${') || value.value === '???' ? undefined : 'str';
    default:
      return value.kind;
  }
}

/** Compares kinds with a base config, whose interpolations count as what they resolve to. */
export class KindChecker {
  readonly #config: ConfigMap;

  constructor(base: YamlMap) {
    this.#config = createConfig(base);
  }

  /**
   * Why a value cannot take the place of the base's: equal kinds fit, null fits either way, ints and
   * floats fit each other, and bool is no number. Undefined when it fits.
   */
  problem(path: readonly string[], value: YamlValue): KindProblem | undefined {
    const obstacle = this.#obstacle(path, value);
    if (obstacle) return obstacle;
    const old = this.#resolved(path);
    if (!old) return undefined;
    const [was, is] = [kindOf(old), kindOf(value)];
    if (was === undefined || is === undefined || was === is) return undefined;
    const message = `Cannot override ${pythonTypeName(old)} with ${pythonTypeName(value)} at key '${writePath(path)}'`;
    return { message, hint: hintFor(path, old, value), obstacle: false };
  }

  /** What holds no keys, where a value is to be one of its keys or to be merged into it. */
  #obstacle(path: readonly string[], value: YamlValue): KindProblem | undefined {
    let at: YamlValue = this.#config;
    for (const [depth, segment] of path.entries()) {
      const child: YamlValue | undefined =
        at.kind === 'map'
          ? at.entries.get(keyNamed(at.entries, segment))
          : at.kind === 'list'
            ? at.items[Number(segment)]
            : undefined;
      if (!child) return undefined;
      const here = path.slice(0, depth + 1);
      const last = depth === path.length - 1;
      if (last && value.kind !== 'map') return undefined;
      if (child.kind === 'str' && child.value.includes('${')) {
        const isMap = this.#resolved(here)?.kind === 'map';
        if (isMap) return cannotMerge(here, child.value);
      }
      if (last) return undefined;
      const next = path[depth + 1] ?? '';
      const kind = kindOf(child);
      const holds =
        kind === undefined ||
        kind === 'map' ||
        (child.kind === 'list' && child.items[Number(next)]);
      if (!holds) return { ...noKeys(here, child, next), obstacle: true };
      at = child;
    }
    return undefined;
  }

  #resolved(path: readonly string[]): YamlValue | undefined {
    let at: YamlValue | undefined = this.#config;
    for (const segment of path) {
      if (at?.kind === 'list') at = at.items[Number(segment)];
      else if (at?.kind === 'map' && 'parent' in at) {
        const map: ConfigMap = at as ConfigMap;
        const child = map.entries.get(keyNamed(map.entries, segment));
        at = child && (tryResolve(child, map, { env: {} }) ?? undefined);
      } else return undefined;
    }
    return at;
  }
}

function cannotMerge(path: readonly string[], text: string): KindProblem {
  const key = writePath(path);
  const message = `Cannot merge dict into the interpolation '${text}' at key '${key}'`;
  const hint = `Set the keys that it stands for, or write all of '${key}' and list it under 'replace'.`;
  return { message, hint, obstacle: true };
}

function hintFor(path: readonly string[], old: YamlValue, value: YamlValue): string {
  const key = writePath(path);
  const was = kindOf(old);
  if (was === 'number' && value.kind === 'str') {
    const tag = omegaConfTag(value.value);
    if (tag === 'int' || tag === 'float') return `Remove the quotes: ${value.value}.`;
    const [, name] = /^\{([\w.]+)\}$/.exec(value.value) ?? [];
    if (name !== undefined) return `A text is no number. Write derived: {${key}: "${name}"}`;
  }
  if (was === 'bool' && (value.kind === 'int' || value.kind === 'str'))
    return 'Write true or false.';
  if (was === 'str' && !isContainer(value)) return 'Put the value in quotes.';
  if (was === 'list' && value.kind !== 'map') return 'Write a list: [x].';
  if (old.kind === 'map' && old.entries.at('_component_') && value.kind === 'str') {
    return `Write ${key}._component_: ${value.value}`;
  }
  return "If the other kind is meant, list the key under 'replace'.";
}
