import { TemporarySweep } from '../../../../testing/temporary-sweep';

const HEAD = `experiment: {name: e, framework: generic}
framework_config: {base_config_file: base.yaml}
`;

function warnings(base: string, rest: string, head = HEAD): string[] {
  const sweep = new TemporarySweep(head + rest, { 'base.yaml': base });
  return sweep
    .plan()
    .warnings.flatMap(({ id, message, hint }) =>
      id === 'linked-in-base' ? [`${message} | ${hint}`] : [],
    );
}

/** What a hint says to write, section by section. */
const written = (warning: string): string[] => {
  const hint = warning.slice(warning.indexOf('|')).replace(/ and '/, " '");
  return [...hint.matchAll(/'(\w+: .*?[\]}])'(?=[., ])/g)].map(([, section = '']) => section);
};

describe('what the base links and an experiment sets at one place only', () => {
  it.each<[string, string, string, string]>([
    [
      'of a map, by an alias',
      'a: &x {lr: 1}\nb: *x\n',
      'variables: {a.lr: [1, 2]}',
      "'a.lr' is set, but b.lr keeps 1: the base links them | Write 'derived: {b.lr: a.lr}'.",
    ],
    [
      'of a map, at the alias',
      'a: &x {lr: 1}\nb: *x\n',
      'controls: {b.lr: 2}',
      "'b.lr' is set, but a.lr keeps 1: the base links them | Write 'controls: {a.lr: 2}', too.",
    ],
    [
      'that is a whole scalar',
      'seed: &s 1\nother: *s\nmore: [0, *s]\n',
      'controls: {seed: 2}',
      "'seed' is set, but other, more.1 keep 1: the base links them | Write 'controls: {other: 2, more.1: 2}', too.",
    ],
    [
      'of a text',
      'name: &s x\nrun: {name: *s}\n',
      'variables: {name: [y, z]}',
      "'name' is set, but run.name keeps x: the base links them | Write 'controls: {run.name: '{name}'}'.",
    ],
    [
      'of a mapping that varies',
      'd: &d {lr: 1, wd: 3}\na: *d\nb: [*d]\n',
      'variables: {d: [{lr: 2, wd: 4}, {lr: 5}]}',
      "'d' is set, but a.lr, b.0.lr, a.wd, b.0.wd keep the old values: the base links them | Write 'sweep: {zip: [{d: [{lr: 2, wd: 4}, {lr: 5}], a: [{lr: 2, wd: 4}, {lr: 5}], b.0: [{lr: 2, wd: 4}, {lr: 5}]}]}' in place of the variable.",
    ],
    [
      'of a mapping that varies and is linked in part',
      'd: &d {lr: 1, wd: 3}\na: {<<: *d, wd: 7}\n',
      'variables: {d: [{lr: 2, wd: 4}, {lr: 5}]}',
      "'d' is set, but a.lr keeps 1: the base links them | Vary the keys of the mapping one by one, and set these keys, too.",
    ],
    [
      'of a truth',
      'a: &s true\nb: *s\n',
      'variables: {a: [true, false]}',
      "'a' is set, but b keeps true: the base links them | Write 'sweep: {zip: [{a: [true, false], b: [true, false]}]}' in place of the variable.",
    ],
    [
      'by a merge key',
      'd: &d {lr: 1, wd: 2}\nt:\n  <<: *d\n  wd: 3\n',
      'controls: {d: {lr: 5, wd: 6}}',
      "'d.lr' is set, but t.lr keeps 1: the base links them | Write 'controls: {t.lr: 5}', too.",
    ],
    [
      'by a list of merge keys, the first of which wins',
      'p: &p {lr: 1}\nq: &q {lr: 2, wd: 2}\nt:\n  <<: [*p, *q]\n',
      'controls: {q: {lr: 5, wd: 6}}',
      "'q.wd' is set, but t.wd keeps 2: the base links them | Write 'controls: {t.wd: 6}', too.",
    ],
    [
      'deep below a merge',
      'p: &p {o: {lr: 1, wd: 1}}\nt: {<<: *p}\n',
      'controls: {t.o.lr: 5}',
      "'t.o.lr' is set, but p.o.lr keeps 1: the base links them | Write 'controls: {p.o.lr: 5}', too.",
    ],
    [
      'in a list',
      'l:\n- &x {lr: 1}\n- *x\nb: *x\n',
      'controls: {l.0.lr: 5}',
      "'l.0.lr' is set, but l.1.lr, b.lr keep 1: the base links them | Write 'controls: {l.1.lr: 5, b.lr: 5}', too.",
    ],
    [
      'as a part of a list that is replaced',
      'l: [&x 1, 2]\nb: *x\n',
      'controls: {l: [3]}',
      "'l' is set, but b keeps 1: the base links them | Write 'controls: {b: 3}', too.",
    ],
    [
      'as a part of a list that takes another kind of value',
      'l: [&x 1, 2]\nb: *x\n',
      'controls: {l: [a]}',
      "'l' is set, but b keeps 1: the base links them | Write 'controls: {b: a}' and 'replace: [b]', too.",
    ],
    [
      'as a part of a list that is emptied',
      'l: [&x 1, 2]\nb: *x\n',
      'controls: {l: []}',
      "'l' is set, but b keeps 1: the base links them | To keep the base's value there, write 'validate: {silence: [{id: linked-in-base, keys: [l], reason: …}]}'.",
    ],
    [
      'as a part of a list that varies',
      'l: [&x 1, 2]\nb: *x\n',
      'variables: {l: [[3], [4, 5]]}',
      "'l' is set, but b keeps 1: the base links them | Write 'sweep: {zip: [{l: [[3], [4, 5]], b: [3, 4]}]}' in place of the variable.",
    ],
    [
      'as a part of a list in a row',
      'l: [&x 1, 2]\nb: *x\n',
      'sweep: {runs: [{l: [3]}]}',
      "'l' is set, but b keeps 1: the base links them | Set b: 3 in the same place, too.",
    ],
    [
      'as a part of a map that is replaced',
      'd: &d {lr: 1, wd: 2}\nt: {<<: *d, z: 1}\n',
      'controls: {d: {lr: 5}}\nreplace: [d]',
      "'d' is set, but t.lr, t.wd keep the old values: the base links them | Write 'controls: {t.lr: 5}', too. To keep the base's value there, write 'validate: {silence: [{id: linked-in-base, keys: [d], reason: …}]}'.",
    ],
    [
      'a new key of a linked map',
      'a: &x {lr: 1}\nb: *x\n',
      'controls: {a.wd: 5}',
      "'a.wd' is set, but b.wd keeps none: the base links them | Write 'controls: {b.wd: 5}', too.",
    ],
    [
      'that is derived',
      'a: &x 1\nb: *x\nc: 2\n',
      'derived: {a: 2 * c}',
      "'a' is set, but b keeps 1: the base links them | Write 'derived: {b: a}', too.",
    ],
    [
      'that is a seed',
      'seed: &x 1\nb: *x\n',
      'sweep: {repeats: {n: 2}}',
      "'seed' is set, but b keeps 1: the base links them | Write 'derived: {b: seed}', too.",
    ],
    [
      'that a condition sets',
      'a: &x 1\nb: *x\nc: 2\n',
      'variables: {c: [1, 2]}\nsweep: {when: [{if: {c: 1}, set: {a: 5}}]}',
      "'a' is set, but b keeps 1: the base links them | Set b in the same place, too.",
    ],
    [
      'that is deleted',
      'a: &x {lr: 1, wd: 2}\nb: *x\n',
      'delete: [a.lr]',
      "'a.lr' is deleted, but b.lr keeps 1: the base links them | List them under 'delete', too: [b.lr].",
    ],
  ])('%s', (_, base, rest, expected) => {
    const found = warnings(base, `${rest}\n`);
    const own = found.filter((each) => !each.startsWith("'d.wd'") && !each.startsWith("'q.lr'"));
    expect(own).toEqual([expected]);
  });

  it.each<[string, string]>([
    ['a: &x {lr: 1}\nb: *x\n', 'variables: {a.lr: [1, 2]}\nderived: {b.lr: a.lr}'],
    ['a: &x {lr: 1}\nb: *x\n', 'controls: {a.lr: 2, b.lr: 2}'],
    ['a: &x {lr: 1}\nb: *x\n', 'controls: {a: {lr: 2}, b: {lr: 3}}'],
    ['a: &x {lr: 1}\nb: *x\n', 'controls: {a.lr: 1}'],
    ['a: &x {lr: 1}\nb: *x\n', 'controls: {a.lr: 2}\ndelete: [b]'],
    ['a: &x {lr: 1}\nb: {<<: *x, lr: 2}\n', 'controls: {a.lr: 2}'],
    ['a: &x {lr: 1}\nb: *x\nc: 1\n', 'controls: {c: 2}'],
    // Of merged mappings the first has the key.
    ['a: &a {lr: 1}\nb: &b {lr: 2}\nc: {<<: [*a, *b]}\n', 'controls: {b.lr: 3}'],
    ['l: [&x 1, 2]\nb: *x\n', 'controls: {l: [1, 9]}'],
    [
      'l: [&x 1, 2]\nb: *x\n',
      'controls: {l: []}\nvalidate: {silence: [{id: linked-in-base, keys: [l], reason: r}]}',
    ],
    ['a: 1 # &x *x\nb: 1\n', 'controls: {a: 2}'],
    ['a: &x 1\nb: *x\n', 'delete: [b]'],
    ['a: &x [1, 2]\nb: *x\n', 'sweep: {zip: [{a: [[1], [2]], b: [[1], [2]]}]}'],
  ])('no warning for %j with %s', (base, rest) => {
    expect(warnings(base, `${rest}\n`)).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['seed: &s 1\nother: *s\n', 'variables: {seed: [1, 2]}\n', ''],
    ['n: &s x\nr: {n: *s}\n', 'variables: {n: [y, z]}\n', ''],
    ['a: &x {lr: 1}\nb: *x\n', 'variables: {c: [1]}\n', 'controls: {a.lr: 5}\n'],
    ['a: &x {"k.l": 1}\nb: *x\n', '', "variables: {'a.k\\.l': [5, 6]}\n"],
    ['a: &s true\nb: *s\n', '', 'variables: {a: [true, false]}\n'],
    ['l: [&x 1, 2]\nb: *x\n', '', 'controls: {l: [3]}\n'],
    ['l: [&x 1, 2]\nb: *x\n', '', 'controls: {l: [a]}\n'],
    ['l: [&x 1, 2]\nb: *x\n', 'controls: {l: []}\n', ''],
    ['l: [&x {lr: 1}]\nb: *x\n', '', 'controls: {l: [{lr: 4}]}\n'],
    ['l: [&x 1, 2]\nb: *x\n', '', 'variables: {l: [[3], [4, 5]]}\n'],
    ['a: &x 1\nb: *x\n', 'replace: [a]\n', 'controls: {a: [1, 2]}\n'],
  ])('ends when the hint is followed: %j', (base, stays, goes) => {
    const [warning = ''] = warnings(`c: 1\n${base}`, stays + goes);
    expect(warning).toContain('the base links them');
    const [hint = '', ...more] = written(warning);
    // What is written under a section that there is already, goes into it.
    const [section = '', rest = ''] = hint.split(/: (.*)/s);
    const also = more.map((each) => `${each}\n`).join('');
    // A list that there is already takes what is written for it.
    const [, items] = /^replace: \[(.*)\]\n$/.exec(also) ?? [];
    const kept =
      items && stays.includes('replace: [') ? stays.replace(']', `, ${items}]`) : stays + also;
    const joined = goes.startsWith(`${section}: {`)
      ? goes.replace(/\}\n$/, `, ${rest.slice(1)}\n`)
      : `${section === 'sweep' ? '' : goes}${hint}\n`;
    expect(warnings(`c: 1\n${base}`, kept + joined)).toEqual([]);
    expect(() =>
      new TemporarySweep(HEAD + kept + joined, { 'base.yaml': `c: 1\n${base}` }).generate(),
    ).not.toThrow();
  });

  it('is told once per key, with the place in the base, and can be silenced', () => {
    const base = 'a: &x {lr: 1, wd: 2}\nb: *x\n';
    const rest = 'variables: {a.lr: [1, 2, 3], a.wd: [1, 2]}\n';
    expect(warnings(base, rest)).toHaveLength(2);
    const [first] = new TemporarySweep(HEAD + rest, { 'base.yaml': base }).plan().warnings;
    expect(first?.related?.[0]?.location).toMatchObject({ start: 11, end: 12 });
    const silence = 'validate: {silence: [{id: linked-in-base, reason: meant}]}\n';
    expect(warnings(base, rest + silence)).toEqual([]);
  });

  it('is told of an output folder that differs from run to run', () => {
    const head = HEAD.replace('base.yaml}', 'base.yaml, output_dir_key: out}');
    const base = 'out: &o /x\nlogs: *o\nlr: 1\n';
    const rest = 'variables: {lr: [1, 2]}\n';
    expect(warnings(base, rest, head)).toEqual([
      "'out' differs from run to run, but logs keeps /x: the base links them | Write 'controls: {logs: '/x/{run_id}'}'.",
    ]);
    expect(warnings(base, `${rest}controls: {logs: '/x/{run_id}'}\n`, head)).toEqual([]);
  });
});
