import type { Location, SourceText } from '../../diagnostics';
import { isSweepWarning } from '../../diagnostics/ids';
import { Dict } from '../../yaml/value/dict';
import type { YamlInt, YamlMap, YamlValue } from '../../yaml/value/value';
import type { Report } from './fields';
import { entriesOf, leavesOf, pathsOf, locationOf, wholeOf, written, writtenPath } from './fields';
import { field, mapOf, mapsOf, listOf, textOf } from '../../yaml/schema/fields';
import { FRAMEWORKS } from './experiment';
import type {
  BaseReference,
  Condition,
  Exclusion,
  Experiment,
  ExperimentDraft,
  FrameworkName,
  Repeats,
  Sample,
  Silence,
  Variable,
} from './experiment';
import { unfold } from './value-list';

/** Most runs that are generated when `limits.max_runs` is absent. */
const MAX_RUNS = 10_000;
/** The schema refuses more; here it only keeps what it refuses from filling the memory. */
const MOST_REPEATS = 1_000_000;

/**
 * A draft in which nothing is missing; undefined for any other.
 *
 * @param draft of a file in which nothing is wrong by the schema, for which this is never undefined
 */
export function wholeExperiment(draft: ExperimentDraft): Experiment | undefined {
  const { name, framework, frameworkConfig } = draft;
  const { base } = frameworkConfig;
  if (name === undefined || framework === undefined || base === undefined) return undefined;
  return { ...draft, name, framework, frameworkConfig: { ...frameworkConfig, base } };
}

/** The experiment that a YAML value describes, without what does not fit the schema. */
export function draftOf(root: YamlMap, source: SourceText, report: Report): ExperimentDraft {
  const at: Location = root.location ?? { source, start: 0, end: 0 };
  const variablesAt = (value: YamlValue | undefined): Variable[] =>
    entriesOf(value, at, report).map(({ key, value: values }) => ({
      key,
      values: values.kind === 'list' || values.kind === 'map' ? unfold(values, report) : [values],
    }));
  const sweep = field(root, 'sweep');
  const variables = variablesAt(field(root, 'variables'));
  const outside = variablesAt(field(root, 'outside'));
  const zip = mapsOf(field(sweep, 'zip')).map(variablesAt);
  const replace = pathsOf(field(root, 'replace'), at, report);
  const swept = [...variables, ...zip.flat(), ...outside];
  const whole = new Set([...swept.map(({ key }) => key.name), ...replace.map(({ name }) => name)]);
  const leaves = (value: YamlValue | undefined) => leavesOf(value, at, whole, report);
  const match = (value: YamlValue | undefined): Exclusion['match'] =>
    leaves(value).map(({ key, value: wanted }) => ({
      key,
      anyOf: wanted.kind === 'list' ? wanted.items : [wanted],
    }));
  const about = field(root, 'experiment');
  return {
    source,
    name: textOf(field(about, 'name')),
    framework: frameworkOf(textOf(field(about, 'framework'))),
    about: aboutOf(about),
    frameworkConfig: frameworkConfigOf(field(root, 'framework_config'), at, report),
    variables,
    controls: leaves(field(root, 'controls')),
    outside,
    zip,
    exclude: mapsOf(field(sweep, 'exclude')).map((map) => ({
      location: locationOf(map, at),
      match: match(map),
    })),
    sample: sampleOf(field(sweep, 'sample'), at),
    extraRows: mapsOf(field(sweep, 'runs')).map(leaves),
    repeats: repeatsOf(field(sweep, 'repeats'), at, report),
    when: mapsOf(field(sweep, 'when')).map((map): Condition => ({
      location: locationOf(map, at),
      if: match(field(map, 'if')),
      set: leaves(field(map, 'set')),
    })),
    derived: entriesOf(field(root, 'derived'), at, report).flatMap(({ key, value }) => {
      const expression = textOf(value);
      return expression === undefined ? [] : [{ key, expression, location: locationOf(value, at) }];
    }),
    delete: pathsOf(field(root, 'delete'), at, report),
    replace,
    output: outputOf(field(root, 'output'), at),
    maxRuns: Number(wholeOf(field(root, 'limits', 'max_runs')) ?? MAX_RUNS),
    validationMode: validationModeOf(field(root, 'validate', 'mode')),
    silenced: mapsOf(field(root, 'validate', 'silence')).flatMap((map) => silenceOf(map, at)),
    resources: mapOf(field(root, 'resources')),
    cluster: written(field(root, 'cluster'), at),
    evaluation: mapOf(field(root, 'evaluation')),
  };
}

