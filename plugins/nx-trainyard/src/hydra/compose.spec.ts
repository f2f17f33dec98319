import { DiagnosticError, formatLocation } from '../diagnostics';
import type { ComposeRequest } from './request';
import { composeWith, composedFiles } from './compose';
import type { Composition } from './composition';
import { ConfigFiles } from './config-files/config-repository';
import { memoryFiles } from '../files/file-tree';

type Files = Readonly<Record<string, string>>;
type Asked = Partial<ComposeRequest> & { readonly env?: Readonly<Record<string, string>> };

function contextOf(files: Files, env: Asked['env'] = {}) {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`/w/${path}`, text]));
  return { files: new ConfigFiles(memoryFiles(texts)), env, cwd: '/w' };
}

function compose(files: Files, { env, ...asked }: Asked = {}): Composition {
  const request = { configDir: '/w/main', configName: 'config', ...asked };
  return composeWith(request, contextOf(files, env));
}

function refusal(files: Files, asked: Asked = {}): string {
  try {
    compose(files, asked);
  } catch (cause) {
    const [problem] = cause instanceof DiagnosticError ? cause.diagnostics : [];
    if (!problem) throw cause;
    const location = problem.location ? `${formatLocation(problem.location)} ` : '';
    return `${location}${problem.id}: ${problem.message}`;
  }
  throw new Error('nothing was refused');
}

const CONFIG = 'defaults:\n- optim: adam\n- _self_\nlr: 1\noptim:\n  eps: 1\n';
const OPTIM = { 'main/optim/adam.yaml': 'name: adam\neps: 2\n' };

describe('a composition', () => {
  it('merges the entries of the defaults list at their packages, in order', () => {
    expect(compose({ ...OPTIM, 'main/config.yaml': CONFIG }).toYaml()).toBe(
      'optim:\n  name: adam\n  eps: 1\nlr: 1\n',
    );
  });

  it('keeps interpolations as they are, and resolves them on request', () => {
    const composition = compose(
      { 'main/config.yaml': 'a: ${b}\nb: ${oc.env:HOME_DIR}\n' },
      {
        env: { HOME_DIR: '/h' },
      },
    );
    expect(composition.toYaml()).toBe('a: ${b}\nb: ${oc.env:HOME_DIR}\n');
    expect(composition.toYaml({ resolve: true })).toBe('a: /h\nb: /h\n');
  });

  it('knows the files that it is made from, in the order of their use', () => {
    const { files } = compose({ ...OPTIM, 'main/config.yaml': CONFIG });
    expect(files).toEqual(['/w/main/config.yaml', '/w/main/optim/adam.yaml']);
  });

  it('takes the same fragment anew for each package, so that what one gets the other has not', () => {
    const config = 'defaults:\n- optim@a: adam\n- optim@b: adam\n- _self_\na:\n  eps: 3\n';
    expect(compose({ ...OPTIM, 'main/config.yaml': config }).toYaml()).toBe(
      'a:\n  name: adam\n  eps: 3\nb:\n  name: adam\n  eps: 2\n',
    );
  });

  it('reads a file once for any number of compositions, and never changes it', () => {
    const context = contextOf({ ...OPTIM, 'main/config.yaml': CONFIG });
    const request = { configDir: '/w/main', configName: 'config' };
    const first = composeWith({ ...request, overrides: ['optim.name=sgd'] }, context);
    expect(first.toYaml()).toContain('name: sgd');
    expect(composeWith(request, context).toYaml()).toContain('name: adam');
  });
});

describe('the file of a config', () => {
  it.each([
    ['nothing', '', '{}\n'],
    ['one word, which is a key', 'x', 'x: null\n'],
    ['YAML in quotes', "'x: 1'", 'x: 1\n'],
    ['a defaults list that is ???', 'defaults: ???\nx: 1\n', 'x: 1\n'],
    [
      'defaults below the root, which are none',
      'a:\n  defaults: [b]\n',
      'a:\n  defaults:\n  - b\n',
    ],
  ])('may hold %s', (_, text, yaml) => {
    expect(compose({ 'main/config.yaml': text }).toYaml()).toBe(yaml);
  });

  it('may be a list if a package holds it', () => {
    const files = { 'main/l/x.yaml': '[1]\n', 'main/config.yaml': 'defaults:\n- l: x\n' };
    expect(compose(files).toYaml()).toBe('l:\n- 1\n');
    expect(refusal({ 'main/config.yaml': '[1]\n' })).toContain(
      "primary config 'config' must be a DictConfig, got ListConfig",
    );
  });

  it('is refused with a number at its root, a null key, or a malformed interpolation', () => {
    expect(refusal({ 'main/config.yaml': '7\n' })).toBe(
      '/w/main/config.yaml:1:1 OSError: Invalid loaded object type: int',
    );
    expect(refusal({ 'main/config.yaml': 'a:\n  ~: 1\n' })).toContain('config.yaml:2:3 KeyVal');
    expect(refusal({ 'main/config.yaml': 'a: ${b\n' })).toContain('config.yaml:1:4 GrammarParse');
    const unused = "defaults:\n- optim: '${'\n- override optim: adam\n";
    expect(refusal({ ...OPTIM, 'main/config.yaml': unused })).toContain(
      'config.yaml:2:11 GrammarP',
    );
  });

  it('that turns a mapping into a list is refused, with both places', () => {
    const files = {
      ...OPTIM,
      'main/config.yaml': 'defaults:\n- optim: adam\n- _self_\noptim: [1]\n',
    };
    expect(refusal(files)).toBe(
      "/w/main/config.yaml:4:8 ConfigCompositionException: In 'config': ConfigTypeError raised " +
        'while composing config:\nCannot merge DictConfig with ListConfig\n    full_key: optim',
    );
  });
});

