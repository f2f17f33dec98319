import { DiagnosticError } from '../diagnostics';
import type { Composition } from './composition';
import { ConfigFiles } from './config-files/config-repository';
import { memoryFiles } from '../files/file-tree';
import { composeRecipeWith } from './recipe';

/** Composes a recipe over one fragment, which the category's folder holds. */
function recipe(fragment: string, own: string): Composition {
  const files = new Map([
    ['/r/train/hydra_config/base.yaml', fragment],
    ['/r/train/llama/lora.yaml', `defaults:\n- /hydra_config/base\n- _self_\n${own}`],
  ]);
  const context = { files: new ConfigFiles(memoryFiles(files)), env: {}, cwd: '/r' };
  return composeRecipeWith({ recipesDir: '/r', recipe: 'train/llama/lora' }, context);
}

function refusal(fragment: string, own: string): string {
  try {
    recipe(fragment, own);
  } catch (cause) {
    if (cause instanceof DiagnosticError) return `${cause.diagnostics[0]?.id}: ${cause.message}`;
    throw cause;
  }
  throw new Error('nothing was refused');
}

const BASE = '# @package recipes\n';

describe('a recipe', () => {
  it('is what fragments put under recipes, and over it what it says itself', () => {
    const composition = recipe(
      `${BASE}model: {size: 8, lr: 1}\nrun: 1\n`,
      'model: {lr: 2}\nown: 3\n',
    );
    expect(composition.toYaml()).toBe('model:\n  size: 8\n  lr: 2\nrun: 1\nown: 3\n');
  });

  it('is its root where nothing is under recipes', () => {
    expect(recipe('# @package other\na: 1\n', 'b: 2\n').toYaml()).toBe('other:\n  a: 1\nb: 2\n');
    expect(recipe('# @package _global_\nrecipes: ???\n', 'b: 2\n').toYaml()).toBe(
      'recipes: ???\nb: 2\n',
    );
  });

  it('unwraps once', () => {
    expect(recipe(`${BASE}recipes: {a: 1}\n`, 'b: 2\n').toYaml()).toBe('recipes:\n  a: 1\nb: 2\n');
  });

  it('resolves absolute keys in the config before it was unwrapped, and relative ones after', () => {
    const fragment = `${BASE}a: {x: 1, y: "\${recipes.a.x}", z: "\${.x}"}\n`;
    expect(recipe(fragment, 'a: {x: 2}\n').toYaml({ resolve: true })).toBe(
      "a:\n  x: 2\n  'y': 1\n  z: 2\n",
    );
  });

  it('merges into a copy of the container that an interpolation leads to', () => {
    const fragment = `${BASE}actor: {lr: 1, eps: 2}\nref: \${recipes.actor}\n`;
    expect(recipe(fragment, 'actor: {lr: 3}\nref: {eps: 4}\n').toYaml()).toBe(
      'actor:\n  lr: 3\n  eps: 2\nref:\n  lr: 1\n  eps: 4\n',
    );
  });

  it('resolves what stands at its root, and leaves the rest', () => {
    expect(recipe(`${BASE}a: 1\n`, 'b: ${recipes.a}\nc: {d: "${recipes.a}"}\n').toYaml()).toBe(
      'a: 1\nb: 1\nc:\n  d: ${recipes.a}\n',
    );
  });

  it('is refused with a root value that is missing, leads nowhere, or is malformed when resolved', () => {
    expect(refusal(`${BASE}a: 1\n`, 'b: ???\n')).toContain('MissingMandatoryValue: ');
    expect(refusal(`${BASE}a: 1\n`, 'b: ${nowhere}\n')).toContain('InterpolationKeyError: ');
    expect(refusal(`${BASE}a: x y\n`, "b: '\\${oc.${recipes.a}:s}'\n")).toContain(
      'GrammarParseError',
    );
  });

  it.each([
    ['7', "AttributeError: 'recipes' must be a mapping, got int"],
    ['null', "AttributeError: 'recipes' must be a mapping, got NoneType"],
    ['[1]', "ConfigTypeError: 'recipes' must be a mapping, got list"],
  ])('is refused with recipes: %s', (value, message) => {
    expect(refusal(`# @package _global_\nrecipes: ${value}\n`, 'b: 1\n')).toBe(message);
  });
});
