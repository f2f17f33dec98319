import type { Diagnostic, SourceText } from '../../diagnostics';
import { throwDiagnostic } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import { pyyamlVersionWarnings } from '../../yaml/reader/pyyaml-versions';
import { readYaml } from '../../yaml/reader/read';
import type { YamlList, YamlMap, YamlValue } from '../../yaml/value/value';
import { pythonTypeName, str } from '../../yaml/value/value';
import type { ConfigContainer } from '../config/config';
import { createConfig, createNode, isMissing } from '../config/config';
import type { DefaultsItem } from './defaults-item';
import { parseDefaults } from './defaults-item';
import { packageHeader } from './header';

/** A config file taken apart: its content without the defaults list, the list, its header. */
export interface ConfigFile {
  readonly configPath: string;
  readonly file: string;
  readonly source: SourceText;
  readonly content: ConfigContainer;
  readonly defaults: readonly DefaultsItem[];
  readonly header: string | undefined;
  /** Comes with Hydra, and lies nowhere on disk. */
  readonly builtIn?: true;
  /** What it means to another version of PyYAML. */
  readonly warnings: readonly Diagnostic[];
}

/** A config file before its defaults list is read, whose messages name the config path. */
export type Parsed = Omit<ConfigFile, 'configPath' | 'defaults'> & {
  readonly rawDefaults?: YamlValue;
};

/** @throws DiagnosticError for a defaults list that is none */
export function withDefaults({ rawDefaults, ...rest }: Parsed, configPath: string): ConfigFile {
  const defaults = rawDefaults ? parseDefaults(rawDefaults, configPath, rest.source) : [];
  return { configPath, defaults, ...rest };
}

/** @throws DiagnosticError for a text that is no config */
export function parseFile(file: string, source: SourceText): Parsed {
  const header = packageHeader(source);
  const value = loadedValue(readYaml(source), source);
  const warnings = pyyamlVersionWarnings(source);
  if (value.kind === 'list') {
    return { file, source, header, content: createConfig(value) as ConfigContainer, warnings };
  }
  const listed = value.entries.at('defaults');
  const rawDefaults = listed && !isMissing(listed) ? listed : undefined;
  // A malformed interpolation is refused even in an item that comes to nothing.
  if (rawDefaults) createNode(rawDefaults);
  const entries = new Dict<YamlValue>();
  for (const [key, item] of value.entries) {
    if (key.kind !== 'str' || key.value !== 'defaults') entries.set(key, item);
  }
  const content = createConfig({ ...value, entries }) as ConfigContainer;
  return { file, source, header, content, warnings, ...(rawDefaults && { rawDefaults }) };
}

/** What OmegaConf.load makes of a file's root: nothing is `{}`, and a lone string is YAML again. */
function loadedValue(root: YamlValue, source: SourceText): YamlMap | YamlList {
  const text = root.kind === 'str' && root.value;
  const value = text === false ? root : readYaml({ path: source.path, text });
  if (value.kind === 'map' || value.kind === 'list') return value;
  const entries = new Dict<YamlValue>();
  if (value.kind === 'str') entries.set(str(value.value, root.location), { kind: 'null' });
  else if (value.kind !== 'null') {
    throwDiagnostic('OSError', `Invalid loaded object type: ${pythonTypeName(value)}`, {
      location: root.location ?? { source, start: 0, end: 0 },
      hint: "A config file must be a mapping. Write 'key: value'.",
    });
  }
  return { kind: 'map', entries };
}
