import type { Diagnostic } from '../../diagnostics';
import { DiagnosticError } from '../../diagnostics';
import type { ComposeContext } from '../request';
import { composeWith } from '../compose';
import { ConfigFiles } from '../config-files/config-repository';
import { memoryFiles } from '../../files/file-tree';
import { composeRecipeWith } from '../recipe';

type Files = Readonly<Record<string, string>>;

const FRAGMENTS: Files = {
  'db/one.yaml': 'name: one\n',
  'db/two.yaml': 'name: two\n',
  'db/3.yaml': 'name: three\n',
  'db/sub/deep.yaml': 'name: deep\n',
  'server/small.yaml': 'size: 1\n',
  'group/option.yaml': 'is: there\n',
  'nested/open.yaml': "defaults:\n- /db: '???'\n",
  'nested/twice.yaml': 'defaults:\n- /db: one\n- /db: one\n',
  'nested/stray.yaml': 'defaults:\n- /server: small\n- override /serverr: small\n',
  'a/configs/three.yaml': 'x: 3\n',
};

/** What is tried: the primary config, overrides, and folders of packages. */
interface Trial {
  readonly files: Files;
  readonly overrides: readonly string[];
  readonly packages: Readonly<Record<string, string>>;
}

function trialOf(items: string, overrides: readonly string[] = [], files: Files = {}): Trial {
  const text = /^[-[]/.test(items) ? `defaults:\n${items}\n` : items;
  return { files: { ...FRAGMENTS, 'config.yaml': text, ...files }, overrides, packages: {} };
}

function contextOf({ files, packages }: Trial): ComposeContext {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`/w/${path}`, text]));
  const tree = memoryFiles(texts);
  return { files: new ConfigFiles(tree), env: {}, cwd: '/w', searchPackages: packages };
}

/** What is wrong, or to be warned of. */
function problemsOf(trial: Trial, configName = 'config'): readonly Diagnostic[] {
  const { overrides } = trial;
  try {
    return composeWith({ configDir: '/w', configName, overrides }, contextOf(trial)).warnings;
  } catch (cause) {
    if (cause instanceof DiagnosticError) return cause.diagnostics;
    throw cause;
  }
}

function problemOf(trial: Trial): Diagnostic & { readonly hint: string } {
  const [problem] = problemsOf(trial);
  if (problem?.hint === undefined) throw new Error(`no hint: ${problem?.message}`);
  return { ...problem, hint: problem.hint };
}

/** What is in the first quotes of a hint. */
function quoted(hint: string): string {
  const [, text] = /'([^']+)'/.exec(hint) ?? [];
  if (text === undefined) throw new Error(`nobody could follow: ${hint}`);
  return text.replace('OPTION', 'two');
}

/** Puts what a hint says in place of the whole item, or of the whole override. */
function replaced(trial: Trial): Trial {
  const { hint, location } = problemOf(trial);
  const text = quoted(hint);
  if (!location) throw new Error('no place');
  const { source, start, end } = location;
  if (source.path === 'override') {
    const overrides = trial.overrides.map((one) => (one === source.text ? text : one));
    return { ...trial, overrides };
  }
  const from = source.text.lastIndexOf('- ', start) + 2;
  const lineEnd = source.text.indexOf('\n', end);
  const item = text.replace(/^- /, '');
  return withFile(
    trial,
    source.path,
    source.text.slice(0, from) + item + source.text.slice(lineEnd),
  );
}

/** Puts what a hint says in place of the underlined token alone, or where it has a value, of that. */
function swapped(trial: Trial): Trial {
  const { hint, location } = problemOf(trial);
  if (!location) throw new Error('no place');
  const { source, start, end } = location;
  const [, text = quoted(hint)] = /: (".*")\.$/.exec(hint) ?? [];
  if (source.path === 'override') {
    const override = source.text.replace(/=[^]*$/, () => `=${text}`);
    return {
      ...trial,
      overrides: trial.overrides.map((one) => (one === source.text ? override : one)),
    };
  }
  const rest = source.text.slice(end);
  // The option of a group stands behind its key.
  const value = hint.startsWith('Put') ? undefined : /^: *[^\n]*/.exec(rest)?.[0];
  const now =
    value === undefined
      ? source.text.slice(0, start) + text + rest
      : `${source.text.slice(0, end)}: ${text}${rest.slice(value.length)}`;
  return withFile(trial, source.path, now);
}

