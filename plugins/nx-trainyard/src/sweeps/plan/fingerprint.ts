import { hash } from 'node:crypto';
import { jsonText } from '../../basics/json';
import { canonicalText } from '../../yaml/value/canonical-text';
import type { Row } from '../experiment/experiment';

/**
 * Makes the fingerprints of the runs of a sweep: sha256 in hexadecimal. It is the run's name for
 * everything that lives longer than one generation; `run_003` only says where it stands in this one.
 */
export class Fingerprinter {
  readonly #runner: string;

  /** @param runner the recipe or the command that runs all of them */
  constructor(runner: string) {
    this.#runner = jsonText(runner);
  }

  /**
   * @param identity the canonical text of the merged config, before its own output folder is put in
   * @param row what the config does not say: the outside values, and which repetition it is
   */
  of(identity: string, { outside, repeat }: Row): string {
    const context = `[${this.#runner},${contextOf(outside)},${repeat?.number ?? null}]`;
    return hash('sha256', identity + context);
  }
}

function contextOf(outside: Row['outside']): string {
  if (outside.length === 0) return '[]';
  return JSON.stringify(outside.map(({ key, value }) => [key.name, canonicalText(value)]).sort());
}
