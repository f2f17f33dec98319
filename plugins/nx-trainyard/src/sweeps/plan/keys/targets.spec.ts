import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

/** Where the keys of an experiment go, as `path how`. */
function targets(rest: string, head = HEAD, base = ''): Record<string, string> {
  const { of } = new TemporarySweep(head + rest, { 'base.yaml': base }).plan().targets;
  return Object.fromEntries(
    Array.from(of, ([name, { path, how }]) => [name, `${path.join('.')} ${how}`]),
  );
}

function problems(rest: string, head = HEAD, base = ''): string[] {
  return new TemporarySweep(head + rest, { 'base.yaml': base }).problems();
}

describe('a key means', () => {
  it('the path of the base that it names, dotted or nested', () => {
    expect(targets('controls: {optimizer.lr: 1e-3, model: {lora_rank: 4}}\n')).toEqual({
      'optimizer.lr': 'optimizer.lr exact',
      'model.lora_rank': 'model.lora_rank exact',
    });
  });

  it('a top-level key, though a deeper path has that name too', () => {
    expect(targets('controls: {output_dir: /x}\n')).toEqual({ output_dir: 'output_dir top-level' });
  });

  it('what its short name stands for', () => {
    const controls = 'controls: {learning_rate: 1e-3, warmup_steps: 5, packed: false}\n';
    expect(targets(controls)).toEqual({
      learning_rate: 'optimizer.lr friendly',
      warmup_steps: 'lr_scheduler.num_warmup_steps friendly',
      packed: 'dataset.packed friendly',
    });
  });

  it('a new key that the recipe reads or the component takes', () => {
    expect(targets('controls: {save_every_n_steps: 10, model.use_dora: true}\n')).toMatchObject({
      'model.use_dora': 'model.use_dora added',
    });
  });

  it('an item of a list', () => {
    expect(targets('controls: {items.1.a: 2}\n', GENERIC, 'items: [{a: 0}, {a: 1}]\n')).toEqual({
      'items.1.a': 'items.1.a exact',
    });
  });
});

describe('a bare name that lies deeper', () => {
  it('is refused with all the paths that it could mean', () => {
    const base = 'a: {lr: 1}\nb: {c: {lr: 2}}\n';
    expect(problems('variables: {lr: [1, 2]}\n', GENERIC, base)).toEqual([
      "experiment.yaml:3:13 UnknownPath 'lr' is no top-level key of the base config, but exists at 2 deeper paths (Write a.lr or b.c.lr.)",
    ]);
  });

  it('is refused also where there is only one', () => {
    expect(problems('controls: {lr: 2}\n', GENERIC, 'a: {lr: 1}\n')).toEqual([
      expect.stringContaining(
        "'lr' is no top-level key of the base config, but exists at a deeper path",
      ),
    ]);
  });

  it('may repeat what the base says there', () => {
    expect(targets('controls: {log_dir: "${output_dir}/logs"}\n')).toEqual({
      log_dir: 'metric_logger.log_dir exact',
    });
    expect(problems('variables: {log_dir: ["${output_dir}/logs", /x]}\n')).toHaveLength(1);
  });
});

it('an unknown key is added with a warning that names the nearest, and refused when strict', () => {
  const sweep = new TemporarySweep(`${HEAD}controls: {epocs: 2}\n`);
  expect(sweep.warnings()).toEqual([
    expect.stringMatching(/^experiment.yaml:3:12 unknown-key 'epocs' is not a key of/),
  ]);
  expect(sweep.problems({ strict: true })).toEqual([
    expect.stringContaining("(Did you mean 'epochs'?)"),
  ]);
  expect(sweep.runs()[0]?.config.entries.at('epocs')).toMatchObject({ kind: 'int', value: 2n });
});