function aboutOf(experiment: YamlValue | undefined): YamlMap {
  const entries = new Dict<YamlValue>();
  for (const [key, value] of mapOf(experiment)?.entries ?? []) {
    const name = textOf(key);
    if (name !== 'name' && name !== 'framework') entries.set(key, value);
  }
  return { kind: 'map', entries };
}

function frameworkOf(name: string | undefined): FrameworkName | undefined {
  return FRAMEWORKS.find((framework) => framework === name);
}

function baseOf(config: YamlValue | undefined, at: Location): BaseReference | undefined {
  const name = written(field(config, 'base_config'), at);
  if (name) return { kind: 'name', ...name };
  const recipe = written(field(config, 'base_recipe'), at);
  if (recipe) return { kind: 'recipe', recipe: recipe.name, location: recipe.location };
  const file = written(field(config, 'base_config_file'), at);
  return file && { kind: 'file', path: file.name, location: file.location };
}

function frameworkConfigOf(
  config: YamlValue | undefined,
  at: Location,
  report: Report,
): ExperimentDraft['frameworkConfig'] {
  return {
    base: baseOf(config, at),
    recipe: written(field(config, 'recipe'), at),
    command: written(field(config, 'command'), at),
    outputDirKey: outputDirKeyOf(config, at, report),
  };
}

function outputDirKeyOf(
  config: YamlValue | undefined,
  at: Location,
  report: Report,
): ExperimentDraft['frameworkConfig']['outputDirKey'] {
  const key = config?.kind === 'map' ? config.entries.at('output_dir_key') : undefined;
  return key?.kind === 'null' ? 'none' : writtenPath(key, at, report);
}

function sampleOf(sample: YamlValue | undefined, at: Location): Sample | undefined {
  const n = wholeOf(field(sample, 'n'));
  const seed = wholeOf(field(sample, 'seed'));
  if (!sample || n === undefined || seed === undefined) return undefined;
  return { n: Number(n), seed, location: locationOf(sample, at) };
}

function repeatsOf(
  repeats: YamlValue | undefined,
  at: Location,
  report: Report,
): Repeats | undefined {
  if (!repeats) return undefined;
  const int = (value: bigint, location?: Location): YamlInt => ({
    kind: 'int',
    value,
    ...(location && { location }),
  });
  const listed = listOf(field(repeats, 'seeds')).flatMap((seed) => {
    const value = wholeOf(seed);
    return value === undefined ? [] : [int(value, seed.location)];
  });
  const n = Math.min(Number(wholeOf(field(repeats, 'n')) ?? 0), MOST_REPEATS);
  const counted = Array.from({ length: listed.length > 0 ? 0 : n }, (_, seed) => int(BigInt(seed)));
  const key = writtenPath(field(repeats, 'seed_key'), at, report);
  return {
    seedKey: key ?? { name: 'seed', location: locationOf(repeats, at) },
    seeds: listed.length > 0 ? listed : counted,
  };
}

function outputOf(output: YamlValue | undefined, at: Location): Experiment['output'] {
  const isOn = (name: string): boolean => {
    const value = field(output, name);
    return value?.kind === 'bool' ? value.value : true;
  };
  return {
    runName: written(field(output, 'run_name'), at),
    perRunOutputDir: isOn('per_run_output_dir'),
    perRunName: isOn('per_run_name'),
    form: textOf(field(output, 'form')) === 'overrides' ? 'overrides' : 'configs',
  };
}

/** A warning that is silenced; none where no warning has the id, which the rules report. */
function silenceOf(entry: YamlMap, at: Location): Silence[] {
  const id = textOf(field(entry, 'id'));
  if (id === undefined || !isSweepWarning(id)) return [];
  const keys = field(entry, 'keys');
  return [
    {
      id,
      keys: keys && listOf(keys).flatMap((key) => written(key, at) ?? []),
      reason: textOf(field(entry, 'reason')) ?? '',
      location: locationOf(field(entry, 'id') ?? entry, at),
    },
  ];
}

function validationModeOf(mode: YamlValue | undefined): Experiment['validationMode'] {
  // YAML 1.1 reads a plain `off` as false.
  if (mode?.kind === 'bool') return 'off';
  const text = textOf(mode);
  return text === 'off' || text === 'warn' || text === 'error' ? text : undefined;
}
