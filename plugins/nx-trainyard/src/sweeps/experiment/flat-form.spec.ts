import { experiment, problems } from '../../../testing/experiment-text';

const FLAT = `experiment_name: lora
base_config: llama3_2/1B_lora_single_device
variables: {lora_rank: [8]}
`;

describe('the flat form', () => {
  it('is read as what it stands for, with one warning that shows the rewrite', () => {
    const { name, framework, frameworkConfig } = experiment(FLAT);
    expect([name, framework]).toEqual(['lora', 'torchtune']);
    expect(frameworkConfig.base).toMatchObject({
      kind: 'name',
      name: 'llama3_2/1B_lora_single_device',
    });
    expect(problems(FLAT)).toEqual([
      `1:1 flat-form 'experiment_name' at the top level is deprecated | Write this instead:
  experiment:
    name: lora
    framework: torchtune
  framework_config:
    base_config: llama3_2/1B_lora_single_device`,
    ]);
  });

  it('may name a base file and a framework', () => {
    const { framework, frameworkConfig } = experiment(
      'experiment_name: a\nframework: generic\nbase_config_file: b.yaml\n',
    );
    expect(framework).toBe('generic');
    expect(frameworkConfig.base).toMatchObject({ kind: 'file', path: 'b.yaml' });
  });

  it('may be mixed with the sections, but not say the same twice', () => {
    const mixed = 'experiment: {name: a, framework: torchtune}\nbase_config: x\n';
    expect(experiment(mixed).frameworkConfig.base).toMatchObject({ name: 'x' });
    expect(problems(`${FLAT}experiment: {name: other}\n`)).toEqual([
      "1:1 ExperimentSchema 'experiment_name' and 'experiment.name' are the same setting | Remove 'experiment_name'.",
    ]);
  });

  it('is checked like the sections, at its own keys', () => {
    expect(problems('experiment_name: a b\nbase_config: x\n')[0]).toContain(
      "1:18 ExperimentSchema 'experiment.name' cannot be 'a b'",
    );
    expect(problems('experiment_name: a\n')[0]).toContain(
      "1:1 ExperimentSchema the file is missing 'framework_config'",
    );
  });
});
