import type { Diagnostic } from '../../diagnostics';
import { error, warning } from '../../diagnostics';
import { valueAt } from '../../yaml/value-path';
import type { YamlMap } from '../../yaml/value';
import { pythonTypeName } from '../../yaml/value';
import type { SweepBase } from '../bases/base';
import type { Experiment } from '../model';

/** From how many runs on a note is given, and advice. */
const MANY = 100;
const VERY_MANY = 1000;

/** What there is to say about a sweep as a whole. */
export function sweepProblems(
  experiment: Experiment,
  base: SweepBase,
  shared: YamlMap,
  total: number,
): Diagnostic[] {
  return [
    ...noRuns(experiment, total),
    ...manyRuns(total),
    ...noCommand(experiment, base),
    ...outputDirKey(experiment, base, shared),
  ];
}

function noRuns({ exclude }: Experiment, total: number): Diagnostic[] {
  const [first] = exclude;
  if (total > 0 || !first) return [];
  return [
    error('ExperimentSchema', 'the exclusions leave no run', {
      place: first.place,
      hint: 'Exclude fewer rows.',
    }),
  ];
}

function manyRuns(total: number): Diagnostic[] {
  if (total >= VERY_MANY) {
    const hint = "Try a smaller sweep first: 'sweep: {sample: {n: 10, seed: 0}}'.";
    return [warning('very-many-runs', `this sweep has ${total} runs`, { hint })];
  }
  return total >= MANY ? [warning('many-runs', `this sweep has ${total} runs`)] : [];
}

/** A torchtune file whose recipe nothing tells. Of generic programs, a sweep need not know any. */
function noCommand(
  { framework, frameworkConfig }: Experiment,
  { recipe }: SweepBase,
): Diagnostic[] {
  if (framework !== 'torchtune' || recipe !== undefined) return [];
  return [
    warning('no-recipe', 'nothing in the base config tells which recipe runs it', {
      place: frameworkConfig.base.place,
      hint: "Write 'recipe: lora_finetune_single_device', or another one of `tune ls`, under framework_config.",
    }),
  ];
}

function outputDirKey(
  { frameworkConfig: { outputDirKey: key } }: Experiment,
  { outputDir }: SweepBase,
  shared: YamlMap,
): Diagnostic[] {
  if (!key || !outputDir) return [];
  const value = valueAt(shared, outputDir);
  if (value?.kind === 'str') return [];
  const is = value
    ? `which is ${pythonTypeName(value)} and not a folder`
    : 'which the config does not have';
  return [
    error('UnknownPath', `'output_dir_key' names '${key.name}', ${is}`, {
      place: key.place,
      hint: `Set ${key.name} to a folder under controls.`,
    }),
  ];
}
