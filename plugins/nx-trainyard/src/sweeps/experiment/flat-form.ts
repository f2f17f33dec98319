import type { Diagnostic } from '../../diagnostics';
import { error, warning } from '../../diagnostics';
import { Dict } from '../../yaml/value/dict';
import { toYaml } from '../../yaml/writer/to-yaml';
import type { YamlMap, YamlScalar, YamlValue } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';

type SectionName = 'experiment' | 'framework_config';

/** The keys of the flat form, and where they are written now. `framework` alone makes no flat form. */
const MOVED: readonly (readonly [flat: string, section: SectionName, name: string])[] = [
  ['experiment_name', 'experiment', 'name'],
  ['framework', 'experiment', 'framework'],
  ['base_config', 'framework_config', 'base_config'],
  ['base_config_file', 'framework_config', 'base_config_file'],
];

interface Nested {
  readonly root: YamlMap;
  readonly problems: readonly Diagnostic[];
}

/** A section to write to: a copy of the one that is there, or a new one. */
function sectionOf(root: YamlMap, name: SectionName): YamlMap | undefined {
  const entries = new Dict<YamlValue>();
  const present = root.entries.at(name);
  if (present && present.kind !== 'null' && present.kind !== 'map') return undefined;
  if (present?.kind === 'map') for (const [key, value] of present.entries) entries.set(key, value);
  return present?.location
    ? { kind: 'map', entries, location: present.location }
    : { kind: 'map', entries };
}

function rewriteOf(sections: readonly (readonly [string, YamlMap])[]): string {
  const entries = new Dict<YamlValue>();
  for (const [name, section] of sections) entries.put(name, section);
  return toYaml({ kind: 'map', entries }).replace(/^/gm, '  ').trimEnd();
}

/**
 * Moves the keys of the flat form (`experiment_name`, `base_config`, `base_config_file` at the root)
 * to where they belong, with one warning that shows the rewrite. Other texts stay as they are.
 */
export function nestFlatForm(root: YamlMap): Nested {
  const flat = MOVED.filter(([name]) => root.entries.at(name));
  const [first] = flat.filter(([name]) => name !== 'framework');
  if (!first) return { root, problems: [] };
  const problems: Diagnostic[] = [];
  const sections = {
    experiment: sectionOf(root, 'experiment'),
    framework_config: sectionOf(root, 'framework_config'),
  };
  for (const [name, section, target] of flat) {
    const entries = sections[section]?.entries;
    const value = root.entries.at(name);
    const location = root.entries.keyAt(name)?.location;
    if (!entries || !value) continue;
    const other = entries.keyAt(target);
    if (other) {
      problems.push(
        error('ExperimentSchema', `'${name}' and '${section}.${target}' are the same setting`, {
          ...(location && { location }),
          ...(other.location && {
            related: [{ message: 'also set here', location: other.location }],
          }),
          hint: `Remove '${name}'.`,
        }),
      );
    } else entries.set(str(target, location), value);
  }
  // The flat form is older than the other frameworks.
  const { experiment } = sections;
  if (experiment && !experiment.entries.at('framework')) {
    experiment.entries.put('framework', str('torchtune'));
  }
  const written = Object.entries(sections).filter(
    (entry): entry is [SectionName, YamlMap] => entry[1] !== undefined && entry[1].entries.size > 0,
  );
  const location = root.entries.keyAt(first[0])?.location;
  problems.push(
    warning('flat-form', `'${first[0]}' at the top level is deprecated`, {
      ...(location && { location }),
      keys: [first[0]],
      hint: `Write this instead:\n${rewriteOf(written)}`,
    }),
  );
  return { root: withSections(root, new Map(written)), problems };
}

function withSections(root: YamlMap, sections: ReadonlyMap<string, YamlMap>): YamlMap {
  const entries = new Dict<YamlValue>();
  for (const [name, section] of sections) entries.put(name, section);
  for (const [key, value] of root.entries) {
    if (!isMoved(key) && !(key.kind === 'str' && sections.has(key.value))) entries.set(key, value);
  }
  return { ...root, entries };
}

function isMoved(key: YamlScalar): boolean {
  return key.kind === 'str' && MOVED.some(([name]) => name === key.value);
}
