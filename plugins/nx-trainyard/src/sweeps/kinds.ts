import type { ConfigMap } from '../hydra/config';
import { tryResolve } from '../hydra/interpolation';
import { createConfig } from '../hydra/config';
import { omegaConfTag } from '../yaml/pyyaml-resolver';
import type { YamlMap, YamlValue } from '../yaml/value';
import { pythonTypeName } from '../yaml/value';

/** Why a value does not fit where it is to go, and what to write. */
export interface KindProblem {
  readonly message: string;
  readonly hint: string;
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
    const old = this.#resolved(path);
    if (!old) return undefined;
    const [was, is] = [kindOf(old), kindOf(value)];
    if (was === undefined || is === undefined || was === is) return undefined;
    const message = `Cannot override ${pythonTypeName(old)} with ${pythonTypeName(value)} at key '${path.join('.')}'`;
    return { message, hint: hintFor(was, value) };
  }

  #resolved(path: readonly string[]): YamlValue | undefined {
    let at: YamlValue | undefined = this.#config;
    for (const segment of path) {
      if (at?.kind === 'list') at = at.items[Number(segment)];
      else if (at?.kind === 'map' && 'parent' in at) {
        const map: ConfigMap = at as ConfigMap;
        const child = map.entries.at(segment);
        at = child && (tryResolve(child, map, { env: {} }) ?? undefined);
      } else return undefined;
    }
    return at;
  }
}

function hintFor(was: Kind, value: YamlValue): string {
  if (was === 'number' && value.kind === 'str') {
    const tag = omegaConfTag(value.value);
    if (tag === 'int' || tag === 'float') return `Remove the quotes: ${value.value}.`;
  }
  if (was === 'bool' && (value.kind === 'int' || value.kind === 'str'))
    return 'Write true or false.';
  if (was === 'str') return 'Put the value in quotes.';
  if (was === 'list' && value.kind !== 'map') return 'Write a list: [x].';
  return "If the other kind is meant, list the key under 'replace'.";
}
