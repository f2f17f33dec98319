import { DiagnosticError, renderDiagnostics } from '../../diagnostics';
import type { ComposeContext } from '../request';
import { composeWith } from '../compose';
import { ConfigFiles } from '../config-files/config-repository';
import { memoryFiles } from '../../files/file-tree';

type Files = Readonly<Record<string, string>>;

const OPTIONS: Files = {
  'optim/adam.yaml': 'name: adam\n',
  'optim/sgd.yaml': 'name: sgd\n',
  'data/c4.yaml': 'name: c4\n',
};

function context(files: Files): ComposeContext {
  const texts = Object.entries({ ...OPTIONS, ...files }).map(
    ([path, text]) => [`/configs/${path}`, text] as const,
  );
  const tree = memoryFiles(new Map(texts));
  const named: typeof tree = {
    ...tree,
    read: (path) => {
      const source = tree.read(path);
      return source && { ...source, path: source.path.replace('/configs/', '') };
    },
  };
  return { files: new ConfigFiles(named), env: { DATA: 'c4' }, cwd: '/configs' };
}

/** The final defaults list, each config with its package. */
function list(config: string, files: Files = {}, overrides: readonly string[] = []): string[] {
  const request = { configDir: '/configs', configName: 'config', overrides };
  const composition = composeWith(request, context({ ...files, 'config.yaml': config }));
  return composition.entries.map((entry) => `${entry.configPath}@${entry.package}`);
}

function refusal(config: string, files: Files = {}, overrides: readonly string[] = []): string {
  try {
    list(config, files, overrides);
  } catch (cause) {
    if (cause instanceof DiagnosticError) return renderDiagnostics(cause.diagnostics);
    throw cause;
  }
  throw new Error('nothing was refused');
}

describe('the final defaults list', () => {
  it('holds the items in order, and the config itself where _self_ stands, else last', () => {
    const items = '- optim: adam\n- data: c4\n';
    const both = ['optim/adam@optim', 'data/c4@data'];
    expect(list(`defaults:\n${items}x: 1\n`)).toEqual([...both, 'config@']);
    expect(list(`defaults:\n- _self_\n${items}x: 1\n`)).toEqual(['config@', ...both]);
  });

  it('holds the items of nested lists at the place of the config that names them', () => {
    const train = 'defaults:\n- /optim: sgd\n- _self_\n- /data@d: c4\n';
    expect(list('defaults:\n- train: t\n- _self_\n', { 'train/t.yaml': train })).toEqual([
      'optim/sgd@train.optim',
      'train/t@train',
      'data/c4@train.d',
      'config@',
    ]);
  });

  it('leaves out groups set to null, and optional configs that are not there', () => {
    const config = 'defaults:\n- optim: null\n- optional data: pile\n- optional: c4\n';
    expect(list(config, { 'optional/c4.yaml': '' })).toEqual(['optional/c4@optional', 'config@']);
  });

  it('has one entry for each of several options', () => {
    expect(list('defaults:\n- optim: [sgd, adam]\n')).toEqual([
      'optim/sgd@optim',
      'optim/adam@optim',
      'config@',
    ]);
  });

  it('may hold a config twice, at two packages or by its path', () => {
    expect(list('defaults:\n- optim@a: adam\n- optim@b: adam\n- data/c4\n- data/c4\n')).toEqual([
      'optim/adam@a',
      'optim/adam@b',
      'data/c4@data',
      'data/c4@data',
      'config@',
    ]);
  });
});

describe('an override', () => {
  const nested = { 'train/t.yaml': 'defaults:\n- /optim@_global_.optim: adam\n' };

  it('replaces the option of a group anywhere below', () => {
    const config = 'defaults:\n- train: t\n- override optim: sgd\n';
    expect(list(config, nested)).toEqual(['optim/sgd@optim', 'train/t@train', 'config@']);
  });

  it('counts on the command line before all lists, and in a list before those above it', () => {
    const later = { ...nested, 'z/y.yaml': 'defaults:\n- override /optim@_global_.optim: adam\n' };
    const config = 'defaults:\n- train: t\n- z: y\n- override optim: sgd\n';
    expect(list(config, later)).toContain('optim/sgd@optim');
    expect(list(config, later, ['optim=adam'])).toContain('optim/adam@optim');
    expect(list(config, later, ['optim=adam', 'optim=sgd'])).toContain('optim/sgd@optim');
  });

  it('that matches nothing is refused at its place, and says what could be meant', () => {
    const config = 'defaults:\n- optim@a: adam\n- override optim: sgd\n';
    expect(refusal(config)).toBe(
      `config.yaml:3:3: error [ConfigCompositionException] In 'config': Could not override 'optim'.
Did you mean to override optim@a?
  |
3 | - override optim: sgd
  |   ^^^^^^^^^^^^^^
hint: Did you mean 'override optim@a: sgd'?`,
    );
    expect(refusal('defaults: []\n', {}, ['optim=sgd'])).toContain(
      "Could not override 'optim'. No match in the defaults list.\nTo append to your default list use +optim=sgd",
    );
  });

  it('stands at the end of its list', () => {
    expect(refusal('defaults:\n- optim: adam\n- override optim: sgd\n- data: c4\n')).toBe(
      `config.yaml:4:3: error [ConfigCompositionException] In config: Override 'optim : sgd' is defined before 'data: c4'.
Overrides must be at the end of the defaults list
  |
4 | - data: c4
  |   ^^^^
hint: Move the override below this item.`,
    );
  });

  it('of one of the groups of Hydra itself is the only way to set it', () => {
    expect(list('defaults:\n- _self_\n- override hydra/job_logging: stdout\n')).toEqual([
      'config@',
    ]);
    expect(
      refusal('defaults:\n- hydra/job_logging: stdout\n', {
        'hydra/job_logging/stdout.yaml': '',
      }),
    ).toContain(
      "config.yaml:2:3: error [ConfigCompositionException] Multiple values for hydra/job_logging. To override a value use 'override hydra/job_logging: stdout'",
    );
  });
});

