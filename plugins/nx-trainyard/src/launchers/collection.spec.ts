import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticError, renderDiagnostics } from '../diagnostics';
import { checkScripts, scriptDiff } from './check';
import { Collection } from './collection';
import { findLooseScripts } from './loose-scripts';
import { writeScript } from '../files/script-files';
import { writeBelow } from '../../testing/write-below';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'collection-'));
  write('launchers.yaml', CONFIG);
});
afterEach(() => rmSync(root, { recursive: true }));

const CONFIG = `settings:
  recipes_dir: recipes
  output_dir: out
  preserved_dirs: [kept]
  manually_maintained: {train/x/by_hand: x/mine.sh}
header: ''
templates:
  llm_finetuning_aws: 'run {recipe_path} "{run_name}" "{model_save_name}"'
  keys: 'lr={config.optim.lr} "{config.data.path}" {config.flag} {config.none}'
`;

function write(path: string, text: string | Uint8Array): void {
  writeBelow(root, path, text);
}

const open = (): Collection => Collection.open(root, 'launchers.yaml');

/** The script of a recipe without the line of the header, or what a user sees instead. */
function script(recipe: string): string {
  try {
    return open().launcher(recipe).text.slice(1);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return renderDiagnostics(cause.diagnostics);
  }
}

describe('a collection', () => {
  test('has every YAML file that is no fragment as a recipe', () => {
    for (const file of ['b/x/two', 'a/one', 'zero', 'a/hydra_config/f', 'a/__pycache__/g']) {
      write(`recipes/${file}.yaml`, '');
    }
    write('recipes/a/notes.yml', '');
    write('recipes/a/README.md', '');
    expect(open().recipes).toEqual(['a/one', 'b/x/two', 'zero']);
  });

  test('has none where an editor keeps a lock file, a link leads nowhere, or a folder has its name', () => {
    write('recipes/a/one.yaml', '');
    mkdirSync(join(root, 'recipes/a/folder.yaml'));
    for (const [name, target] of [
      ['.#one.yaml', 'somebody@host.4711'],
      ['loop.yaml', 'loop.yaml'],
      ['linked-folder.yaml', 'folder.yaml'],
      ['linked.yaml', 'one.yaml'],
    ] as const) {
      symlinkSync(target, join(root, 'recipes/a', name));
    }
    expect(open().recipes).toEqual(['a/linked', 'a/one']);
    expect([...new Set(checkScripts(open()).map(({ kind }) => kind))]).toEqual(['missing']);
  });

  test('is not said to be missing when its folder cannot be looked at', () => {
    symlinkSync('recipes', join(root, 'recipes'));
    expect(() => open()).toThrow('ELOOP');
  });

  test('cannot be opened without its configuration, or without its folder', () => {
    expect(() => Collection.open(root, 'nowhere.yaml')).toThrow(
      'there is no launcher configuration nowhere.yaml',
    );
    expect(open).toThrow("there is no recipes folder 'recipes'");
  });
});

