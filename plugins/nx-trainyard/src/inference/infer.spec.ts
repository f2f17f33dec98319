import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProjectConfiguration } from '@nx/devkit';
import { fileDependencies } from './dependencies';
import { inferProjects } from './infer';
import type { TrainyardPluginOptions } from './options/options';
import { writeBelow } from '../../testing/write-below';

let root: string;
let files: string[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inference-'));
  files = [];
  write(
    'l.yaml',
    'settings:\n  recipes_dir: r\n  output_dir: out\n  excluded_recipe_patterns: [draft]\n',
  );
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  writeBelow(root, path, text);
  files.push(path);
}

/** All projects by their names. */
function infer(options: TrainyardPluginOptions = {}): Record<string, ProjectConfiguration> {
  const results = inferProjects(files, { launcherConfig: 'l.yaml', ...options }, root, {});
  const projects: Record<string, ProjectConfiguration> = {};
  for (const [, result] of results) {
    for (const [path, project] of Object.entries(result.projects ?? {})) {
      expect(projects).not.toHaveProperty([project.name ?? '']);
      projects[project.name ?? ''] = { ...project, root: path };
    }
  }
  return projects;
}

const MADE_FROM = /^trainyard:made-from=[0-9a-f]{12}$/;

const generateInputs = (project: ProjectConfiguration | undefined) =>
  project?.targets?.['generate-launchers']?.inputs?.filter((input) => typeof input === 'string');

