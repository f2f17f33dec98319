import { TemporarySweep } from '../../../../testing/temporary-sweep';

const TORCHTUNE = `experiment: {name: e, framework: torchtune}
framework_config: {base_config: llama3_2/1B_lora_single_device}
`;
const GENERIC = `experiment: {name: e, framework: generic}
framework_config: {base_config_file: base.yaml}
`;
const BASE = 'c: x\ndata: 3\nm: {lr: 1}\np: ${m}\n';

const found = (sweep: TemporarySweep): string[] =>
  sweep
    .plan()
    .warnings.filter(({ id }) => id === 'dangling-interpolation')
    .map(({ message, hint }) => `${message} | ${hint}`);
const inTorchtune = (rest: string): string[] => found(new TemporarySweep(TORCHTUNE + rest));
const inGeneric = (rest: string): string[] =>
  found(new TemporarySweep(GENERIC + rest, { 'base.yaml': BASE }));

describe('an interpolation of a key that no run has is warned of', () => {
  it.each([
    ['in a variable', 'variables: {batch_size: ["${epochs}", "${epochss}"]}\n'],
    ['in a control', 'controls: {seed: "${epochss}"}\n'],
    ['in a part of a text', 'controls: {output_dir: "/x/${ epochss }/y"}\n'],
    ['in a mapping', 'controls: {dataset: {source: "${epochss}"}}\n'],
    ['in a condition', 'sweep: {when: [{if: {epochs: 1}, set: {seed: "${epochss}"}}]}\n'],
  ])('%s', (_where, rest) => {
    expect(inTorchtune(rest)).toEqual([
      expect.stringMatching(/refers to 'epochss', which no run has \| Did you mean 'epochs'\?$/),
    ]);
  });

  it('of torchtune, whatever it is', () => {
    expect(inTorchtune('controls: {dataset.source: "${zebra.quux}"}\n')).toEqual([
      "'${zebra.quux}' refers to 'zebra.quux', which no run has | " +
        "Write a key of the config. For the literal text, write '\\${zebra.quux}'.",
    ]);
  });

  it('of other frameworks, where it is nearly a key', () => {
    expect(inGeneric('variables: {c: ["${m.lrr}", "${HOME}", "${zebra}"]}\n')).toEqual([
      "'${m.lrr}' refers to 'm.lrr', which no run has | Did you mean 'm.lr'?",
    ]);
  });

  it.each(['${recipes.m.lrr}', '${m.lrr}'])('of a recipe, from where it is mounted: %s', (text) => {
    const sweep = new TemporarySweep(
      'experiment: {name: e, framework: hyperpod}\nframework_config: {base_recipe: t/r}\n' +
        `variables: {c: ["${text}", "\${base_results_dir}"]}\n`,
      {
        'recipes_collection/launcher_scripts_config.yaml':
          'templates: {llm_finetuning_aws: \'x {recipe_path} "$@"\'}\n',
        'recipes_collection/recipes/t/r.yaml': `run: {name: r}\n${BASE}`,
      },
    );
    expect(found(sweep)).toEqual([expect.stringContaining("Did you mean 'recipes.m.lr'")]);
  });

  it.each(['${m.lr}', '${c}/x', '${added.key}'])(
    'of a recipe, where it would be a key of the launcher: %s',
    (text) => {
      const recipe = (value: string): TemporarySweep =>
        new TemporarySweep(
          'experiment: {name: e, framework: hyperpod}\nframework_config: {base_recipe: t/r}\n' +
            `controls: {q: "${value}", "added.key": 1}\nvalidate: {silence: [{id: unknown-key, reason: new}]}\n`,
          {
            'recipes_collection/launcher_scripts_config.yaml':
              'templates: {llm_finetuning_aws: \'x {recipe_path} "$@"\'}\n',
            'recipes_collection/recipes/t/r.yaml': `run: {name: r}\n${BASE.replace('p: ${m}\n', '')}`,
          },
        );
      const [reported = ''] = found(recipe(text));
      const [, written = ''] = /Write '([^']*)'/.exec(reported) ?? [];
      expect(written).toBe(text.replace('${', '${recipes.').replace('/x', ''));
      expect(found(recipe(written))).toEqual([]);
    },
  );

  it.each([
    ['${.x}', "refers to 'optimizer.x', which no run has | Did you mean"],
    [
      '${.seed}',
      "refers to 'optimizer.seed', which no run has | From the root of the config, write '${seed}'.",
    ],
    ['${..sed}', "refers to 'sed', which no run has | Did you mean 'seed'"],
    [
      '${...seed}',
      "refers to a key above the config, which no run has | From the root of the config, write '${seed}'.",
    ],
    ['${.lr}', 'refers to itself | Write another key, or the value itself.'],
    ['${optimizer[lr]}', 'refers to itself | Write another key, or the value itself.'],
    [
      '${model[lora_rnk]}',
      "refers to 'model[lora_rnk]', which no run has | Did you mean 'model.lora_rank'",
    ],
  ])('from where it stands, with dots or brackets: %s', (text, reported) => {
    expect(inTorchtune(`controls: {optimizer.lr: "${text}"}\n`)).toEqual([
      expect.stringContaining(`'${text}' ${reported}`),
    ]);
    const inside = `variables: {optimizer: [{lr: "${text}"}]}\n`;
    expect(inTorchtune(inside)).toEqual([expect.stringContaining(`'${text}' ${reported}`)]);
  });

  it.each(['${.weight_decay}', '${..seed}', '${..model.lora_rank}', '${model[lora_rank]}'])(
    'but not %s, which leads to a key',
    (text) => {
      expect(inTorchtune(`controls: {optimizer.lr: "${text}"}\n`)).toEqual([]);
    },
  );

  it('that is deleted, however the interpolation names it', () => {
    const deleted = (text: string): string[] =>
      found(
        new TemporarySweep(`${GENERIC}delete: [m.b]\n`, {
          'base.yaml': `m: {a: "${text}", b: 1, bb: 2}\n`,
        }),
      );
    for (const text of ['${m.b}', '${.b}', '${..m[b]}', '${oc.env:X,${m.b}}']) {
      expect(deleted(text)).toEqual([expect.stringMatching(/^m.a refers to 'm.b', which is/)]);
    }
    expect(deleted('${.bb}')).toEqual([]);
  });

  it.each([
    ['a key of the base', '${data}'],
    ['a mapping', '${m}'],
    ['a key through another interpolation', '${p.lr}'],
    ['a key that the experiment adds', '${datas.x}'],
    ['a text', '\\\\${dataa}'],
    ['a resolver', '${oc.env:DATAA}'],
  ])('but not one of %s', (_what, text) => {
    const rest = `variables: {c: ["${text}", y]}\ncontrols: {datas: {x: 1}}\n`;
    expect(inGeneric(rest)).toEqual([]);
  });
});