describe('the values of a script', () => {
  test.each([
    ['the names of the file', 'a: 1', 'run t/m/my_recipe "my-recipe" "my-recipe"'],
    ['run.name', 'run: {name: my_name}', 'run t/m/my_recipe "my_name" "my-recipe"'],
    [
      'model_save_name before model_name_or_path',
      'training_config: {model_config: {model_save_name: a_b, model_name_or_path: c}}',
      'run t/m/my_recipe "my-recipe" "a-b"',
    ],
    [
      'the last part of model_name_or_path',
      'training_config: {model_config: {model_save_name: "", model_name_or_path: org/My_Model//}}',
      'run t/m/my_recipe "my-recipe" "My-Model"',
    ],
    [
      'nothing of what is null',
      'training_config: {model_config: {model_save_name: null, model_name_or_path: null}}\nrun:',
      'run t/m/my_recipe "my-recipe" "my-recipe"',
    ],
    [
      'quotes, spaces and dollars, quoted',
      `run: {name: 'a "b" $(c) \`d\`'}`,
      'run t/m/my_recipe "a \\"b\\" \\$(c) \\`d\\`" "my-recipe"',
    ],
  ])('are %s', (_which, recipe, expected) => {
    if (recipe.endsWith('run:')) recipe = recipe.replace('\nrun:', '');
    write('recipes/t/m/my_recipe.yaml', recipe);
    expect(script('t/m/my_recipe')).toBe(expected);
  });

  test('are reached anywhere in the recipe by {config.a.b}, resolved, as YAML writes them', () => {
    write(
      'recipes/t/m/r.yaml',
      `run: {model_type: keys}
optim: {lr: 1e-05, base: 2}
data: {path: "/data/\${optim.base}"}
flag: yes
none: null
`,
    );
    expect(script('t/m/r')).toBe('lr=1.0e-05 "/data/2" true null');
  });

  test('cannot be keys that the recipe does not have, or that hold more than one value', () => {
    write('recipes/t/m/r.yaml', 'run: {model_type: keys}\noptim: {lrr: 1}\ndata: {path: [a]}\n');
    const text = script('t/m/r');
    expect(text).toContain(
      [
        "launchers.yaml:9:13: error [UnknownPlaceholder] the recipe has no value 'optim.lr'",
        '  |',
        `9 |   keys: 'lr={config.optim.lr} "{config.data.path}" {config.flag} {config.none}'`,
        '  |             ^^^^^^^^^^^^^^^^^',
        "hint: Did you mean '{config.optim.lrr}'?",
      ].join('\n'),
    );
    expect(text).toContain(
      "error [RecipeValue] 'data.path' is a list, but '{config.data.path}' needs a single value",
    );
    expect(text).toContain("launchers.yaml:9:32: '{config.data.path}' is used here");
  });

  test('do not depend on the environment of whoever makes the script', () => {
    write('recipes/t/m/r.yaml', 'run: {model_type: keys}\noptim: {lr: "${oc.env:HOME}"}\n');
    expect(script('t/m/r')).toContain(
      "recipes/t/m/r.yaml:2:14: error [RecipeValue] '{config.optim.lr}' cannot be resolved",
    );
  });
});

describe('a recipe of which no script can be made', () => {
  test('because it does not compose, is refused at its line', () => {
    write('recipes/t/m/r.yaml', 'defaults:\n  - hydra_config/nothing\n');
    expect(script('t/m/r')).toMatch(
      /^recipes\/t\/m\/r\.yaml:2:5: error \[MissingConfigException\] In 'r\.yaml': Could not load 'hydra_config\/nothing'/,
    );
  });

  test.each([
    [
      'run.name: null',
      'run: {name: null}',
      "1:13: error [RecipeValue] 'run.name' must be a string for a launcher script, got NoneType",
      'Write a name, or remove the key.',
    ],
    [
      'a name that is a number',
      'run: {name: 7}',
      "1:13: error [RecipeValue] 'run.name' must be a string for a launcher script, got int",
      'Put it in quotes.',
    ],
    [
      'an interpolation',
      'run: {name: "${x}"}',
      "1:13: error [RecipeValue] 'run.name' must be written without an interpolation for a launcher script, got '${x}'",
      'Write the value itself; scripts are generated before interpolations are resolved.',
    ],
    [
      'a missing value',
      'run:\n  name: ???',
      "2:9: error [RecipeValue] 'run.name' must be set for a launcher script, got '???'",
      'Give it a value in the recipe.',
    ],
    [
      'a run that is a list',
      'run: [a]',
      "1:6: error [RecipeValue] 'run' must be a mapping for a launcher script, got list",
      "Write keys under 'run:', or remove it.",
    ],
    [
      'a model type that is a flag',
      'run: {model_type: on}',
      "1:19: error [RecipeValue] 'run.model_type' must be a string for a launcher script, got bool",
      'Put it in quotes.',
    ],
    [
      'a model name that is a mapping',
      'training_config: {model_config: {model_name_or_path: {a: 1}}}',
      "1:54: error [RecipeValue] 'training_config.model_config.model_name_or_path' must be a string for a launcher script, got dict",
      'Write a string.',
    ],
    [
      'a name of two lines',
      'run: {name: "a\\nb"}',
      'error [UnsafeValue] the value "a\\nb" of \'{run_name}\' cannot be used here',
      'Remove line breaks and other control characters from the value.',
    ],
  ])('because of %s, is refused at the value with a hint', (_why, recipe, message, hint) => {
    write('recipes/t/m/r.yaml', recipe);
    const text = script('t/m/r');
    expect(text).toContain(message);
    if (/^\d/.test(message)) expect(text).toMatch(/^recipes\/t\/m\/r\.yaml:\d/);
    expect(text).toContain(`hint: ${hint}`);
  });

  test('is told all of its problems at once', () => {
    write('recipes/t/m/r.yaml', 'run: {name: 1, model_type: 2}\ntraining_config: 3\n');
    expect(script('t/m/r').match(/error \[RecipeValue\]/g)).toHaveLength(3);
  });

  test('does not keep the others from being made', () => {
    write('recipes/t/m/bad.yaml', 'run: [');
    write('recipes/t/m/not-utf8.yaml', new Uint8Array([0x61, 0x3a, 0x20, 0xff]));
    write('recipes/t/m/good.yaml', 'a: 1');
    expect(script('t/m/good')).toBe('run t/m/good "good" "good"');
    expect(script('t/m/bad')).toMatch(/^recipes\/t\/m\/bad\.yaml:1:\d+: error \[YamlSyntax\]/);
    expect(script('t/m/not-utf8')).toMatch(/^recipes\/t\/m\/not-utf8\.yaml:1:4: error \[NotUtf8\]/);
  });

  test('because its script is written by hand, or it does not exist, is refused by name', () => {
    write('recipes/train/x/by_hand.yaml', 'a: 1');
    expect(script('train/x/by_hand')).toBe(
      "error [RecipePath] 'train/x/by_hand' has no generated script: out/x/mine.sh is maintained manually",
    );
    expect(script('train/x/nothing')).toBe(
      "error [RecipePath] there is no recipe 'train/x/nothing'",
    );
  });
});

