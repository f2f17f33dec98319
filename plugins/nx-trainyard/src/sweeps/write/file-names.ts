import type { OwnedFiles } from '../../files/owned-folder/owned-files';
import type { SweepForm } from '../experiment/experiment';
import { runId } from '../plan/rows/rows';

/** What is known of a sweep before it is planned; undefined where its experiment does not say. */
export interface SweepKind {
  readonly form: SweepForm | undefined;
  /** Whether its runs are launcher scripts, as those of recipes are. */
  readonly isScripted: boolean | undefined;
}

const MAPPING = 'run_mapping.yaml';
const RECORDS = [MAPPING, 'manifest.json'] as const;
/** Where the form `overrides` has all its runs. */
const RUNS = 'runs.jsonl';
const OWN =
  /^(?:run_\d{3,}\.(?:yaml|sh)|run_mapping\.yaml|manifest\.json|base\.(?:yaml|sh)|runs\.(?:jsonl|args))$/;

/** Whether a file in `configs/` is named as those of sweeps are. */
export function isSweepFile(name: string): boolean {
  return OWN.test(name);
}

/** `configs/`, which belongs to the generator of sweeps. */
export const SWEEP_FILES: OwnedFiles = {
  whole: 'the sweep',
  isOwn: isSweepFile,
  last: RECORDS,
  // The mapping may have more runs than the new records, or fewer: without them it says nothing.
  wrongMeanwhile: (replaced) => (replaced.has(RUNS) && replaced.has(MAPPING) ? [MAPPING] : []),
};

/** Globs of the files that a sweep writes to `configs/`: of all that it may write, where less is known. */
export function sweepFileGlobs({ form, isScripted }: SweepKind): string[] {
  const endings = isScripted === undefined ? ['yaml', 'sh'] : [isScripted ? 'sh' : 'yaml'];
  const configs = endings.map((ending) => `run_*.${ending}`);
  const overrides = [...endings.map((ending) => `base.${ending}`), RUNS, 'runs.args'];
  return [
    ...(form === 'overrides' ? [] : configs),
    ...(form === 'configs' ? [] : overrides),
    ...RECORDS,
  ];
}

/**
 * The names of all files of a sweep, as its manifest tells them; undefined for a text that is no
 * manifest.
 *
 * @param head the manifest, at least up to its first run
 */
export function sweepFileNames(head: string): ReadonlySet<string> | undefined {
  const form = /^ {2}"form": "(configs|overrides)",$/m.exec(head)?.[1];
  const total = /^ {2}"total": (\d+),$/m.exec(head)?.[1];
  const ending = /^ {4}"run_0+": \{"file":"configs\/[^".]+\.(yaml|sh)"/m.exec(head)?.[1];
  if (form === undefined || total === undefined || ending === undefined) return undefined;
  const names = new Set<string>(RECORDS);
  if (form === 'overrides') {
    for (const name of [`base.${ending}`, RUNS, 'runs.args']) names.add(name);
  } else {
    const count = Number(total);
    for (let index = 0; index < count; index++) names.add(`${runId(index, count)}.${ending}`);
  }
  return names;
}
