import { GENERIC, HEAD, TemporarySweep } from '../../../testing/temporary-sweep';
import { describePlan, describeResult, planAsJson } from '../describe';

const RUNS = 'variables: {lr: [1, 2]}\n';

function generic(base: string, rest = '', config = ''): TemporarySweep {
  const head = GENERIC.replace('base.yaml}', `base.yaml${config}}`);
  return new TemporarySweep(`${head}${RUNS}${rest}`, { 'base.yaml': `lr: 0\n${base}` });
}

function folders(sweep: TemporarySweep): (string | undefined)[] {
  return sweep.runs().map(({ outputDir }) => outputDir?.replace(/[0-9a-f]{8}$/, '#'));
}

describe('where nothing says which key holds the output folder', () => {
  it.each([
    ['output_dir: /out\ntrainer: {output_dir: /other}\n', 'output_dir'],
    ['trainer: {default_local_dir: /out, output_dir: /other}\n', 'trainer.default_local_dir'],
    ['training_args: {output_dir: /out}\ntrainer: {output_dir: /b}\n', 'training_args.output_dir'],
    ['trainer: {output_dir: /out}\n', 'trainer.output_dir'],
    ['output_dir: null\ntrainer: {output_dir: /out}\n', 'trainer.output_dir'],
    ['output_dir: ???\ntrainer: {output_dir: /out}\n', 'trainer.output_dir'],
    ["output_dir: ''\ntrainer: {output_dir: /out}\n", 'trainer.output_dir'],
    ['output_dir: {root: /x}\ntrainer: {output_dir: /out}\n', 'trainer.output_dir'],
  ])('the first usual one that the base has as a text is taken: %j', (base, key) => {
    const sweep = generic(base);
    expect(sweep.plan().outputDir?.path.join('.')).toBe(key);
    expect(folders(sweep)).toEqual(['/out/lr_1-#', '/out/lr_2-#']);
  });

  it('a control may give it the text', () => {
    const sweep = generic('output_dir: null\n', 'controls: {output_dir: /mine}\n');
    expect(folders(sweep)).toEqual(['/mine/lr_1-#', '/mine/lr_2-#']);
    const templated = generic('output_dir: null\n', 'controls: {output_dir: "/mine/{lr}"}\n');
    expect(folders(templated)).toEqual(['/mine/1/lr_1-#', '/mine/2/lr_2-#']);
  });

  it('an interpolation is a text, and the folder of each run lies below what it gives', () => {
    expect(folders(generic('output_dir: ${oc.env:X}/out\n'))[0]).toBe('${oc.env:X}/out/lr_1-#');
    expect(folders(generic('root: /r\noutput_dir: ${root}\n'))[0]).toBe('${root}/lr_1-#');
  });

  it('the plan, what is generated, its JSON and the manifest say which it is', () => {
    const sweep = generic('trainer: {default_local_dir: /out}\n');
    const line =
      'output folder: trainer.default_local_dir (the base has this key; to use another, set output_dir_key)';
    const plan = sweep.plan();
    expect(describePlan(plan)).toContain(line);
    expect(describeResult({ ...sweep.generate(), plan }, 'configs')).toContain(line);
    const key = 'trainer.default_local_dir';
    expect(planAsJson(plan)).toMatchObject({ outputDirKey: key });
    expect(JSON.parse(sweep.read('configs/manifest.json'))).toMatchObject({ output_dir_key: key });
  });

  it('nothing is said where a key is named, or torchtune has its own', () => {
    const named = generic('output_dir: /out\n', '', ', output_dir_key: output_dir').plan();
    expect(describePlan(named)).not.toContain('output folder:');
    const torchtune = new TemporarySweep(`${HEAD}variables: {lora_alpha: [1, 2]}\n`);
    expect(describePlan(torchtune.plan())).not.toContain('output folder:');
    torchtune.generate();
    expect(torchtune.read('configs/manifest.json')).not.toContain('output_dir_key');
  });
});

it('output_dir_key: null takes none, and runs that share a folder are warned of', () => {
  const sweep = generic('output_dir: /out\n', '', ', output_dir_key: null');
  expect(folders(sweep)).toEqual([undefined, undefined]);
  expect(sweep.warnings()).toEqual([
    'base.yaml:2:13 shared-output-dir run_000 and run_001 write to the same output_dir, /out',
  ]);
});

it('a key that is missing (???) is no folder, whoever names it', () => {
  const sweep = generic('out: ???\n', '', ', output_dir_key: out');
  expect(folders(sweep)).toEqual([undefined, undefined]);
  expect(sweep.warnings()).toEqual([
    'base.yaml:2:6 no-output-dir out is no folder: runs get none of their own (2 runs)',
  ]);
});

