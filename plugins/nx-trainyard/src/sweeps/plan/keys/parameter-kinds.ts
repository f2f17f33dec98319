import type { Diagnostic } from '../../../diagnostics';
import { warning } from '../../../diagnostics';
import { writePath } from '../../../yaml/value/key-path';
import { omegaConfTag } from '../../../yaml/value/implied-type';
import { valueAt } from '../../../yaml/value/value-path';
import type { YamlValue } from '../../../yaml/value/value';
import type { ParameterKind } from '../../../trainers/torchtune';
import type { SweepBase } from '../../bases/base';
import type { WrittenKey } from '../../experiment/experiment';
import { formatValue } from '../../../yaml/writer/format-value';
import { kindOf } from './kind-of';
import { literalHint } from './literal-texts';

type Path = readonly string[];

interface Wanted {
  readonly words: string;
  readonly fits: (value: YamlValue) => boolean;
  readonly hint: string;
}

const isNumber = (value: YamlValue): boolean => kindOf(value) === 'number';

const WANTED: Readonly<Record<ParameterKind, Wanted>> = {
  // A float where a whole number is wanted is told of with the number to write.
  int: { words: 'a whole number', fits: isNumber, hint: 'Write a number, such as 1' },
  float: { words: 'a number', fits: isNumber, hint: 'Write a number, such as 0.1' },
  bool: {
    words: 'true or false',
    fits: ({ kind }) => kind === 'bool',
    hint: 'Write true or false',
  },
  str: { words: 'a text', fits: ({ kind }) => kind === 'str', hint: 'Write a text' },
  list: { words: 'a list', fits: ({ kind }) => kind === 'list', hint: 'Write a list' },
  dict: { words: 'a mapping', fits: ({ kind }) => kind === 'map', hint: 'Write a mapping' },
};

/**
 * Values where the base has null or nothing, so that its kinds do not decide, and the framework takes
 * another kind: runs would stop when it reads them, or leave them out.
 */
export function wrongParameterKind(
  key: WrittenKey,
  path: Path,
  value: YamlValue,
  base: SweepBase,
  components: ReadonlyMap<string, readonly string[]>,
): Diagnostic | undefined {
  for (let length = 1; length <= path.length; length++) {
    const here = path.slice(0, length);
    const old = valueAt(base.value, here);
    if (old && old.kind !== 'null') continue;
    const kind = base.kindAt?.(here, components);
    if (kind === undefined) continue;
    // A key below is a part of a mapping.
    const is = length < path.length ? 'map' : kindOf(value);
    const { words, fits, hint } = WANTED[kind];
    if (is === undefined || (length === path.length ? fits(value) : kind === 'dict')) continue;
    const name = writePath(here);
    const nullable = old ? ', or null' : '';
    const isQuoted = value.kind === 'str' && ['int', 'float'].includes(omegaConfTag(value.value));
    const unquoted = isQuoted && (kind === 'int' || kind === 'float');
    const literal =
      value.kind === 'str' && length === path.length
        ? literalHint(value.value, kind === 'bool' ? 'bool' : 'number')
        : undefined;
    return warning('wrong-kind', `'${name}' gets ${WORDS[is]}, and takes ${words}`, {
      location: (length === path.length ? value.location : undefined) ?? key.location,
      hint:
        literal ?? (unquoted ? `Remove the quotes: ${formatValue(value)}.` : `${hint}${nullable}.`),
      keys: [key.name, name],
    });
  }
  return undefined;
}

const WORDS: Readonly<Record<NonNullable<ReturnType<typeof kindOf>>, string>> = {
  number: 'a number',
  str: 'a text',
  bool: 'true or false',
  list: 'a list',
  map: 'a mapping',
  bytes: 'bytes',
};

/** `{}` where the base has a mapping: mappings merge, so nothing changes. */
export function emptyMapping(
  key: WrittenKey,
  path: Path,
  value: YamlValue,
  base: SweepBase,
): Diagnostic | undefined {
  if (value.kind !== 'map' || value.entries.size > 0) return undefined;
  const old = valueAt(base.value, path);
  if (old?.kind !== 'map' || old.entries.size === 0) return undefined;
  const name = writePath(path);
  return warning('empty-mapping', `'${key.name}' is {}, which changes nothing: mappings merge`, {
    location: value.location ?? key.location,
    hint: `Remove it. To have nothing in it, write 'replace: [${name}]', too.`,
    keys: [key.name, name],
  });
}
