import { isAbsolute, resolve as resolvePath } from 'node:path';
import { refuse } from '../diagnostics';
import type { YamlValue } from '../yaml/value';
import { str } from '../yaml/value';
import type { ComposeContext, ComposeRequest } from './compose';
import type { ConfigSource } from './config-repository';
import { ConfigRepository } from './config-repository';
import type { ResolveContext } from './interpolation';
import { resolveContainer, select } from './interpolation';
import type { Override } from './overrides';
import { pythonStr } from './python-text';

/**
 * The search path of a composition: its own folder, then what the request, the command line or the
 * primary config names, the first of these that names anything.
 *
 * @throws DiagnosticError `ConfigCompositionException` for what is no list of folders
 */
export function openRepository(
  request: ComposeRequest,
  overrides: readonly Override[],
  { files, cwd }: ComposeContext,
  resolution: ResolveContext,
): ConfigRepository {
  const main: ConfigSource = { provider: 'main', folder: request.configDir };
  const alone = new ConfigRepository(files, [main]);
  const primary = alone.load(request.configName);
  if (primary && primary.content.kind !== 'map') {
    const message = `primary config '${request.configName}' must be a DictConfig, got ListConfig`;
    refuse('ConfigCompositionException', message, {
      place: { source: primary.source, start: 0, end: 1 },
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
  const provider = asked ? 'hydra.searchpath in command-line' : 'hydra.searchpath in main';
  const written = inPrimary && inPrimary.kind !== 'null' ? inPrimary : undefined;
  const value = asked ?? (written && resolveContainer(written, resolution));
  const folders = searchFolders(value, cwd);
  return new ConfigRepository(files, [
    main,
    ...folders.map((folder): ConfigSource => ({ provider, folder })),
  ]);
}

function searchFolders(value: YamlValue | undefined, cwd: string): string[] {
  if (!value) return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.map((item) => {
    if (value.kind !== 'list' || item.kind !== 'str') {
      return refuse(
        'ConfigCompositionException',
        `hydra.searchpath must be a list of strings. Got: ${pythonStr(value)}`,
        { ...(value.place && { place: value.place }), hint: 'Write [file:///some/folder].' },
      );
    }
    // Hydra takes what follows as it is: `%20` is no space.
    const path = item.value.replace(/^file:\/\//, '');
    if (!/^[a-z]+:\/\//.test(path)) return isAbsolute(path) ? path : resolvePath(cwd, path);
    return refuse('ConfigCompositionException', `cannot search '${path}' without Python`, {
      ...(item.place && { place: item.place }),
      hint: 'Only folders can be searched: file:///some/folder.',
    });
  });
}
