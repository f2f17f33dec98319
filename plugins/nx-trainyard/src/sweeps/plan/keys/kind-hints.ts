import { writePath } from '../../../yaml/value/key-path';
import { flowText } from '../../../yaml/writer/inline-text';
import { omegaConfTag } from '../../../yaml/value/implied-type';
import { readYaml } from '../../../yaml/reader/read';
import type { YamlValue } from '../../../yaml/value/value';
import { isContainer, pythonTypeName } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import type { KeySource } from '../../experiment/experiment';
import { numbersIn } from '../../experiment/schema/numbers';
import { mappingMeant } from '../../experiment/schema/assignments-in';
import { kindOf } from './kind-of';
import { literalHint } from './literal-texts';

/** What to write instead of a value whose kind is not that of the base's. */
export function kindHint(
  path: readonly string[],
  old: YamlValue,
  value: YamlValue,
  by: KeySource,
  fullName: SweepBase['componentNamed'],
): string {
  const key = writePath(path);
  const was = kindOf(old);
  const meant = old.kind === 'map' ? mappingMeant(value) : undefined;
  if (meant !== undefined) return `Write ${key}: ${by === 'variable' ? `[${meant}]` : meant}.`;
  if (value.kind === 'list' && !isContainer(old)) return severalHint(key, value, by);
  if (value.kind === 'str') {
    const hint = textHint(key, was, value.value, by);
    if (hint !== undefined) return hint;
  }
  if (was === 'bool' && (value.kind === 'int' || value.kind === 'str')) {
    return 'Write true or false.';
  }
  if (was === 'str' && !isContainer(value)) return `Put the value in quotes: '${written(value)}'.`;
  if (was === 'list' && value.kind !== 'map') return `Write a list: [${written(value)}].`;
  if (old.kind === 'map' && old.entries.at('_component_') && value.kind === 'str') {
    return `Write ${key}._component_: ${fullName?.(path, value.value) ?? value.value}`;
  }
  const otherwise = `if ${written(value)} is meant, write 'replace: [${key}]'.`;
  if (was === 'number' && !isContainer(value)) {
    return `Write a number in place of ${written(value)}, which is ${pythonTypeName(value)}; ${otherwise}`;
  }
  return `I${otherwise.slice(1)}`;
}

/** A list for a key that holds one value. */
function severalHint(key: string, value: YamlValue, by: KeySource): string {
  const list = flowText(value);
  return by === 'control'
    ? `To vary it, write 'variables: {${key}: ${list}}'.`
    : `A list in a list is one value: write ${list.slice(1, -1)} without brackets.`;
}

/** What a text was meant as, as far as it can be told. */
function textHint(
  key: string,
  was: ReturnType<typeof kindOf>,
  text: string,
  by: KeySource,
): string | undefined {
  const literal = was && literalHint(text, was);
  if (literal !== undefined) return literal;
  if (was === 'list') {
    const read = readText(text);
    return read?.kind === 'list' ? `Remove the quotes: ${text}.` : undefined;
  }
  if (was !== 'number') return undefined;
  const tag = omegaConfTag(text);
  if (tag === 'int' || tag === 'float') return `Remove the quotes: ${text}.`;
  const numbers = numbersIn(text);
  if (numbers && by === 'control') {
    return `To vary it, write 'variables: {${key}: [${numbers.join(', ')}]}'.`;
  }
  if (numbers) {
    const why = /[,;|[]/.test(text) ? 'It is one text' : 'A comma is missing';
    return `${why}: write ${numbers.join(', ')}.`;
  }
  const [, name] = /^\{([\w.]+)\}$/.exec(text) ?? [];
  if (name !== undefined) return `A text is no number. Write derived: {${key}: "${name}"}`;
  return undefined;
}

function readText(text: string): YamlValue | undefined {
  try {
    return readYaml({ path: '', text }, 'omegaconf');
  } catch {
    return undefined;
  }
}

/** A value as it was written, or as it could be. */
function written(value: YamlValue): string {
  const { location } = value;
  const text = location?.source.text.slice(location.start, location.end);
  return text === undefined || text.includes('\n') ? flowText(value) : text;
}
