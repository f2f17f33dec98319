import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkScripts, scriptNotes } from './check';
import { Collection } from './collection';
import { findLooseScripts } from './loose-scripts';
import { formatReport, reportCollection } from './report';
import type { RecipeLister } from './recipe-files';
import { writeBelow } from '../../testing/write-below';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ignored-recipes-'));
  write('l.yaml', 'settings: {recipes_dir: recipes, output_dir: out}\ntemplates: {t: ""}\n');
  for (const recipe of ['t/m/a', 't/m/mine', 't/m/old-1', 't/m/old_1'])
    write(`recipes/${recipe}.yaml`, 'run: {model_type: t}\n');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  writeBelow(root, path, text);
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: root });
const open = (seen?: RecipeLister) => Collection.open(root, 'l.yaml', seen);
const ALL = ['t/m/a', 't/m/mine', 't/m/old-1', 't/m/old_1'];

describe('the recipes that count outside of Nx', () => {
  test('are all on disk where there is no repository, whatever a .gitignore says', () => {
    write('.gitignore', 'mine.yaml\n');
    expect(open().recipes).toEqual(ALL);
  });

  test.each(['.gitignore', '.nxignore'])('are those that no %s names in a repository', (file) => {
    git('init', '--quiet');
    write(file, 'recipes/t/m/old_1.yaml\nmine.yaml\n');
    expect(open().recipes).toEqual(['t/m/a', 't/m/old-1']);
    expect(open().ignored).toEqual(['t/m/mine', 't/m/old_1']);
    write(file, 'recipes/t/\n');
    expect(open().recipes).toEqual([]);
  });

  test('leave out what is ignored though git has it, as Nx does', () => {
    git('init', '--quiet');
    git('add', '--all');
    write('.gitignore', 'mine.yaml\n');
    write('.nxignore', 'old_1.yaml\n');
    expect(open().recipes).toEqual(['t/m/a', 't/m/old-1']);
    write('.gitignore', 'recipes/t/\n');
    expect(open().recipes).toEqual([]);
  });

  test('follow anchored patterns from the folder of their file, also below the top of a repository', () => {
    const top = root;
    root = join(top, 'ws');
    for (const recipe of ALL) write(`recipes/${recipe}.yaml`, '');
    write('l.yaml', 'settings: {recipes_dir: recipes, output_dir: out}\ntemplates: {t: ""}\n');
    execFileSync('git', ['init', '--quiet'], { cwd: top });
    writeFileSync(join(top, '.gitignore'), '/recipes/t/m/old_1.yaml\n');
    write('.nxignore', '/recipes/t/m/mine.yaml\n');
    write('recipes/t/.nxignore', '/m/old-1.yaml\n');
    expect(open().recipes).toEqual(['t/m/a', 't/m/old_1']);
    root = top;
  });

  test('are also those of a repository within the recipes', () => {
    git('init', '--quiet');
    write('recipes/own/m/x.yaml', '');
    execFileSync('git', ['init', '--quiet'], { cwd: join(root, 'recipes/own') });
    expect(open().recipes).toContain('own/m/x');
  });
});

describe('the report of a collection', () => {
  test('names what nothing reads: scripts without a recipe or of other kinds, recipes of another ending', () => {
    git('init', '--quiet');
    write('.gitignore', 'mine.yaml\n');
    write('out/m/run_gone.sh', '');
    write('out/m/tool.sh', '');
    write('recipes/t/m/b.YML', '');
    write('recipes/t/m/c.yml', '');
    write('recipes/t/m/c.yml.bak', '');
    const text = formatReport(reportCollection(open()));
    expect(text).toContain('belongs to no recipe: out/m/run_gone.sh');
    expect(text).toContain('note [foreign-script] out/m/tool.sh is not generated');
    expect(text).toContain('note [ignored-recipe] t/m/mine has no script');
    expect(text).toContain('note [misnamed-recipe] t/m/b.YML, t/m/c.yml are not read');
    expect(text).toContain('hint: Rename them: b.yaml, c.yaml.');
    expect(text).not.toContain('.bak');
  });
});

describe('a recipe that git ignores', () => {
  beforeEach(() => {
    git('init', '--quiet');
    write('.gitignore', 'old_1.yaml\nmine.yaml\n');
  });

  test('collides with none', () => {
    expect(open().launcher('t/m/old-1').script).toBe('out/m/run_old_1.sh');
  });

  test('is not asked for a script, and keeps one that it has; the check notes it', () => {
    write('out/m/run_mine.sh', 'made before it was ignored');
    const missing = checkScripts(open()).map((one) => 'recipe' in one && one.recipe);
    expect(missing).toEqual(['t/m/a', 't/m/old-1']);
    expect(findLooseScripts(open())).toEqual({ orphans: [], foreign: [], absent: [] });
    expect(scriptNotes(open()).map(({ message }) => message)).toEqual([
      't/m/mine, t/m/old_1 have no script because git or Nx ignores the files',
    ]);
  });

  test('is refused by that reason where its script is asked for, and composes all the same', () => {
    expect(() => open().launcher('t/m/mine')).toThrow(
      "the recipe 't/m/mine' has no script because git or Nx ignores it",
    );
    expect(open().has('t/m/mine')).toBe(true);
    expect(open().compose('t/m/mine').toYaml()).toContain('model_type: t');
  });
});

test('within Nx the recipes are those that Nx sees, and no others', () => {
  const seen = ['recipes/t/m/a.yaml', 'recipes/t/m/gone.yaml', 'elsewhere/t/m/mine.yaml'];
  expect(open(() => seen).recipes).toEqual(['t/m/a']);
  expect(open(() => seen).ignored).toEqual(ALL.slice(1));
});
