import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hyperpodCases } from './hyperpod';
import { suites } from './suites';
import type { Verdict } from './verdict';

interface Tally {
  passed: number;
  failed: number;
}

/** How many failures of a suite are shown in full. */
const SHOWN = 5;

/** Runs every suite that a folder holds, and prints how each went. */
export function runConformance(folder: string, print: (line: string) => void): Tally {
  const total = { passed: 0, failed: 0 };
  const report = (name: string, cases: Iterable<{ id: string; run: () => Verdict }>): void => {
    const { passed, failed } = runSuite(name, cases, print);
    total.passed += passed;
    total.failed += failed;
  };
  const vectors = existsSync(join(folder, 'python')) ? join(folder, 'python') : folder;
  for (const file of existsSync(vectors) ? readdirSync(vectors).sort() : []) {
    if (!file.endsWith('.json') || file === 'launchers.json') continue;
    const name = basename(file, '.json');
    const suite = suites[name];
    if (!suite) {
      print(`${name}: no such suite`);
      total.failed += 1;
      continue;
    }
    const cases = JSON.parse(readFileSync(join(vectors, file), 'utf8')) as { id: string }[];
    report(
      name,
      cases.map((test) => ({ id: test.id, run: () => suite(test as never) })),
    );
  }
  const hyperpod = join(folder, 'hyperpod');
  if (existsSync(hyperpod)) report('hyperpod', hyperpodCases(hyperpod));
  return total;
}

function runSuite(
  name: string,
  cases: Iterable<{ id: string; run: () => Verdict }>,
  print: (line: string) => void,
): Tally {
  const tally = { passed: 0, failed: 0 };
  for (const { id, run } of cases) {
    const verdict = runCase(run);
    if (!verdict) tally.passed += 1;
    else {
      tally.failed += 1;
      if (tally.failed <= SHOWN) print(`${name} ${id}\n${describe(verdict)}`);
    }
  }
  print(`${name}: ${tally.passed} passed, ${tally.failed} failed`);
  return tally;
}

/** A crash is a failure of its case, never of the run. */
function runCase(run: () => Verdict): Verdict {
  try {
    return run();
  } catch (cause) {
    return { expected: 'no crash', actual: cause instanceof Error ? cause.stack : String(cause) };
  }
}

function describe({ expected, actual }: NonNullable<Verdict>): string {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
  return `  expected ${text(expected)}\n  actual   ${text(actual)}`;
}
