import type { Diagnostic, SourceText } from '../../diagnostics';
import type { ParameterKind, KeyResolution, Rules } from '../../trainers/torchtune';
import { pathOfKey, writePath } from '../../yaml/value/key-path';
import { pathIn } from '../../yaml/value/value-path';
import type { YamlMap, YamlValue } from '../../yaml/value/value';
import type { FrameworkConfig, FrameworkName, RunResources } from '../experiment/experiment';

/** Where a base config came from: recorded in the manifest, the same on every machine. */
export interface BaseOrigin {
  readonly kind: 'embedded' | 'installed' | 'path' | 'file' | 'recipe';
  readonly name: string;
  /** Of the software that the config belongs to. */
  readonly version?: string;
  /** Of the base text, in hexadecimal. */
  readonly sha256: string;
}

/** What a value means at a path, or why it means nothing. */
export type ReadValue =
  | { readonly kind: 'value'; readonly value: YamlValue }
  | { readonly kind: 'rejected'; readonly message: string; readonly hint: string };

/** The config that the runs of a sweep are made from, and what its framework knows about it. */
export interface SweepBase {
  readonly framework: FrameworkName;
  readonly origin: BaseOrigin;
  /** The text whose lines the runs edit. */
  readonly text: SourceText;
  readonly value: YamlMap;
  /** What is probably not meant in the base's own files. */
  readonly warnings: readonly Diagnostic[];
  /** The recipe that runs it: torchtune's, or the workspace's. */
  readonly recipe: string | undefined;
  /** Where runs write. */
  readonly outputDirs: OutputDirs;
  /** Where a run has the name that its job and its results get; undefined where it has none. */
  readonly jobName: JobName | undefined;
  /** Files of the workspace that the base is made from, absolute. */
  readonly files: readonly string[];
  /** The recipe or the command that runs it, as it is written: a part of each run's identity. */
  readonly runner: string;
  /** The resources that reach the command. */
  readonly uses: ReadonlySet<keyof RunResources>;
  /**
   * How one run is started, as words; undefined when nobody has said.
   *
   * @throws DiagnosticError, without a place, for resources that it cannot be started with
   */
  command(configFile: string, resources: RunResources): readonly string[] | undefined;
  /** Which path a written key means. @param components `_component_` values that the experiment sets */
  resolveKey(name: string, components: ReadonlyMap<string, readonly string[]>): KeyResolution;
  /** What a value means at a path: `dataset: x.json` is a mapping. Or why it means nothing. */
  readValue(path: readonly string[], value: YamlValue): ReadValue;
  /** Names that mean a path without being one. */
  readonly shortNames?: readonly string[];
  /** The full name of the component that a short name means at a path. */
  componentNamed?(path: readonly string[], name: string): string | undefined;
  /** The kind of value that the framework takes at a path, where one is known. */
  kindAt?(
    path: readonly string[],
    components: ReadonlyMap<string, readonly string[]>,
  ): ParameterKind | undefined;
  /** What is probably not meant in a merged config. */
  readonly rules: Rules;
}

export type Path = readonly string[];

/** The keys that may hold the output folder. */
export interface OutputDirs {
  /** The framework or the experiment says which it is; otherwise the first that has a text is taken. */
  readonly isSaid: boolean;
  readonly paths: readonly Path[];
}

/** Whether a value says where to write: an empty text would lead to the root folder. */
export function isFolder(value: YamlValue | undefined): boolean {
  return value?.kind === 'str' && value.value !== '' && value.value !== '???';
}

/** How runs get names of their own. */
export interface JobName {
  readonly path: Path;
  /** What their names begin with. */
  readonly stem: string;
}

/** Where programs commonly have their output folder. */
export const USUAL: OutputDirs = {
  isSaid: false,
  paths: [
    ['output_dir'],
    ['trainer', 'default_local_dir'],
    ['training_args', 'output_dir'],
    ['trainer', 'output_dir'],
  ],
};

/** Where runs write of which only the experiment may say it. */
export function outputDirsOf({ outputDirKey: key }: FrameworkConfig, base: YamlMap): OutputDirs {
  if (key === 'none') return { isSaid: true, paths: [] };
  return key ? { isSaid: true, paths: [pathIn(base, pathOfKey(key.name))] } : USUAL;
}

/** What refers to a path of a config while it runs: a recipe is mounted below `recipes` then. */
export function referenceTo(path: Path, framework: FrameworkName): string {
  return `\${${framework === 'hyperpod' ? 'recipes.' : ''}${writePath(path)}}`;
}

/** For frameworks of which nothing is known that goes wrong. */
export const NO_RULES: Rules = { ofValues: [], ofConfigs: [] };
