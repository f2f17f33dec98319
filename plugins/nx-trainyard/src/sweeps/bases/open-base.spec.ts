import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERIC, HEAD, TemporarySweep } from '../../../testing/temporary-sweep';

describe('a base config that is not there', () => {
  it('is refused with the names that come near', () => {
    const sweep = new TemporarySweep(HEAD.replace('1B_lora_single_device', '1B_lora_single'));
    expect(sweep.problems()).toEqual([
      expect.stringMatching(
        /^experiment.yaml:2:33 BaseConfigNotFound torchtune 0.6.1 has no config 'llama3_2\/1B_lora_single' \(.*llama3_2\/1B_lora_single_device/,
      ),
    ]);
  });

  it('is refused with the path that was looked for', () => {
    expect(new TemporarySweep(GENERIC).problems()).toEqual([
      "experiment.yaml:2:38 BaseConfigNotFound there is no file 'base.yaml' next to the experiment (The path is relative to the experiment's folder, so it means base.yaml.)",
    ]);
  });
});

describe('a base config that the schema refuses', () => {
  const head = (framework: string, config: string): string =>
    `experiment: {name: e, framework: ${framework}}\nframework_config: {${config}}\n`;

  it.each([
    ['torchtune', 'base_config: 5'],
    ['torchtune', 'base_config: null'],
    ['torchtune', 'base_config: [a]'],
    ['generic', 'base_config_file: 5'],
    ['hyperpod', 'base_recipe: 5'],
    ['generic', ''],
  ])('is not looked for: framework %s, {%s}', (framework, config) => {
    expect(new TemporarySweep(head(framework, config)).problems()).toEqual([
      expect.stringMatching(/^experiment.yaml:2:\d+ ExperimentSchema 'framework_config/),
    ]);
  });

  it.each([
    ['torchtune', 'base_recipe: foo'],
    ['generic', 'base_config: foo'],
    ['generic', 'base_recipe: foo'],
    ['hyperpod', 'base_config: foo'],
    ['hyperpod', 'base_config_file: foo'],
  ])('as one for another framework is told once: framework %s, {%s}', (framework, config) => {
    expect(new TemporarySweep(head(framework, config)).problems()).toEqual([
      expect.stringContaining(`but the framework is ${framework} (Write 'base_`),
    ]);
  });
});

it('a base config with a path that no file can have is not there', () => {
  expect(new TemporarySweep(GENERIC.replace('base.yaml', '"../b.yaml\\0"')).problems()).toEqual([
    expect.stringMatching(/^experiment.yaml:2:38 BaseConfigNotFound there is no file /),
  ]);
});

it('a base config that cannot be read is underlined', () => {
  const sweep = new TemporarySweep(GENERIC);
  symlinkSync('base.yaml', join(sweep.folder, 'base.yaml'));
  expect(sweep.problems()).toEqual([
    expect.stringMatching(/^experiment.yaml:2:38 FileSystem cannot open base.yaml: /),
  ]);
});

it('a base config of a torchtune that is not there is underlined', () => {
  expect(new TemporarySweep(HEAD).problems({ torchtune: 'nowhere' })).toEqual([
    expect.stringMatching(/^experiment.yaml:2:33 TorchtuneNotFound there is no torchtune in /),
  ]);
});

it('a base config that is no YAML is refused at its own line', () => {
  expect(new TemporarySweep(GENERIC, { 'base.yaml': 'a: 1\nb: [\n' }).problems()).toEqual([
    expect.stringMatching(/^base.yaml:2:4 YamlSyntax /),
  ]);
  expect(new TemporarySweep(GENERIC, { 'base.yaml': '- 1\n' }).problems()).toEqual([
    "base.yaml:1:1 BaseConfigNotFound a base config must be a mapping (Write 'key: value' lines.)",
  ]);
});

it('an empty base config is a mapping without keys', () => {
  const sweep = new TemporarySweep(`${GENERIC}controls: {a: 1}\n`, {
    'base.yaml': '# nothing yet\n',
  });
  sweep.generate();
  expect(sweep.read('configs/run_000.yaml')).toBe('# nothing yet\na: 1\n');
});

it('a file may lie anywhere', () => {
  const sweep = new TemporarySweep('');
  mkdirSync(`${sweep.folder}/shared`);
  writeFileSync(`${sweep.folder}/shared/base.yaml`, 'a: 1\n');
  for (const path of ['shared/base.yaml', `${sweep.folder}/shared/base.yaml`]) {
    sweep.write('experiment.yaml', GENERIC.replace('base.yaml', path));
    expect(sweep.plan().base.files).toEqual([`${sweep.folder}/shared/base.yaml`]);
  }
});

describe('the recipe of a torchtune config', () => {
  const recipe = (more: string, file: string, text: string): string | undefined => {
    const head = GENERIC.replace('generic', 'torchtune').replace('base.yaml}', `${file}${more}}`);
    return new TemporarySweep(head, { [file]: text }).plan().base.recipe;
  };

  it('is the registered one, and another one is refused', () => {
    expect(new TemporarySweep(HEAD).plan().base.recipe).toBe('lora_finetune_single_device');
    const wrong = HEAD.replace('_device}', '_device, recipe: full_finetune_distributed}');
    expect(new TemporarySweep(wrong).problems()).toEqual([
      expect.stringContaining(
        "TorchtuneValidation 'llama3_2/1B_lora_single_device' belongs to recipe lora_finetune_single_device (Write recipe: lora_finetune_single_device, or remove the line.)",
      ),
    ]);
  });

  it.each([
    ['as it is written', ', recipe: qat_distributed', 'x_lora.yaml', 'a: 1', 'qat_distributed'],
    [
      'of distillation where there is a teacher',
      '',
      'x_lora.yaml',
      'teacher_model: {}',
      'knowledge_distillation_single_device',
    ],
    ['by the name of the file', '', 'my_8B_lora.yaml', 'a: 1', 'lora_finetune_distributed'],
    [
      'by the command in a comment',
      '',
      'mine.yaml',
      '# tune run --nnodes 1 full_dpo_distributed --config x',
      'full_dpo_distributed',
    ],
  ])('of one’s own is told %s', (_how, more, file, text, expected) => {
    expect(recipe(more, file, text)).toBe(expected);
  });

  it('that torchtune does not have is refused', () => {
    expect(() => recipe(', recipe: lora', 'x.yaml', 'a: 1')).toThrow(
      "torchtune has no recipe 'lora'",
    );
  });
});

describe('the command of a generic sweep', () => {
  it('says where the config goes', () => {
    const head = GENERIC.replace('base.yaml}', 'base.yaml, command: "axolotl train"}');
    expect(new TemporarySweep(head, { 'base.yaml': '' }).problems()).toEqual([
      expect.stringContaining(
        "ExperimentSchema 'command' does not say where the run's config goes (Write {config} where the file belongs",
      ),
    ]);
  });

  it.each([
    ['a {config} | tee log', "runs without a shell, but '|' needs one"],
    ['a {config} > out', "but '>' needs one"],
    ['A=1 b {config}', "but 'A=1' needs one"],
    ['a $HOME/x {config}', "but '$HOME/x' needs one"],
    ['a {cfg} {config}', "'{cfg}' stands for nothing"],
  ])('is one program with its arguments: %s', (command, problem) => {
    const head = GENERIC.replace('base.yaml}', `base.yaml, command: '${command}'}`);
    expect(new TemporarySweep(head, { 'base.yaml': '' }).problems()).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it('may have in quotes what a shell would understand', () => {
    const command = `a "|" '$x' {config}`;
    const head = GENERIC.replace('base.yaml}', `base.yaml, command: ${JSON.stringify(command)}}`);
    const { base } = new TemporarySweep(head, { 'base.yaml': '' }).plan();
    expect(base.command('c.yaml', {})).toEqual(['a', '|', '$x', 'c.yaml']);
  });

  it('has its quotes closed', () => {
    const head = GENERIC.replace('base.yaml}', 'base.yaml, command: "run \'{config}"}');
    expect(new TemporarySweep(head, { 'base.yaml': '' }).problems()).toEqual([
      expect.stringContaining("a quote in 'command' is not closed"),
    ]);
  });
});