describe('a recipe', () => {
  test('is a project at its file, with the files that it is made from as inputs', () => {
    write('r/t/hydra_config/base.yaml', 'defaults: [deeper]\n');
    write('r/t/hydra_config/deeper.yaml', 'a: 1\n');
    write('r/t/llama/x.yaml', 'defaults:\n  - /hydra_config/base\n');
    const project = infer()['recipes/t/llama/x'];
    expect(project?.root).toBe('r/t/llama/x.yaml');
    expect(project?.targets?.['generate-launchers']).toMatchObject({
      executor: 'nx-trainyard:generate-launchers',
      cache: true,
      outputs: ['{workspaceRoot}/out/llama/run_x.sh'],
      options: { recipe: 't/llama/x', launcherConfig: 'l.yaml' },
    });
    expect(generateInputs(project)).toEqual([
      '{workspaceRoot}/r/t/llama/x.yaml',
      '{workspaceRoot}/r/t/hydra_config/base.yaml',
      '{workspaceRoot}/r/t/hydra_config/deeper.yaml',
      '{workspaceRoot}/l.yaml',
    ]);
    expect(project?.targets?.['show-recipe']?.cache).toBeUndefined();
    expect(project?.targets?.['validate-recipe']).toMatchObject({ cache: true, outputs: [] });
  });

  test('has inputs also when it does not compose, and says in its description why', () => {
    write('r/t/hydra_config/base.yaml', 'a: [\n');
    write('r/t/llama/x.yaml', 'defaults:\n  - /hydra_config/base\n');
    const project = infer()['recipes/t/llama/x'];
    expect(generateInputs(project)?.[0]).toBe('{workspaceRoot}/r/t/llama/x.yaml');
    expect(project?.metadata?.description).toContain(
      'r/t/hydra_config/base.yaml:1:4: error [YamlSyntax]',
    );
  });

  describe('keeps as an input what was looked for, as does the experiment over it, where a fragment', () => {
    const RECIPE = 'defaults:\n  - /hydra_config/base\n  - /hydra_config/other\n';

    function inputsWith(broken: string | undefined): (string | undefined)[][] {
      if (broken !== undefined) write('r/t/hydra_config/base.yaml', broken);
      write('r/t/hydra_config/other.yaml', 'b: 1\n');
      write('r/t/llama/x.yaml', RECIPE);
      write(
        'experiments/h/experiment.yaml',
        'experiment: {name: h, framework: hyperpod}\nframework_config: {base_recipe: t/llama/x}\n',
      );
      const projects = infer();
      const { targets } = projects['experiments/h'] ?? {};
      return [
        targets?.['generate-sweep'],
        projects['recipes/t/llama/x']?.targets?.['validate-recipe'],
      ]
        .concat(projects['recipes/t/llama/x']?.targets?.['generate-launchers'])
        .map((target) => (target?.inputs ?? []).filter((input) => typeof input === 'string'));
    }

    test.each([
      ['reads', 'a: 1\n'],
      ['has a tab', 'a:\n\tb: 1\n'],
      ['has a key twice', 'a: 1\na: 2\n'],
      ['lacks a colon', 'a: 1\nb\n'],
      ['has a wrong header', '# @package a b c\na: 1\n'],
      ['has defaults that are no list', 'defaults: 3\n'],
      ['asks for one that is not there', 'defaults: [nowhere]\n'],
      ['is not there', undefined],
    ])('%s', (_, broken) => {
      for (const inputs of inputsWith(broken)) {
        expect(inputs).toEqual(
          expect.arrayContaining([
            '{workspaceRoot}/r/t/llama/x.yaml',
            '{workspaceRoot}/r/t/hydra_config/base.yaml',
            '{workspaceRoot}/r/t/hydra_config/other.yaml',
            '{workspaceRoot}/l.yaml',
          ]),
        );
      }
    });
  });

  test('is not remembered while it does not compose, and says at each command what is wrong', () => {
    mkdirSync(join(root, '.nx/workspace-data'), { recursive: true });
    write('r/t/llama/x.yaml', 'defaults:\n  - /hydra_config/base\n');
    const missing = infer()['recipes/t/llama/x'];
    expect(missing?.metadata?.description).toContain('error [MissingConfigException]');
    expect(infer()['recipes/t/llama/x']).toEqual(missing);
    write('r/t/hydra_config/base.yaml', 'a: 1\n');
    expect(infer()['recipes/t/llama/x']?.metadata?.description).toContain('launched by');
  });

  test('follows at the next command whatever changes: the settings, a fragment, the base of an experiment', () => {
    mkdirSync(join(root, '.nx/workspace-data'), { recursive: true });
    write('r/t/hydra_config/base.yaml', 'a: 1\n');
    write('r/t/hydra_config/other.yaml', 'a: 2\n');
    write('r/t/x.yaml', 'defaults:\n  - /hydra_config/base\n');
    write('experiments/e/experiment.yaml', 'framework_config: {base_recipe: t/x}');
    const first = infer();
    expect(infer()).toEqual(first);
    const now = (path: string, text: string): ReturnType<typeof infer> => {
      writeFileSync(join(root, path), text);
      return infer();
    };
    const experiment = (projects: ReturnType<typeof infer>) =>
      projects['experiments/e']?.targets?.['generate-sweep'];
    const other = now('r/t/x.yaml', 'defaults:\n  - /hydra_config/other\n');
    expect(generateInputs(other['recipes/t/x'])).toContain(
      '{workspaceRoot}/r/t/hydra_config/other.yaml',
    );
    expect(experiment(other)?.inputs).toContain('{workspaceRoot}/r/t/hydra_config/other.yaml');
    const scripts = now('l.yaml', 'settings: {recipes_dir: r, output_dir: elsewhere}\n');
    expect(scripts['recipes/t/x']?.metadata?.description).toContain('elsewhere/');
    const based = now('experiments/e/experiment.yaml', 'framework_config: {base_config: b}');
    expect(based['experiments/e']?.metadata?.description).toBe('A sweep over b.');
    const forms = now('experiments/e/experiment.yaml', 'base_config: b\noutput: {form: overrides}');
    expect(experiment(forms)?.outputs?.[0]).toContain('base.yaml');
    expect(infer()).toEqual(forms);
    const broken = now('l.yaml', '[');
    expect(broken['recipes']?.targets).toHaveProperty('generate-launchers');
    expect(now('l.yaml', 'settings: {recipes_dir: r, output_dir: elsewhere}\n')).toEqual(forms);
  });

  test('that collides carries the collision in its tags, and so in its hash, and no option that nothing reads', () => {
    write('r/t/llama/x-y.yaml', '');
    const tags = () => infer()['recipes/t/llama/x-y']?.tags;
    const alone = tags();
    write('r/t/llama/x_y.yaml', '');
    expect(tags()).toEqual(['trainyard:recipe', expect.stringMatching(MADE_FROM)]);
    expect(tags()).not.toEqual(alone);
    const { targets = {} } = infer()['recipes/t/llama/x-y'] ?? {};
    for (const { options } of Object.values(targets))
      expect(Object.keys(options as object)).toEqual(['recipe', 'launcherConfig']);
    files.pop();
    expect(tags()).toEqual(alone);
  });

  test('that is excluded has no generate-launchers', () => {
    write('r/t/llama/x-draft.yaml', '');
    expect(Object.keys(infer()['recipes/t/llama/x-draft']?.targets ?? {})).toEqual([
      'show-recipe',
      'validate-recipe',
    ]);
  });

  test('has a name that Nx can address, and a number where that would be taken', () => {
    write('r/t/a b.yaml', '');
    write('r/t/a+b.yaml', '');
    expect(Object.keys(infer())).toEqual(['recipes/t/a-b', 'recipes/t/a-b-2', 'recipes']);
  });
});

