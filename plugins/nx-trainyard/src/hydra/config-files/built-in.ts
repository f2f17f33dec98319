import type { Diagnostic, SourceText } from '../../diagnostics';
import { warning } from '../../diagnostics';
import { packageJson } from '../../files/package-files';
import type { ConfigFile } from './config-file';
import { parseFile, withDefaults } from './config-file';
import type { StructType } from '../config/field-types';
import { withType } from '../config/structured';

/** What Hydra itself brings, as `catalog/build_hydra.py` records it. Everything is by config path. */
interface HydraRecord {
  /** The YAML files of its package `hydra.conf`. */
  readonly files: Readonly<Record<string, string>>;
  /** What its code puts into the config store: the values, and the dataclass that they are of. */
  readonly structured: Readonly<Record<string, Structured>>;
}
interface Structured {
  readonly text: string;
  readonly type: StructType;
}

/** Which of Hydra's two sources: its package is searched first of all, and its store last. */
export type BuiltInSource = 'package' | 'store';

/** The config in which Hydra's own defaults list stands. */
export const HYDRA_CONFIG = 'hydra/config';

/**
 * Options that packages beside Hydra bring, by their group: a plugin registers them from Python, so
 * what they accept is not known here.
 */
const PLUGINS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'hydra/launcher': {
    joblib: 'hydra-joblib-launcher',
    ray: 'hydra-ray-launcher',
    ray_aws: 'hydra-ray-launcher',
    rq: 'hydra-rq-launcher',
    submitit_local: 'hydra-submitit-launcher',
    submitit_slurm: 'hydra-submitit-launcher',
  },
  'hydra/sweeper': {
    ax: 'hydra-ax-sweeper',
    nevergrad: 'hydra-nevergrad-sweeper',
    optuna: 'hydra-optuna-sweeper',
  },
  'hydra/hydra_logging': { colorlog: 'hydra-colorlog' },
  'hydra/job_logging': { colorlog: 'hydra-colorlog' },
};

function hydraRecord(): HydraRecord {
  return packageJson('catalog/hydra-1.3.2.json');
}

/** A config that Hydra brings; a fresh one at each call. @param path with or without `.yaml` */
export function builtInConfig(path: string, from: BuiltInSource): ConfigFile | undefined {
  if (!path.startsWith('hydra/')) return undefined;
  const name = path.replace(/\.yaml$/, '');
  const { files, structured } = hydraRecord();
  if (from === 'package') {
    const text = Object.hasOwn(files, name) ? files[name] : undefined;
    return text === undefined ? undefined : read(path, `pkg://hydra.conf/${name}.yaml`, text);
  }
  const stored = Object.hasOwn(structured, name) ? structured[name] : undefined;
  if (!stored) return pluginConfig(path, name);
  const config = read(path, `structured://${name}`, stored.text);
  return { ...config, content: withType(config.content, stored.type) };
}

function read(configPath: string, file: string, text: string): ConfigFile {
  const source: SourceText = { path: file, text };
  return { ...withDefaults(parseFile(file, source), configPath), builtIn: true };
}

/** An empty config in the place of what a plugin registers, with a warning. */
function pluginConfig(configPath: string, name: string): ConfigFile | undefined {
  const cut = name.lastIndexOf('/');
  const [group, option] = [name.slice(0, cut), name.slice(cut + 1)];
  const options = Object.hasOwn(PLUGINS, group) ? PLUGINS[group] : undefined;
  const plugin = options && Object.hasOwn(options, option) ? options[option] : undefined;
  if (plugin === undefined) return undefined;
  const message = `'${group}: ${option}' comes from ${plugin}: its keys below '${group.replaceAll('/', '.')}' are not checked, and Hydra refuses it where ${plugin} is not installed`;
  const hint = `Run 'pip install ${plugin}' where Hydra runs.`;
  const unchecked: Diagnostic = warning('hydra-plugin', message, { hint, keys: [name, group] });
  return { ...read(configPath, `structured://${name}`, ''), warnings: [unchecked] };
}

/** The groups that Hydra's own defaults list sets. */
export function builtInGroups(): readonly string[] {
  const { defaults = [] } = builtInConfig(HYDRA_CONFIG, 'store') ?? {};
  return defaults.flatMap((item) => (item.kind === 'group' ? [`hydra/${item.group}`] : []));
}

/** The names that Hydra brings below a folder of configs, sorted; undefined where it has none. */
export function builtInGroup(group: string): readonly string[] | undefined {
  if (group !== 'hydra' && !group.startsWith('hydra/')) return undefined;
  const { files, structured } = hydraRecord();
  const below = [...Object.keys(files), ...Object.keys(structured)].filter((path) =>
    path.startsWith(`${group}/`),
  );
  if (below.length === 0) return undefined;
  const names = below.map((path) => path.slice(group.length + 1));
  return names.filter((name) => !name.includes('/')).sort();
}
