import { renderDiagnostic } from '../../diagnostics';
import type { YamlString } from '../../yaml/value/value';
import { str } from '../../yaml/value/value';
import { chooseTemplate } from './choose-template';
import { readLauncherSettings } from './settings';

const TEMPLATES = 'templates: {llm_finetuning_aws: a, verl: b, verl-sft: c, nova: d}\n';

function choose(recipe: string, modelType?: string | YamlString, config = TEMPLATES): string {
  const settings = readLauncherSettings({ path: 'launchers.yaml', text: config });
  const type = typeof modelType === 'string' ? str(modelType) : modelType;
  const chosen = chooseTemplate(settings, recipe, type);
  return chosen.kind === 'template' ? chosen.key : renderDiagnostic(chosen.problem);
}

describe('the template of a recipe', () => {
  test.each([
    ['the default for a recipe without a model type', 'a/b/c', undefined, 'llm_finetuning_aws'],
    ['the default for a type that nobody knows', 'a/b/c', 'llama', 'llm_finetuning_aws'],
    ['that of its model type', 'a/b/grpo', 'verl', 'verl'],
    ['the refined one where the path says so', 'a/b/x-sft-y', 'verl', 'verl-sft'],
    ['the refined one also for a folder', 'a/sft/b', 'verl', 'verl-sft'],
    ['not refined where the case differs', 'a/b/x-SFT', 'verl', 'verl'],
    ['that of the rule for the start of the type', 'a/b/c', 'amazon.nova-lite/v1:0', 'nova'],
    ['no rule for a part in the middle', 'a/b/c', 'x.amazon.nova', 'llm_finetuning_aws'],
  ])('is %s', (_which, recipe, type, expected) => {
    expect(choose(recipe, type)).toBe(expected);
  });

  test('is picked by the first rule that fits, and a template of the name of the type goes before', () => {
    const rules = `settings:
  template_rules:
    - {model_type: 'm*', template: verl}
    - {model_type: 'mi*', template: nova}
  template_refinements:
    - {model_type: '*', recipe_path: '*/long', template: nova}
    - {model_type: verl, recipe_path: '*', template: verl-sft}
`;
    expect(choose('a/b', 'mistral', rules + TEMPLATES)).toBe('verl');
    expect(choose('a/long', 'nova', rules + TEMPLATES)).toBe('nova');
    expect(choose('a/long', 'verl', rules + TEMPLATES)).toBe('nova');
    expect(choose('a/b', 'verl', rules + TEMPLATES)).toBe('verl-sft');
  });

  test('cannot be one that does not exist', () => {
    const source = { path: 'r.yaml', text: 'run:\n  model_type: amazon.nova-lite\n' };
    const location = { source, start: 19, end: 35 };
    const type = str('amazon.nova-lite', location);
    expect(choose('a/b', type, 'templates: {novo: x}')).toBe(
      [
        "r.yaml:2:15: error [UnknownTemplate] this recipe needs the template 'nova', which does not exist",
        '  |',
        '2 |   model_type: amazon.nova-lite',
        '  |               ^^^^^^^^^^^^^^^^',
        "hint: Add it under 'templates' in launchers.yaml. Existing templates: novo.",
      ].join('\n'),
    );
    expect(choose('a/b', undefined, 'templates: {x: y}')).toContain(
      "hint: Add it under 'templates' in launchers.yaml. Existing templates: x.",
    );
  });

  test('with strict_model_types must be known', () => {
    const strict = `settings: {strict_model_types: true}\n${TEMPLATES}`;
    const problem = choose('a/b', 'verrl', strict);
    expect(problem).toContain(
      "error [UnknownModelType] no template or rule matches the model type 'verrl'",
    );
    expect(problem).toContain("hint: Did you mean 'verl'");
    expect(choose('a/b', 'falcon', strict)).toContain(
      "hint: Add a template 'falcon' to launchers.yaml.",
    );
    expect(choose('a/b', undefined, strict)).toBe('llm_finetuning_aws');
    expect(choose('a/b', 'amazon.nova', strict)).toBe('nova');
  });
});
