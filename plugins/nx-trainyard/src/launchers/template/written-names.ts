import type { Location } from '../../diagnostics';
import { locationWithin } from '../../yaml/value/scalar-location';
import type { ValueName } from './format-string';
import type { Template } from './template';

/** A name or folder that a script gives to what it starts, as its template has it. */
export interface WrittenName {
  /** As it is written, with what stands before its last dot. */
  readonly key: string;
  /** Texts, and the placeholders between them. */
  readonly parts: readonly (string | { readonly placeholder: ValueName })[];
  readonly location: Location | undefined;
}

/** What names the things that a job writes, after any prefix with a dot. */
const NAMES =
  /^(?:run_?name|run\.name|job_?name|model_save_name|exp_dir|results_dir|output_dir|save_dir|save_path|ckpt_dir|log_dir|logging_dir|default_local_dir)$/i;

/** `NAME=value`, `export NAME=value`, `++a.b.name="value"`. */
const ASSIGNMENT =
  /(?:^|(?<=[\s;]))\+{0,2}((?:[\w-]+\.)*?)(run\.name|\w+)=("[^"]*"|'[^']*'|[^\s;]*)/gm;

/** A placeholder in a text that is searched: no template has characters of private use. */
const SLOT = /\ue000(\d+)\ue001/g;

/** The names and folders that a template writes down. What it takes from variables of its own is followed. */
export function writtenNames({ pieces, isShell }: Template): WrittenName[] {
  if (!isShell) return [];
  const slots: { readonly name: ValueName; readonly location: Location | undefined }[] = [];
  const text = pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('rest' in piece || piece.name === 'overrides') return '';
      const { scalar } = piece.written;
      slots.push({ name: piece.name, location: locationWithin(scalar, piece.written) });
      return `\ue000${slots.length - 1}\ue001`;
    })
    .join('');
  const variables = new Map<string, string>();
  const found: WrittenName[] = [];
  for (const [, above = '', name = '', quoted = ''] of withoutComments(text).matchAll(ASSIGNMENT)) {
    const bare = /^(["']).*\1$/s.test(quoted) ? quoted.slice(1, -1) : quoted;
    // `X="${X:-…}"`: whoever starts the script says it.
    if (bare.startsWith(`\${${name}:`) || bare === '') continue;
    const value = bare.replace(
      /\$\{?(\w+)\}?/g,
      (whole, other: string) => variables.get(other) ?? whole,
    );
    if (above === '') variables.set(name, value);
    const parts = partsOf(value, slots);
    const saves = parts.some(
      (part) => typeof part !== 'string' && part.placeholder === 'model_save_name',
    );
    if (!NAMES.test(name) && !(saves && /(?:name|dir|path)$/i.test(name))) continue;
    const [, first] = new RegExp(SLOT).exec(value) ?? [];
    found.push({ key: above + name, parts, location: slots[Number(first ?? -1)]?.location });
  }
  return found;
}

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, '');
}

function partsOf(
  value: string,
  slots: readonly { readonly name: ValueName }[],
): WrittenName['parts'] {
  return value.split(SLOT).flatMap((part, index): WrittenName['parts'] => {
    if (index % 2 === 0) return part === '' ? [] : [part];
    const slot = slots[Number(part)];
    return slot ? [{ placeholder: slot.name }] : [];
  });
}
