import { writePath } from '../../../yaml/value/key-path';
import type { ConfigMap } from '../../../hydra/config/config';
import { tryResolve } from '../../../hydra/interpolation/interpolation';
import { createConfig } from '../../../hydra/config/config';
import { keyNamed } from '../../../yaml/value/value-path';
import type { YamlValue } from '../../../yaml/value/value';
import { pythonTypeName } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import type { Use } from './conflicts';
import { kindHint } from './kind-hints';
import { kindOf } from './kind-of';
import { noKeys } from '../overlay';

/** Why a value does not fit where it is to go, and what to write. */
export interface KindProblem {
  readonly message: string;
  readonly hint: string;
  /** Whether it is about what lies on the way to the value, and not about the value. */
  readonly obstacle: boolean;
}

/** Compares kinds with a base config, whose interpolations count as what they resolve to. */
export class KindChecker {
  readonly #config: ConfigMap;

  readonly #fullName: SweepBase['componentNamed'];

  constructor({ value, componentNamed }: SweepBase) {
    this.#config = createConfig(value);
    this.#fullName = componentNamed;
  }

  /**
   * Why a value cannot take the place of the base's: equal kinds fit, null fits either way, ints and
   * floats fit each other, and bool is no number. Undefined when it fits.
   */
  problem(path: readonly string[], value: YamlValue, by: Use['by']): KindProblem | undefined {
    const obstacle = this.#obstacle(path, value);
    if (obstacle) return obstacle;
    const old = this.#resolved(path);
    if (!old) return undefined;
    const [was, is] = [kindOf(old), kindOf(value)];
    if (was === undefined || is === undefined || was === is) return undefined;
    const message = `Cannot override ${pythonTypeName(old)} with ${pythonTypeName(value)} at key '${writePath(path)}'`;
    return { message, hint: kindHint(path, old, value, by, this.#fullName), obstacle: false };
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
  const hint = `Set the keys it refers to, or write all of '${key}' and list it under 'replace'.`;
  return { message, hint, obstacle: true };
}
