import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError, didYouMean, error } from '../../diagnostics';
import type { TargetKind } from '../../inference/options/options';
import { packageJson } from '../../files/package-files';

/** What Nx itself hands on beside the options of a target. */
const OF_NX = ['verbose', '__overrides_unparsed__'];

interface Schema {
  readonly properties: Readonly<Record<string, { readonly 'x-priority'?: string }>>;
}

/** The options of an executor, by its schema. */
function optionsOf(kind: TargetKind): Schema['properties'] {
  return packageJson<Schema>(`schemas/${kind}.json`).properties;
}

/** The options that a person would write. */
function publicNames(options: Schema['properties']): string[] {
  return Object.keys(options).filter((name) => options[name]?.['x-priority'] !== 'internal');
}

/**
 * Refuses what an executor does not read. Nx would pass over it, or end all tasks of a batch with a
 * stack, or not say what is nearest.
 *
 * @throws DiagnosticError `Options`, with all that is unknown
 */
export function checkOptions(kind: TargetKind, options: object): void {
  const own = optionsOf(kind);
  const names = publicNames(own);
  const problems = Object.entries(options).flatMap(([name, value]) => {
    if (Object.hasOwn(own, name) || OF_NX.includes(name)) return [];
    return name === '_' ? misplaced(kind, value, names) : unknown(kind, name, names);
  });
  if (problems.length > 0) throw new DiagnosticError(problems);
}

function unknown(kind: TargetKind, name: string, names: readonly string[]): Diagnostic {
  const all = `The ${names.length === 1 ? 'only option is' : 'options are'} ${names.map(dashed).join(', ')}.`;
  return error('Options', `${kind} has no option '${name}'`, {
    hint: didYouMean(name, names) ?? all,
  });
}

/** Words of a command that belong to no option. */
function misplaced(kind: TargetKind, words: unknown, names: readonly string[]): Diagnostic[] {
  return [words].flat().map((word) => {
    return error('Options', `${kind} accepts only options, got '${String(word)}'`, {
      hint: didYouMean(String(word), names)?.replace(/'(\w+)'/g, "'--$1'") ?? 'Remove it.',
    });
  });
}

function dashed(name: string): string {
  return `--${name}`;
}

/** Whether an option is set. In a batch, Nx hands on the text of `--strict=false`. */
export function flagOption(name: string, value: unknown): boolean {
  if (value === undefined || value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  throw new DiagnosticError(
    error('Options', `the option '${name}' must be true or false, got '${String(value)}'`, {
      hint: `Write --${name}, or leave it out.`,
    }),
  );
}