describe('scripts on disk', () => {
  function kinds(): string[] {
    return checkScripts(open()).map(
      (one) => `${one.kind}: ${'script' in one ? one.script : one.recipe}`,
    );
  }

  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) write(`recipes/t/m/${name}.yaml`, 'x: 1');
    for (const name of ['a', 'b', 'c']) {
      const { script, text } = open().launcher(`t/m/${name}`);
      writeScript(join(root, script), text);
    }
  });

  test('are in step when all are as the recipes ask for', () => {
    expect(kinds()).toEqual([]);
  });

  test('are written once, executable whatever the umask, and not touched when they are right', () => {
    const file = join(root, 'out/m/run_a.sh');
    expect(statSync(file).mode & 0o777).toBe(0o755);
    const before = statSync(file, { bigint: true }).mtimeNs;
    expect(writeScript(file, readFileSync(file, 'utf8'))).toBe('right');
    expect(statSync(file, { bigint: true }).mtimeNs).toBe(before);
    chmodSync(file, 0o600);
    expect(writeScript(file, readFileSync(file, 'utf8'))).toBe('not executable');
    expect(writeScript(file, 'new')).toBe('different');
    expect(statSync(file).mode & 0o777).toBe(0o755);
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  test('are found missing, edited, not executable and without a recipe', () => {
    rmSync(join(root, 'out/m/run_a.sh'));
    write('out/m/run_b.sh', 'edited\n');
    chmodSync(join(root, 'out/m/run_c.sh'), 0o644);
    write('out/m/run_gone.sh', '');
    write('recipes/t/m/bad.yaml', 'run: [');
    write('recipes/train/x/by_hand.yaml', '');
    expect(kinds()).toEqual([
      'missing: out/m/run_a.sh',
      'different: out/m/run_b.sh',
      'failed: t/m/bad',
      'not executable: out/m/run_c.sh',
      'missing by hand: out/x/mine.sh',
      'orphan: out/m/run_gone.sh',
    ]);
    const [missing, different] = checkScripts(open()).map(scriptDiff);
    expect(missing).toContain('--- /dev/null\n+++ b/out/m/run_a.sh\n');
    expect(different).toContain('-edited\n');
    expect(different).toContain('+run t/m/b "b" "b"');
  });

  test('of two recipes that give one stay until it is clear whose it is', () => {
    write('recipes/t/M/a.yaml', 'x: 1');
    expect(findLooseScripts(open()).orphans).toEqual([]);
    expect(kinds()).toEqual(['failed: t/M/a', 'failed: t/m/a']);
  });
});
