import { didYouMean, refuse } from '../diagnostics';
import { pythonTypeName } from '../yaml/value';
import type { ConfigMap } from './config';
import { isMissing } from './config';
import type { Override } from './overrides';

/**
 * Hydra's own node, `hydra`, and its own groups are no part of a composed config: of them only what
 * people get wrong is checked. Options are not, for they come from Python packages.
 */

/** The keys that the node may have at its first level. (hydra.conf.HydraConf, Hydra 1.3) */
const KEYS = (
  'defaults mode searchpath run sweep hydra_logging job_logging sweeper launcher callbacks help ' +
  'hydra_help output_subdir overrides job runtime verbose'
).split(' ');

/** The groups that Hydra's own defaults list sets, so that others can only override them. */
const GROUPS: ReadonlySet<string> = new Set([
  ...['hydra/output', 'hydra/launcher', 'hydra/sweeper', 'hydra/help', 'hydra/hydra_help'],
  ...['hydra/hydra_logging', 'hydra/job_logging', 'hydra/callbacks', 'hydra/env'],
]);

export function isHydrasGroup(overrideKey: string): boolean {
  return GROUPS.has(overrideKey);
}

/** @throws DiagnosticError `ConfigCompositionException` for what cannot be Hydra's node */
export function checkHydraNode(config: ConfigMap): void {
  const hydra = config.entries.at('hydra');
  if (!hydra || isMissing(hydra)) return;
  if (hydra.kind !== 'map') {
    const message = `'hydra' is Hydra's own node and must be a mapping, not ${pythonTypeName(hydra)}`;
    refuse('ConfigCompositionException', message, { ...(hydra.place && { place: hydra.place }) });
  }
  for (const key of hydra.entries.keys()) {
    if (key.kind === 'str' && KEYS.includes(key.value)) continue;
    const name = 'value' in key ? String(key.value) : 'null';
    const hint = didYouMean(name, KEYS);
    refuse('ConfigCompositionException', `Key '${name}' not in 'HydraConf'`, {
      ...(key.place && { place: key.place }),
      ...(hint && { hint }),
    });
  }
}

/** Whether an override is one of Hydra's node or groups. @throws DiagnosticError for unknown ones */
export function isHydrasOverride({ key, type, source }: Override): boolean {
  if (key.startsWith('hydra/')) return true;
  if (!key.startsWith('hydra.')) return false;
  const [name = ''] = key.slice('hydra.'.length).split('.');
  if (type === 'CHANGE' && !KEYS.includes(name)) {
    const hint = didYouMean(name, KEYS);
    refuse('ConfigCompositionException', `Could not override '${key}'.`, {
      place: { source, start: 0, end: source.text.length },
      ...(hint && { hint }),
    });
  }
  return true;
}