describe('two keys for one path', () => {
  it.each([
    ['variables and controls', 'variables: {lora_rank: [8]}\ncontrols: {model.lora_rank: 4}\n'],
    ['two variables', 'variables: {lr: [1e-3], optimizer.lr: [1e-4]}\n'],
    ['two controls', 'controls: {lr: 1e-3, optimizer: {lr: 1e-4}}\n'],
    [
      'a map and a path in it',
      'variables: {optimizer: [{lr: 1e-3}]}\ncontrols: {learning_rate: 1e-4}\n',
    ],
    ['derived and controls', 'controls: {lora_alpha: 1}\nderived: {model.lora_alpha: "2"}\n'],
    [
      'a condition and a variable',
      'variables: {lr: [1e-3]}\nsweep: {when: [{if: {lr: 1e-3}, set: {optimizer.lr: 1}}]}\n',
    ],
    ['seeds and controls', 'controls: {seed: 1}\nsweep: {repeats: {n: 2, seed_key: seed}}\n'],
    ['one explicit row', 'sweep: {runs: [{lr: 1e-3, optimizer.lr: 1e-4}]}\n'],
    ['a row and derived', 'sweep: {runs: [{lora_alpha: 1}]}\nderived: {model.lora_alpha: "2"}\n'],
  ])('are refused: %s', (_case, rest) => {
    expect(problems(rest)).toEqual([
      expect.stringMatching(/Conflict '.+' and '.+' both set .+\(Remove one of the two\.\)/),
    ]);
  });

  it.each([
    ['null and a key of it', 'controls: {warmup_steps: 3, lr_scheduler: null}\n'],
    ['a key and null around it', 'controls: {optimizer: null, lr: 3e-4}\n'],
    [
      'a list and an item',
      'variables: {model.lora_attn_modules.1: [a]}\ncontrols: {lora_attn_modules: [b]}\n',
    ],
    [
      'an item and its list',
      'variables: {lora_attn_modules: [[a], [b, c]]}\ncontrols: {model.lora_attn_modules.0: d}\n',
    ],
    [
      'a replaced mapping and a key',
      'controls: {dataset: {source: x}, packed: true}\nreplace: [dataset]\n',
    ],
  ])('are refused where one holds the other: %s', (_case, rest) => {
    expect(problems(rest)).toEqual([expect.stringMatching(/Conflict '.+' and '.+' both set .+/)]);
  });

  it('may hold one another where a row sets again what a control sets', () => {
    const rows = 'sweep: {runs: [{lr_scheduler: null}, {}]}\n';
    expect(problems(`controls: {warmup_steps: 3}\n${rows}`)).toEqual([]);
  });

  it('are shown both', () => {
    const sweep = new TemporarySweep(
      `${HEAD}variables: {lora_rank: [8]}\ncontrols: {model.lora_rank: 4}\n`,
    );
    expect(() => sweep.plan()).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({
            message: "'model.lora_rank' and 'lora_rank' both set model.lora_rank",
            related: [expect.objectContaining({ message: "'lora_rank' is set here" })],
          }),
        ],
      }),
    );
  });

  it('may be a control and a condition, or a variable and an explicit row', () => {
    const when =
      'sweep: {when: [{if: {epochs: 1}, set: {batch_size: 2}}], runs: [{lora_rank: 9}]}\n';
    expect(problems(`variables: {lora_rank: [8]}\ncontrols: {batch_size: 1}\n${when}`)).toEqual([]);
  });

  it('are refused where one sets and the other deletes', () => {
    expect(problems('controls: {profiler.enabled: true}\ndelete: [profiler]\n')).toEqual([
      expect.stringContaining("Conflict 'profiler.enabled' is set and 'profiler' is deleted"),
    ]);
    expect(problems('controls: {profiler: null}\ndelete: [profiler.enabled]\n')).toEqual([
      expect.stringContaining("Conflict 'profiler' is set and 'profiler.enabled' is deleted"),
    ]);
  });
});

