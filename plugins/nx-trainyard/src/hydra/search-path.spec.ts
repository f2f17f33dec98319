import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../cli/commands';
import { DiagnosticError, renderDiagnostics } from '../diagnostics';
import { inferProjects } from '../inference/infer';
import { composeConfig, composeRecipe } from './compose-on-disk';
import { writeBelow } from '../../testing/write-below';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'trainyard-search-'));
  write('nx.json', '{}');
  write('main/config.yaml', 'defaults: [g: a, _self_]\nhydra: {searchpath: ["pkg://conf"]}\n');
  write('src/conf/g/a.yaml', 'of: conf\n');
  write('src/conf/sub/dir/g/a.yaml', 'of: sub\n');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  writeBelow(root, path, text);
}

function compose(packages: Readonly<Record<string, string>> = {}, ...overrides: string[]) {
  const searchPackages = Object.fromEntries(
    Object.entries(packages).map(([name, folder]) => [name, join(root, folder)]),
  );
  return composeConfig({
    configDir: join(root, 'main'),
    configName: 'config',
    searchPackages,
    overrides,
  });
}

function reported(work: () => unknown): string {
  try {
    work();
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return renderDiagnostics(cause.diagnostics).replaceAll(root, '');
  }
  throw new Error('nothing was refused');
}

describe('a config that cannot be reached in one folder of the search path', () => {
  const put: [string, () => void][] = [
    ['a link that leads nowhere', () => symlinkSync('nowhere', join(root, 'main/g/a.yaml'))],
    ['a link to itself', () => symlinkSync('a.yaml', join(root, 'main/g/a.yaml'))],
    ['a folder', () => mkdirSync(join(root, 'main/g/a.yaml'))],
  ];
  const searching = (): void =>
    write('main/config.yaml', `defaults: [g: a]\nhydra: {searchpath: ["file://${root}/other"]}\n`);

  it.each(put)('is taken from the next one, as by Hydra: %s', (_what, putIt) => {
    searching();
    write('main/g/b.yaml', '');
    write('other/g/a.yaml', 'of: other\n');
    putIt();
    expect(compose().toJS()).toEqual({ g: { of: 'other' } });
  });

  it.each(['yml', 'YAML', 'Yml'])('is told how to be named where it is named .%s', (ending) => {
    searching();
    write('main/g/b.yaml', '');
    write(`other/g/a.${ending}`, '');
    expect(reported(() => compose())).toContain(
      `hint: Rename g/a.${ending} to g/a.yaml; Hydra reads only .yaml files.`,
    );
  });

  it.each(put.slice(0, 2))('is refused with why where no other has it: %s', (_what, putIt) => {
    searching();
    write('main/g/b.yaml', '');
    write('other/g/b.yaml', '');
    putIt();
    expect(reported(() => compose())).toMatch(
      /error \[FileSystem\] cannot (?:read|open) \/main\/g\/a.yaml/,
    );
  });
});

describe('a package of the search path that only Python could find', () => {
  it('is a warning at its place, with how to give it, where everything is found without it', () => {
    write('main/g/a.yaml', 'of: main\n');
    const { warnings } = compose();
    expect(renderDiagnostics(warnings).replaceAll(root, '')).toBe(
      `/main/config.yaml:2:22: warning [search-path] provider=hydra.searchpath in main, path=pkg://conf is not available, and is not searched.
  |
2 | hydra: {searchpath: ["pkg://conf"]}
  |                      ^^^^^^^^^^^^
hint: Give the folder of the package with 'searchPackages: {"conf": "path"}' in the plugin's options or --search-package conf=path.`,
    );
  });

  it('is named where something is found nowhere', () => {
    const text = reported(() => compose());
    expect(text).toContain("In 'config': Could not find 'g/a'");
    expect(text).toContain('provider=hydra.searchpath in main, path=pkg://conf');
    expect(text).toContain("hint: 'pkg://conf' was not searched. Give the folder of the package");
    expect(text).toContain('--search-package conf=path');
  });

  it.each([
    ['pkg://conf', { conf: 'src/conf' }, 'conf'],
    ['pkg://conf.sub.dir', { conf: 'src/conf' }, 'sub'],
    ['pkg://conf/sub/dir', { conf: 'src/conf' }, 'sub'],
    ['pkg://conf.sub.dir', { 'conf.sub': 'src/conf/sub', conf: 'elsewhere' }, 'sub'],
  ])('is searched where its folder is given: %s of %j', (entry, packages, of) => {
    write('main/config.yaml', `defaults: [g: a, _self_]\nhydra: {searchpath: ["${entry}"]}\n`);
    const composition = compose(packages);
    expect(composition.toYaml()).toBe(`g:\n  of: ${of}\n`);
    expect(composition.warnings).toEqual([]);
  });

  it('is searched also when an override names it', () => {
    expect(compose({ conf: 'src/conf' }, 'hydra.searchpath=["pkg://conf.sub.dir"]').toYaml()).toBe(
      'g:\n  of: sub\n',
    );
  });
});

