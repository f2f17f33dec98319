import { GENERIC, HEAD, problems } from '../../../testing/experiment-text';

const ID = 'ExperimentSchema';

describe('lists that advance together', () => {
  it('are equally long, and both lengths are named when they are not', () => {
    const text = `${HEAD}sweep:\n  zip:\n    - {lora_rank: [8, 16, 32], lora_alpha: [16, 32]}\n`;
    expect(problems(text)).toEqual([
      `5:32 ${ID} lists that advance together must have the same length: 'lora_rank' has 3 values, 'lora_alpha' has 2 values | Give both lists the same number of values, or move one of them to 'variables'.`,
    ]);
  });
});

describe('what varies', () => {
  it.each([
    ['variables: {a: [1]}\nsweep: {zip: [{a: [2]}]}\n', '4:16'],
    ['variables: {a: [1]}\noutside: {a: [2]}\n', '4:11'],
    ['variables: {seed: [1]}\nsweep: {repeats: {n: 2}}\n', '4:18'],
    ['variables: {s: [1]}\nsweep: {repeats: {n: 2, seed_key: s}}\n', '4:35'],
  ])('varies in one place only: %j', (text, at) => {
    const name = text.includes('seed: [1]') ? 'seed' : text.includes('seed_key') ? 's' : 'a';
    expect(problems(HEAD + text)).toEqual([
      `${at} ${ID} '${name}' is varied twice | Keep only one of them.`,
    ]);
  });

  it('is not set by a condition or an expression', () => {
    const text = `${HEAD}variables: {a: [1], b: [2]}
sweep: {when: [{if: {b: 2}, set: {a: 3}}]}
derived: {b: 2 * a}
`;
    const hint = 'Remove one of them. To leave out combinations of variables, use sweep.exclude.';
    expect(problems(text)).toEqual([
      `4:35 ${ID} sweep.when sets 'a', which is varied | ${hint}`,
      `5:11 ${ID} derived sets 'b', which is varied | ${hint}`,
    ]);
  });
});

describe('what only some frameworks read', () => {
  const withConfig = (framework: string, config: string): string =>
    `experiment: {name: a, framework: ${framework}}\nframework_config: {${config}}\n`;

  it.each([
    [
      'generic',
      'base_config: x',
      "2:20 'base_config' is for torchtune, but the framework is generic | Write 'base_config_file: <path>', or framework: torchtune.",
    ],
    [
      'torchtune',
      'base_recipe: x',
      "2:20 'base_recipe' is for hyperpod, but the framework is torchtune | Write 'base_config: <name>', or framework: hyperpod.",
    ],
    [
      'hyperpod',
      'base_config_file: x',
      "2:20 'base_config_file' is for torchtune and generic, but the framework is hyperpod | Write 'base_recipe: <recipe>', or framework: torchtune or generic.",
    ],
    [
      'torchtune',
      'base_config: x, command: y',
      "2:36 'command' is for generic, but the framework is torchtune | Remove it, or correct the framework.",
    ],
    [
      'hyperpod',
      'base_recipe: x, recipe: y',
      "2:36 'recipe' is for torchtune, but the framework is hyperpod | Remove it, or correct the framework.",
    ],
    [
      'torchtune',
      'base_config: x, output_dir_key: y',
      "2:36 'output_dir_key' is for generic and hyperpod, but the framework is torchtune | Remove it, or correct the framework.",
    ],
  ])('is an error under %s: %s', (framework, config, message) => {
    expect(problems(withConfig(framework, config))).toEqual([message.replace(' ', ` ${ID} `)]);
  });

  it.each([
    ['torchtune', 'base_config: x, recipe: y'],
    ['hyperpod', 'base_recipe: x, output_dir_key: y'],
    ['generic', 'base_config_file: x, command: y, output_dir_key: z'],
  ])('is read by %s: %s', (framework, config) => {
    expect(problems(withConfig(framework, config))).toEqual([]);
  });
});

it('wants as many seeds as repeats', () => {
  expect(problems(`${HEAD}sweep: {repeats: {n: 3, seeds: [1, 2]}}\n`)).toEqual([
    `3:32 ${ID} 'n' is 3, but the number of seeds is 2 | Remove 'n', or write that many seeds.`,
  ]);
});

describe('an expression', () => {
  it.each([
    ['derived: {a: "2 * (b"}', '3:21', "expected ')', but the expression ends"],
    ['resources: {gpus: "2 *"}', '3:23', 'expected a number or a name, but the expression ends'],
    [
      'resources: {mem: {8B: 16 +, 70B: 64G}}',
      '3:27',
      'expected a number or a name, but the expression ends',
    ],
  ])('is checked where it is written: %s', (text, at, message) => {
    const found = problems(`${GENERIC}${text}\n`);
    expect(found).toEqual([expect.stringContaining(`${at} ${ID} ${message}`)]);
  });

  it('may stand wherever a job needs a number, and a size is none', () => {
    expect(problems(`${GENERIC}resources: {cpus: 8 * gpus, gpus: 2, mem: 32G}\n`)).toEqual([]);
  });
});

describe('a warning that is silenced', () => {
  const silenced = (...ids: string[]): string[] => {
    const entries = ids.map((id) => `{id: ${id}, reason: x}`);
    return problems(`${HEAD}validate: {silence: [${entries.join(', ')}]}\n`);
  };

  it('is one that there is', () => {
    expect(silenced('fp16', 'unknown-key', 'many-runs')).toEqual([]);
  });

  it('is told with the nearest one where there is none', () => {
    expect(silenced('fp16', 'unknown-keys')).toEqual([
      `3:50 ${ID} unknown warning 'unknown-keys' | Did you mean 'unknown-key' or 'unknown-dtype'?`,
    ]);
    expect(silenced('zzzzzz')).toEqual([
      expect.stringMatching(
        /^3:27 .* \| Known warnings: DeprecatedKey, confounded-rank, .*, yaml-dialect\.$/,
      ),
    ]);
  });

  it('is told once where its id is of the wrong kind', () => {
    expect(silenced('3')).toEqual([expect.stringContaining("'validate.silence[0].id' must be")]);
    expect(silenced("''")).toEqual([expect.stringContaining("'validate.silence[0].id' cannot")]);
  });
});
