import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderDiagnostics } from '../diagnostics';
import { checkScripts, scriptNotes } from './check';
import { Collection } from './collection';
import { describeFindings, mendingLines } from './describe-findings';
import { findLooseScripts, pruneOrphans } from './loose-scripts';
import { writeScript } from '../files/script-files';
import { writeBelow } from '../../testing/write-below';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'loose-scripts-'));
  write('l.yaml', CONFIG);
  for (const name of ['a', 'b']) write(`recipes/t/m/${name}.yaml`, 'x: 1\n');
  for (const recipe of open().recipes) {
    const { script, text } = open().launcher(recipe);
    writeScript(join(root, script), text);
  }
  write('out/x/run_by_hand.sh', 'mine');
});
afterEach(() => rmSync(root, { recursive: true }));

const CONFIG = `settings:
  recipes_dir: recipes
  output_dir: out
  preserved_dirs: [kept]
  manually_maintained: {train/x/by_hand: x/run_by_hand.sh}
templates: {llm_finetuning_aws: 'run {recipe_path}'}
`;

function write(path: string, text: string): void {
  writeBelow(root, path, text);
}

function git(...args: string[]): string {
  const me = ['-c', 'user.name=me', '-c', 'user.email=me@localhost'];
  return execFileSync('git', [...me, ...args], { cwd: root, encoding: 'utf8' });
}

function commit(): void {
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'state');
}

const open = (): Collection => Collection.open(root, 'l.yaml');

/** Names that no recipe's script has, beside the generated ones and in folders of their own. */
const MINE = [
  'out/m/mine.sh',
  'out/m/run.sh',
  'out/m/run-a.sh',
  'out/m/run_my-tool.sh',
  'out/m/RUN_A.sh',
  'out/own/submit.sh',
  'out/Own/run_a.sh',
];

test('of the scripts without a recipe, only those are removed that a recipe could have had', () => {
  for (const path of MINE) write(path, 'mine');
  for (const path of ['out/kept/run_a.sh', 'out/top.sh', 'out/run_top.sh', 'out/m/sub/run_a.sh'])
    write(path, 'mine');
  write('out/m/run_notes.txt', 'mine');
  symlinkSync('mine.sh', join(root, 'out/m/run_link.sh'));
  write('out/m/run_old.sh', '');
  write('out/gone/run_a.sh', '');
  expect(pruneOrphans(open())).toEqual([
    'out/gone/run_a.sh: removed, because it belongs to no recipe',
    'out/m/run_old.sh: removed, because it belongs to no recipe',
  ]);
  expect(existsSync(join(root, 'out/gone'))).toBe(false);
  for (const path of MINE) expect(readFileSync(join(root, path), 'utf8')).toBe('mine');
  expect(findLooseScripts(open())).toEqual({
    orphans: [],
    foreign: [...MINE, 'out/m/run_link.sh'].sort(),
    absent: [],
  });
});

test('scripts of other names are a note of the check, which is content with them', () => {
  write('out/m/mine.sh', '');
  expect(checkScripts(open())).toEqual([]);
  expect(renderDiagnostics(scriptNotes(open()))).toBe(
    [
      'note [foreign-script] out/m/mine.sh is not generated, so Trainyard leaves it alone',
      "hint: To keep your own scripts without this note, move them to a folder listed in 'settings.preserved_dirs' in l.yaml.",
    ].join('\n'),
  );
  mkdirSync(join(root, 'out/kept'));
  git('init', '--quiet');
  git('mv', '-k', 'out/m/mine.sh', 'out/kept');
  rmSync(join(root, 'out/m/mine.sh'));
  expect(scriptNotes(open())).toEqual([]);
});

test('a preserved folder that is misspelt keeps its scripts, and the check says what to write', () => {
  write('l.yaml', CONFIG.replace('[kept]', '[keptt, nowhere]'));
  write('out/kept/run_mine.sh', 'mine');
  write('out/gone/run_a.sh', '');
  expect(pruneOrphans(open())).toEqual([
    'out/gone/run_a.sh: removed, because it belongs to no recipe',
  ]);
  expect(checkScripts(open())).toEqual([]);
  expect(readFileSync(join(root, 'out/kept/run_mine.sh'), 'utf8')).toBe('mine');
  expect(renderDiagnostics(scriptNotes(open()))).toContain(
    "note [no-effect] 'preserved_dirs' lists 'keptt', but there is no such folder\n" +
      'hint: Write kept in l.yaml; until then, nothing is removed from that folder.',
  );
});

test.each([
  ['t/m/aa', 'm/run_mine.sh', "Did you mean 't/m/a'"],
  ['t/m/a.yaml', 'm/run_mine.sh', "Write t/m/a: '.yaml' is not part of the name."],
  ['recipes/t/m/b', 'm/run_b.sh', "Write t/m/b: 'recipes/' is not part of the name."],
  ['x/a', 'x/run_by_hand.sh', "Did you mean 't/m/a'?"],
])(
  'a misspelt recipe of manually_maintained is a note of the check: %s',
  (recipe, script, hint) => {
    const config = CONFIG.replace('train/x/by_hand: x/run_by_hand.sh', `'${recipe}': ${script}`);
    write('l.yaml', config);
    const notes = renderDiagnostics(scriptNotes(open()));
    expect(notes).toContain(
      `note [no-effect] 'manually_maintained' lists '${recipe}', but there is no such recipe\nhint: ${hint}`,
    );
    expect(notes).toContain("Correct it in l.yaml; until then, that recipe's script is generated.");
  },
);

