import { join } from 'node:path';
import { composeWith } from '../src/hydra/compose';
import type { ComposeContext } from '../src/hydra/request';
import type { ConfigContainer } from '../src/hydra/config/config';
import { createConfig } from '../src/hydra/config/config';
import { ConfigFiles } from '../src/hydra/config-files/config-repository';
import { memoryFiles } from '../src/files/file-tree';
import { resolveContainer, select } from '../src/hydra/interpolation/interpolation';
import { mergeInto } from '../src/hydra/merge';
import { parseOverride } from '../src/hydra/overrides/parse';
import { composeRecipeWith } from '../src/hydra/recipe';
import { LauncherRenderer } from '../src/launchers/render';
import { recipeStatuses } from '../src/launchers/recipe-status';
import { readLauncherSettings } from '../src/launchers/settings/settings';
import { readYaml } from '../src/yaml/reader/read';
import { toYaml } from '../src/yaml/writer/to-yaml';
import type { YamlList, YamlMap, YamlValue } from '../src/yaml/value/value';
import type { Typed } from './typed';
import { fromTyped, normalise, toTyped } from './typed';
import type { Verdict } from './verdict';
import { attempt, isError, judge } from './verdict';

interface Case {
  readonly id: string;
  readonly expected: unknown;
}

type Files = Readonly<Record<string, string>>;

/** Where the files of a case stand; nothing is written to disk. */
const FOLDER = '/conformance';

function contextOf(files: Files, env: ComposeContext['env'] = {}): ComposeContext {
  const texts = new Map(Object.entries(files).map(([path, text]) => [join(FOLDER, path), text]));
  return { files: new ConfigFiles(memoryFiles(texts)), env, cwd: FOLDER };
}

function typed(expected: unknown): unknown {
  return isError(expected) ? expected : normalise(expected as Typed);
}

function yaml(test: Case & { text: string }): Verdict {
  const read = attempt(() => readYaml({ path: `${test.id}.yaml`, text: test.text }));
  return judge(read, typed(test.expected), (value: YamlValue) => toTyped(value));
}

function load(text: string): ConfigContainer {
  const value = readYaml({ path: 'config.yaml', text });
  return createConfig(value);
}

function merge(test: Case & { base: string; override: string }): Verdict {
  const merged = attempt(() => {
    const config = load(test.base);
    mergeInto(config, load(test.override), { env: {} });
    return config;
  });
  return judge(merged, typed(test.expected), toTyped);
}

type InterpolationCase = Case & { config: string; key: string | null; env: Record<string, string> };

function interpolation(test: InterpolationCase): Verdict {
  const resolved = attempt((): YamlValue => {
    const context = { env: test.env };
    const config = load(test.config);
    if (test.key === null) return resolveContainer(config, context);
    const value = select(config, test.key, context, 'throw') ?? { kind: 'null' };
    if (value.kind !== 'map' && value.kind !== 'list') return value;
    return resolveContainer(value as ConfigContainer, context);
  });
  return judge(resolved, typed(test.expected), toTyped);
}

function dump(test: Case & { value: Typed; sorted: boolean }): Verdict {
  const value = fromTyped(test.value) as YamlMap | YamlList;
  return judge(
    attempt(() => toYaml(value, { sortKeys: test.sorted })),
    test.expected,
    (text) => text,
  );
}

function override(test: Case & { text: string }): Verdict {
  const expected = test.expected as { value?: Typed | null };
  const wanted = isError(expected)
    ? expected
    : { ...expected, value: expected.value ? normalise(expected.value) : null };
  return judge(
    attempt(() => parseOverride(test.text)),
    wanted,
    ({ key, package: pkg, type, value }) => {
      const name = pkg === undefined ? key : `${key}@${pkg}`;
      return { key: name, type, value: value ? toTyped(value) : null };
    },
  );
}

type ComposeCase = Case & {
  files: Files;
  configDir: string;
  configName: string;
  searchPath: string[];
  overrides: string[];
};

function compose(test: ComposeCase): Verdict {
  const request = {
    configDir: join(FOLDER, test.configDir),
    configName: test.configName,
    overrides: test.overrides,
    ...(test.searchPath.length > 0 && {
      searchPath: test.searchPath.map((path) => join(FOLDER, path)),
    }),
  };
  const composed = attempt(() => composeWith(request, contextOf(test.files, process.env)));
  return judge(composed, test.expected, (composition) => ({
    yamlUnsorted: composition.toYaml(),
    yamlSorted: composition.toYaml({ sortKeys: true }),
  }));
}

function recipe(test: Case & { files: Files; recipe: string }): Verdict {
  const request = { recipesDir: FOLDER, recipe: test.recipe };
  const { expected } = test;
  const composed = attempt(() => composeRecipeWith(request, contextOf(test.files, process.env)));
  const text = judge(composed, withoutResolved(expected), (composition) => ({
    yamlSorted: composition.toYaml({ sortKeys: true }),
    yamlUnsorted: composition.toYaml(),
  }));
  if (text || isError(expected) || 'rejected' in composed) return text;
  const { resolved } = expected as { resolved: unknown };
  return judge(
    attempt(() => composed.value.resolved()),
    typed(resolved),
    toTyped,
  );
}

function withoutResolved(expected: unknown): unknown {
  if (isError(expected)) return expected;
  const { yamlSorted, yamlUnsorted } = expected as { yamlSorted: string; yamlUnsorted: string };
  return { yamlSorted, yamlUnsorted };
}

type LauncherCase = Case & { launcherConfig: string; files: Files; recipe: string };

function launcher(test: LauncherCase): Verdict {
  const rendered = attempt(() => {
    const settings = readLauncherSettings({ path: 'config.yaml', text: test.launcherConfig });
    const status = recipeStatuses(settings, [test.recipe]).get(test.recipe);
    if (status?.kind === 'excluded') return { excluded: true };
    if (status?.kind === 'manual') return { manual: true, outputPath: status.script };
    const request = { recipesDir: FOLDER, recipe: test.recipe };
    const composition = composeRecipeWith(request, contextOf(test.files));
    const made = new LauncherRenderer(settings).render(test.recipe, composition);
    return {
      outputPath: status?.kind === 'generated' ? status.script : undefined,
      template: made.template,
      runName: made.runName,
      modelSaveName: made.modelSaveName,
      content: made.text,
    };
  });
  return judge(rendered, test.expected, (value) => value);
}

/** Runs one case; a suite is known by the name of its file. */
export const suites: Readonly<Record<string, (test: never) => Verdict>> = {
  'yaml-scalars': yaml,
  'yaml-documents': yaml,
  dump,
  merge,
  interpolation,
  overrides: override,
  compose,
  recipe,
  launcher,
};
