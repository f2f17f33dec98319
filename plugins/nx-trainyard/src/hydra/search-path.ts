import { isAbsolute, join, resolve as resolvePath } from 'node:path';
import type { Diagnostic, Location } from '../diagnostics';
import { throwDiagnostic, warning } from '../diagnostics';
import type { YamlValue } from '../yaml/value/value';
import { str } from '../yaml/value/value';
import type { ComposeContext, SearchedRequest } from './request';
import { howToGive } from './config-files/search-packages';
import type { ConfigSource, Provider } from './config-files/config-repository';
import { ConfigRepository } from './config-files/config-repository';
import type { ResolveContext } from './interpolation/interpolation';
import { resolveContainer, select } from './interpolation/interpolation';
import type { Override } from './overrides/parse';
import { pythonStr } from '../yaml/value/python-text';

/** One entry of a search path as it is written. */
interface Entry {
  readonly path: string;
  readonly provider: Provider;
  readonly location: Location | undefined;
}

/**
 * The search path of a composition: its own folder, then what the request, the command line or the
 * primary config names, the first of these that names anything. What cannot be searched is left out,
 * with a warning, as in Hydra.
 *
 * @throws DiagnosticError `ConfigCompositionException` for what is no list of folders
 */
export function openRepository(
  request: SearchedRequest,
  overrides: readonly Override[],
  around: ComposeContext,
  resolution: ResolveContext,
): ConfigRepository {
  const { searchPackages = around.searchPackages ?? {} } = request;
  const context = { ...around, searchPackages };
  const { files } = context;
  const main: ConfigSource = { provider: 'main', folder: request.configDir };
  const alone = new ConfigRepository(files, [main]);
  const primary = alone.load(request.configName);
  if (primary && primary.content.kind !== 'map') {
    const message = `primary config '${request.configName}' must be a DictConfig, got ListConfig`;
    throwDiagnostic('ConfigCompositionException', message, {
      location: { source: primary.source, start: 0, end: 1 },
    });
  }
  const onCommandLine = overrides.find(({ key }) => key === 'hydra.searchpath')?.value;
  const asked: YamlValue | undefined = request.searchPath
    ? { kind: 'list', items: request.searchPath.map((folder) => str(folder)) }
    : onCommandLine;
  // A node that is no mapping is refused where it is merged.
  const hydra = primary && primary.content.kind === 'map' && primary.content.entries.at('hydra');
  const inPrimary =
    hydra && hydra.kind === 'map' && select(primary.content, 'hydra.searchpath', resolution);
  const written = inPrimary && inPrimary.kind !== 'null' ? inPrimary : undefined;
  const provider = asked ? 'hydra.searchpath in command-line' : 'hydra.searchpath in main';
  const value = asked ?? (written && resolveContainer(written, resolution));
  const first = (request.searchedFirst ?? []).map((path): Entry => ({
    path,
    provider: 'hydra.searchpath in command-line',
    location: undefined,
  }));
  const sources = [...first, ...entriesOf(value, provider)].map((entry) => source(entry, context));
  const repository = new ConfigRepository(files, [main, ...sources]);
  for (const problem of sources.flatMap((one) => unavailable(one, context))) {
    resolution.warn?.(problem);
  }
  return repository;
}

function entriesOf(value: YamlValue | undefined, provider: Provider): Entry[] {
  if (!value) return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.map((item) => {
    if (value.kind !== 'list' || item.kind !== 'str') {
      return throwDiagnostic(
        'ConfigCompositionException',
        `hydra.searchpath must be a list of strings. Got: ${pythonStr(value)}`,
        {
          ...(value.location && { location: value.location }),
          hint: 'Write [file:///some/folder].',
        },
      );
    }
    return { path: item.value, provider, location: item.location };
  });
}

/** @throws DiagnosticError `ValueError` for a scheme that Hydra does not know either */
function source({ path, provider, location }: Entry, context: ComposeContext): ConfigSource {
  const at = { provider, written: path, ...(location && { location }) };
  const [, scheme, rest = path] = /^([a-zA-Z][\w+.-]*):\/\/([^]*)$/.exec(path) ?? [];
  if (scheme === undefined || scheme === 'file') {
    // Hydra takes what follows as it is: `%20` is no space.
    return { ...at, folder: isAbsolute(rest) ? rest : resolvePath(context.cwd, rest) };
  }
  if (scheme === 'pkg') return { ...at, folder: packageFolder(rest, context) };
  if (scheme === 'structured') return { ...at, folder: undefined };
  return throwDiagnostic(
    'ValueError',
    `No config source registered for schema ${scheme}, supported types : [file, pkg, structured]`,
    { ...(location && { location }), hint: 'Write file:///some/folder, or pkg://some.package.' },
  );
}

/** The folder of a package below one that is given; undefined where Python would be needed. */
function packageFolder(
  name: string,
  { searchPackages = {}, cwd }: ComposeContext,
): string | undefined {
  const parts = name.replaceAll('/', '.').split('.').filter(Boolean);
  for (let length = parts.length; length > 0; length -= 1) {
    const prefix = parts.slice(0, length).join('.');
    const folder = Object.hasOwn(searchPackages, prefix) ? searchPackages[prefix] : undefined;
    if (folder !== undefined) return join(resolvePath(cwd, folder), ...parts.slice(length));
  }
  return undefined;
}

function unavailable(one: ConfigSource, { files }: ComposeContext): Diagnostic[] {
  const { folder, provider, written = '', location } = one;
  if (folder !== undefined && files.tree.list(folder)) return [];
  // Hydra's own package is searched first of all anyway, and its store last.
  if (/^(?:pkg:\/\/hydra\.conf|structured:\/\/)$/.test(written)) return [];
  const message = `provider=${provider}, path=${written} is not available, and is not searched.`;
  const hint =
    folder === undefined
      ? howToGive(written)
      : `There is no folder ${folder}. Create it, or correct the path.`;
  return [
    warning('search-path', message, { keys: [written], ...(location && { location }), hint }),
  ];
}