describe('the search path', () => {
  const files = {
    'main/config.yaml': 'defaults:\n- g: x\nhydra:\n  searchpath: [one, "file://${oc.env:TWO}"]\n',
    'one/g/x.yaml': 'from: one\n',
    'two/g/x.yaml': 'from: two\n',
  };

  it('is named by the primary config, and the first folder that has a config wins', () => {
    expect(compose(files, { env: { TWO: 'two' } }).toYaml()).toBe('g:\n  from: one\n');
  });

  it('is named by the command line or the request instead', () => {
    const overrides = ['hydra.searchpath=[two]'];
    expect(compose(files, { overrides }).toYaml()).toBe('g:\n  from: two\n');
    expect(compose(files, { searchPath: ['/w/two'] }).toYaml()).toBe('g:\n  from: two\n');
  });

  it('is for the primary config alone to name, and a list of folders', () => {
    const fragment = { 'main/g/x.yaml': '# @package _global_\nhydra: {searchpath: [one]}\n' };
    expect(refusal({ ...fragment, 'main/config.yaml': 'defaults:\n- g: x\n' })).toContain(
      "In 'g/x': Overriding hydra.searchpath is only supported from the primary config",
    );
    for (const written of ['x', '[1]', '7']) {
      expect(refusal({ 'main/config.yaml': `hydra:\n  searchpath: ${written}\n` })).toContain(
        'hydra.searchpath must be a list of strings',
      );
    }
  });
});

describe("Hydra's own node", () => {
  it('is no part of the result', () => {
    const text = 'hydra:\n  run:\n    dir: ${a}\na: 1\n';
    expect(compose({ 'main/config.yaml': text }, { overrides: ['hydra.run.dir=x'] }).toYaml()).toBe(
      'a: 1\n',
    );
  });

  it('is a mapping that has the keys that Hydra knows', () => {
    expect(refusal({ 'main/config.yaml': 'hydra: 5\n' })).toContain('config.yaml:1:8 ConfigComp');
    expect(refusal({ 'main/config.yaml': 'hydra:\n  runs: {}\n' })).toContain(
      "/w/main/config.yaml:2:3 ConfigCompositionException: In 'config': ConfigKeyError raised while composing config:\nKey 'runs' not in 'HydraConf'",
    );
    expect(refusal({ 'main/config.yaml': 'a: 1\n' }, { overrides: ['hydra.runs=1'] })).toContain(
      "Could not override 'hydra.runs'.",
    );
  });
});

describe('the files of a composition', () => {
  it('are known also when it fails, with the problem', () => {
    const context = contextOf({
      ...OPTIM,
      'main/config.yaml': 'defaults:\n- optim: adam\n- g: x\n',
    });
    const found = composedFiles({ configDir: '/w/main', configName: 'config' }, context);
    expect(found.files).toEqual(['/w/main/config.yaml']);
    expect(found.problem?.message).toContain("Could not find 'g/x'");
  });

  it('are also those that cannot be read, and what else is looked for', () => {
    const broken = {
      'a tab': 'x:\n\ty: 1\n',
      'a duplicate key': 'x: 1\nx: 2\n',
      'a wrong header': '# @package a b\nx: 1\n',
      'a defaults list that is none': 'defaults: {x: y}\n',
    };
    for (const text of Object.values(broken)) {
      const context = contextOf({
        'main/config.yaml': 'defaults: [first, broken, last]\n',
        'main/first.yaml': 'a: 1\n',
        'main/broken.yaml': text,
        'main/last.yaml': 'a: 2\n',
      });
      const found = composedFiles({ configDir: '/w/main', configName: 'config' }, context);
      expect([...found.files].sort()).toEqual([
        '/w/main/broken.yaml',
        '/w/main/config.yaml',
        '/w/main/first.yaml',
        '/w/main/last.yaml',
      ]);
      expect(found.problem?.diagnostics.map(({ location }) => location?.source.path)).toEqual([
        '/w/main/broken.yaml',
      ]);
    }
  });

  it('are known when the primary config itself cannot be read', () => {
    const context = contextOf({ 'main/config.yaml': 'a: [\n' });
    const found = composedFiles({ configDir: '/w/main', configName: 'config' }, context);
    expect(found.files).toEqual(['/w/main/config.yaml']);
  });

  it('are with a problem where they were looked for in vain, too', () => {
    const context = contextOf({ 'main/config.yaml': 'defaults: [gone]\n' });
    const request = { configDir: '/w/main', configName: 'config', searchPath: ['/w/other'] };
    expect(composedFiles(request, context).looked).toEqual([
      '/w/main/config.yaml',
      '/w/main/gone.yaml',
      '/w/other/gone.yaml',
    ]);
  });
});
