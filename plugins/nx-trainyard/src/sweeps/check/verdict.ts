import type { Diagnostic, SourceText } from '../../diagnostics';
import { DiagnosticError, didYouMean, warning } from '../../diagnostics';
import type { Experiment, Silence, WrittenKey } from '../experiment/experiment';

/** A key under `silence`, with every name by which a finding may know it. */
interface SilencedKey {
  readonly key: WrittenKey;
  readonly names: readonly string[];
}

interface SilenceEntry extends Pick<Silence, 'id' | 'location'> {
  readonly keys: readonly SilencedKey[] | undefined;
}

/**
 * What becomes of what is found: the one place that decides. What is silenced is not told. An error
 * stays an error and a note a note. A warning is an error where one is strict or `validate.mode` is
 * `error`, and is not told where the mode is `off`; a caller who is strict is stronger than that.
 */
export class Verdict {
  /** What a warning is; undefined: nothing. */
  readonly #warning: 'warning' | 'error' | undefined;
  readonly #silenced: readonly SilenceEntry[];
  readonly #source: SourceText;
  readonly #pathOf: (name: string) => string | undefined;

  /** @param pathOf the dotted path that a key means, which may be written in its place */
  constructor(
    { source, validationMode, silenced }: Experiment,
    { strict }: { readonly strict?: boolean },
    pathOf: (name: string) => string | undefined = () => undefined,
  ) {
    this.#warning =
      strict || validationMode === 'error'
        ? 'error'
        : validationMode === 'off'
          ? undefined
          : 'warning';
    this.#source = source;
    this.#pathOf = pathOf;
    this.#silenced = silenced.map(({ id, location, keys }) => ({
      id,
      location,
      keys: keys?.map((key) => ({ key, names: this.#namesOf([key.name]) })),
    }));
  }

  /** Whether warnings are not told, so that nobody need look for them. */
  get hidesWarnings(): boolean {
    return this.#warning === undefined;
  }

  /** What is to be told, each as what it is. */
  on(findings: readonly Diagnostic[]): Diagnostic[] {
    return findings.flatMap((finding) => {
      if (this.#isSilenced(finding)) return [];
      if (finding.severity !== 'warning') return [finding];
      return this.#warning ? [{ ...finding, severity: this.#warning }] : [];
    });
  }

  /**
   * Refuses what is an error by itself, and then all that is one. Warnings that are errors alone are
   * no reason to stop before everything has been found.
   *
   * @throws DiagnosticError
   */
  throwDiagnostic(findings: readonly Diagnostic[]): void {
    const isStop = (finding: Diagnostic): boolean => {
      return finding.severity === 'error' && !this.#isSilenced(finding);
    };
    if (findings.some(isStop)) this.#throwErrors(this.on(findings));
  }

  /**
   * What is to be told in the end, and of entries of `silence` that silenced nothing.
   *
   * @param findings all that there are, or those of some runs where not all were looked at
   * @throws DiagnosticError with the errors
   */
  conclude(findings: readonly Diagnostic[], { isAll }: { isAll: boolean }): Diagnostic[] {
    const reported = this.on([...findings, ...(isAll ? this.#unused(findings) : [])]);
    this.#throwErrors(reported);
    return reported;
  }

  /** Errors in the order of the experiment file; those of its base come last. */
  #throwErrors(reported: readonly Diagnostic[]): void {
    const errors = reported.filter(({ severity }) => severity === 'error');
    const at = ({ location }: Diagnostic): number => {
      return location?.source === this.#source ? location.start : Number.MAX_SAFE_INTEGER;
    };
    if (errors.length > 0) throw new DiagnosticError(errors.sort((a, b) => at(a) - at(b)));
  }

  #isSilenced({ id, keys = [], keysOfEach = [] }: Diagnostic): boolean {
    const entries = this.#silenced.filter((entry) => entry.id === id);
    if (entries.length === 0) return false;
    const silenced = new Set(
      entries.flatMap((entry) => entry.keys?.flatMap(({ names }) => names) ?? []),
    );
    const isNamed = (each: readonly string[]): boolean =>
      this.#namesOf(each).some((name) => silenced.has(name));
    return (
      entries.some((entry) => !entry.keys) ||
      isNamed(keys) ||
      (keysOfEach.length > 0 && keysOfEach.every(isNamed))
    );
  }

  /** Names, and the paths that they mean: what is written in one way may be silenced in another. */
  #namesOf(names: readonly string[]): string[] {
    return names.flatMap((name) => [name, this.#pathOf(name) ?? name]);
  }

  #unused(findings: readonly Diagnostic[]): Diagnostic[] {
    return this.#silenced.flatMap(({ id, location, keys }) => {
      if (id === UNUSED) return [];
      const found = findings.filter((finding) => finding.id === id);
      if (!keys) return found.length > 0 ? [] : [unusedEntry(id, location)];
      const known = found.flatMap((finding) => [
        ...(finding.keys ?? []),
        ...(finding.keysOfEach?.flat() ?? []),
      ]);
      const all = new Set(this.#namesOf(known));
      return keys
        .filter(({ names }) => !names.some((name) => all.has(name)))
        .map(({ key }) => unusedKey(id, key, known));
    });
  }
}

const UNUSED = 'unused-silence';

function unusedEntry(id: Silence['id'], location: Silence['location']): Diagnostic {
  const message = `'${id}' is silenced, and nothing of the kind is found`;
  return warning('unused-silence', message, { location, keys: [id], hint: 'Remove the entry.' });
}

function unusedKey(
  id: Silence['id'],
  { name, location }: WrittenKey,
  known: readonly string[],
): Diagnostic {
  const message = `'${id}' is silenced for '${name}', about which nothing of the kind is found`;
  const hint = didYouMean(name, known) ?? `Remove '${name}'.`;
  return warning('unused-silence', message, { location, hint, keys: [name] });
}
