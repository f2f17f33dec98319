import { throwDiagnostic } from '../../../diagnostics';
import type { Exclusion, Experiment } from '../../experiment/experiment';
import type { Axis } from '../../experiment/axes';
import { axesOf } from '../../experiment/axes';
import { isAnyOf } from './any-of';

/**
 * The rows below a prefix of choices, after exclusion. Prefixes that leave the same exclusions
 * possible share a node, so a grid of any size has few of them, and a row is found by its number.
 */
interface Node {
  /** How many rows there are. */
  readonly size: number;
  /** For each choice on the next axis, the rows before it, and the rows below it. */
  readonly starts: readonly number[];
  readonly next: readonly Node[];
}

/** All combinations that are not excluded, in order. */
export interface Grid {
  readonly axes: readonly Axis[];
  readonly root: Node;
}

const ROW: Node = { size: 1, starts: [], next: [] };
const NOTHING: Node = { size: 0, starts: [], next: [] };

/** For an axis, which of its choices an exclusion matches; undefined where it says nothing. */
function choicesMatched({ match }: Exclusion, axis: Axis): boolean[] | undefined {
  let matched: boolean[] | undefined;
  for (const { key, anyOf } of match) {
    const variable = axis.variables.find((candidate) => candidate.key.name === key.name);
    if (!variable) continue;
    const hits = variable.values.map((value) => isAnyOf(value, anyOf));
    matched = matched?.map((hit, choice) => hit && hits[choice] === true) ?? hits;
  }
  return matched;
}

/** An exclusion as seen from the axes. */
interface Block {
  readonly exclusion: Exclusion;
  readonly matched: readonly (readonly boolean[] | undefined)[];
  /** The last axis that it says something about. */
  readonly last: number;
}

function blockOf(exclusion: Exclusion, axes: readonly Axis[]): Block {
  const matched = axes.map((axis) => choicesMatched(exclusion, axis));
  return { exclusion, matched, last: matched.findLastIndex((choices) => choices !== undefined) };
}

/** Whether an exclusion matches a combination, whatever else excludes it. */
function matchesSome({ exclusion, matched }: Block, axes: readonly Axis[]): boolean {
  const swept = new Set(axes.flatMap(({ variables }) => variables.map(({ key }) => key.name)));
  return (
    exclusion.match.every(({ key }) => swept.has(key.name)) &&
    matched.every((choices) => choices?.includes(true) ?? true)
  );
}

/** The exclusions that match no combination. */
export function idleExclusions(experiment: Experiment): Exclusion[] {
  const axes = axesOf(experiment);
  return experiment.exclude.filter((exclusion) => !matchesSome(blockOf(exclusion, axes), axes));
}

/**
 * @throws DiagnosticError when the combinations are too many to be numbered (2^53)
 */
export function gridOf(experiment: Experiment): Grid {
  const axes = axesOf(experiment);
  const combinations = axes.reduce((product, { length }) => product * length, 1);
  if (!Number.isSafeInteger(combinations)) {
    const location = axes.at(-1)?.variables[0]?.key.location;
    throwDiagnostic('ExperimentSchema', 'the variables have more than 9 × 10^15 combinations', {
      ...(location && { location }),
      hint: 'Give the variables fewer values, or let some advance together under sweep.zip.',
    });
  }
  const blocks = experiment.exclude
    .map((exclusion) => blockOf(exclusion, axes))
    .filter((block) => matchesSome(block, axes));
  return { axes, root: buildNode(axes, blocks) };
}

function buildNode(axes: readonly Axis[], blocks: readonly Block[]): Node {
  const known = new Map<string, Node>();
  const ids = new Map(blocks.map((block, id) => [block, id]));
  /** `possible`: the exclusions that match all choices so far. */
  const build = (depth: number, possible: readonly Block[]): Node => {
    if (possible.some(({ last }) => last < depth)) return NOTHING;
    const axis = axes[depth];
    if (!axis) return ROW;
    const id = `${depth}:${possible.map((block) => ids.get(block)).join()}`;
    const same = known.get(id);
    if (same) return same;
    const starts: number[] = [];
    const next: Node[] = [];
    let size = 0;
    for (let choice = 0; choice < axis.length; choice++) {
      const child = build(
        depth + 1,
        possible.filter(({ matched }) => matched[depth]?.[choice] ?? true),
      );
      starts.push(size);
      next.push(child);
      size += child.size;
    }
    const node = { size, starts, next };
    known.set(id, node);
    return node;
  };
  return build(0, blocks);
}

/** The choice below which a row lies: the last one that starts at or before it. */
function choiceAt({ starts }: Node, rank: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= rank) low = middle;
    else high = middle;
  }
  return low;
}

/** The choice on each axis that makes the row with this number, counted from 0. */
export function choicesOf({ axes, root }: Grid, rank: number): number[] {
  let node: Node | undefined = root;
  let rest = rank;
  return axes.map(() => {
    const choice = node ? choiceAt(node, rest) : 0;
    rest -= node?.starts[choice] ?? 0;
    node = node?.next[choice];
    return choice;
  });
}