describe('a fragment', () => {
  test('is a project without targets, named without hydra_config unless that is ambiguous', () => {
    for (const file of [
      't/hydra_config/a',
      't/hydra_config/b/c',
      't/b/hydra_config/c',
      'hydra_config/d',
    ]) {
      write(`r/${file}.yaml`, '');
    }
    write('r/t/__pycache__/x.yaml', '');
    const projects = infer();
    expect(Object.keys(projects).sort()).toEqual([
      'fragments/d',
      'fragments/t/a',
      'fragments/t/b/hydra_config/c',
      'fragments/t/hydra_config/b/c',
      'recipes',
    ]);
    expect(projects['fragments/d']?.targets).toEqual({});
  });

  test('is what the recipes that use it depend on', () => {
    write('r/t/hydra_config/odd[1].yaml', 'a: 1\n');
    write('r/t/x.yaml', 'defaults:\n  - "/hydra_config/odd[1]"\n');
    write('r/t/y.yaml', '');
    const projects = infer();
    projects['other'] = {
      root: 'r',
      targets: { build: { inputs: ['{workspaceRoot}/r/t/x.yaml'] } },
    };
    expect(fileDependencies(projects)).toEqual([
      { source: 'recipes/t/x', target: 'fragments/t/odd-1-', type: 'implicit' },
    ]);
  });
});

describe('an experiment', () => {
  const outputs = (name: string) => infer()[name]?.targets?.['generate-sweep']?.outputs;

  test('writes below its folder, whose name is no glob', () => {
    write('experiments/a b/experiment.yaml', 'framework_config: {base_config: x}');
    write('experiments/lr[1e-4]/experiment.yaml', 'framework_config: {base_config: x}');
    expect(outputs('experiments/a-b')).toEqual([
      '{projectRoot}/configs/run_*.yaml',
      '{projectRoot}/configs/run_mapping.yaml',
      '{projectRoot}/configs/manifest.json',
    ]);
    expect(outputs('experiments/lr-1e-4-')?.[0]).toBe(
      '{workspaceRoot}/experiments/lr\\[1e-4\\]/configs/run_*.yaml',
    );
  });

  test.each([
    ['framework_config: {base_recipe: x}', ['run_*.sh']],
    ['framework_config: {base_config_file: x}', ['run_*.yaml']],
    ['base_config: x\noutput: {form: overrides}', ['base.yaml', 'runs.jsonl', 'runs.args']],
    [
      'framework_config: {base_recipe: x}\noutput: {form: overrides}',
      ['base.sh', 'runs.jsonl', 'runs.args'],
    ],
    [
      'base_config: x\noutput: {form: other}',
      ['run_*.yaml', 'base.yaml', 'runs.jsonl', 'runs.args'],
    ],
    ['a: [', ['run_*.yaml', 'run_*.sh', 'base.yaml', 'base.sh', 'runs.jsonl', 'runs.args']],
  ])('of the text %j writes exactly what its outputs say', (text, names) => {
    write('experiments/e/experiment.yaml', text);
    const all = [...names, 'run_mapping.yaml', 'manifest.json'];
    expect(outputs('experiments/e')).toEqual(all.map((name) => `{projectRoot}/configs/${name}`));
  });
});

describe('a file that is YAML by another ending', () => {
  test.each(['YAML', 'Yaml', 'YML'])('is told of like one named .yml: .%s', (ending) => {
    write(`r/t/x.${ending}`, '');
    write(`experiments/e/experiment.${ending}`, '');
    const projects = infer();
    expect(Object.keys(projects)).toEqual(['recipes/t/x', 'recipes', 'experiments/e']);
    expect(projects['recipes/t/x']?.targets?.['validate-recipe']?.options).toMatchObject({
      recipe: `t/x.${ending}`,
    });
    expect(projects['experiments/e']?.targets?.['generate-sweep']?.options).toMatchObject({
      experiment: `experiments/e/experiment.${ending}`,
    });
  });

  test.each(['yaml~', 'yaml.bak', 'yaml.orig', 'yam'])('is none with .%s', (ending) => {
    write(`r/t/x.${ending}`, '');
    write(`experiments/e/experiment.${ending}`, '');
    expect(Object.keys(infer())).toEqual(['recipes']);
  });
});

