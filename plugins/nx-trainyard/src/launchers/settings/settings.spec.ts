import { DiagnosticError, renderDiagnostics } from '../../diagnostics';
import type { LauncherSettings } from './settings';
import { readLauncherSettings } from './settings';

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
      "15:1: unknown key 'headers' (Did you mean 'header'?)",
      "2:3: unknown key 'recipe_dir' ('recipes_dir' is already set. Remove one of the two.)",
      "3:16: 'recipes_dir' must be a folder inside the workspace (Write a path relative to the workspace root, such as 'recipes_collection/recipes'.)",
      "4:15: 'output_dir' must be a folder inside the workspace (Write a path relative to the workspace root, such as 'launcher_scripts'.)",
      "5:19: 'preserved_dirs' must be a list of strings, got str (Write each item after a dash.)",
      '6:37: each item of excluded_recipe_patterns must be a string, got int (Put it in quotes.)',
      '9:5: a key of manually_maintained must be a string, got int (Put it in quotes.)',
      "10:10: 'manually_maintained.a/e' must be a string, got list (Write a string.)",
      "8:10: this script is outside 'output_dir' (Write a path relative to 'output_dir'.)",
      '11:20: an entry needs model_type, template (Write a list of {model_type: …, template: …}.)',
      "12:23: 'strict_model_types' must be true or false, got str (Write true or false, without quotes.)",
      "13:12: 'templates' must be a mapping, got list",
      "14:19: 'default_template' must be a string, got int (Put it in quotes.)",
    ]);
  });

  test.each([
    ['a list', '- a\n', '1:1: the launcher configuration must be a mapping, got list'],
    ['a text', 'hello', '1:1: the launcher configuration must be a mapping, got str'],
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
});
