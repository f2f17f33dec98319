import type { Diagnostic } from '../../diagnostics';
import { didYouMean, error } from '../../diagnostics';
import { count } from '../../basics/count';
import type { YamlMap } from '../../yaml/value/value';
import { axesOf } from './axes';
import type { ExperimentDraft, Variable, WrittenKey } from './experiment';
import { expressionProblems } from './expression-rules';
import { SWEEP_WARNINGS, isSweepWarning } from '../../diagnostics/ids';
import { wholeOf } from './fields';
import { field, listOf, mapsOf, textOf } from '../../yaml/schema/fields';

const ID = 'ExperimentSchema';

/**
 * The rules that tie several fields of an experiment together, which a schema cannot express.
 *
 * @param root the value that the experiment was read from
 */
export function checkExperiment(experiment: ExperimentDraft, root: YamlMap): Diagnostic[] {
  return [
    ...frameworkProblems(experiment, root),
    ...sweptTwice(experiment),
    ...experiment.zip.flatMap(unequalLengths),
    ...setsSwept(experiment),
    ...seedCount(root),
    ...unknownWarnings(root),
    ...expressionProblems(experiment),
  ];
}

/** The keys of `framework_config` and `output` that only some frameworks read. */
const READ_BY: Readonly<Record<string, readonly string[]>> = {
  base_config: ['torchtune'],
  base_config_file: ['torchtune', 'generic'],
  base_recipe: ['hyperpod'],
  recipe: ['torchtune'],
  command: ['generic'],
  output_dir_key: ['generic', 'hyperpod'],
  per_run_name: ['hyperpod'],
};

/** How a base is named for each framework. */
const BASE_FOR: Readonly<Record<string, string>> = {
  torchtune: 'base_config: <name>',
  generic: 'base_config_file: <path>',
  hyperpod: 'base_recipe: <recipe>',
};

const BASE_KEYS = {
  name: 'base_config',
  file: 'base_config_file',
  recipe: 'base_recipe',
} as const;

/** Whether an experiment names a base that its framework reads. */
export function namesBase({ framework, frameworkConfig: { base } }: ExperimentDraft): boolean {
  if (!base || !framework) return false;
  return READ_BY[BASE_KEYS[base.kind]]?.includes(framework) ?? false;
}

function frameworkProblems({ framework }: ExperimentDraft, root: YamlMap): Diagnostic[] {
  if (!framework) return [];
  const sections = [field(root, 'framework_config'), field(root, 'output')];
  return Object.entries(READ_BY).flatMap(([name, frameworks]) => {
    const section = sections.find((each) => each?.kind === 'map' && each.entries.at(name));
    if (section?.kind !== 'map' || frameworks.includes(framework)) return [];
    const location = section.entries.keyAt(name)?.location;
    return error(
      ID,
      `'${name}' is for ${frameworks.join(' and ')}, but the framework is ${framework}`,
      {
        ...(location && { location }),
        hint: name.startsWith('base_')
          ? `Write '${BASE_FOR[framework]}', or framework: ${frameworks.join(' or ')}.`
          : 'Remove it, or correct the framework.',
      },
    );
  });
}

function sweptBy(experiment: ExperimentDraft): Variable[] {
  return axesOf(experiment).flatMap(({ variables }) => variables);
}

function sweptTwice(experiment: ExperimentDraft): Diagnostic[] {
  const first = new Map<string, WrittenKey>();
  const keys = sweptBy(experiment).map(({ key }) => key);
  if (experiment.repeats) keys.push(experiment.repeats.seedKey);
  return keys.flatMap((key) => {
    const other = first.get(key.name);
    if (!other) {
      first.set(key.name, key);
      return [];
    }
    return error(ID, `'${key.name}' is varied twice`, {
      location: key.location,
      related: [{ message: 'first varied here', location: other.location }],
      hint: 'Keep only one of them.',
    });
  });
}

function unequalLengths(group: readonly Variable[]): Diagnostic[] {
  const [first, ...others] = group;
  if (!first) return [];
  const has = ({ key, values }: Variable): string =>
    `'${key.name}' has ${count(values.length, 'value')}`;
  return (
    others
      // A list without values is a problem of its own.
      .filter(({ values }) => first.values.length > 0 && values.length > 0)
      .filter(({ values }) => values.length !== first.values.length)
      .map((other) =>
        error(
          ID,
          `lists that advance together must have the same length: ${has(first)}, ${has(other)}`,
          {
            location: other.key.location,
            related: [{ message: has(first), location: first.key.location }],
            hint: "Give both lists the same number of values, or move one of them to 'variables'.",
          },
        ),
      )
  );
}

/** `when` and `derived` would undo the sweep of a variable in silence. */
function setsSwept(experiment: ExperimentDraft): Diagnostic[] {
  const swept = new Map(sweptBy(experiment).map(({ key }) => [key.name, key]));
  const setters = [
    ...experiment.when.flatMap(({ set }) => set.map(({ key }) => ({ key, by: 'sweep.when' }))),
    ...experiment.derived.map(({ key }) => ({ key, by: 'derived' })),
  ];
  return setters.flatMap(({ key, by }) => {
    const variable = swept.get(key.name);
    if (!variable) return [];
    return error(ID, `${by} sets '${key.name}', which is varied`, {
      location: key.location,
      related: [{ message: 'varied here', location: variable.location }],
      hint: 'Remove one of them. To leave out combinations of variables, use sweep.exclude.',
    });
  });
}

function seedCount(root: YamlMap): Diagnostic[] {
  const repeats = field(root, 'sweep', 'repeats');
  const n = wholeOf(field(repeats, 'n'));
  const seeds = field(repeats, 'seeds');
  const count = listOf(seeds).length;
  if (n === undefined || !seeds?.location || count === 0 || n === BigInt(count)) return [];
  return [
    error(ID, `'n' is ${n}, but the number of seeds is ${count}`, {
      location: seeds.location,
      hint: "Remove 'n', or write that many seeds.",
    }),
  ];
}

/** A misspelled id would silence nothing. */
function unknownWarnings(root: YamlMap): Diagnostic[] {
  return mapsOf(field(root, 'validate', 'silence')).flatMap((entry) => {
    const id = field(entry, 'id');
    const name = textOf(id);
    // The schema refuses an empty one.
    if (!id?.location || !name || isSweepWarning(name)) return [];
    const known = Object.keys(SWEEP_WARNINGS);
    return error(ID, `unknown warning '${name}'`, {
      location: id.location,
      hint: didYouMean(name, known) ?? `Known warnings: ${known.join(', ')}.`,
    });
  });
}