describe('a file that is named .yml', () => {
  test('is a recipe that fails and says how to name it, unless it is excluded', () => {
    write('r/t/x.yml', '');
    write('r/t/x.yaml', '');
    write('r/t/draft.yml', '');
    write('r/t/hydra_config/f.yml', '');
    const projects = infer();
    expect(Object.keys(projects)).toEqual(['recipes/t/x', 'recipes/t/x-2', 'recipes']);
    const { root: at, targets = {} } = projects['recipes/t/x-2'] as ProjectConfiguration;
    expect(at).toBe('r/t/x.yml');
    expect(Object.keys(targets)).toEqual(['generate-launchers', 'validate-recipe']);
    expect(targets['generate-launchers']).toMatchObject({
      options: { recipe: 't/x.yml' },
      inputs: ['{workspaceRoot}/r/t/x.yml', '{workspaceRoot}/l.yaml'],
    });
  });

  test('is a launcher configuration that is missing under its right name', () => {
    write('recipes_collection/recipes/t/x.yaml', '');
    write('recipes_collection/launcher_scripts_config.yml', '');
    const [, result] = inferProjects(files, {}, root, {})[0] ?? [];
    const [project] = Object.values(result?.projects ?? {});
    expect(project?.name).toBe('recipes');
    expect(project?.metadata?.description).toContain(
      'hint: Rename the existing recipes_collection/launcher_scripts_config.yml',
    );
  });

  test('is an experiment whose targets fail', () => {
    write('experiments/e/experiment.yml', '');
    const { root: at, targets = {} } = infer()['experiments/e'] as ProjectConfiguration;
    expect(at).toBe('experiments/e');
    expect(targets['generate-sweep']?.options).toMatchObject({
      experiment: 'experiments/e/experiment.yml',
    });
  });

  test('beside an experiment.yaml is an input of its targets, which refuse both', () => {
    write('experiments/e/experiment.yaml', '');
    write('experiments/e/experiment.yml', '');
    const generate = infer()['experiments/e']?.targets?.['generate-sweep'];
    expect(generate?.options).toMatchObject({ experiment: 'experiments/e/experiment.yaml' });
    expect(generate?.inputs).toEqual(
      expect.arrayContaining([
        '{workspaceRoot}/experiments/e/experiment.yaml',
        '{workspaceRoot}/experiments/e/experiment.yml',
      ]),
    );
  });
});

describe('the collection', () => {
  test('is a project at the folder of the recipes, whose targets are never cached', () => {
    write('r/t/x.yaml', '');
    const project = infer({ targetNames: { 'check-launchers': 'check' } })['recipes'];
    expect(project?.root).toBe('r');
    expect(Object.keys(project?.targets ?? {})).toEqual([
      'check',
      'prune-launchers',
      'report-collection',
    ]);
    for (const target of Object.values(project?.targets ?? {})) expect(target.cache).toBe(false);
  });

  test('is not there without a launcher configuration, which is an error only when one was named', () => {
    expect(inferProjects([], {}, root, {})).toEqual([]);
    expect(() => inferProjects([], { launcherConfig: 'm.yaml' }, root, {})).toThrow(
      "there is no .yaml or .yml file 'm.yaml' in the workspace",
    );
  });
});

test('projects have the names that a plugin option gives them', () => {
  write('r/t/x.yaml', '');
  write('r/t/hydra_config/f.yaml', '');
  write('experiments/a b/experiment.yaml', '');
  write('experiments/experiment.yaml', '');
  const projectNames = {
    collection: '@acme/training',
    recipes: '@acme/recipes/',
    fragments: 'parts-',
    experiments: 'sweeps/',
  };
  expect(Object.keys(infer({ projectNames })).sort()).toEqual([
    '@acme/recipes/t/x',
    '@acme/training',
    'parts-t/f',
    'sweeps',
    'sweeps/a-b',
  ]);
});

const LAUNCHER_TARGETS = [
  'check-launchers',
  'generate-launchers',
  'prune-launchers',
  'report-collection',
  'validate-recipe',
];
const SETTINGS = 'settings:\n  recipes_dir: r\n';

