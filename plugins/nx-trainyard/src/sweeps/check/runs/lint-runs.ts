import type { ConfigRule, Finding, Rules, RunFacts } from '../../../trainers/torchtune';
import { lintConfig, lintValue } from '../../../trainers/torchtune';
import { oncePerWritten } from '../../../yaml/value/once-per-written';
import { meet } from '../../../yaml/value/value-path';
import type { YamlValue } from '../../../yaml/value/value';
import type { AlikeRuns, Run } from '../../plan/shapes/run';
import { oncePerShape } from '../../plan/shapes/run';

/** Makes what finds in runs what is probably not meant. What runs have in common is looked at once. */
export function runLinter(rules: Rules, facts: RunFacts): (run: Run) => readonly Finding[] {
  const linterOf = oncePerShape((alike) => alikeLinter(alike, rules, facts));
  return (run) => linterOf(run)(run);
}

function alikeLinter(alike: AlikeRuns, rules: Rules, facts: RunFacts) {
  const { config, varying } = alike;
  const { ofValues, ofConfigs } = rules;
  const looksAtVarying = ({ reads }: ConfigRule): boolean =>
    reads.some((path) => varying.some((value) => meet(path, value.path)));
  const still = { ofValues, ofConfigs: ofConfigs.filter((rule) => !looksAtVarying(rule)) };
  const shared = lintConfig(still, config, facts, (value) => alike.varyingAt(value) === undefined);
  const perValue = varying.map((value) => ({
    value,
    lint: oncePerWritten((of: YamlValue) => lintValue(rules, value.path, of)),
  }));
  const perConfig = ofConfigs.filter(looksAtVarying);
  return (run: Run): readonly Finding[] => {
    const found = [...shared];
    for (const { value, lint } of perValue) found.push(...lint(alike.valueOf(run, value)));
    for (const { find } of perConfig) found.push(...find(run.config, facts));
    return found;
  };
}
