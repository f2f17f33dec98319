import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COLLECTION } from '../testing/collection';
import { Workspace } from '../testing/rig';
import { failed, tasksOf } from '../testing/run-report';

const PACKAGE = join(__dirname, '..');
const RECIPES = 'recipes_collection/recipes';
const SHARED = `${RECIPES}/many/hydra_config/shared.yaml`;
const SWEEP = 'experiments/over_recipe';

const numbers = Array.from({ length: 80 }, (_, index) => String(index).padStart(2, '0'));
const MANY = numbers.map((number) => `recipes/many/llama/r${number}`);
const EVERYTHING = [SWEEP, ...MANY];

function manyRecipes(): Record<string, string> {
  const text = (number: string): string =>
    `defaults:\n  - /hydra_config/shared@_global_\n  - _self_\nrun: {name: r${number}}\n`;
  const path = (number: string): string => `${RECIPES}/many/llama/r${number}.yaml`;
  return Object.fromEntries(numbers.map((number) => [path(number), text(number)]));
}

/** 80 recipes and an experiment that are all made from one fragment, which has one beneath it. */
let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({
    plugin: 'source',
    files: {
      ...COLLECTION,
      ...manyRecipes(),
      [SHARED]: 'defaults: [deeper, _self_]\ntrainer:\n  devices: 8\n',
      [`${RECIPES}/many/hydra_config/deeper.yaml`]: 'trainer:\n  nodes: 1\n',
      'recipes_collection/launcher_scripts_config.yaml': `settings: {recipes_dir: ${RECIPES}}
templates:
  llm_finetuning_aws: 'run {recipe_path} "$@"'
  verl: run {recipe_path}
  nova: run {recipe_path}
`,
      [`${SWEEP}/experiment.yaml`]: `experiment: {name: e, framework: hyperpod}
framework_config: {base_recipe: many/llama/r00}
variables: {trainer.devices: [1, 2]}
`,
      'experiments/alone/experiment.yaml': `experiment: {name: e, framework: generic}
framework_config: {base_config_file: base.yaml}
variables: {lr: [1, 2]}
`,
      'experiments/alone/base.yaml': 'lr: 0\n',
    },
  });
  // What npm does not share between the packages of a workspace lies in the package itself.
  const own = ws.path('plugins/nx-trainyard/node_modules');
  if (!existsSync(own)) symlinkSync(join(PACKAGE, 'node_modules'), own);
});
afterAll(() => ws.dispose());
afterEach(() => ws.restore());

const affected = () => ws.nx('affected', '-t', 'generate-launchers', 'generate-sweep');
const selected = (ran: ReturnType<typeof affected>): string[] =>
  tasksOf(ran).map(({ task }) => task.slice(0, task.lastIndexOf(':')));

type Breakage = (path: string) => void;
const text =
  (content: string): Breakage =>
  (path) =>
    ws.write(path, content);

const BREAKAGES: readonly [what: string, breaks: Breakage][] = [
  ['a tab', text('trainer:\n\tdevices: 8\n')],
  ['a duplicate key', text('trainer: {devices: 8}\ntrainer: {devices: 9}\n')],
  ['a missing colon', text('trainer\n  devices: 8\n')],
  ['a wrong header', text('# @package a b\ntrainer: {devices: 8}\n')],
  ['a defaults list of the wrong type', text('defaults: 5\ntrainer: {devices: 8}\n')],
  ['a defaults list with a wrong item', text('defaults: [[x]]\ntrainer: {devices: 8}\n')],
  ['a file that is not UTF-8', (path) => writeFileSync(ws.path(path), Buffer.from([0x61, 0xff]))],
  ['a link that leads nowhere', (path) => link(path, 'nowhere.yaml')],
  ['a link to itself', (path) => link(path, 'shared.yaml')],
  ['its deletion', (path) => ws.remove(path)],
  [
    'a folder in its place',
    (path) => {
      ws.remove(path);
      ws.write(`${path}/x.yaml`, '');
    },
  ],
];

function link(path: string, target: string): void {
  ws.remove(path);
  mkdirSync(dirname(ws.path(path)), { recursive: true });
  symlinkSync(target, ws.path(path));
}

describe('a fragment that 80 recipes and an experiment are made from', () => {
  test.each(BREAKAGES)(
    'fails all of them under `affected` too when it is broken: %s',
    (_, breaks) => {
      breaks(SHARED);
      const ran = affected();
      expect(ran.code).toBe(1);
      expect(failed(ran)).toEqual(EVERYTHING);
    },
  );

  test('fails what `run-many` fails', () => {
    ws.write(SHARED, 'trainer:\n\tdevices: 8\n');
    const ran = ws.nx('run-many', '-t', 'generate-launchers', 'generate-sweep');
    expect(failed(ran)).toEqual(EVERYTHING);
  });

  test('runs all of them when it was broken before, and is mended', () => {
    const before = ws.read(SHARED);
    ws.write(SHARED, 'trainer:\n\tdevices: 8\n');
    ws.commit();
    ws.write(SHARED, before);
    const ran = affected();
    ws.commit();
    expect(ran.code).toBe(0);
    expect(selected(ran)).toEqual(EVERYTHING);
  });

  test('runs all of them when it was missing before, and comes', () => {
    const before = ws.read(SHARED);
    ws.remove(SHARED);
    ws.commit();
    ws.write(SHARED, before);
    const ran = affected();
    ws.commit();
    expect(ran.code).toBe(0);
    expect(selected(ran)).toEqual(EVERYTHING);
  });

  test('runs all of them when another comes that is found before it', () => {
    ws.write(`${RECIPES}/many/llama/hydra_config/shared.yaml`, 'trainer: {devices: 4}\n');
    const ran = affected();
    expect(ran.code).toBe(0);
    expect(selected(ran)).toEqual(EVERYTHING);
    ws.commit();
    ws.remove(`${RECIPES}/many/llama/hydra_config/shared.yaml`);
    const again = affected();
    expect(again.code).toBe(0);
    expect(selected(again)).toEqual(expect.arrayContaining(EVERYTHING));
    ws.commit();
  });

  test('fails all of them when what lies beneath it is broken', () => {
    ws.write(`${RECIPES}/many/hydra_config/deeper.yaml`, 'trainer\n  nodes: 1\n');
    expect(failed(affected())).toEqual(EVERYTHING);
  });
});

test('a recipe whose own defaults list is broken fails, and so does the experiment over it', () => {
  ws.write(`${RECIPES}/many/llama/r00.yaml`, 'defaults: {shared: x}\n');
  const ran = affected();
  expect(ran.code).toBe(1);
  expect(failed(ran)).toEqual([SWEEP, MANY[0]]);
});

test.each([
  ['broken', text('lr: [')],
  ['no mapping', text('- lr')],
  ['missing', (path: string) => ws.remove(path)],
  ['a dangling link', (path: string) => link(path, 'nowhere.yaml')],
])('an experiment fails under `affected` when its base file is %s', (_, breaks) => {
  breaks('experiments/alone/base.yaml');
  const ran = affected();
  expect(ran.code).toBe(1);
  expect(failed(ran)).toEqual(['experiments/alone']);
});