test('an entry of manually_maintained with neither a recipe nor a script is a note of the check', () => {
  expect(scriptNotes(open())).toEqual([]);
  rmSync(join(root, 'out/x/run_by_hand.sh'));
  expect(renderDiagnostics(scriptNotes(open()))).toBe(
    [
      "note [no-effect] 'manually_maintained' lists 'train/x/by_hand', but there is no such recipe",
      'hint: Remove or correct it in l.yaml.',
    ].join('\n'),
  );
  write('recipes/train/x/by_hand.yaml', 'x: 1\n');
  expect(scriptNotes(open())).toEqual([]);
  expect(checkScripts(open())).toMatchObject([{ kind: 'missing by hand' }]);
});

test('what excludes no recipe is a note of the check', () => {
  const lists = '  excluded_recipe_dirs: [t/n, t/m/b]\n  excluded_recipe_patterns: [smoke]\n';
  write('l.yaml', CONFIG.replace('templates:', `${lists}templates:`));
  expect(renderDiagnostics(scriptNotes(open()))).toBe(
    [
      "note [no-effect] 'excluded_recipe_dirs' lists 't/n', which excludes no recipe",
      "hint: Did you mean 't/m'?",
      '',
      "note [no-effect] 'excluded_recipe_patterns' lists 'smoke', which excludes no recipe",
      'hint: Remove or correct it.',
    ].join('\n'),
  );
});

describe('a removed script', () => {
  const back = (line: string): string =>
    git('cat-file', '-p', /cat-file -p (\w+)/.exec(line)?.[1] ?? 'nothing');

  test('that git has is named, and no more', () => {
    write('out/m/run_old.sh', 'old');
    commit();
    expect(pruneOrphans(open())).toEqual([
      'out/m/run_old.sh: removed, because it belongs to no recipe',
    ]);
  });

  test.each([
    ['that nobody has added', () => write('out/m/run_mine.sh', 'my work')],
    [
      'that git ignores',
      () => {
        write('.gitignore', 'out\n');
        write('out/m/run_mine.sh', 'my work');
      },
    ],
    [
      'that was changed since',
      () => {
        write('out/m/run_mine.sh', 'before');
        git('add', 'out/m/run_mine.sh');
        write('out/m/run_mine.sh', 'my work');
      },
    ],
  ])('%s can be had back from git, as its line says', (_, put) => {
    commit();
    put();
    const [line = '', ...more] = pruneOrphans(open());
    expect(more).toEqual([]);
    expect(line).toMatch(
      /^out\/m\/run_mine\.sh: removed, because it belongs to no recipe \(uncommitted; to restore it, run 'git cat-file -p [0-9a-f]{12}'\)$/,
    );
    expect(existsSync(join(root, 'out/m/run_mine.sh'))).toBe(false);
    expect(back(line)).toBe('my work');
  });
});

describe('what a check says to do', () => {
  const mending = () => {
    const { settings } = open();
    return mendingLines(checkScripts(open()), settings, 'nx sync');
  };

  test('is to sync where that helps', () => {
    write('out/m/run_a.sh', 'edited');
    expect(mending()).toEqual(['To write scripts that are out of date, run: nx sync']);
  });

  test('is not to sync where recipes do not compose or collide', () => {
    write('recipes/t/m/a.yaml', 'run: [');
    write('recipes/u/m/b.yaml', 'x: 1\n');
    expect(mending()).toEqual([
      'Fix the recipes first; until then, their scripts cannot be generated.',
    ]);
  });

  test.each([
    ['manually_maintained', /manually_maintained: (\{.*?\})/],
    ['preserved_dirs', /preserved_dirs: (\[.*?\])/],
  ])('to keep a script in %s keeps it', (key, pattern) => {
    rmSync(join(root, 'out/x'), { recursive: true });
    write('out/m/run_old.sh', 'mine');
    const [sync, keep = ''] = mending();
    expect(sync).toBe('To remove scripts that are out of date, run: nx sync');
    const value = pattern.exec(keep)?.[1];
    write('l.yaml', CONFIG.replace(new RegExp(`  ${key}: .*`), `  ${key}: ${value}`));
    expect(checkScripts(open())).toEqual([]);
    expect(pruneOrphans(open())).toEqual([]);
  });
});

test('what many recipes share is told once, with how many they are', () => {
  write('recipes/t/hydra_config/bad.yaml', 'a: [\n');
  for (let i = 10; i < 93; i++)
    write(`recipes/t/n/r${i}.yaml`, `defaults:\n  - /hydra_config/bad\nrun: {name: n${i}}\n`);
  write('recipes/t/n/own.yaml', 'run: {name: 3}\n');
  const text = describeFindings(checkScripts(open())).join('\n');
  expect(text.match(/hydra_config\/bad\.yaml:\d+:\d+: error/g)).toHaveLength(1);
  expect(text).toContain('83 recipes have this problem: t/n/r10, t/n/r11, t/n/r12 and 80 more');
  expect(text).toContain("recipes/t/n/own.yaml:1:13: error [RecipeValue] 'run.name' must be");
});