describe('a value of another kind', () => {
  const base =
    'n: 1\nf: 0.5\ns: x\nb: true\nl: [1]\nm: {k: 1}\nnone: null\nref: ${n}\nmref: ${m}\n';
  it.each([
    ['s: 1', 'str with int', "key 's'", "Put the value in quotes: '1'."],
    ['n: "4"', 'int with str', "key 'n'", 'Remove the quotes: 4.'],
    ['f: "3e-4"', 'float with str', "key 'f'", 'Remove the quotes: 3e-4.'],
    [
      'n: true',
      'int with bool',
      "key 'n'",
      "Write a number in place of true, which is bool; if true is meant, write 'replace: [n]'.",
    ],
    ['b: 1', 'bool with int', "key 'b'", 'Write true or false.'],
    ['l: 1', 'list with int', "key 'l'", 'Write a list: [1].'],
    ['m: [1]', 'dict with list', "key 'm'", "If [1] is meant, write 'replace: [m]'."],
    [
      'm.k: x',
      'int with str',
      "key 'm.k'",
      "Write a number in place of x, which is str; if x is meant, write 'replace: [m.k]'.",
    ],
    ['ref: x', 'int with str', "key 'ref'", "if x is meant, write 'replace: [ref]'."],
    ['n.k: 1', 'int with dict', "key 'n'", "'n' is int and has no key 'k'."],
    [
      'l.7: 1',
      'list with dict',
      "key 'l'",
      "'7' is not an index of the list; its indexes are from 0 to",
    ],
  ])('is refused: %s', (control, kinds, key, hint) => {
    const [problem, ...more] = problems(`controls: {${control}}\n`, GENERIC, base);
    expect(more).toEqual([]);
    expect(problem).toContain(`TypeMismatch Cannot override ${kinds} at ${key}`);
    expect(problem).toContain(hint);
  });

  it('is refused where it would be merged into an interpolation', () => {
    expect(problems('controls: {mref: {k: 2}}\n', GENERIC, base)).toEqual([
      expect.stringContaining(
        "TypeMismatch Cannot merge dict into the interpolation '${m}' at key 'mref'",
      ),
    ]);
  });

  it.each([
    'n: 1.5',
    'f: 2',
    'n: null',
    'none: x',
    'none: {a: 1}',
    's: "${n}"',
    'n: "${f}"',
    'ref: 2',
  ])('is none: %s', (control) => {
    expect(problems(`controls: {${control}}\n`, GENERIC, base)).toEqual([]);
  });

  it('is found below a list and a component, with what to write', () => {
    expect(
      problems(
        'controls: {checkpointer.checkpoint_files: {filename_format: m, max_filename: "3"}}\n',
      ),
    ).toEqual([
      "experiment.yaml:3:44 TypeMismatch Cannot override list with dict at key 'checkpointer.checkpoint_files' (To make it a mapping, list 'checkpointer.checkpoint_files' under 'replace'.)",
    ]);
    expect(problems('controls: {optimizer: adamw, lora_alpha: "{lora_rank}"}\n')).toEqual([
      expect.stringContaining('(Write optimizer._component_: torch.optim.AdamW)'),
      expect.stringContaining(
        '(A text is no number. Write derived: {model.lora_alpha: "lora_rank"})',
      ),
    ]);
  });

  it('is found where a row would put a key below what a control has put there', () => {
    const rest = 'controls: {l: [9]}\nsweep: {runs: [{l.0: 1}, {none.k: 2}]}\n';
    const allow = 'validate: {silence: [{id: unknown-key, reason: x}]}\n';
    expect(problems(rest + allow, GENERIC, base)).toEqual([]);
    const late = 'controls: {l: []}\nsweep: {runs: [{n: 3}, {l.0: 1}]}\n';
    expect(problems(late, GENERIC, base)).toEqual([
      "experiment.yaml:4:30 TypeMismatch Cannot override list with dict at key 'l' ('0' is not an index of the list; its indexes are none: it is empty.)",
    ]);
  });

  it('is found once for all seeds, which are integers', () => {
    expect(problems('sweep: {repeats: {n: 9, seed_key: s}}\n', GENERIC, base)).toEqual([
      expect.stringContaining("at key 's' (Name a key that holds an integer.)"),
    ]);
  });

  it('is found in every value of a variable, at its own place', () => {
    expect(problems('variables: {n: [1, "2", x]}\n', GENERIC, base)).toEqual([
      expect.stringContaining('experiment.yaml:3:20 TypeMismatch'),
      expect.stringContaining('experiment.yaml:3:25 TypeMismatch'),
    ]);
  });

  it('may stand anywhere below a key that is listed under replace', () => {
    expect(problems('controls: {m.k: text}\nreplace: [m]\n', GENERIC, base)).toEqual([]);
  });

  it('may take a place that is listed under replace', () => {
    const sweep = new TemporarySweep(
      `${GENERIC}controls: {m: {other: 2}, l: x}\nreplace: [m, l]\n`,
      {
        'base.yaml': base,
      },
    );
    sweep.generate();
    expect(sweep.read('configs/run_000.yaml')).toBe(
      base
        .replace('l: [1]', 'l: x')
        .replace('{k: 1}', '{other: 2}')
        .replace('m: {other: 2}', 'm:\n  other: 2'),
    );
  });
});

