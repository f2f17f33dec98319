import type { Location } from '../diagnostics';
import type { Composition } from './composition';
import { nodeAt } from './composition';
import type { ConfigNode } from './config/config';
import { emptyConfig } from './config/config';
import type { DefaultsEntry } from './defaults/defaults-list';
import { splitKey } from './config/path';

/** One entry of the defaults list, and what it says about a key. */
export interface ExplainedEntry {
  readonly configPath: string;
  /** The package that the entry is merged at; '' is the root. */
  readonly package: string;
  /** What it sets the key to; undefined when it does not mention the key. */
  readonly value: ConfigNode | undefined;
  /** Where it does. */
  readonly location: Location | undefined;
  /** Whether the composed value is the one that was written here. */
  readonly wins: boolean;
}

/**
 * Where a key's value comes from, entry by entry of the defaults list, in the order in which they are
 * merged. In a recipe, what an entry puts below `recipes` is meant, or at the root what it says there.
 */
export function explainKey(composition: Composition, key: string): ExplainedEntry[] {
  const origin = composition.locationOf(key);
  const wrapped = composition.config.parent !== undefined;
  return composition.entries.map((entry) => {
    const value = (wrapped && mentioned(entry, `recipes.${key}`)) || mentioned(entry, key);
    const location = value?.location;
    const wins = location !== undefined && sameLocation(location, origin);
    return { configPath: entry.configPath, package: entry.package, value, location, wins };
  });
}

function mentioned(entry: DefaultsEntry, key: string): ConfigNode | undefined {
  const root = emptyConfig();
  const segments = entry.package === '' ? [] : splitKey(entry.package);
  const { content } = entry.config;
  if (segments.length === 0) return content.kind === 'map' ? nodeAt(content, key) : undefined;
  let at = root;
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    const child = last ? content : emptyConfig(at);
    at.entries.put(segment, child);
    if (child.kind === 'map') at = child;
  }
  return nodeAt(root, key);
}

function sameLocation(a: Location, b: Location | undefined): boolean {
  return a.source === b?.source && a.start === b.start && a.end === b.end;
}
