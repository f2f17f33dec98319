import { HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';
import { lintConfig } from '../../../trainers/torchtune';
import { runLinter } from './lint-runs';

/** What is found in each run, looked at as part of its sweep and alone. */
function findings(rest: string): { inSweep: string[][]; alone: string[][] } {
  const sweep = new TemporarySweep(HEAD + rest);
  const { rules } = sweep.plan().base;
  const facts = { varied: new Set(['model.lora_rank']) };
  const lint = runLinter(rules, facts);
  const texts = (found: readonly { readonly message: string }[]): string[] =>
    found.map(({ message }) => message).sort();
  const runs = sweep.runs();
  return {
    inSweep: runs.map((run) => texts(lint(run))),
    alone: runs.map(({ config }) => texts(lintConfig(rules, config, facts))),
  };
}

describe('every run of a sweep is found what is found in it alone:', () => {
  it.each<[string, string, number]>([
    ['single values', 'variables: {lr: [1e-3, 3, 0], lora_rank: [8, 0], epochs: [1, 2.5]}\n', 24],
    [
      'values that rules see together',
      'variables: {packed: [true, false], max_seq_len: [null, 512], dtype: [fp32, fp16]}\n',
      6,
    ],
    [
      'mappings',
      'variables: {dataset: [{packed: true}, {data_files: x}, {source: json, data_files: x}]}\n',
      2,
    ],
    [
      'conditions, derived values and explicit rows',
      `variables: {lora_rank: [8, 16]}
derived: {epochs: "lora_rank / 5"}
sweep: {when: [{if: {lora_rank: 8}, set: {dtype: fp16}}], runs: [{lr: 7}]}
`,
      7,
    ],
    [
      'texts with placeholders',
      'variables: {epochs: [1, 2]}\ncontrols: {output_dir: "/path/to/{epochs}"}\n',
      2,
    ],
    [
      'values that are deleted',
      'variables: {epochs: [1.5, 2.5]}\ncontrols: {dtype: fp16}\ndelete: [lr_scheduler]\n',
      4,
    ],
  ])('%s', (_what, rest, atLeast) => {
    const { inSweep, alone } = findings(rest);
    expect(inSweep).toEqual(alone);
    expect(inSweep.flat().length).toBeGreaterThanOrEqual(atLeast);
  });
});