function withFile(trial: Trial, path: string, text: string): Trial {
  return { ...trial, files: { ...trial.files, [path.replace(/^\/w\//, '')]: text } };
}

describe('the item that a hint says to write, written in the place of the wrong one, composes:', () => {
  it.each([
    ['a surplus folder', '- db: conf/two\n- _self_'],
    ['a surplus ending', '- db: two.yml\n- _self_'],
    ['a surplus folder of the group', '- conf/db: two\n- _self_'],
    ['with a package', '- db@other: conf/two.yaml\n- _self_'],
    ['with a package that is here', '- db@_here_: two.yml\n- _self_'],
    ['of an override', '- db: one\n- _self_\n- override db: conf/two'],
    ['of an override with a package', '- db@x: one\n- _self_\n- override db@x: two.yml'],
    ['of a list of options', '- db: [one, conf/two.yaml]\n- _self_'],
    ['of a list with a package', '- db@x: [db/two, one]\n- _self_'],
    ['of a path', '- conf/db/two.yaml\n- _self_'],
    ['of a path with a package', '- conf/db/two@x\n- _self_'],
    ['a choice that is left open', "- db: '???'\n- _self_"],
    ['a choice that an override leaves open', "- db: one\n- _self_\n- override db: '???'"],
    ['a self of a group', '- db: _self_'],
    ['an override of a misspelt group', '- server: small\n- _self_\n- override sever: small'],
    ['an option of a list that is misspelt', '- db: [one, twoo]\n- _self_'],
    ['a misspelt group', '- sever: small\n- _self_'],
    ['a misspelt group that others are like', '- dbb: two\n- _self_'],
    ['a misspelt group in other letters', '- DB: one\n- _self_'],
    ['a misspelt group with a package', '- sever@x: small\n- _self_'],
    ['a misspelt group below another', '- db/sbu: deep\n- _self_'],
    ['a misspelt folder of a path', '- sever/small\n- _self_'],
    ['a misspelt folder of a path with a package', '- sever/small@x\n- _self_'],
    ['an option that is like none', '- server: zzzzzzz\n- _self_'],
    ['an override of what nothing chooses', '- db: one\n- _self_\n- override server: small'],
    ['an override at another package', '- db@x: one\n- _self_\n- override db: two'],
  ])('%s', (_what, items) => {
    const trial = trialOf(items);
    const now = replaced(trial);
    expect(problemsOf(now)).toEqual([]);
    expect(now.files['config.yaml']?.split('\n').length).toBe(
      trial.files['config.yaml']?.split('\n').length,
    );
  });

  it('and keeps that it is an override, and its package', () => {
    const trial = trialOf('- db@x: one\n- _self_\n- override db@x: conf/two');
    expect(problemOf(trial).hint).toMatch(/^Write 'override db@x: two':/);
  });
});

describe('the override that a hint says to write composes:', () => {
  const ITEMS = '- db: one\n- server@s: small\n- _self_';

  it.each([
    ['a surplus folder', 'db=conf/two', 'db=two'],
    ['a surplus ending', 'db=two.yml', 'db=two'],
    ['with a package', 'server@s=conf/small', 'server@s=small'],
    ['of an added group', '+group=x/option.yaml', '+group=option'],
    ['of several options', 'db=[one,conf/two]', 'db=[one,two]'],
    ['a choice left open', 'db=???', 'db=two'],
    ['a group added again', '+db=two', 'db=two'],
    ['the same option added again', '+db=one', 'db=two'],
    ['a group forced', '++db=two', 'db=two'],
  ])('%s', (_what, override, wanted) => {
    const now = replaced(trialOf(ITEMS, [override]));
    expect(now.overrides).toEqual([wanted]);
    expect(problemsOf(now)).toEqual([]);
  });

  it.each([
    ['a deletion of another option', '~db=two', '~db=one'],
    ['a deletion of what is nothing', '~db=', '~db=one'],
    ['a deletion of a group at another package', '~server', '~server@s'],
    ['a deletion at another package', '~server@t', '~server@s'],
    ['a deletion by a number', '~db=7', '~db'],
    ['a number that is an option', 'db=3', 'db="3"'],
    ['a number that is none', 'db=7', 'db=3', 'db="3"'],
    ['a truth', 'server@s=true', 'server@s=small'],
    ['null', 'db=null', '~db'],
    ['an option that is like none', 'server@s=zzzzzzz', 'server@s=small'],
    ['a group at another package', 'server=small', 'server@s=small'],
    ['a group that nothing chooses', 'group=option', '+group=option'],
    ['a group with a package that nothing chooses', 'group@g=option', '+group@g=option'],
    ['a folder for a package', 's/server=small', 'server=small', 'server@s=small'],
    ['a misspelt group with a package', 'servr@s=small', 'server@s=small'],
    ['a misspelt group that is added with a package', '+grop@g=option', '+group@g=option'],
    ['a mapping with new keys', 'db={a: 1}', '+db={a: 1}'],
    ['an option of a program', '--db=two', 'db=two'],
    ['spaces around the sign', 'db = two', 'db=two'],
    ['a colon', 'db: two', 'db=two'],
    ['a slash before a group', '/db=two', 'db=two'],
    ['a slash before an added group', '+/group=option', '+group=option'],
    ['a slash before the sign', 'db/=two', 'db=two'],
  ])('%s', (_what, override, ...wanted) => {
    let now = trialOf(ITEMS, [override]);
    const written = wanted.map(() => {
      now = replaced(now);
      return now.overrides[0];
    });
    expect(written).toEqual(wanted);
    expect(problemsOf(now)).toEqual([]);
  });

  it('a deletion of what nothing chooses goes, and is told what there is', () => {
    const trial = trialOf(ITEMS, ['~group']);
    expect(problemOf(trial).hint).toBe('Remove it: the defaults list has server@s, db.');
    expect(problemsOf({ ...trial, overrides: [] })).toEqual([]);
  });

  it.each([
    ['db=two', 'db@nested.here=two'],
    ['db@here=two', 'db@nested.here=two'],
    ['~db@here', '~db@nested.here'],
    ['nested/here=two', 'db@nested.here=two'],
  ])('a group that a fragment mounts, by its whole package: %s', (override, wanted) => {
    const files = { 'nested/own.yaml': 'defaults:\n- /db@here: one\n- _self_\n' };
    const now = replaced(trialOf('- nested: own\n- _self_', [override], files));
    expect(now.overrides).toEqual([wanted]);
    expect(problemsOf(now)).toEqual([]);
  });

  it('a misspelt option', () => {
    expect(problemsOf(swapped(trialOf(ITEMS, ['db=twoo'])))).toEqual([]);
  });
});

describe('the name that a hint suggests, in the place of the wrong one, composes:', () => {
  it.each([
    ['an option', '- db: twoo\n- _self_'],
    ['an option in a folder', '- db: sub/dep\n- _self_'],
    ['a path, whole', '- db/twoo\n- _self_'],
    ['the number of an option', '- db: 3\n- _self_'],
    ['a number in a list', '- db: [one, 3]\n- _self_'],
    ['a number that is an item', '- 3\n- _self_'],
    ['a number that is a group', '- 3: one\n- _self_'],
  ])('%s', (_what, items) => {
    const files = { '3.yaml': 'a: 1\n', '3/one.yaml': 'a: 1\n' };
    expect(problemsOf(swapped(trialOf(items, [], files)))).toEqual([]);
  });

  it('a primary config, of those that can be one', () => {
    const elsewhere = { 'main/config.yaml': 'a: 1\n', 'other/confg1.yaml': 'a: 1\n' };
    const request = {
      configDir: '/w/main',
      searchPath: ['/w/other'],
      configName: 'confg',
    };
    const context = contextOf(trialOf('a: 1\n', [], elsewhere));
    const compose = (configName: string) => composeWith({ ...request, configName }, context);
    const hint = hintOf(() => compose('confg'));
    expect(compose(quoted(hint)).toYaml()).toBe('a: 1\n');
  });

  it('a recipe, from the folder of recipes', () => {
    const context = contextOf(trialOf('a: 1\n', [], { 'r/tune/llama/lora.yaml': 'a: 1\n' }));
    const compose = (recipe: string) => composeRecipeWith({ recipesDir: '/w/r', recipe }, context);
    for (const wrong of ['tune/llama/loro', 'r/tune/llama/lora.yaml']) {
      expect(compose(quoted(hintOf(() => compose(wrong)))).toYaml()).toBe('a: 1\n');
    }
  });
});

function hintOf(compose: () => unknown): string {
  try {
    compose();
  } catch (cause) {
    if (cause instanceof DiagnosticError) return cause.diagnostics[0]?.hint ?? 'none';
    throw cause;
  }
  return 'nothing was refused';
}

describe('what a hint says of other places helps:', () => {
  it('a choice that a fragment leaves open is made in the config that starts', () => {
    const trial = trialOf('- nested: open\n- _self_');
    const item = quoted(problemOf(trial).hint);
    expect(item).toMatch(/^- override /);
    expect(problemsOf(trialOf(`- nested: open\n- _self_\n${item}`))).toEqual([]);
  });

  it.each([
    ['in the config that starts', '- db: one\n- db: one', 'config.yaml'],
    ['in a fragment', '- nested: twice\n- _self_', 'nested/twice.yaml'],
  ])('a group that stands twice is overridden %s', (_where, items, file) => {
    const trial = trialOf(items);
    const [, item = ''] = /^Write '([^']+)'/.exec(problemOf(trial).hint) ?? [];
    const lines = (trial.files[file] ?? '').trimEnd().split('\n');
    lines[2] = item.replace('OPTION', 'two');
    const now = withFile(trial, file, `${lines.join('\n')}\n`);
    expect(problemsOf(now).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    [
      'at the package of the fragment',
      '- override /db: two',
      '- override /db@_global_.nested.db: two',
    ],
    ['at another', '- override /db@x: two', '- override /db@_global_.nested.db: two'],
  ])('an override in a fragment names the whole package: %s', (_where, item, wanted) => {
    const text = (last: string): string => `defaults:\n- /db@db: one\n- _self_\n${last}\n`;
    const files = { 'nested/own.yaml': text(item.replace('/db:', '/db@_global_.db:')) };
    const now = replaced(trialOf('- nested: own\n- _self_', [], files));
    expect(now.files['nested/own.yaml']).toBe(text(wanted));
    expect(problemsOf(now)).toEqual([]);
  });

  it('an override below an interpolation is written in the config that starts', () => {
    const list = 'defaults:\n- /db: one\n- _self_\n';
    const files = { 'nested/small.yaml': `${list}- override /db: two\n` };
    const items = '- server: small\n- nested: ${server}\n- _self_';
    const item = quoted(problemOf(trialOf(items, [], files)).hint);
    const now = trialOf(`${items}\n${item}`, [], { 'nested/small.yaml': list });
    expect(problemsOf(now)).toEqual([]);
  });

  it('an override in a fragment names the group from the root', () => {
    const trial = trialOf('- nested@_global_: stray\n- _self_');
    expect(problemsOf(replaced(trial))).toEqual([]);
  });

  it('an override goes below the items', () => {
    const trial = trialOf('- override db: two\n- db: one\n- _self_');
    expect(problemOf(trial).hint).toBe('Move the override below this item.');
    expect(problemsOf(trialOf('- db: one\n- override db: two\n- _self_'))).toEqual([]);
  });

  it('two keys of one item each get a dash', () => {
    expect(problemOf(trialOf('- db: one\n  server: small')).hint).toMatch(/its own dash/);
    expect(problemsOf(trialOf('- db: one\n- server: small\n- _self_'))).toEqual([]);
  });

  it.each(['{group: option}', 'group'])('a defaults list is written as is shown: %s', (written) => {
    const { hint } = problemOf(trialOf(`defaults: ${written}\n`));
    const shown = hint.slice(hint.indexOf('\n') + 1).replaceAll(/^ {2}/gm, '');
    expect(
      problemsOf(trialOf(`${shown}\n`)).filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
  });

  it('_self_ is written where the warning says', () => {
    const trial = trialOf('defaults:\n- db: one\na: 1\n');
    const [, item = ''] = /^Write '([^']+)'/.exec(problemOf(trial).hint) ?? [];
    expect(problemsOf(trialOf(`defaults:\n- db: one\n${item}\na: 1\n`))).toEqual([]);
  });

  it.each(['# @package', '# @package a b'])('a header is written as is shown: %s', (header) => {
    const { hint } = problemOf(trialOf(`${header}\na: 1\n`));
    const shown = hint.slice(hint.indexOf('#'));
    expect(problemsOf(trialOf(`${shown}\na: 1\n`))).toEqual([]);
  });

  it.each(['pkg://conf', 'pkg://conf/sub', 'pkg://conf.sub.'])(
    'the folder of %s is given as is shown',
    (path) => {
      const trial = trialOf(`hydra: {searchpath: ["${path}"]}\na: 1\n`);
      const [, shown = ''] = /searchPackages: (\{[^}]*\})/.exec(problemOf(trial).hint) ?? [];
      const packages = JSON.parse(shown.replace('"path"', '"a/configs"')) as Trial['packages'];
      expect(problemsOf({ ...trial, packages })).toEqual([]);
    },
  );

  it('what only Python stores is no package whose folder could be given', () => {
    const { hint } = problemOf(trialOf('hydra: {searchpath: ["structured://x"]}\na: 1\n'));
    expect(hint).not.toContain('searchPackages');
  });

  it.each(['[1]', 'a/configs', '["http://x"]'])(
    'a search path is written as is shown: %s',
    (path) => {
      const { hint } = problemOf(trialOf(`hydra: {searchpath: ${path}}\na: 1\n`));
      const [, shown = ''] = /Write \[?(file:[\w/]+)/.exec(hint) ?? [];
      const files = { '/some': '' };
      const trial = trialOf(`hydra: {searchpath: [${shown}]}\na: 1\n`, [], files);
      expect(problemsOf(trial).filter(({ severity }) => severity === 'error')).toEqual([]);
    },
  );
});
