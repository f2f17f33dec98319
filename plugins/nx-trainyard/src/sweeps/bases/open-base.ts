import { resolve } from 'node:path';
import { DiagnosticError, throwDiagnostic } from '../../diagnostics';
import { displayPath } from '../../files/paths';
import { dirname } from 'node:path';
import { nearest } from '../../diagnostics';
import { diskFiles } from '../../files/file-tree';
import type { SearchPackages } from '../../hydra/config-files/search-packages';
import { Collection } from '../../launchers/collection';
import { openSource } from '../../trainers/torchtune';
import type { SweepBase } from './base';
import { genericBase } from './generic-base';
import { hyperpodBase } from './hyperpod-base';
import type { FrameworkConfig, FrameworkName } from '../experiment/experiment';
import { namedBase, torchtuneFileBase } from './torchtune-base';

/** Where bases come from. */
export interface BaseSources {
  /** The workspace, absolute; problems name files from here. */
  readonly root: string;
  /** The experiment's folder, absolute. */
  readonly folder: string;
  /** `embedded`, `installed` or a folder. */
  readonly torchtune: string;
  /** Path of the launcher configuration from the root, for bases that are recipes. */
  readonly launcherConfig: string;
  /** Folders of the Python packages that search paths of recipes name. */
  readonly searchPackages: SearchPackages;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface NamesBase {
  readonly framework: FrameworkName;
  readonly frameworkConfig: FrameworkConfig;
}

/**
 * Opens the base config of an experiment.
 *
 * @throws DiagnosticError `BaseConfigNotFound`, or what is wrong with the base itself: there, or
 *   where the experiment names the base
 */
export function openBase(experiment: NamesBase, locations: BaseSources): SweepBase {
  try {
    return open(experiment, locations);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    const { location } = experiment.frameworkConfig.base;
    throw new DiagnosticError(cause.diagnostics.map((problem) => ({ location, ...problem })));
  }
}

function open(
  { framework, frameworkConfig: config }: NamesBase,
  locations: BaseSources,
): SweepBase {
  const { base } = config;
  if (base.kind === 'recipe') {
    return hyperpodBase(
      config,
      Collection.open(
        locations.root,
        locations.launcherConfig,
        undefined,
        locations.searchPackages,
      ),
    );
  }
  const torchtune = () =>
    openSource(locations.torchtune, { root: locations.root, env: locations.env });
  if (base.kind === 'name') return namedBase(config, torchtune());
  const { text, file } = openFile(base.path, config, locations);
  return framework === 'generic'
    ? genericBase(config, text, file)
    : torchtuneFileBase(config, text, file, torchtune());
}

function openFile(path: string, { base }: FrameworkConfig, { root, folder }: BaseSources) {
  const file = resolve(folder, path);
  const text = diskFiles(root).read(file);
  if (text) return { text, file };
  const near = nearFile(path, file);
  return throwDiagnostic(
    'BaseConfigNotFound',
    `there is no file '${path}' next to the experiment`,
    {
      location: base.location,
      hint:
        near ??
        `The path is relative to the experiment's folder, so it means ${displayPath(file, root)}.`,
    },
  );
}

/** The YAML file of a similar name that lies where one is looked for, or beside the experiment. */
function nearFile(path: string, file: string): string | undefined {
  const start = path.slice(0, path.lastIndexOf('/') + 1);
  const names = diskFiles().list(dirname(file)) ?? [];
  const yaml = names.filter((name) => /\.ya?ml$/.test(name) && !/^experiment\.ya?ml$/.test(name));
  const bare = path.slice(start.length);
  const same = yaml.filter((name) => name.replace(/\.ya?ml$/, '') === bare.replace(/\.ya?ml$/, ''));
  const near = same.length > 0 ? same : nearest(bare, yaml);
  const written = near.map((name) => `'${start}${name}'`);
  return written.length > 0 ? `Did you mean ${written.join(' or ')}?` : undefined;
}
