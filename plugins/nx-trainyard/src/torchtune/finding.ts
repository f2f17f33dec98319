import type { YamlMap } from '../yaml/value';

/** Something about a run that is probably not meant, or fails on the node. */
export interface Finding {
  readonly id: string;
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

/** One rule over the merged config of a run. */
export type Rule = (config: YamlMap, facts: RunFacts) => Finding[];
