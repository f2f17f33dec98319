import type { Diagnostic } from '../../../diagnostics';
import { warning } from '../../../diagnostics';
import { writePath } from '../../../yaml/value/key-path';
import type { YamlValue } from '../../../yaml/value/value';
import { valueAt } from '../../../yaml/value/value-path';
import type { SweepBase } from '../../bases/base';
import type { Experiment, WrittenKey } from '../../experiment/experiment';
import type { Kind } from './kind-of';
import { kindOf } from './kind-of';
import { howToAllow } from './unknown-keys';

/**
 * The value that a text is in Python or in JSON, where YAML has a text only: `None`, `"null "`, `"True"`,
 * `inf`. Undefined for any other text.
 */
export function literalMeant(text: string): string | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'none' || word === 'null') return 'null';
  if (word === 'true' || word === 'false') return word;
  const [, minus, number] = /^(?:\+|(-))?(inf(?:inity)?|nan)$/.exec(word) ?? [];
  return number === undefined ? undefined : `${minus ?? ''}.${number.slice(0, 3)}`;
}

/** What to write where a value of some kind, or null, is wanted and a text is such a literal. */
export function literalHint(text: string, kind: Kind): string | undefined {
  const meant = literalMeant(text);
  const isBool = meant === 'true' || meant === 'false';
  const fits = meant === 'null' || (isBool ? kind === 'bool' : kind === 'number');
  return meant !== undefined && fits ? `Write ${meant}: ${shown(text)} is a text.` : undefined;
}

/** What a finding is about. */
interface Around {
  readonly key: WrittenKey;
  readonly experiment: Experiment;
  readonly base: SweepBase;
  readonly components: ReadonlyMap<string, readonly string[]>;
  /** Whether runs write to the folder at a path. */
  readonly isOutputDir: (path: readonly string[]) => boolean;
}

/**
 * Texts that are probably meant as null, a truth or a number, where the base's kinds do not refuse them:
 * any such text where the base has null, and a plain `None` wherever it has a text or nothing.
 */
export function* literalTexts(
  path: readonly string[],
  value: YamlValue,
  around: Around,
): Generator<Diagnostic> {
  if (value.kind === 'list') {
    for (const [index, item] of value.items.entries()) {
      yield* literalTexts([...path, String(index)], item, around);
    }
  }
  if (value.kind === 'map') {
    for (const [key, item] of value.entries) {
      if (key.kind === 'str') yield* literalTexts([...path, key.value], item, around);
    }
  }
  if (value.kind !== 'str') return;
  const meant = literalMeant(value.value);
  if (meant === undefined) return;
  const { key, experiment, base, components } = around;
  const old = valueAt(base.value, path);
  const name = writePath(path);
  const details = {
    location: value.location ?? key.location,
    keys: [...new Set([key.name, name])],
  };
  const message = `'${name}' is the text ${shown(value.value)}`;
  if (old?.kind === 'null') {
    if (base.kindAt?.(path, components) === 'str' && meant !== 'null') return;
    const allow = howToAllow(key.name, experiment, 'literal-as-text');
    const hint = `Write ${meant}. If the text is meant, ${allow}.`;
    yield warning('literal-as-text', message, { ...details, hint });
    return;
  }
  const isOpen = old === undefined || kindOf(old) === 'str' || kindOf(old) === undefined;
  const isSame = old?.kind === 'str' && old.value === value.value;
  if (!isOpen || isSame || !isPlainNone(value)) return;
  const write = around.isOutputDir(path) ? 'Write the path of a folder' : 'Write null';
  const hint = `${write}. If the text is meant, put it in quotes: 'None'.`;
  yield warning('literal-as-text', message, { ...details, hint });
}

function isPlainNone(value: YamlValue): boolean {
  const { location } = value;
  if (value.kind !== 'str' || value.value !== 'None' || !location) return false;
  return location.source.text.slice(location.start, location.end) === 'None';
}

/** A text that may end in spaces. */
function shown(text: string): string {
  return /^\w+$/.test(text) ? text : `'${text}'`;
}
