import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic, Location } from '../diagnostics';
import { DiagnosticError } from '../diagnostics';
import { Collection } from './collection';
import { recipeStatuses } from './recipe-status';
import { readLauncherSettings } from './settings/settings';

type Files = Readonly<Record<string, string>>;

const CONFIG = 'launchers.yaml';
const RECIPE = 'tune/llama/x';
const RECIPE_FILE = `recipes/${RECIPE}.yaml`;
const BASE = 'trainer: {devices: 8, sizes: [1, 2], quote: it"s}\nrun: {name: r}\n';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hints-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A launcher configuration with one template. */
function config(template: string, rest = ''): string {
  return `settings:\n  recipes_dir: recipes\n${rest}templates:\n  llm_finetuning_aws: |\n    ${template}\n`;
}

/** Makes the script of the recipe, in a workspace of these files. */
function problemsOf(files: Files, args?: 'with arguments'): readonly Diagnostic[] {
  rmSync(root, { recursive: true });
  mkdirSync(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  try {
    const collection = Collection.open(root, CONFIG);
    collection.launcher(RECIPE);
    if (args) collection.scriptWith(RECIPE, collection.compose(RECIPE));
    return [];
  } catch (cause) {
    if (cause instanceof DiagnosticError) return cause.diagnostics;
    throw cause;
  }
}

interface Hinted {
  readonly hint: string;
  readonly location: Location;
}

function hinted(files: Files, args?: 'with arguments'): Hinted {
  const [problem] = problemsOf(files, args);
  if (!problem?.hint || !problem.location) throw new Error(`no hint or place: ${problem?.message}`);
  return { hint: problem.hint, location: problem.location };
}

/** The text that a hint gives, by the first of its forms that is there. */
function said(hint: string): string {
  const forms = [
    /shell variable, write '([^ ]+)'\.$/,
    /literal brace, double it: '(.+)'\.$/,
    /literal braces, write '(.+)'\.$/,
    /^Did you mean '([^']+)'/,
    /^It exists as '([^']+)'/,
    /^Write '([^']+)'\.$/,
    /such as '([^']+)'\.$/,
    /^Remove the quotes: (\w+)$/,
    /without wildcards: (\S+)$/,
    /^Write ([\w/-]+)\.$/,
  ];
  const match = forms.map((form) => form.exec(hint)).find(Boolean);
  if (!match?.[1]) throw new Error(`nobody could follow: ${hint}`);
  return match[1];
}

/** Writes something in the place of what is underlined. */
function at(files: Files, { location }: Hinted, text: string): Files {
  const { source, start, end } = location;
  const path = source.path.startsWith(root) ? source.path.slice(root.length + 1) : source.path;
  const dollar = text.startsWith('$') && source.text[start - 1] === '$' ? 1 : 0;
  return { ...files, [path]: source.text.slice(0, start - dollar) + text + source.text.slice(end) };
}

/** Follows one hint after the other, as there are mistakes. */
function followed(files: Files, follow: (hint: Hinted) => string): Files {
  let now = files;
  for (let left = problemsOf(now).length; left > 0; left -= 1) {
    const hint = hinted(now);
    now = at(now, hint, follow(hint));
  }
  return now;
}

describe('what a hint gives, in the place of the placeholder, makes a script:', () => {
  it.each([
    'echo {run_nam}',
    'echo {recipe-path}',
    'echo { run_name }',
    'echo {run_name!r}',
    'echo {run_name:>10}',
    'echo {config.trainer.device}',
    'echo {config.trainer.sizes[0]}',
    'echo {config.devices}',
    'echo {config.trainer[devices]}',
    'echo ${HOME}',
    'echo ${A:-${B}}',
    'f() { echo; }',
    'f() {',
    'echo {config}',
    "awk '{print $1}'",
  ])('%s', (template) => {
    const files = { [CONFIG]: config(template), [RECIPE_FILE]: BASE };
    expect(problemsOf(files).length).toBeGreaterThan(0);
    expect(problemsOf(followed(files, ({ hint }) => said(hint)))).toEqual([]);
  });

  it.each([1, 2])('the value or the shell variable, of which there are two ways: %s', (way) => {
    const files = { [CONFIG]: config('echo ${run_name}'), [RECIPE_FILE]: BASE };
    const hint = hinted(files);
    const ways = /write (\S+), for the shell variable (\S+)\.$/.exec(hint.hint) ?? [];
    const { source, start } = hint.location;
    const whole = { ...hint, location: { ...hint.location, source, start: start - 1 } };
    expect(problemsOf(at(files, whole, ways[way] ?? ''))).toEqual([]);
  });

  it.each(['echo ${{A:-{config.trainer.quote}}}', 'echo `echo {config.trainer.quote}`'])(
    'a value that the shell would not read: %s',
    (template) => {
      const files = { [CONFIG]: config(template), [RECIPE_FILE]: BASE };
      const hint = hinted(files);
      const [, line = '', use = ''] =
        /Write (.+) on a line above the command and (\$X) here/.exec(hint.hint) ?? [];
      const now = config(`${line}\n    ${template.replace('{config.trainer.quote}', use)}`);
      expect(problemsOf({ ...files, [CONFIG]: now })).toEqual([]);
    },
  );

  it.each([
    'echo \\{config.trainer.quote}',
    'echo "a\\{config.trainer.quote}"',
    'cat <<E\n    \\{config.trainer.quote}\n    E',
  ])('a value behind a backslash, which goes: %s', (template) => {
    const files = { [CONFIG]: config(template), [RECIPE_FILE]: BASE };
    expect(hinted(files).hint).toMatch(/^Remove the backslash before '\{config\.trainer\.quote\}'/);
    expect(problemsOf({ ...files, [CONFIG]: config(template.replace('\\', '')) })).toEqual([]);
  });

  it('a value in a script that is for another program has no quotes to help it', () => {
    const files = {
      [CONFIG]: config('print("{config.trainer.quote}")', "header: '#!/usr/bin/python3'\n"),
      [RECIPE_FILE]: BASE,
    };
    expect(hinted(files).hint).toBe(
      'Use only letters, digits, and _ . / : @ % + = , - in the value.',
    );
  });

  it('a variable that no script sees is given a default', () => {
    const files = {
      [CONFIG]: config('echo {config.home}'),
      [RECIPE_FILE]: 'home: ${oc.env:NOT_THERE_AT_ALL}\n',
    };
    const [problem] = problemsOf(files);
    expect(problem?.hint).toMatch(/^Give a default: /);
    const [shown = ''] = /\$\{.*\}$/.exec(problem?.hint ?? '') ?? [];
    expect(problemsOf({ ...files, [RECIPE_FILE]: `home: ${shown}\n` })).toEqual([]);
  });
});