describe('the command line', () => {
  it('appends a group after everything, and deletes one', () => {
    expect(list('defaults:\n- optim: adam\n', {}, ['+data=c4', '~optim=adam'])).toEqual([
      'config@',
      'data/c4@data',
    ]);
  });

  it('cannot delete a group that is not there, or has another option', () => {
    expect(refusal('defaults:\n- optim: adam\n', {}, ['~optim=sgd'])).toContain(
      "Could not delete 'optim=sgd'. No match in the defaults list",
    );
  });
});

describe('an interpolation in a defaults list', () => {
  it('takes the option of another group, wherever in the list that stands', () => {
    const config = 'defaults:\n- d@a: ${optim}\n- optim: sgd\n';
    expect(list(config, { 'd/sgd.yaml': '' })).toEqual(['d/sgd@a', 'optim/sgd@optim', 'config@']);
    expect(list(config, { 'd/adam.yaml': '' }, ['optim=adam'])).toContain('d/adam@a');
  });

  it('may take an environment variable, or an item of the list by its number', () => {
    expect(list('defaults:\n- data: ${oc.env:DATA}\n')).toContain('data/c4@data');
    const config = 'defaults:\n- _self_\n- optim: sgd\n- d: ${defaults[1].optim}\n';
    expect(list(config, { 'd/sgd.yaml': '' })).toContain('d/sgd@d');
  });

  it('sees no choice that another interpolation made', () => {
    const config = 'defaults:\n- a: ${b}\n- optim: sgd\n- b: ${optim}\n';
    expect(refusal(config, { 'a/sgd.yaml': '', 'b/sgd.yaml': '' })).toBe(
      `config.yaml:2:3: error [ConfigCompositionException] Error resolving interpolation '\${b}', possible interpolation keys: optim
  |
2 | - a: \${b}
  |   ^`,
    );
  });

  it('forbids overrides in the config that it chooses', () => {
    const files = { 'd/sgd.yaml': 'defaults:\n- override /optim: adam\n' };
    expect(refusal('defaults:\n- optim: sgd\n- d: ${optim}\n', files)).toContain(
      'd/sgd.yaml:2:3: error [ConfigCompositionException] d/sgd: Default List Overrides are not allowed in the subtree',
    );
  });
});

describe('a defaults list is refused at the item that', () => {
  it('names a fragment that is not there, with the options there are and the nearest of them', () => {
    expect(refusal('defaults:\n- optim: adan\n')).toBe(
      `config.yaml:2:3: error [MissingConfigException] In 'config': Could not find 'optim/adan'

Available options in 'optim':
\tadam
\tsgd
Config search path:
\tprovider=hydra, path=pkg://hydra.conf
\tprovider=main, path=file:///configs
\tprovider=schema, path=structured://
  |
2 | - optim: adan
  |   ^^^^^
hint: Did you mean 'adam'?`,
    );
    expect(refusal('defaults:\n- optim/adan\n')).toContain(
      "config.yaml:2:3: error [MissingConfigException] In 'config': Could not load 'optim/adan'.",
    );
  });

  it('leaves the choice to others, who did not make it', () => {
    expect(refusal("defaults:\n- optim: '???'\n")).toBe(
      `config.yaml:2:3: error [ConfigCompositionException] You must specify 'optim', e.g, optim=<OPTION>
Available options:
\tadam
\tsgd
  |
2 | - optim: '???'
  |   ^^^^^
hint: Choose one: 'optim: OPTION'.`,
    );
    expect(list("defaults:\n- optim: '???'\n- override optim: sgd\n")).toContain('optim/sgd@optim');
  });

  it('closes a cycle, which it shows once', () => {
    const cycle = { 'a/x.yaml': 'defaults:\n- /b/y\n', 'b/y.yaml': 'defaults:\n- /a/x\n' };
    expect(refusal('defaults:\n- a/x\n', cycle)).toBe(
      `b/y.yaml:2:3: error [ImportCycle] these defaults lists include each other: a/x -> b/y -> a/x
  |
2 | - /a/x
  |   ^^^^
hint: Remove one of the items.`,
    );
  });

  it('sets a group again, to another option or to the same', () => {
    expect(refusal('defaults:\n- optim: adam\n- optim: sgd\n')).toContain(
      "config.yaml:2:3: error [ConfigCompositionException] Multiple values for optim. To override a value use 'override optim: sgd'",
    );
    expect(refusal('defaults:\n- optim: adam\n- optim: adam\n')).toContain(
      'config.yaml:3:3: error [ConfigCompositionException] optim appears more than once in the final defaults list',
    );
  });

  it('names no group', () => {
    expect(refusal('defaults:\n- /@m: adam\n')).toContain(
      "config.yaml:2:3: error [AssertionError] '/' is no group",
    );
  });

  it('says _self_ a second time, or gives it to a group', () => {
    expect(refusal('defaults:\n- _self_\n- _self_\n')).toContain(
      'config.yaml:3:3: error [ConfigCompositionException] Duplicate _self_ defined in config',
    );
    expect(refusal('defaults:\n- optim: _self_\n')).toContain("hint: Write '- _self_'.");
  });
});