describe('a launcher configuration from which nobody can tell where recipes are', () => {
  test.each([
    ['is no YAML', 'settings: [\n', '[YamlSyntax]'],
    ['has a tab', 'settings:\n\trecipes_dir: r\n', '[YamlSyntax]'],
    ['is no mapping', '- settings\n', 'must be a mapping, but is a list'],
    ['has settings that are no mapping', 'settings: r\n', "'settings' must be a mapping"],
    ['has an unknown section', 'setings: {recipes_dir: r}\n', "unknown key 'setings'"],
    ['has an unknown setting', 'settings: {recipe_dir: r}\n', "unknown key 'recipe_dir'"],
    ['has a folder of the wrong type', 'settings: {recipes_dir: [r]}\n', 'must be a string'],
    [
      'names a folder outside',
      'settings: {recipes_dir: ../r}\n',
      'must be a folder inside the work',
    ],
    ['names a folder outside by its path', 'settings: {recipes_dir: /r}\n', 'must be a folder in'],
    ['names no folder', 'settings: {recipes_dir: ""}\n', 'must be a folder inside the workspace'],
    ['names a folder that is not there', 'settings: {recipes_dir: q}\n', "no recipes folder 'q'"],
    ['names a file', 'settings: {recipes_dir: l.yaml}\n', "there is no recipes folder 'l.yaml'"],
  ])('fails every target that needs it: it %s', (_, text, message) => {
    write('r/t/x.yaml', '');
    write('experiments/e/experiment.yaml', 'framework_config: {base_recipe: t/x}\n');
    write('experiments/f/experiment.yaml', 'framework_config: {base_config_file: base.yaml}\n');
    write('l.yaml', text);
    const projects = infer();
    expect(Object.keys(projects).sort()).toEqual(['experiments/e', 'experiments/f', 'recipes']);
    const { root: at, targets = {}, metadata } = projects['recipes'] as ProjectConfiguration;
    expect(at).toBe('l.yaml');
    expect(Object.keys(targets).sort()).toEqual(LAUNCHER_TARGETS);
    expect(metadata?.description).toContain(message);
    for (const [kind, target] of Object.entries(targets)) {
      expect(target).toMatchObject({ executor: `nx-trainyard:${kind}`, cache: false });
      expect(target.inputs).toContain('{workspaceRoot}/l.yaml');
      // A recipe that is edited meanwhile selects them, too.
      expect(target.inputs).toContain('{workspaceRoot}/recipes_collection/**/*');
    }
    const inputs = (name: string) => projects[name]?.targets?.['generate-sweep']?.inputs;
    expect(inputs('experiments/e')).toContain('{workspaceRoot}/l.yaml');
    expect(inputs('experiments/f')).not.toContain('{workspaceRoot}/l.yaml');
  });

  test('is one that is not UTF-8, or that the operating system does not let one read', () => {
    writeFileSync(join(root, 'l.yaml'), Buffer.from([0x61, 0xff]));
    expect(infer()['recipes']?.metadata?.description).toContain('[NotUtf8]');
    rmSync(join(root, 'l.yaml'));
    symlinkSync('l.yaml', join(root, 'l.yaml'));
    expect(infer()['recipes']?.metadata?.description).toContain('ELOOP');
    rmSync(join(root, 'l.yaml'));
    symlinkSync('nowhere.yaml', join(root, 'l.yaml'));
    expect(infer()['recipes']?.metadata?.description).toContain('[FileSystem]');
  });

  test('is known under the names that targets have here', () => {
    write('l.yaml', '[');
    const targetNames = { 'generate-launchers': 'launchers' };
    expect(infer({ targetNames })['recipes']?.targets).toHaveProperty('launchers');
  });
});

describe('a launcher configuration that is wrong elsewhere', () => {
  test.each([
    ['an unknown key beside the folder', `${SETTINGS}  excluded: [x]\n`, "unknown key 'excluded'"],
    ['an unknown section', `${SETTINGS}templat: {}\n`, "unknown key 'templat'"],
    [
      'a template of the wrong type',
      `${SETTINGS}templates: {verl: 5}\n`,
      "'templates.verl' must be",
    ],
    ['an output folder of the wrong type', `${SETTINGS}  output_dir: [out]\n`, "output_dir' must"],
    [
      'an output folder around the recipes',
      `${SETTINGS}  output_dir: r/out\n`,
      'must not contain each other',
    ],
  ])('leaves the recipes their projects, whose targets fail: %s', (_, text, message) => {
    write('r/t/x.yaml', '');
    write('l.yaml', text);
    const projects = infer();
    expect(Object.keys(projects).sort()).toEqual(['recipes', 'recipes/t/x']);
    expect(projects['recipes']?.metadata?.description).toContain(message);
    const generate = projects['recipes/t/x']?.targets?.['generate-launchers'];
    expect(generate?.outputs).toEqual([]);
    expect(generate?.inputs).toContain('{workspaceRoot}/l.yaml');
    expect(projects['recipes/t/x']?.metadata?.description).toContain('run a target to see why');
  });
});
