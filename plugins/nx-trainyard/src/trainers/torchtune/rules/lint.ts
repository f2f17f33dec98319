import { valueAt, walk } from '../../../yaml/value/value-path';
import type { YamlMap, YamlValue } from '../../../yaml/value/value';
import type { SweepWarningId } from '../../../diagnostics/ids';

/** Something about a run that is probably not meant, or fails on the node. */
export interface Finding {
  readonly id: SweepWarningId;
  readonly message: string;
  /** The value that it is about. */
  readonly path: readonly string[];
  readonly hint?: string;
  /** Whether it stops a submission: the run would fail, or would not do what was asked. */
  readonly strictInSubmit: boolean;
}

/** What the config of one run cannot tell about the sweep. */
export interface RunFacts {
  /** The dotted paths whose values differ between runs. */
  readonly varied: ReadonlySet<string>;
}

/** A rule about one value, which looks at nothing else. */
export type ValueRule = (path: readonly string[], value: YamlValue) => Finding | undefined;

/** A rule about several values of the merged config of a run. */
export interface ConfigRule {
  /** The paths of all that it looks at, so that runs which differ elsewhere need not be asked. */
  readonly reads: readonly (readonly string[])[];
  readonly find: (config: YamlMap, facts: RunFacts) => Finding[];
}

/** What is known to go wrong with the configs of a framework. */
export interface Rules {
  readonly ofValues: readonly ValueRule[];
  readonly ofConfigs: readonly ConfigRule[];
}

/** Makes a rule, which sees the values that it reads and no others. @param reads dotted paths */
export function configRule<P extends readonly string[]>(
  reads: P,
  find: (values: { [K in keyof P]: YamlValue | undefined }, facts: RunFacts) => Finding[],
): ConfigRule {
  const paths = reads.map((path) => path.split('.'));
  type Values = { [K in keyof P]: YamlValue | undefined };
  return {
    reads: paths,
    find: (config, facts) => find(paths.map((path) => valueAt(config, path)) as Values, facts),
  };
}

/**
 * Everything that some rules find in a config.
 *
 * @param isLookedAt whether the rules of single values look at a value
 */
export function lintConfig(
  rules: Rules,
  config: YamlMap,
  facts: RunFacts,
  isLookedAt: (value: YamlValue) => boolean = () => true,
): Finding[] {
  const found = rules.ofConfigs.flatMap(({ find }) => find(config, facts));
  for (const { path, value } of walk(config)) {
    if (isLookedAt(value)) found.push(...lintValue(rules, path, value));
  }
  return found;
}

/** What some rules find in a single value. */
export function lintValue(rules: Rules, path: readonly string[], value: YamlValue): Finding[] {
  const found: Finding[] = [];
  for (const rule of rules.ofValues) {
    const finding = rule(path, value);
    if (finding) found.push(finding);
  }
  return found;
}