describe('a template with room for the arguments of a run is made as the hint says:', () => {
  it.each(['{overrides}', '"$@"'])('%s at the end of the command', (words) => {
    const files = { [CONFIG]: config('python3 main.py'), [RECIPE_FILE]: BASE };
    expect(hinted(files, 'with arguments').hint).toContain(words);
    const now = { ...files, [CONFIG]: config(`python3 main.py ${words}`) };
    expect(problemsOf(now, 'with arguments')).toEqual([]);
  });

  it.each(['print(1)', 'print(1) {overrides}'])('with a header of a shell: %s', (template) => {
    const python = "header: '#!/usr/bin/python3'\n";
    const files = { [CONFIG]: config(template, python), [RECIPE_FILE]: BASE };
    const [shebang = ''] = /#!.*$/.exec(hinted(files, 'with arguments').hint) ?? [];
    const now = config(
      template.includes('{') ? 'run {overrides}' : 'run "$@"',
      `header: '${shebang}'\n`,
    );
    expect(problemsOf({ ...files, [CONFIG]: now }, 'with arguments')).toEqual([]);
  });

  it.each(['"{overrides}"', 'x={overrides}'])('as a word of its own, not %s', (words) => {
    const files = { [CONFIG]: config(`run ${words}`), [RECIPE_FILE]: BASE };
    expect(hinted(files).hint).toMatch(/with spaces around it and no quotes\.$/);
    expect(problemsOf({ ...files, [CONFIG]: config('run {overrides}') }, 'with arguments')).toEqual(
      [],
    );
  });
});

describe('what a hint gives, in the place of the name of a template, finds it:', () => {
  it.each([
    ['of a rule', '  template_rules: [{model_type: m*, template: llm_finetuning_awz}]\n', 'm1'],
    [
      'of a refinement',
      "  template_refinements: [{model_type: 'llm*', recipe_path: '*', template: llm_finetuning_awz}]\n",
      'llm_finetuning_aws',
    ],
    ['of the default', 'default_template: llm_finetuning_awz\n', 'other'],
    [
      'of a model type where these are strict',
      '  strict_model_types: true\n',
      'llm_finetuning_awz',
    ],
  ])('%s', (_what, rest, type) => {
    const files = { [CONFIG]: config('run', rest), [RECIPE_FILE]: `run: {model_type: ${type}}\n` };
    const hint = hinted(files);
    expect(problemsOf(at(files, hint, said(hint.hint)))).toEqual([]);
  });

  it.each(['amazon.nova-lite', 'nova'])('or adds it, for a rule that nobody wrote: %s', (type) => {
    const strict = type === 'nova' ? '  strict_model_types: true\n' : '';
    const files = {
      [CONFIG]: config('run', strict).replace('llm_finetuning_aws', 'unlike'),
      [RECIPE_FILE]: `run: {model_type: ${type}}\n`,
    };
    expect(hinted(files).hint).toMatch(/^Add (?:it under 'templates'|a template 'nova')/);
    const now = `${files[CONFIG]}  nova: run\n`;
    expect(problemsOf({ ...files, [CONFIG]: now })).toEqual([]);
  });
});