describe('runs over a recipe', () => {
  const LONG = 'Very_Long.Recipe-name_of_the_8B_model';
  const FILES = {
    'recipes_collection/launcher_scripts_config.yaml': `templates:
  own: |
    NAME="{run_name}"
    launch recipes={recipe_path} recipes.run.name="$NAME" "$@"
  plain: |
    launch recipes={recipe_path} "$@"
default_template: own
`,
    'recipes_collection/recipes/t/ppo.yaml': 'run: {name: ppo}\nlr: 0\n',
    'recipes_collection/recipes/t/bare.yaml': 'lr: 0\n',
    'recipes_collection/recipes/t/plain.yaml': 'run: {name: p, model_type: plain}\nlr: 0\n',
    [`recipes_collection/recipes/t/${LONG}.yaml`]: 'run: {name: x}\nlr: 0\n',
  };
  const over = (recipe: string, rest = RUNS): TemporarySweep =>
    new TemporarySweep(
      `experiment: {name: e, framework: hyperpod}\nframework_config: {base_recipe: t/${recipe}}\n${rest}`,
      FILES,
    );
  const names = (sweep: TemporarySweep) => sweep.runs().map(({ name }) => name);

  it.each(['ppo', 'bare', 'plain'])(
    'have names of their own, from their fingerprints (%s)',
    (recipe) => {
      const runs = over(recipe).runs();
      for (const { name, fingerprint } of runs) {
        expect(name).toBe(`${recipe}-${fingerprint.slice(0, 8)}`);
      }
      expect(new Set(runs.map(({ name }) => name)).size).toBe(2);
    },
  );

  it('have 34 characters at most, as HyperPod keeps them', () => {
    const [name = ''] = names(over(LONG));
    expect(name).toMatch(/^very-long-recipe-name-of--[0-9a-f]{8}$/);
    expect(name).toHaveLength(34);
  });

  it('have them in their script, its arguments and the manifest', () => {
    const sweep = over('ppo');
    sweep.generate();
    const [name = ''] = names(sweep);
    expect(sweep.read('configs/run_000.sh')).toContain(`NAME="${name}"`);
    expect(sweep.read('configs/run_000.sh')).toMatch(
      new RegExp(`"\\$NAME" .*recipes.run.name=${name} .*"\\$@"`),
    );
    const { runs } = JSON.parse(sweep.read('configs/manifest.json')) as {
      runs: Record<string, unknown>;
    };
    expect(runs['run_000']).toMatchObject({ name });
  });

  it('do not change their fingerprints by it', () => {
    const prints = (sweep: TemporarySweep) => sweep.runs().map(({ fingerprint }) => fingerprint);
    const off = `${RUNS}output: {per_run_name: false}\n`;
    expect(prints(over('ppo'))).toEqual(prints(over('ppo', off)));
  });

  it.each([
    ['variables: {run.name: [a, b]}\n', ['a', 'b']],
    [`${RUNS}controls: {run: {name: fixed}}\n`, ['fixed', 'fixed']],
    [`${RUNS}controls: {run.name: ppo}\n`, ['ppo', 'ppo']],
    [`${RUNS}controls: {run.name: "n-{lr}"}\n`, ['n-1', 'n-2']],
    [`${RUNS}sweep: {when: [{if: {lr: 1}, set: {run.name: a}}]}\n`, ['a', undefined]],
    ['variables: {run: [{name: a}, {model_type: own}]}\n', ['a', undefined]],
    ['sweep: {runs: [{run.name: a}, {lr: 2}]}\n', ['a', undefined]],
    [`${RUNS}output: {per_run_name: false}\n`, ['ppo', 'ppo']],
  ])('keep the names that the experiment gives them: %j', (rest, expected) => {
    const runs = over('ppo', rest).runs();
    const found = runs.map(({ config, name }) => {
      const run = config.entries.at('run');
      const written = run?.kind === 'map' ? run.entries.at('name') : undefined;
      if (name === undefined) return written?.kind === 'str' ? written.value : written;
      expect(written).toMatchObject({ value: name });
      return undefined;
    });
    expect(found).toEqual(expected);
  });

  it('share the one name that their one script has in its text, and are warned of it', () => {
    const sweep = over('ppo', `${RUNS}output: {form: overrides}\n`);
    expect(sweep.warnings()).toEqual([
      expect.stringContaining(
        'shared-output-dir run_000 and run_001 write to the same run.name, ppo',
      ),
    ]);
    sweep.generate();
    const plain = over('plain', `${RUNS}output: {form: overrides}\n`);
    expect(plain.warnings()).toEqual([]);
    plain.generate();
    expect(plain.read('configs/runs.args')).toMatch(
      /^recipes.run.name=plain-[0-9a-f]{8} recipes.lr=1$/m,
    );
  });

  it('are warned of where no run changes the name', () => {
    for (const rest of ['controls: {run.name: x}\n', 'output: {per_run_name: false}\n']) {
      expect(over('ppo', RUNS + rest).warnings()).toEqual([
        expect.stringContaining('write to the same run.name'),
      ]);
    }
  });
});

it('per_run_name says that it is for hyperpod where it has no effect', () => {
  expect(generic('', 'output: {per_run_name: false}\n').problems()).toEqual([
    "experiment.yaml:4:10 ExperimentSchema 'per_run_name' is for hyperpod, but the framework is generic (Remove it, or correct the framework.)",
  ]);
});

describe('labels', () => {
  const labels = (rest: string) =>
    new TemporarySweep(HEAD + rest).plan().warnings.map(({ id, message, hint }) => ({
      id,
      message,
      hint,
    }));

  it('that runs share are warned of, with what ends it', () => {
    const rest =
      'variables: {lora_alpha: [1, 2], epochs: [1, 2]}\noutput: {run_name: "a{lora_alpha}"}\n';
    expect(labels(rest)).toEqual([
      {
        id: 'duplicate-label',
        message: "run_000 and run_001 are both labelled 'a1' (and 1 more such pair)",
        hint: 'Add {run_id}, or a variable that distinguishes them, to output.run_name.',
      },
    ]);
    expect(labels(rest.replace('{lora_alpha}"', '{lora_alpha}-{run_id}"'))).toEqual([]);
  });

  it('that repeats share are, too', () => {
    const rest = 'sweep: {repeats: {n: 2}}\noutput: {run_name: "x"}\n';
    expect(labels(rest).map(({ id }) => id)).toEqual(['duplicate-label']);
  });
});