it('a text with a broken interpolation is refused where it is broken', () => {
  const rest = "controls: {model.lora_rank: '${a'}\nvariables: {epochs: [1, '${}']}\n";
  expect(problems(rest)).toEqual([
    expect.stringMatching(/^experiment.yaml:3:30 GrammarParseError /),
    expect.stringMatching(/^experiment.yaml:4:2\d GrammarParseError /),
  ]);
});

it('a key that means nothing is refused at each place', () => {
  const rest = 'sweep: {runs: [{alpha: 1}, {alpha: 2}]}\ncontrols: {fusd: 1, eps: 2}\n';
  expect(problems(rest).map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
    'experiment.yaml:3:17 unknown-key',
    'experiment.yaml:3:29 unknown-key',
    'experiment.yaml:4:21 UnknownPath',
  ]);
  const leaf = 'variables: {c: [1]}\nsweep: {runs: [{c: 5}, {c: 6}]}\n';
  expect(problems(leaf, GENERIC, 'b: {c: 1}\n')).toEqual([
    expect.stringContaining('experiment.yaml:3:13 UnknownPath'),
    expect.stringContaining('experiment.yaml:4:17 UnknownPath'),
    expect.stringContaining('experiment.yaml:4:25 UnknownPath'),
  ]);
});

it('a path names a key that is an integer', () => {
  const sweep = new TemporarySweep(`${GENERIC}controls: {'1': two, '2.3': z}\n`, {
    'base.yaml': '1: one\n2: {3: x}\n',
  });
  expect(sweep.warnings()).toEqual([]);
  sweep.generate();
  expect(sweep.read('configs/run_000.yaml')).toBe('1: two\n2: {3: z}\n');
});

describe('items of a list', () => {
  it('are deleted from the places that they have in the base', () => {
    const sweep = new TemporarySweep(`${GENERIC}delete: [l.0, l.2, m.1.x]\n`, {
      'base.yaml': 'l: [a, b, c, d]\nm:\n- 1\n- {x: 1, y: 2}\n',
    });
    sweep.generate();
    expect(sweep.read('configs/run_000.yaml')).toBe('l: [b, d]\nm:\n- 1\n- {y: 2}\n');
  });
});

it('delete and replace name what is there', () => {
  expect(problems('delete: [profilr]\nreplace: [model.x]\n')).toEqual([
    expect.stringContaining(
      "UnknownPath 'delete' names 'profilr', which is not in the base config",
    ),
    expect.stringContaining(
      "UnknownPath 'replace' names 'model.x', which is not in the base config",
    ),
  ]);
});

it('a data set may be a file or a name, in variables too', () => {
  const [run] = new TemporarySweep(`${HEAD}variables: {dataset: [x.jsonl]}\n`).runs();
  expect(run?.row.variables[0]?.value).toMatchObject({ value: 'x.jsonl' });
  const dataset = run?.config.entries.at('dataset');
  expect(dataset?.kind === 'map' && dataset.entries.at('source')).toMatchObject({ value: 'json' });
  expect(problems('variables: {dataset: [nothing]}\n')).toEqual([
    expect.stringContaining('experiment.yaml:3:23 TorchtuneValidation'),
  ]);
});

it('all problems of a file are told at once, in their order, those of the schema too', () => {
  const rest = `variables: {lora_rank: [], epocs: [1], lr: ["1e-3"]}
controls: {learning_rate: 1, batch_size: "4"}
derived: {lora_alpha: "2 * lora_rnk"}
notes: x
`;
  const reported = problems(rest).map((problem) => problem.split(' ').slice(0, 2).join(' '));
  expect(reported).toEqual([
    'experiment.yaml:3:24 EmptyVariable',
    'experiment.yaml:3:28 unknown-key',
    'experiment.yaml:3:45 TypeMismatch',
    'experiment.yaml:4:12 Conflict',
    'experiment.yaml:4:42 TypeMismatch',
    'experiment.yaml:5:28 ExperimentSchema',
    'experiment.yaml:6:1 ExperimentSchema',
  ]);
});
