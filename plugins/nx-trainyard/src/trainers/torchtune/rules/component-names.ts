import { nearest } from '../../../diagnostics';
import type { Catalog } from '../catalog/catalog';

/** What other libraries add to the names of optimizers: `adamw_torch`, `adamw_bnb_8bit`. */
const DECORATION = /torch|fused|hf|bnb|huggingface/g;
/** So short a text is a part of too many names. */
const SHORTEST_PART = 4;
const MOST = 3;

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function lastOf(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

/**
 * The full names of the components that a short or misspelt one can mean, the likeliest first:
 * `adamw` is `torch.optim.AdamW`, `wandb` is `torchtune.training.metric_logging.WandBLogger`.
 *
 * @param beside the component that is there now: those of its package come first
 */
export function componentsNamed(
  written: string,
  catalog: Catalog,
  beside: string | undefined,
): readonly string[] {
  const name = plain(lastOf(written));
  if (name === '') return [];
  const all = withoutDoubles(catalog.componentNames());
  const inPlay = all.filter((full) => isOfKind(full, beside));
  const ways: ((full: string) => boolean)[] = [
    (full) => plain(lastOf(full)) === name,
    (full) => plain(lastOf(full)) === name.replace(DECORATION, ''),
    (full) => name.length >= SHORTEST_PART && plain(lastOf(full)).startsWith(name),
    (full) => name.length >= SHORTEST_PART && plain(lastOf(full)).includes(name),
  ];
  for (const way of ways) {
    const found = inPlay.filter(way);
    if (found.length > 0) return found.slice(0, MOST);
  }
  const near = nearest(
    name,
    inPlay.map((full) => plain(lastOf(full))),
  );
  return near
    .flatMap((other) => inPlay.filter((full) => plain(lastOf(full)) === other))
    .slice(0, MOST);
}

/** Of the names of one thing (`torchtune.training.X`, `torchtune.training.memory.X`) the shortest. */
function withoutDoubles(names: readonly string[]): string[] {
  const byLast = new Map<string, string>();
  for (const full of names) {
    const key = `${full.split('.', 2).join('.')} ${lastOf(full)}`;
    const other = byLast.get(key);
    if (other === undefined || full.length < other.length) byLast.set(key, full);
  }
  return [...byLast.values()];
}

/** Whether two components can stand for each other: optimizers do not stand for data sets. */
function isOfKind(full: string, beside: string | undefined): boolean {
  if (beside === undefined) return true;
  const kind = kindOf(beside);
  return kind === undefined || kindOf(full) === kind;
}

const KINDS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['optimizer', /(^|\.)optim\./],
  ['logger', /metric_logging\./],
  ['loss', /(^|\.)(loss|nn)\.|Loss$/],
  ['scheduler', /lr_scheduler|schedule/],
  ['tokenizer', /[tT]okenizer|transform$/],
  ['dataset', /\.datasets\./],
  ['checkpointer', /Checkpointer$/],
  ['model', /\.models\./],
];

function kindOf(full: string): string | undefined {
  return KINDS.find(([, pattern]) => pattern.test(full))?.[0];
}