describe('what a hint gives mends the launcher configuration:', () => {
  it.each([
    'template: {x: y}',
    'settings: {outputdir: x}',
    'settings: {output_dir: a//b}',
    'settings: {output_dir: ./a/../b}',
    'settings: {output_dir: .}',
    'settings: {output_dir: /scripts}',
    'settings: {output_dir: ../scripts}',
    'settings: {strict_model_types: "true"}',
    'settings: {excluded_recipe_dirs: [/a/b/*]}',
    'settings: {excluded_recipe_dirs: [recipes_collection/recipes/a]}',
    'settings: {excluded_recipe_patterns: [Draft.yaml]}',
    'settings: {preserved_dirs: [launcher_scripts/custom]}',
    'settings: {template_rules: [{modeltype: x, template: y}]}',
  ])('%s', (text) => {
    const read = (now: string) => readLauncherSettings({ path: CONFIG, text: now });
    const { hint, location } = settingsProblem(text);
    const now = text.slice(0, location.start) + said(hint) + text.slice(location.end);
    expect(() => read(now)).not.toThrow();
  });

  it.each([
    'header: 3',
    'default_template: true',
    'templates: {x: 3}',
    'settings: {recipes_dir: 3}',
  ])('by quotes: %s', (text) => {
    const { hint, location } = settingsProblem(text);
    const { start, end } = location;
    expect(hint).toBe(`Put it in quotes: '${text.slice(start, end)}'`);
    const now = `${text.slice(0, start)}"${text.slice(start, end)}"${text.slice(end)}`;
    expect(() => readLauncherSettings({ path: CONFIG, text: now })).not.toThrow();
  });

  it.each(['header: [x]', 'templates: {x: {y: z}}'])('not by quotes around a list: %s', (text) => {
    expect(settingsProblem(text).hint).toMatch(/^For example, \w+: ".*"$/);
  });

  it('by the place of a key', () => {
    expect(settingsProblem('recipes_dir: x').hint).toBe("'recipes_dir' belongs under 'settings'.");
    expect(settingsProblem('settings: {header: x}').hint).toBe(
      "'header' belongs at the top level.",
    );
  });

  it('never by a key that is there already', () => {
    expect(settingsProblem('headers: x\nheader: y').hint).toBe(
      "'header' is already set. Remove one of the two.",
    );
  });

  it('also where only the folder of recipes is written, and is in that of the scripts', () => {
    const { hint, location } = settingsProblem('settings: {recipes_dir: launcher_scripts/r}');
    expect(hint).toBe('Choose another folder.');
    expect(location.source.text.slice(location.start, location.end)).toBe('launcher_scripts/r');
  });
});

function settingsProblem(text: string): Hinted {
  try {
    readLauncherSettings({ path: CONFIG, text });
  } catch (cause) {
    const [problem] = cause instanceof DiagnosticError ? cause.diagnostics : [];
    if (problem?.hint && problem.location)
      return { hint: problem.hint, location: problem.location };
    throw cause;
  }
  throw new Error('nothing was refused');
}

describe('what a hint says of a recipe helps:', () => {
  it.each([
    ['run: {name: 3}', /^Put it in quotes\.$/, 'run: {name: "3"}'],
    ['run: {name: null}', /remove the key\.$/, 'run: {}'],
    ['run: {name: "${x}"}\nx: a', /^Write the value itself;/, 'run: {name: a}\nx: a'],
    ['run: {name: "???"}', /^Give it a value/, 'run: {name: a}'],
    ['run: 3', /^Write keys under 'run:', or remove it\.$/, ''],
    ['run: 3', /^Write keys under 'run:', or remove it\.$/, 'run:\n  a: 1'],
  ])('%s', (text, hint, now) => {
    const files = { [CONFIG]: config('run'), [RECIPE_FILE]: `${text}\n` };
    expect(hinted(files).hint).toMatch(hint);
    expect(problemsOf({ ...files, [RECIPE_FILE]: `a: 1\n${now}\n` })).toEqual([]);
  });

  it.each([
    [['a/b/x-y', 'c/b/x_y'], 'Rename one of the recipes', ['a/b/x-y', 'c/b/z']],
    [['a/b/x y'], 'Rename it, using only letters', ['a/b/x_y']],
  ])('%j', (recipes, hint, renamed) => {
    const settings = readLauncherSettings({ path: CONFIG, text: '' });
    const [status] = recipeStatuses(settings, recipes).values();
    expect(status?.kind === 'rejected' ? status.problem.hint : '').toContain(hint);
    const kinds = [...recipeStatuses(settings, renamed).values()].map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['generated']));
  });
});

it('a configuration that is missing is made as is shown', () => {
  const [problem] = problemsOf({ [`recipes_collection/${RECIPE_FILE}`]: BASE });
  const [shown = ''] = /(?<=\n)(?: {2}.*\n)+/.exec(problem?.hint ?? '') ?? [];
  const text = shown.replaceAll(/^ {2}/gm, '');
  expect(text).toMatch(/^templates:/);
  expect(problemsOf({ [`recipes_collection/${RECIPE_FILE}`]: BASE, [CONFIG]: text })).toEqual([]);
});
