import { valueAt } from '../../yaml/value/value-path';
import { formatValue } from '../../yaml/writer/format-value';
import type { Run } from './shapes/run';
import { GENERIC, HEAD, TemporarySweep } from '../../../testing/temporary-sweep';

const BASE = 'a: 1\nb: {x: 1, y: [1, 2]}\ns: text\nout: /out\n';

/** Keys that the base does not have, where a case needs some. */
const ALLOW = 'validate: {silence: [{id: unknown-key, reason: it is meant}]}\n';

function sweep(rest: string, base = BASE): TemporarySweep {
  return new TemporarySweep(GENERIC + rest, { 'base.yaml': base });
}

/** What the runs have at a path. */
function values(runs: readonly Run[], path: string): (string | undefined)[] {
  return runs.map(({ config }) => {
    const value = valueAt(config, path.split('.'));
    return value && formatValue(value);
  });
}

function problems(rest: string): string[] {
  return sweep(rest).problems();
}

describe('a run is made of', () => {
  it('the base, the controls, its row, conditions, derived values and deletions, in this order', () => {
    const runs = sweep(`variables: {a: [1, 2]}
controls: {b: {x: 5, z: {deep: [1]}}, s: c}
sweep: {when: [{if: {a: 2}, set: {s: w}}]}
derived: {d: "10 * a + b.x"}
delete: [out]
${ALLOW}`).runs();
    expect(values(runs, 'b')).toEqual(Array(2).fill('{x: 5, y: [1, 2], z: {deep: [1]}}'));
    expect(values(runs, 's')).toEqual(['c', 'w']);
    expect(values(runs, 'd')).toEqual(['15', '25']);
    expect(values(runs, 'out')).toEqual([undefined, undefined]);
  });

  it('the base as it is where nothing changes it, which no run changes', () => {
    const plan = sweep('variables: {b.x: [8, 9]}\n').plan();
    const [first, second] = plan.runs();
    expect(values([first as Run, second as Run], 'b.x')).toEqual(['8', '9']);
    expect(valueAt(plan.base.value, ['b', 'x'])).toMatchObject({ value: 1n });
    expect(valueAt(first?.config ?? plan.base.value, ['b', 'y'])).toBe(
      valueAt(plan.base.value, ['b', 'y']),
    );
  });

  it('an explicit row with the controls and the base for all that it does not set', () => {
    const runs = sweep(
      'variables: {a: [5]}\ncontrols: {b.x: 7}\nsweep: {runs: [{s: other}]}\n',
    ).runs();
    expect(values(runs, 'a')).toEqual(['5', '1']);
    expect(values(runs, 's')).toEqual(['text', 'other']);
    expect(values(runs, 'b.x')).toEqual(['7', '7']);
  });

  it('the base alone where nothing varies', () => {
    expect(
      sweep('')
        .runs()
        .map(({ id }) => id),
    ).toEqual(['run_000']);
  });
});

describe('names in conditions and expressions', () => {
  it('stand for the row’s value under every name of its path', () => {
    const runs = new TemporarySweep(`${HEAD}variables: {optimizer.lr: [1e-3, 1e-4]}
derived: {weight_decay: "10 * learning_rate"}
sweep: {when: [{if: {lr: 1e-4}, set: {epochs: 7}}]}
`).runs();
    expect(values(runs, 'optimizer.weight_decay')).toEqual(['0.01', '0.001']);
    expect(values(runs, 'epochs')).toEqual(['1', '7']);
  });

  it('stand for what the base says where nothing sets them', () => {
    const runs = new TemporarySweep(`${HEAD}variables: {lora_rank: [8]}
derived: {max_steps_per_epoch: "batch_size * lora_rank"}
`).runs();
    expect(values(runs, 'max_steps_per_epoch')).toEqual(['32']);
  });

  it('may be derived before, and not after', () => {
    const rest = 'variables: {a: [2]}\nderived: {p: "a * 2", q: "p + 1"}\n';
    expect(values(sweep(rest + ALLOW).runs(), 'q')).toEqual(['5']);
    expect(problems(`variables: {a: [2]}\nderived: {q: "p + 1", p: "a * 2"}\n${ALLOW}`)).toEqual([
      expect.stringContaining(
        "experiment.yaml:4:15 ExperimentSchema 'p' is also derived, but not above this expression",
      ),
    ]);
  });

  it('that nothing sets are refused', () => {
    expect(problems('sweep: {when: [{if: {aa: 1}, set: {s: x}}]}\nderived: {b.x: "aa"}\n')).toEqual(
      [
        expect.stringContaining(
          "UnknownPath 'aa' is not a variable, control, outside key, or key of the base config (Did you mean 'a'",
        ),
        expect.stringContaining("ExperimentSchema 'aa' is not a variable"),
      ],
    );
  });

  it('without a value in some row are refused before anything is written, each once', () => {
    expect(
      problems('variables: {a: [1, 0, 0]}\nderived: {b.x: "1 / a", b.y.0: "s * 2"}\n'),
    ).toEqual(
      [
        expect.stringContaining("TypeMismatch 's' is text (str), which is not a number"),
        expect.stringContaining("'1 / a' cannot be computed"),
      ].reverse(),
    );
  });

  it('cannot give a text another kind', () => {
    expect(problems('variables: {a: [1]}\nderived: {s: "a"}\n')).toEqual([
      expect.stringContaining("TypeMismatch Cannot override str with int at key 's'"),
    ]);
  });
});

