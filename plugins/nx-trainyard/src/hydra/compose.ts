import type { Diagnostic } from '../diagnostics';
import { DiagnosticError, error, throwDiagnostic, warning } from '../diagnostics';
import { str } from '../yaml/value/value';
import { Choices } from './defaults/choices';
import { Composition } from './composition';
import type { ConfigMap } from './config/config';
import { emptyConfig } from './config/config';
import type { DefaultsEntry } from './defaults/defaults-list';
import { expandDefaults } from './defaults/defaults-list';
import { recordGroupOverrides } from './group-overrides';
import type { ResolveContext } from './interpolation/interpolation';
import { Lookups } from './config-files/lookups';
import { mergeInto } from './merge';
import { applyValueOverride } from './apply-override';
import { parseOverride } from './overrides/parse';
import { splitKey } from './config/path';
import type { ComposeContext, SearchedRequest } from './request';
import { openRepository } from './search-path';

/**
 * Composes a primary config with everything on its defaults list. (Hydra 1.3 `compose`)
 * Interpolations stay unresolved; Hydra's own `hydra` node is not part of the result.
 *
 * @throws DiagnosticError under the name of the exception that Hydra raises
 */
export function composeWith(request: SearchedRequest, context: ComposeContext): Composition {
  const warnings: Diagnostic[] = [];
  const resolution: ResolveContext = {
    env: context.env,
    warn: (diagnostic) => warnings.push(diagnostic),
  };
  const overrides = (request.overrides ?? []).map(parseOverride);
  const repository = openRepository(request, overrides, context, resolution);
  const choices = new Choices();
  const valueOverrides = recordGroupOverrides(overrides, repository, choices);
  const changesHydra = valueOverrides.some(({ key }) => /^hydra(?:\.|$)/.test(key));
  const all = expandDefaults(repository, request.configName, choices, resolution, changesHydra);
  const entries = all.filter(({ config }) => !config.builtIn);
  warnAboutSelf(entries, warnings);
  warnings.push(...repository.warnings());

  const config = emptyConfig();
  for (const entry of all) mergeEntry(config, entry, resolution);
  checkHydraNode(config);
  const groups = (): string[] => [...new Set([...choices.keys, ...repository.groups()])];
  for (const override of valueOverrides) applyValueOverride(config, override, resolution, groups);
  config.entries.delete(str('hydra'));
  return new Composition(config, entries, repository.usedFiles(), resolution, warnings);
}

/** The files of a composition, also when it fails: what a cached result depends on. */
export interface ComposedFiles {
  /** The files that it is made from, also those that cannot be read. */
  readonly files: readonly string[];
  /** Where files were looked for, found or not: what `files` itself depends on. */
  readonly looked: readonly string[];
  readonly problem?: DiagnosticError;
}

/** Finds out what a composition reads, without composing. */
export function composedFiles(request: SearchedRequest, context: ComposeContext): ComposedFiles {
  const lookups = new Lookups(context.files);
  const problems = expansionProblems(request, { ...context, files: lookups });
  // What follows from an unreadable file, such as an override that finds no group, is no news.
  const reported = lookups.problems.length > 0 ? lookups.problems : problems;
  return {
    files: lookups.found,
    looked: lookups.looked,
    ...(reported.length > 0 && { problem: new DiagnosticError(reported) }),
  };
}

/** What is wrong with the defaults lists of a composition. */
function expansionProblems(
  request: SearchedRequest,
  context: ComposeContext,
): readonly Diagnostic[] {
  const resolution = { env: context.env };
  try {
    const repository = openRepository(request, [], context, resolution);
    expandDefaults(repository, request.configName, new Choices(), resolution);
    return [];
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return cause.diagnostics;
  }
}

/** Merges one config at its package. */
function mergeEntry(config: ConfigMap, entry: DefaultsEntry, resolution: ResolveContext): void {
  const { content, source } = entry.config;
  try {
    if (entry.package === '') {
      if (content.kind !== 'map') {
        throw new DiagnosticError(
          error('ConfigTypeError', 'Cannot merge DictConfig with ListConfig', {
            ...(content.location && { location: content.location }),
          }),
        );
      }
      if (!entry.primary) checkSearchPath(content, entry);
      mergeInto(config, content, resolution);
      return;
    }
    const root = emptyConfig();
    const segments = splitKey(entry.package);
    const last = segments.pop() ?? '';
    let at = root;
    for (const segment of segments) {
      const next = emptyConfig(at);
      at.entries.put(segment, next);
      at = next;
    }
    at.entries.put(last, content);
    if (!entry.primary) checkSearchPath(root, entry);
    mergeInto(config, root, resolution);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    throw new DiagnosticError(
      cause.diagnostics.map((diagnostic) => ({
        ...diagnostic,
        message: `In '${entry.configPath}': ${diagnostic.id} raised while composing config:\n${diagnostic.message}`,
        id: 'ConfigCompositionException',
        location: diagnostic.location ?? { source, start: 0, end: 0 },
      })),
    );
  }
}

/** @throws DiagnosticError `ConfigCompositionException` where Hydra's own node is set to null */
function checkHydraNode(config: ConfigMap): void {
  const hydra = config.entries.at('hydra');
  if (hydra?.kind !== 'null') return;
  throwDiagnostic(
    'ConfigCompositionException',
    "'hydra' is Hydra's own node, and must be a mapping",
    {
      ...(hydra.location && { location: hydra.location }),
      hint: 'Remove the key.',
    },
  );
}

function checkSearchPath(content: ConfigMap, { config, configPath }: DefaultsEntry): void {
  if (config.builtIn) return;
  const hydra = content.entries.at('hydra');
  const searchPath = hydra?.kind === 'map' ? hydra.entries.at('searchpath') : undefined;
  if (!searchPath || searchPath.kind === 'null') return;
  throwDiagnostic(
    'ConfigCompositionException',
    `In '${configPath}': Overriding hydra.searchpath is only supported from the primary config`,
    { ...(searchPath.location && { location: searchPath.location }) },
  );
}

/** Hydra warns where the implied place of `_self_` decides who wins. */
function warnAboutSelf(entries: readonly DefaultsEntry[], warnings: Diagnostic[]): void {
  const primary = entries.find((entry) => entry.primary)?.config;
  if (!primary || primary.content.kind !== 'map' || primary.content.entries.size === 0) return;
  const items = primary.defaults;
  const hasOwn = items.some((item) => !(item.kind === 'group' && item.override));
  if (!hasOwn || items.some((item) => item.kind === 'self')) return;
  const location = items.at(-1)?.location;
  warnings.push(
    warning('missing-self', `In '${primary.configPath}': Defaults list is missing \`_self_\`.`, {
      ...(location && { location }),
      keys: [primary.configPath],
      hint: "Write '- _self_' where the file's own values belong. Without it, they come last.",
    }),
  );
}
