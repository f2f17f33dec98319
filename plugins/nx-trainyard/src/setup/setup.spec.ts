import { DEFAULT_EXPERIMENTS_DIR } from '../inference/options/options';
import { DEFAULT_LAUNCHER_CONFIG } from '../launchers/recipe-files';
import { explainExperiments, explainLaunchers, explainMisnamed } from './explain-nothing';
import { findLauncherConfigs } from './find-files';
import { addIgnored, generatedFiles } from './git-ignore';

const RULES = generatedFiles('experiments');
const OURS = '# What nx-trainyard and Nx generate.\n.nx/\n/experiments/**/configs/\n';

describe('.gitignore', () => {
  test('gets what is generated and not committed, below what a person wrote', () => {
    expect(addIgnored('', RULES).text).toBe(OURS);
    expect(addIgnored('dist', RULES).text).toBe(`dist\n${OURS}`);
    expect(addIgnored('dist\r\n', RULES).text).toBe(`dist\r\n${OURS.replaceAll('\n', '\r\n')}`);
  });

  test('gets nothing twice', () => {
    const { text } = addIgnored('dist\n', RULES);
    expect(addIgnored(text, RULES)).toEqual({ text, added: [] });
  });

  test.each([
    'configs',
    'configs/',
    '/experiments/**/configs/',
    'experiments/*/configs/*',
    '**/configs/**',
    'experiments/',
    '# /experiments/**/configs/',
    '#experiments/**/configs/',
    '!experiments/**/configs/',
    '!configs/',
  ])('is left to a person who has decided: %s', (line) => {
    expect(addIgnored(`${line}\n`, RULES).added).toEqual(['.nx/']);
  });

  test.each([
    '# experiments',
    '# configs of sweeps are generated',
    '/configs/',
    'src/configs/',
    '',
  ])('is not decided by %p', (line) => {
    expect(addIgnored(`${line}\n`, RULES).added).toEqual(['.nx/', '/experiments/**/configs/']);
  });

  test('knows the lines that Nx itself writes', () => {
    const { added } = addIgnored('.nx/cache\n.nx/workspace-data\n', RULES);
    expect(added).toEqual(['/experiments/**/configs/']);
  });
});

describe('a launcher configuration', () => {
  const find = (text: string) => findLauncherConfigs(['x.yaml'], () => text).length === 1;

  test.each([
    'settings: {}\ntemplates: {a: "x {recipe_path}"}\n',
    'header: "#!/bin/bash"\ntemplates:\n  a: |\n    x\n',
    '"templates": {"a": "x"}\n"settings": {"recipes_dir": "r"}\n',
    'templates:\n  a: |\n    x\nsettings:\n\toutput_dir: x\n',
  ])('is known by its shape, also with a mistake in it: %p', (text) => {
    expect(find(text)).toBe(true);
  });

  test.each([
    'templates: {a: x}\n',
    'settings: {}\nheader: x\n',
    'templates: [a]\nsettings: {}\n',
    'templates: {a: {b: c}}\nsettings: {}\n',
    'templates: {}\nsettings: {}\n',
    'x: {templates: {a: b}, settings: {}}\n',
    'text: templates and settings\n',
    '- templates\n- settings\n',
  ])('is not what only looks a little like it: %p', (text) => {
    expect(find(text)).toBe(false);
  });
});

describe('what is found nowhere is explained', () => {
  const locations = {
    launcherConfig: DEFAULT_LAUNCHER_CONFIG,
    experimentsDir: DEFAULT_EXPERIMENTS_DIR,
  };
  const explain = (texts: Record<string, string>) => [
    explainExperiments(Object.keys(texts), (path) => texts[path], locations),
    explainLaunchers(Object.keys(texts), (path) => texts[path], locations),
  ];
  const EXPERIMENT = 'experiment: {name: x}\n';
  const CONFIG = 'settings: {}\ntemplates: {a: x}\n';

  test('experiments outside of the folder for them', () => {
    const [one] = explain({ 'research/a/experiment.yaml': EXPERIMENT });
    expect(one).toContain("1 experiment outside 'experiments'");
    expect(one).toContain('"experimentsDir": "research"');
    const [two] = explain({
      'research/x/a/experiment.yaml': EXPERIMENT,
      'research/y/experiment.yaml': EXPERIMENT,
    });
    expect(two).toContain('"experimentsDir": "research"');
    const [apart] = explain({
      'a/x/experiment.yaml': EXPERIMENT,
      'b/x/experiment.yaml': EXPERIMENT,
    });
    expect(apart).toContain("Move each to its own folder under 'experiments'");
  });

  test('a launcher configuration that lies elsewhere', () => {
    const [, why] = explain({ 'tools/launchers.yaml': CONFIG });
    expect(why).toContain('"launcherConfig": "tools/launchers.yaml"');
  });

  test('recipes without one', () => {
    const [, why] = explain({ 'recipes_collection/recipes/a/b.yaml': 'run: {}\n' });
    expect(why).toContain('the files in recipes_collection/recipes get no scripts');
  });

  test('and nothing is said where all is in its place, or there is nothing of ours', () => {
    const nothing = [undefined, undefined];
    expect(explain({})).toEqual(nothing);
    expect(explain({ 'research/a/experiment.yaml': 'model: x\n', 'k8s/x.yaml': 'a: 1\n' })).toEqual(
      nothing,
    );
    expect(
      explain({ [DEFAULT_LAUNCHER_CONFIG]: CONFIG, 'experiments/a/experiment.yaml': EXPERIMENT }),
    ).toEqual(nothing);
  });
});

describe('an experiment under a name that nothing reads', () => {
  const EXPERIMENT = 'experiment: {name: a}\nframework_config: {base_config: b}\n';
  const explain = (path: string, text = EXPERIMENT) =>
    explainMisnamed(
      [path, 'experiments/a/experiment.yaml', 'other/lora.yaml'],
      (each) => (each === path ? text : EXPERIMENT),
      { experimentsDir: 'experiments' },
    );

  test.each([
    ['experiments/lora.yaml', 'experiments/lora/experiment.yaml'],
    ['experiments/lora/Experiment.yaml', 'experiments/lora/experiment.yaml'],
    ['experiments/lora/experiments.yml', 'experiments/lora/experiment.yaml'],
    ['experiments/lora/rank.yaml', 'experiments/lora/rank/experiment.yaml'],
  ])('is told, with where to move it: %s', (path, location) => {
    expect(explain(path)).toBe(
      `${path} looks like an experiment, but an experiment must be named experiment.yaml and have its own folder. Move ${path} to ${location}.`,
    );
  });

  test('is none where it is something else: a base, what a sweep has written', () => {
    expect(explain('experiments/a/base.yaml', 'experiment: {name: a}\nlr: 1\n')).toBeUndefined();
    expect(explain('experiments/a/configs/run_000.yaml')).toBeUndefined();
    expect(explain('experiments/a/experiment.yml')).toBeUndefined();
  });
});
