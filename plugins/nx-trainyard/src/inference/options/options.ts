import { posix } from 'node:path';
import type { SearchPackages } from '../../hydra/config-files/search-packages';
import { checkMapping, checkText, wrongOption } from './option-problems';
import type { ProjectNames } from './project-name-option';
import { normalizeProjectNames } from './project-name-option';
import { DEFAULT_LAUNCHER_CONFIG } from '../../launchers/recipe-files';

/** Where experiments lie unless an option says otherwise. */
export const DEFAULT_EXPERIMENTS_DIR = 'experiments';

/** The plugin's options in nx.json, every one of them optional. */
export interface TrainyardPluginOptions {
  /** Path of the launcher configuration, relative to the workspace root. */
  readonly launcherConfig?: string;
  /** Folder below which every `experiment.yaml` is an experiment. */
  readonly experimentsDir?: string;
  /** Where torchtune's base configs come from: `embedded`, `installed`, or a folder. */
  readonly torchtune?: string;
  /** The cluster of experiments that name none. */
  readonly defaultCluster?: string;
  /** Folders of the Python packages that `pkg://` entries of search paths name, from the root. */
  readonly searchPackages?: SearchPackages;
  /** Other names for the inferred targets. */
  readonly targetNames?: Partial<Record<TargetKind, string>>;
  /** Other names for the inferred projects: the collection's, and what the others begin with. */
  readonly projectNames?: Partial<ProjectNames>;
}

/** The targets by the names that they have unless an option renames them. */
export type TargetKind =
  | 'generate-launchers'
  | 'show-recipe'
  | 'validate-recipe'
  | 'check-launchers'
  | 'prune-launchers'
  | 'report-collection'
  | 'generate-sweep'
  | 'plan-sweep';

/** The targets of a recipe, of the collection and of an experiment. */
const PROJECTS: readonly (readonly TargetKind[])[] = [
  ['generate-launchers', 'show-recipe', 'validate-recipe'],
  ['check-launchers', 'prune-launchers', 'report-collection'],
  ['generate-sweep', 'plan-sweep'],
];
const TARGETS = PROJECTS.flat();

export interface NormalizedOptions {
  readonly launcherConfig: string;
  readonly experimentsDir: string;
  readonly torchtune: string;
  readonly defaultCluster: string | undefined;
  /** Undefined where there are none, so that no target lists them. */
  readonly searchPackages: SearchPackages | undefined;
  readonly targetNames: Readonly<Record<TargetKind, string>>;
  readonly projectNames: ProjectNames;
}

const KNOWN = [
  'launcherConfig',
  'experimentsDir',
  'torchtune',
  'defaultCluster',
  'searchPackages',
  'targetNames',
  'projectNames',
];

/**
 * Fills in the defaults.
 *
 * @throws Error for what cannot work: an unknown option would otherwise do nothing in silence
 */
export function normalizeOptions(options: TrainyardPluginOptions = {}): NormalizedOptions {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw wrongOption(`must be an object, such as { "experimentsDir": "research" }`);
  }
  for (const key of Object.keys(options)) {
    if (!KNOWN.includes(key))
      throw wrongOption(`unknown option '${key}'; known options: ${KNOWN.join(', ')}`);
  }
  const { targetNames = {}, projectNames, searchPackages, ...texts } = options;
  for (const [key, value] of Object.entries(texts)) {
    checkText(`'${key}'`, value);
  }
  checkMapping('targetNames', targetNames);
  for (const [key, value] of Object.entries(targetNames)) {
    if (!(TARGETS as readonly string[]).includes(key)) {
      throw wrongOption(
        `unknown target '${key}' in 'targetNames'; known targets: ${TARGETS.join(', ')}`,
      );
    }
    checkText(`targetNames.${key}`, value);
  }
  const names = Object.fromEntries(
    TARGETS.map((kind) => [kind, targetNames[kind] ?? kind]),
  ) as Record<TargetKind, string>;
  for (const kinds of PROJECTS) checkApart(kinds, names);
  return {
    launcherConfig: trimmed(options.launcherConfig) ?? DEFAULT_LAUNCHER_CONFIG,
    experimentsDir: folderBelow(trimmed(options.experimentsDir) ?? DEFAULT_EXPERIMENTS_DIR),
    torchtune: options.torchtune ?? 'embedded',
    defaultCluster: options.defaultCluster,
    searchPackages: searchPackages && checkedPackages(searchPackages),
    targetNames: names,
    projectNames: normalizeProjectNames(projectNames),
  };
}

/** @throws Error for what does not name folders of packages */
export function checkedPackages(value: unknown = {}): SearchPackages {
  checkMapping('searchPackages', value);
  for (const [name, folder] of Object.entries(value as object)) {
    if (!/^[^\W\d]\w*(?:\.[^\W\d]\w*)*$/.test(name)) {
      throw wrongOption(
        `'${name}' in 'searchPackages' is not a package name; write the name without pkg://`,
      );
    }
    checkText(`searchPackages.${name}`, folder);
  }
  return value as SearchPackages;
}

/** Of two targets of one name, a project would have only one. */
function checkApart(kinds: readonly TargetKind[], names: Record<TargetKind, string>): void {
  for (const [index, kind] of kinds.entries()) {
    const other = kinds.slice(0, index).find((earlier) => names[earlier] === names[kind]);
    if (other === undefined) continue;
    throw wrongOption(
      `the targets '${other}' and '${kind}' cannot both be named '${names[kind]}'; ` +
        `rename one of them in 'targetNames'`,
    );
  }
}

function trimmed(path: string | undefined): string | undefined {
  return path === undefined ? undefined : posix.normalize(path).replace(/(?<=.)\/+$/, '');
}

/** @throws Error for a folder outside the workspace, and for the workspace itself */
function folderBelow(path: string): string {
  if (!/^(?:\/|\.\.?(?:\/|$))/.test(path)) return path;
  throw wrongOption(
    `'experimentsDir' must be a folder inside the workspace, relative to its root, such as ` +
      `'experiments' or 'research/sweeps'; got '${path}'`,
  );
}
