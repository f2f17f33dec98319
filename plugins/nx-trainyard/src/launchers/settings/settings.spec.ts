import { DiagnosticError, renderDiagnostics } from '../../diagnostics';
import type { LauncherSettings } from './settings';
import { packageJson } from '../../files/package-files';
import { LAUNCHER_SCHEMA } from './launcher-schema';
import { lookAtLauncherSettings, readLauncherSettings } from './settings';

const read = (text: string): LauncherSettings => readLauncherSettings({ path: 'l.yaml', text });

/** `line:column message` and the hint of everything that is wrong. */
function problems(text: string): string[] {
  try {
    read(text);
    return [];
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return renderDiagnostics(cause.diagnostics)
      .split('\n\n')
      .map((one) => {
        const [head = ''] = one.split('\n');
        const hint = /^hint: (.*)$/m.exec(one)?.[1];
        const short = head.replace('l.yaml:', '').replace(' error [LauncherSettings]', '');
        return hint === undefined ? short : `${short} (${hint})`;
      });
  }
}

describe('the launcher configuration', () => {
  test('may be empty: everything has a default', () => {
    expect(read('')).toMatchObject({
      recipesDir: 'recipes_collection/recipes',
      outputDir: 'launcher_scripts',
      preservedDirs: [],
      excludedRecipeDirs: [],
      excludedRecipePatterns: [],
      strictModelTypes: false,
      templateRefinements: [{ modelType: 'verl', recipePath: '*sft*', template: 'verl-sft' }],
      templateRules: [{ modelType: 'amazon.nova*', template: 'nova' }],
      header: { value: '#!/bin/bash\n' },
      defaultTemplate: 'llm_finetuning_aws',
    });
    expect(read('settings:\nheader:\ntemplates:\n').templates.size).toBe(0);
  });

  test('is read with all its keys', () => {
    const settings = read(`settings:
  recipes_dir: ./recipes/
  output_dir: scripts/out
  preserved_dirs: [custom]
  excluded_recipe_dirs: [a/b]
  excluded_recipe_patterns: [draft]
  manually_maintained: {a/c: c/run.sh}
  template_refinements: [{model_type: m*, recipe_path: '*x*', template: t}]
  template_rules: []
  strict_model_types: yes
header: '# {recipe_name}'
templates: {t: 'run {recipe_path}'}
default_template: t
`);
    expect(settings).toMatchObject({
      recipesDir: 'recipes',
      outputDir: 'scripts/out',
      preservedDirs: ['custom'],
      excludedRecipeDirs: ['a/b'],
      excludedRecipePatterns: ['draft'],
      templateRefinements: [{ modelType: 'm*', recipePath: '*x*', template: 't' }],
      templateRules: [],
      strictModelTypes: true,
      header: { value: '# {recipe_name}' },
      defaultTemplate: 't',
    });
    expect(settings.manuallyMaintained.get('a/c')?.script).toBe('c/run.sh');
    expect(settings.templates.get('t')?.value).toBe('run {recipe_path}');
  });

  test('is refused with everything that is wrong in it, each at its place and with a hint', () => {
    const text = `settings:
  recipe_dir: x
  recipes_dir: /abs
  output_dir: a/../../b
  preserved_dirs: custom
  excluded_recipe_patterns: [draft, 3]
  manually_maintained:
    a/b: ../c.sh
    1: d.sh
    a/e: [f.sh]
  template_rules: [{model_type: x}]
  strict_model_types: maybe
templates: [a]
default_template: 7
headers: x
`;
    expect(problems(text)).toEqual([
      "2:3: unknown key 'recipe_dir' in 'settings' ('recipes_dir' is already set. Remove one of the two.)",
      "3:16: 'recipes_dir' must be a folder inside the workspace (Write a path relative to the workspace root, such as 'recipes_collection/recipes'.)",
      "4:15: 'output_dir' must be a folder inside the workspace (Write a path relative to the workspace root, such as 'launcher_scripts'.)",
      "5:19: 'settings.preserved_dirs' must be a list, but is the string 'custom' (Write [custom].)",
      "6:37: 'settings.excluded_recipe_patterns[1]' must be a string, but is the number 3 (Put it in quotes: '3')",
      "8:10: this script is outside 'output_dir' (Write a path relative to 'output_dir'.)",
      "9:5: a key of 'manually_maintained' must be a string, got int (Put it in quotes.)",
      "10:10: 'settings.manually_maintained.a/e' must be a string, but is a list (For example, a/e: open-source/run_judge.sh)",
      "11:20: 'settings.template_rules[0]' is missing 'template' (Add it, for example template: nova)",
      "12:23: 'settings.strict_model_types' must be true or false, but is the string 'maybe' (For example, strict_model_types: true)",
      '13:12: \'templates\' must be a mapping, but is a list (For example, templates: {"llm_finetuning_aws":"python3 main.py recipes={recipe_path}\\n"})',
      "14:19: 'default_template' must be a string, but is the number 7 (Put it in quotes: '7')",
      "15:1: unknown key 'headers' (Did you mean 'header'?)",
    ]);
  });

  test.each([
    ['a list', '- a\n', '1:1: the file must be a mapping, but is a list'],
    ['a text', 'hello', "1:1: the file must be a mapping, but is the string 'hello'"],
  ])('is refused when it is %s', (_what, text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  test.each([
    ['./', 'must be a folder inside the workspace'],
    ['.', 'must be a folder inside the workspace'],
    ['recipes_collection/recipes', 'must not contain each other'],
    ['recipes_collection', 'must not contain each other'],
  ])(
    'is refused with the output folder %j, where clean-up would reach other files',
    (folder, words) => {
      expect(problems(`settings: {output_dir: ${folder}}\n`).join()).toContain(words);
    },
  );

  test('is refused with a folder whose name no folder can have', () => {
    expect(problems('settings: {output_dir: "a\\0b"}\n').join()).toContain(
      'must be a folder inside the workspace',
    );
  });

  test.each([
    ['preserved_dirs', 'launcher_scripts/own', 'Write own.'],
    ['preserved_dirs', 'own/deep', 'Write own.'],
    ['preserved_dirs', '/own/', 'Write own.'],
    ['preserved_dirs', '', 'Remove it, or write a folder name.'],
    ['preserved_dirs', './', 'Remove it, or write a folder name.'],
    ['excluded_recipe_dirs', '', 'Remove it.'],
    ['excluded_recipe_dirs', './a/b', 'without wildcards: a/b'],
    ['excluded_recipe_dirs', 'a/b/*', 'without wildcards: a/b'],
    ['excluded_recipe_dirs', 'recipes_collection/recipes/a', 'without wildcards: a'],
    ['excluded_recipe_patterns', ' ', 'Remove it.'],
    ['excluded_recipe_patterns', '*Draft*', 'without wildcards: draft'],
    ['excluded_recipe_patterns', 'Draft', 'without wildcards: draft'],
    ['excluded_recipe_patterns', 'a/draft', 'without wildcards.'],
  ])('is refused with %s: [%j], which means every recipe or none', (list, entry, hint) => {
    const [problem, ...more] = problems(`settings: {${list}: [${JSON.stringify(entry)}]}\n`);
    expect(more).toEqual([]);
    expect(problem).toContain(hint);
    const written = /: ([\w/]+)\)$/.exec(problem ?? '')?.[1] ?? /Write (\w+)\./.exec(hint)?.[1];
    if (written !== undefined) expect(problems(`settings: {${list}: [${written}]}\n`)).toEqual([]);
  });

  test('names a preserved folder with or without what stands around it', () => {
    const { preservedDirs } = read('settings: {preserved_dirs: [./own/, other, My Own]}\n');
    expect(preservedDirs).toEqual(['own', 'other', 'My Own']);
  });

  test('is refused where it is no YAML, at the line', () => {
    expect(() => read('settings:\n  a: [1\n')).toThrow(DiagnosticError);
    expect(problems('header: "x\n')[0]).toMatch(/^\d+:\d+: error \[YamlSyntax\]/);
    expect(problems('header: a\nheader: b\n')[0]).toMatch(/^2:1: error \[DuplicateKey\]/);
  });

  test.each([
    ['a list with an empty item', 'settings: {preserved_dirs: [a, ]}\n', undefined],
    [
      'an empty entry of a list',
      'settings: {preserved_dirs: [a, ~]}\n',
      'must be a string, but is empty',
    ],
    ['an empty template', 'templates: {t: }\n', "'templates.t' must be a string, but is empty"],
    [
      'an empty entry of rules',
      'settings: {template_rules: [~]}\n',
      'must be a mapping, but is empty',
    ],
    ['a template that is no text', 'templates: {t: !!binary aGVsbG8=}\n', 'but is binary data'],
    ['a header that is no text', 'header: !!binary aGVsbG8=\n', 'but is binary data'],
    ['a key that only looks known', '!!binary aGVhZGVy: x\n', "unknown key '!!binary "],
    [
      'a key of templates that is no text',
      'templates: {1: a, "1": b}\n',
      "a key of 'templates' must be a string, got int",
    ],
    [
      'an unknown key of a rule',
      'settings: {template_rules: [{model_type: a, template: b, recipe: c}]}\n',
      "unknown key 'recipe' in 'settings.template_rules[0]'",
    ],
  ])('is refused with %s', (_what, text, words) => {
    if (words === undefined) expect(problems(text)).toEqual([]);
    else expect(problems(text)).toEqual([expect.stringContaining(words)]);
  });

  test('where something is wrong, tells which files are recipes only as far as that is sure', () => {
    const recipes = (text: string) => {
      const look = lookAtLauncherSettings({ path: 'l.yaml', text });
      return look.kind === 'wrong' ? look.scripts?.recipesDir : 'nothing is wrong';
    };
    expect(recipes('settings: {recipes_dir: r}\ntemplates: [a]\nheaders: x\n')).toBe('r');
    expect(recipes('templates: [a]\n')).toBe('recipes_collection/recipes');
    for (const text of [
      'settings: {recipe_dir: r}\n',
      'setting: {recipes_dir: r}\n',
      'settings: [r]\n',
      'settings: {recipes_dir: 3}\n',
      'settings: {recipes_dir: ../r}\n',
      '- a\n',
      'settings: [\n',
    ]) {
      expect(recipes(text)).toBeUndefined();
    }
  });
});

describe('the schema of the launcher configuration', () => {
  const schema = packageJson<Schema>(LAUNCHER_SCHEMA.file);

  test.each(Array.from(propertiesOf(schema)))('tells an editor what %s is for', (_, property) => {
    expect(property.description).toMatch(/\w.*\.$/);
    expect(property.examples?.length).toBeGreaterThan(0);
  });

  test('accepts a configuration made of nothing but its own examples', () => {
    const settings = read(JSON.stringify(examplesOf(schema), (_, value: unknown) => value, 1));
    expect(settings.templates.size).toBe(1);
    expect(settings.templateRules).toHaveLength(1);
    expect(settings.strictModelTypes).toBe(true);
  });

  test('has the defaults that the reader has', () => {
    const { recipesDir, outputDir, header, defaultTemplate, strictModelTypes } = read('');
    const settings = schema.properties?.['settings']?.properties;
    expect(settings?.['recipes_dir']?.default).toBe(recipesDir);
    expect(settings?.['output_dir']?.default).toBe(outputDir);
    expect(settings?.['strict_model_types']?.default).toBe(strictModelTypes);
    expect(schema.properties?.['header']?.default).toBe(header.value);
    expect(schema.properties?.['default_template']?.default).toBe(defaultTemplate);
  });
});

interface Schema {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

function* propertiesOf(part: Schema, path = ''): Generator<[path: string, property: Schema]> {
  for (const [name, property] of Object.entries(part.properties ?? {})) {
    yield [`${path}${name}`, property];
    yield* propertiesOf(property, `${path}${name}.`);
    yield* propertiesOf(property.items ?? {}, `${path}${name}[].`);
  }
}

/** The first example of each property that has no properties itself. */
function examplesOf({ properties, examples }: Schema): unknown {
  if (!properties) return examples?.[0];
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, examplesOf(property)]),
  );
}
