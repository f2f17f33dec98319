/** The plugin's options in nx.json, every one of them optional. */
export interface TrainyardPluginOptions {
  /** Path of the launcher configuration from the workspace root. */
  readonly launcherConfig?: string;
  /** Folder below which every `experiment.yaml` is an experiment. */
  readonly experimentsDir?: string;
  /** Where torchtune's base configs come from: `embedded`, `installed`, or a folder. */
  readonly torchtune?: string;
  /** Name of the cluster profile of experiments that name none. */
  readonly defaultCluster?: string;
  /** Other names for the inferred targets. */
  readonly targetNames?: Partial<Record<TargetKind, string>>;
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

const TARGETS: readonly TargetKind[] = [
  'generate-launchers',
  'show-recipe',
  'validate-recipe',
  'check-launchers',
  'prune-launchers',
  'report-collection',
  'generate-sweep',
  'plan-sweep',
];

export interface NormalizedOptions {
  readonly launcherConfig: string;
  readonly experimentsDir: string;
  readonly torchtune: string;
  readonly defaultCluster: string | undefined;
  readonly targetNames: Readonly<Record<TargetKind, string>>;
}

const KNOWN = ['launcherConfig', 'experimentsDir', 'torchtune', 'defaultCluster', 'targetNames'];

/**
 * Fills in the defaults.
 *
 * @throws Error for an unknown option, target or type: a typo would otherwise do nothing in silence
 */
export function normalizeOptions(options: TrainyardPluginOptions = {}): NormalizedOptions {
  for (const key of Object.keys(options)) {
    if (!KNOWN.includes(key)) throw wrong(`unknown option '${key}'; there are ${KNOWN.join(', ')}`);
  }
  const { targetNames = {}, ...texts } = options;
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value !== 'string' || value === '') throw wrong(`'${key}' must be a string`);
  }
  for (const [key, value] of Object.entries(targetNames)) {
    if (!(TARGETS as readonly string[]).includes(key)) {
      throw wrong(`unknown target '${key}' in 'targetNames'; there are ${TARGETS.join(', ')}`);
    }
    if (typeof value !== 'string' || value === '')
      throw wrong(`targetNames.${key} must be a string`);
  }
  const names = TARGETS.map((kind) => [kind, targetNames[kind] ?? kind]);
  return {
    launcherConfig:
      trimmed(options.launcherConfig) ?? 'recipes_collection/launcher_scripts_config.yaml',
    experimentsDir: trimmed(options.experimentsDir) ?? 'experiments',
    torchtune: options.torchtune ?? 'embedded',
    defaultCluster: options.defaultCluster,
    targetNames: Object.fromEntries(names) as Record<TargetKind, string>,
  };
}

function trimmed(path: string | undefined): string | undefined {
  return path?.replace(/^\.\//, '').replace(/\/+$/, '');
}

function wrong(message: string): Error {
  return new Error(`nx-trainyard options in nx.json: ${message}.`);
}
