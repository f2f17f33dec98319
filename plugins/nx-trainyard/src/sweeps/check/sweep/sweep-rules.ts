import type { Diagnostic } from '../../../diagnostics';
import { didYouMean, error, note, warning } from '../../../diagnostics';
import { writePath } from '../../../yaml/value/key-path';
import { interpolationsIn } from '../../../hydra/grammar/interpolations';
import { meet, valueAt, walk } from '../../../yaml/value/value-path';
import type { YamlMap } from '../../../yaml/value/value';
import { pythonTypeName } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import { USUAL, isFolder } from '../../bases/base';
import { literalMeant } from '../../plan/keys/literal-texts';
import type { Targets } from '../../plan/keys/targets';
import type { Experiment } from '../../experiment/experiment';
import type { OutputDir } from '../../plan/output-dir';
import { interpolatedPath } from '../resolved-text';
import { unknownResolvers } from './unknown-resolvers';
import { unmetInterpolations } from './unmet-interpolations';

type Path = readonly string[];

/** From how many runs on a note is given, and advice. */
const MANY = 100;
const VERY_MANY = 1000;

/** What all runs of a sweep have in common. */
interface Merged {
  readonly shared: YamlMap;
  readonly outputDir: OutputDir | undefined;
}

/** What there is to say about a sweep as a whole. */
export function sweepProblems(
  experiment: Experiment,
  base: SweepBase,
  targets: Targets,
  { shared, outputDir }: Merged,
  total: number,
): Diagnostic[] {
  return [
    ...noRuns(experiment, total),
    ...manyRuns(total),
    ...noCommand(experiment, base),
    ...outsideKeys(experiment, base),
    ...outputDirKey(experiment, outputDir, shared),
    ...dangling(experiment, targets, shared),
    ...unmetInterpolations(experiment, base, targets, shared),
    ...unknownResolvers(experiment, base, targets, shared),
  ];
}

function noRuns({ exclude }: Experiment, total: number): Diagnostic[] {
  const [first] = exclude;
  if (total > 0 || !first) return [];
  return [
    error('ExperimentSchema', 'the exclusions leave no runs', {
      location: first.location,
      hint: 'Exclude fewer rows.',
    }),
  ];
}

function manyRuns(total: number): Diagnostic[] {
  if (total >= VERY_MANY) {
    const hint = "Try a smaller sweep first: 'sweep: {sample: {n: 10, seed: 0}}'.";
    return [note('very-many-runs', `this sweep has ${total} runs`, { hint })];
  }
  return total >= MANY ? [note('many-runs', `this sweep has ${total} runs`)] : [];
}

/** A torchtune file whose recipe nothing tells. Of generic programs, a sweep need not know any. */
function noCommand(
  { framework, frameworkConfig }: Experiment,
  { recipe }: SweepBase,
): Diagnostic[] {
  if (framework !== 'torchtune' || recipe !== undefined) return [];
  return [
    warning('no-recipe', 'nothing in the base config tells which recipe runs it', {
      location: frameworkConfig.base.location,
      keys: ['recipe'],
      hint: "Write 'recipe: lora_finetune_single_device', or another one of `nx-trainyard base --list`, under framework_config.",
    }),
  ];
}

/** A key of the base under `outside`, where it changes no config and all runs are equal. */
function outsideKeys({ outside }: Experiment, base: SweepBase): Diagnostic[] {
  return outside.flatMap(({ key: { name, location } }) => {
    const target = base.resolveKey(name, new Map());
    if (target.kind !== 'path' || !valueAt(base.value, target.path)) return [];
    const path = writePath(target.path);
    return warning(
      'outside-key',
      `'${name}' under outside is recorded only: ${path} of the base stays as it is`,
      {
        location,
        keys: [name, path],
        hint: "Move it to 'variables'. If you do not mean that key, give it another name.",
      },
    );
  });
}

function outputDirKey(
  { frameworkConfig: { outputDirKey: key } }: Experiment,
  outputDir: OutputDir | undefined,
  shared: YamlMap,
): Diagnostic[] {
  if (!key || key === 'none' || !outputDir || outputDir.isSet) return [];
  const value = valueAt(shared, outputDir.path);
  // An empty text is one that some runs may replace; those that do not are told of.
  if (value?.kind === 'str') return [];
  // Elsewhere there is a folder already, or there would be one.
  const folders = [...walk(shared)].filter(({ value: each }) => isFolder(each));
  const names = folders.map(({ path }) => writePath(path));
  const usual = USUAL.paths.map(writePath).filter((name) => names.includes(name));
  const near =
    didYouMean(key.name, names) ?? (usual[0] === undefined ? '' : `Did you mean '${usual[0]}'?`);
  const set = value
    ? "Write a key whose value is a string, or 'null' for none."
    : literalMeant(key.name) === 'null'
      ? `Write null for none: ${key.name} is a text.`
      : `To add it, set ${key.name} to a folder under controls.`;
  const is = value
    ? `which is ${pythonTypeName(value)}, not a folder`
    : 'which the config does not have';
  return [
    error('UnknownPath', `'output_dir_key' names '${key.name}', ${is}`, {
      location: key.location,
      hint: [near, set].filter((part) => part !== '').join(' '),
    }),
  ];
}

/** Interpolations of what is deleted, which nobody could resolve. */
function dangling(experiment: Experiment, targets: Targets, shared: YamlMap): Diagnostic[] {
  return targets.deleted.flatMap((deleted, index) => {
    const name = deleted.join('.');
    const user = [...walk(shared)].find(
      ({ path, value }) => value.kind === 'str' && refersTo(value.value, path, deleted, shared),
    );
    const key = experiment.delete[index];
    if (!user) return [];
    return [
      warning(
        'dangling-interpolation',
        `${user.path.join('.')} refers to '${name}', which is deleted`,
        {
          hint: `Set ${user.path.join('.')} under controls, or delete it too.`,
          keys: [user.path.join('.'), name, ...(key ? [key.name] : [])],
          ...(key && { location: key.location }),
        },
      ),
    ];
  });
}

/** Whether a text has an interpolation of what is at a path or below it. */
function refersTo(text: string, where: Path, wanted: Path, config: YamlMap): boolean {
  return interpolationsIn(text).some(({ name, isResolver }) => {
    if (isResolver) return false;
    const path = interpolatedPath(name, where, config);
    return path.length >= wanted.length && meet(path, wanted);
  });
}