describe('the rest of a search path', () => {
  it('warns of a folder that is not there, and of a package given with one', () => {
    write('main/g/a.yaml', 'of: main\n');
    write(
      'main/config.yaml',
      'hydra: {searchpath: ["file:///nowhere/at/all", "pkg://conf", "pkg://hydra.conf"]}\n',
    );
    expect(
      compose({ conf: 'gone' }).warnings.map(({ hint }) => hint?.replaceAll(root, '')),
    ).toEqual([
      'There is no folder /nowhere/at/all. Create it, or correct the path.',
      'There is no folder /gone. Create it, or correct the path.',
    ]);
  });

  it('is refused for a scheme that Hydra does not know either', () => {
    write('main/config.yaml', 'hydra: {searchpath: ["s3://bucket"]}\n');
    expect(reported(() => compose())).toContain('No config source registered for schema s3');
  });
});

describe('the folder of a package is given', () => {
  const cli = (...args: string[]) => {
    let [out, err] = ['', ''];
    const terminal = {
      out: (t: string) => (out += t),
      err: (t: string) => (err += t),
      color: false,
    };
    return { code: runCli(args, terminal), out, err };
  };

  it('on the command line, from the workspace root', () => {
    const file = join(root, 'main/config.yaml');
    const { code, out, err } = cli('compose', file, '--search-package', 'conf=src/conf');
    expect([code, out, err]).toEqual([0, 'g:\n  of: conf\n', '']);
    expect(cli('compose', file, '--search-package', 'conf').err).toContain(
      '--search-package: searchPackages.conf is empty',
    );
    expect(cli('compose', file, '--search-package', 'pkg://conf=x').err).toContain(
      'is not a package name',
    );
  });

  it("in the plugin's options, which the command line follows", () => {
    write(
      'nx.json',
      '{"plugins": [{"plugin": "nx-trainyard/plugin", "options": {"searchPackages": {"conf": "src/conf"}}}]}',
    );
    expect(cli('compose', join(root, 'main/config.yaml')).out).toBe('g:\n  of: conf\n');
  });

  it('to a recipe, whose inputs its files are', () => {
    const config = 'r/launchers.yaml';
    write(
      config,
      'settings: {recipes_dir: r/recipes}\ntemplates: {t: "run"}\ndefault_template: t\n',
    );
    write('r/recipes/t/x.yaml', 'defaults: [g: a, _self_]\nhydra: {searchpath: ["pkg://conf"]}\n');
    const recipesDir = join(root, 'r/recipes');
    const searchPackages = { conf: 'src/conf' };
    const absolute = { conf: join(root, 'src/conf') };
    expect(composeRecipe({ recipesDir, recipe: 't/x', searchPackages: absolute }).toYaml()).toBe(
      'g:\n  of: conf\n',
    );
    const files = [config, 'r/recipes/t/x.yaml', 'src/conf/g/a.yaml'];
    const found = inferProjects(files, { launcherConfig: config, searchPackages }, root, {});
    const projects = found.flatMap(([, { projects }]) => Object.values(projects ?? {}));
    const target = projects.find(({ name }) => name === 'recipes/t/x')?.targets?.[
      'generate-launchers'
    ];
    expect(target?.inputs).toContain('{workspaceRoot}/src/conf/g/a.yaml');
    expect(target?.options).toMatchObject({ searchPackages });
  });
});

describe('a config that is not found under its name', () => {
  it.each([
    ['g: a.yml', 'g: a'],
    ['g: a.yaml.yaml', 'g: a'],
    ['g: g/a', 'g: a'],
    ['g: main/g/a.yaml', 'g: a'],
    ['main/g: a', 'g: a'],
    ['main/g: a.yml', 'g: a'],
  ])('is named as it is found: {%s}', (item, works) => {
    write('main/g/a.yaml', 'of: main\n');
    write('main/config.yaml', `defaults: [{${item}}, _self_]\n`);
    expect(reported(() => compose())).toContain(`hint: Write '${works}': `);
    write('main/config.yaml', `defaults: [{${works}}, _self_]\n`);
    expect(compose().toYaml()).toBe('g:\n  of: main\n');
  });

  it.each([
    ['main/g/a', 'g/a'],
    ['/main/g/a', '/g/a'],
    ['g/a.yml', 'g/a'],
  ])('is named as it is found: %s', (item, works) => {
    write('main/g/a.yaml', 'of: main\n');
    write('main/config.yaml', `defaults: [${item}, _self_]\n`);
    expect(reported(() => compose())).toContain(`hint: Write '${works}': `);
  });

  it.each(['t/x.yml', 't/x.yaml.yaml', 'recipes/t/x', 'r/recipes/t/x.yaml'])(
    'is named as it is found: the recipe %s',
    (recipe) => {
      write('r/recipes/t/x.yaml', 'x: 1\n');
      const recipesDir = join(root, 'r/recipes');
      expect(reported(() => composeRecipe({ recipesDir, recipe }))).toContain(
        "hint: Write 't/x': ",
      );
      expect(composeRecipe({ recipesDir, recipe: 't/x' }).toYaml()).toBe('x: 1\n');
    },
  );
});