describe('a condition', () => {
  it('sets a key where it is the first that holds', () => {
    const runs = sweep(`variables: {a: [1, 2, 3]}
sweep:
  when:
    - {if: {a: [1, 2]}, set: {s: first}}
    - {if: {a: [2, 3]}, set: {s: second, b.x: 9}}
`).runs();
    expect(values(runs, 's')).toEqual(['first', 'first', 'second']);
    expect(values(runs, 'b.x')).toEqual(['1', '9', '9']);
  });

  it('that comes first wins also where a later one sets what lies around its key', () => {
    const runs = sweep(`variables: {a: [1]}
sweep:
  when:
    - {if: {a: 1}, set: {b.x: 7}}
    - {if: {a: 1}, set: {b: null}}
`).runs();
    expect(values(runs, 'b.x')).toEqual(['7']);
    expect(values(runs, 'b.y')).toEqual(['[1, 2]']);
  });

  it('that comes first leaves its key to no later one, under another name either', () => {
    const when =
      'sweep: {when: [{if: {epochs: 1}, set: {lr: 7e-3}}, {if: {epochs: 1}, set: {optimizer.lr: 1, optimizer.eps: 2}}]}\n';
    const runs = new TemporarySweep(`${HEAD}variables: {epochs: [1]}\n${when}`).runs();
    expect(values(runs, 'optimizer.lr')).toEqual(['0.007']);
    expect(values(runs, 'optimizer.eps')).toEqual(['2']);
  });

  it('wins over a control, also one with placeholders', () => {
    const when = 'sweep: {when: [{if: {a: 2}, set: {s: mine}}]}\n';
    const runs = sweep(`variables: {a: [1, 2]}\ncontrols: {s: "a{a}"}\n${when}`).runs();
    expect(values(runs, 's')).toEqual(['a1', 'mine']);
  });

  it('may ask about an outside key', () => {
    const when = 'sweep: {when: [{if: {model_size: 8B}, set: {a: 4}}]}\n';
    expect(values(sweep(`outside: {model_size: [1B, 8B]}\n${when}`).runs(), 'a')).toEqual([
      '1',
      '4',
    ]);
  });
});

describe('a placeholder', () => {
  const text = (control: string, rest: string): (string | undefined)[] =>
    values(sweep(`controls: {s: ${JSON.stringify(control)}}\n${rest}`).runs(), 's');

  it('stands for a variable, an outside key, the run, its label or the experiment', () => {
    const rest = 'variables: {a: [5, 6]}\noutside: {lang: [en]}\noutput: {run_name: "a{a}"}\n';
    expect(text('{a}/{lang}/{run_id}/{label}/{experiment.name}', rest)).toEqual([
      '5/en/run_000/a5/e',
      '6/en/run_001/a6/e',
    ]);
  });

  it.each(['{q.words}', '{"json": 1}', '{}', '${a}', '{ a }', '{% if a %}'])(
    'is nothing else: %s',
    (control) => {
      expect(text(control, 'variables: {a: [5]}\n')).toEqual([control]);
      expect(text(`{a}${control}`, 'variables: {a: [5]}\n')).toEqual([`5${control}`]);
    },
  );

  it('is a text where its braces are doubled', () => {
    expect(text('{{a}} {{b}} {a}', 'variables: {a: [5]}\n')).toEqual(['{a} {{b}} 5']);
  });

  it('is filled in lists and maps, and spelled as in a config', () => {
    const runs = sweep('variables: {a: [1e-5]}\ncontrols: {t: {u: ["x{a}"]}}\n').runs();
    expect(values(runs, 't')).toEqual(['{u: [x1.0e-05]}']);
  });

  it('may be the seed of a repetition', () => {
    const rest = 'sweep: {repeats: {n: 2, seed_key: a}}\n';
    expect(text('s{a}', rest)).toEqual(['s0', 's1']);
  });

  it('for the label needs one', () => {
    expect(problems('controls: {s: "x{label}"}\n')).toEqual([
      expect.stringContaining(
        "experiment.yaml:3:15 UnknownPath '{label}' cannot be filled in, because the runs have no label",
      ),
    ]);
  });

  it('that an explicit row has no value for is refused', () => {
    expect(
      problems('outside: {lang: [en]}\ncontrols: {s: "{lang}"}\nsweep: {runs: [{a: 2}]}\n'),
    ).toEqual([
      expect.stringContaining(
        "UnknownPath run_001 has no value for '{lang}' (Give 'lang' a value in every row of sweep.runs.)",
      ),
    ]);
  });
});

