import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError } from '../../diagnostics';
import { normalizeOptions } from '../../inference/options/options';
import type { TargetKind } from '../../inference/options/options';
import { checkOptions, flagOption } from './known-options';

function reported(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return cause.diagnostics.map(({ message, hint }) => `${message} | ${hint}`);
  }
}

const wrong = (kind: TargetKind, options: object) => reported(() => checkOptions(kind, options));

test.each([
  ['generate-sweep', 'stric', 'strict'],
  ['plan-sweep', 'ouput', 'output'],
  ['check-launchers', 'dif', 'diff'],
  ['prune-launchers', 'launcherConfg', 'launcherConfig'],
  ['report-collection', 'launcherconfig', 'launcherConfig'],
  ['show-recipe', 'explian', 'explain'],
  ['validate-recipe', 'recpe', 'recipe'],
  ['generate-launchers', 'recipes', 'recipe'],
] as const)('%s refuses --%s, and tells the nearest option', (kind, option, nearest) => {
  expect(wrong(kind, { [option]: true })).toEqual([
    `${kind} has no option '${option}' | Did you mean '${nearest}'?`,
  ]);
});

test.each(['generator', 'digests', 'rejected', 'base'])(
  'what once fed the hash alone is no option: --%s',
  (option) => {
    for (const kind of ['generate-launchers', 'validate-recipe', 'generate-sweep'] as const)
      expect(wrong(kind, { [option]: 'x' })).toEqual([
        expect.stringContaining(`${kind} has no option '${option}' | The options are --`),
      ]);
  },
);

test('everything that is wrong is told at once, also words that belong to no option', () => {
  expect(wrong('check-launchers', { dif: 3, _: ['diff', 7], nothing: 1 })).toEqual([
    "check-launchers has no option 'dif' | Did you mean 'diff'?",
    "check-launchers accepts only options, got 'diff' | Did you mean '--diff'?",
    "check-launchers accepts only options, got '7' | Remove it.",
    "check-launchers has no option 'nothing' | The options are --launcherConfig, --diff.",
  ]);
});

test('what is inferred and what Nx adds is known to every executor', () => {
  for (const kind of Object.keys(normalizeOptions({}).targetNames) as TargetKind[]) {
    expect(existsSync(join(__dirname, `../${kind}.ts`))).toBe(true);
    expect(wrong(kind, { launcherConfig: 'l.yaml', verbose: true })).toEqual([]);
  }
});

test.each([true, 'true'])('%j sets a flag', (value) => {
  expect(flagOption('strict', value)).toBe(true);
});

test.each([undefined, false, 'false'])('%j leaves a flag unset', (value) => {
  expect(flagOption('strict', value)).toBe(false);
});

test.each(['maybe', 3, '', 'yes'])('%j is no value of a flag', (value) => {
  expect(reported(() => flagOption('strict', value))).toEqual([
    `the option 'strict' must be true or false, got '${value}' | Write --strict, or leave it out.`,
  ]);
});