describe('a label', () => {
  it('has braces where they are doubled, whatever stands in them', () => {
    const rest = 'variables: {a: [1]}\noutput: {run_name: "{a}-{{zz}}"}\n';
    expect(
      sweep(rest)
        .runs()
        .map(({ label }) => label),
    ).toEqual(['1-{zz}']);
  });

  it('may name what the row, the controls or the base have', () => {
    const [run] = new TemporarySweep(`${HEAD}variables: {lora_rank: [8]}
output: {run_name: "r{lora_rank}_lr{learning_rate}_{epochs}"}
controls: {epochs: 2}
`).runs();
    expect(run?.label).toBe('r8_lr0.0003_2');
    expect(run?.outputDir).toMatch(/\/r8_lr0.0003_2-[0-9a-f]{8}$/);
  });

  it('cannot name anything else', () => {
    expect(problems('variables: {a: [1]}\noutput: {run_name: "{aa}"}\n')).toEqual([
      expect.stringContaining(
        "experiment.yaml:4:21 UnknownPath '{aa}' is not a variable, control, outside key, or key of the base config (Did you mean '{a}'",
      ),
    ]);
  });
});

describe('the output folder', () => {
  const keyed = GENERIC.replace('base.yaml}', 'base.yaml, output_dir_key: out}');
  const folders = (rest: string, base = BASE): (string | undefined)[] =>
    new TemporarySweep(keyed + rest, { 'base.yaml': base })
      .runs()
      .map(({ outputDir }) => outputDir);

  it('is the run’s own, by its variables and its fingerprint', () => {
    const folder = folders('variables: {b.x: [3], "s": ["a b/c"]}\n');
    expect(folder).toEqual([expect.stringMatching(/^\/out\/x_3_s_a-b-c-[0-9a-f]{8}$/)]);
  });

  it('has a name of 60 characters at most before the fingerprint', () => {
    const [folder] = folders(`variables: {s: [${'x'.repeat(100)}]}\n`);
    expect(folder).toMatch(/^\/out\/s_x{58}-[0-9a-f]{8}$/);
  });

  it('keeps interpolations and loses no more than a final slash', () => {
    const [folder] = folders('controls: {out: "${root}/x/"}\nvariables: {a: [2]}\n');
    expect(folder).toMatch(/^\$\{root\}\/x\/a_2-/);
  });

  it('is shared when the researcher says so', () => {
    expect(folders('variables: {a: [1, 2]}\noutput: {per_run_output_dir: false}\n')).toEqual([
      '/out',
      '/out',
    ]);
  });

  it('is nobody’s where no key is named', () => {
    expect(sweep('variables: {a: [1]}\n').runs()[0]?.outputDir).toBeUndefined();
  });

  it('must be a text under the key that is named', () => {
    const named = (key: string) =>
      new TemporarySweep(keyed.replace('key: out', `key: ${key}`), {
        'base.yaml': BASE,
      }).problems();
    expect(named('b.x')).toEqual([
      "experiment.yaml:2:65 UnknownPath 'output_dir_key' names 'b.x', which is int, not a folder (Write a key whose value is a string, or 'null' for none.)",
    ]);
    expect(named('outt')[0]).toContain("'outt', which the config does not have");
  });
});

describe('the fingerprint of a run', () => {
  const prints = (rest: string, base = BASE) =>
    sweep(rest, base)
      .runs()
      .map((run) => run.fingerprint);

  it('stays when the sweep grows around it', () => {
    const [one] = prints('variables: {a: [2]}\n');
    expect(prints('variables: {a: [1, 2, 3]}\n')[1]).toBe(one);
  });

  it('stays when comments, layout or the order of keys in the base change', () => {
    const [one] = prints('');
    expect(prints('', '# c\nout: "/out"\ns: text\nb:\n  y: [1, 2]\n  x: 1\na: 1\n')).toEqual([one]);
  });

  it('stays when only the own output folder would differ', () => {
    const keyed = sweep('output: {run_name: "x{a}"}\nvariables: {a: [1]}\n').runs()[0];
    expect(prints('variables: {a: [1]}\n')).toEqual([keyed?.fingerprint]);
  });

  it.each([
    ['a value', 'controls: {a: 2}\n'],
    ['the type of a value', 'controls: {a: 1.0}\n'],
    ['an outside value', 'outside: {p: [1]}\n'],
    ['the repetition', 'sweep: {repeats: {seeds: [1], seed_key: a}}\n'],
    ['a deletion', 'delete: [s]\n'],
  ])('changes with %s', (_what, rest) => {
    expect(prints(rest)).not.toEqual(prints(''));
  });

  it('changes with the command that runs it', () => {
    const run = (command: string) =>
      new TemporarySweep(
        GENERIC.replace('base.yaml}', `base.yaml, command: "${command} {config}"}`),
        {
          'base.yaml': BASE,
        },
      ).runs()[0]?.fingerprint;
    expect(run('one')).not.toBe(run('two'));
  });
});
