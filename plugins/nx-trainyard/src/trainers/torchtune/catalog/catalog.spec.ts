import { catalogFrom, embeddedCatalog } from './catalog';

const catalog = embeddedCatalog();

describe('the embedded catalog', () => {
  it('is torchtune 0.6.1, with its 156 configs', () => {
    expect(catalog.version).toBe('0.6.1');
    expect(catalog.configNames()).toHaveLength(156);
  });

  it('knows the recipe of a config', () => {
    expect(catalog.config('llama3_2/1B_lora_single_device')?.recipe).toBe(
      'lora_finetune_single_device',
    );
  });

  it('knows every recipe that a config names', () => {
    const recipes = catalog.configNames().map((name) => catalog.config(name)?.recipe ?? '');
    expect(recipes.filter((recipe) => !catalog.recipe(recipe))).toEqual([]);
  });

  it('knows which recipes run under torchrun', () => {
    expect(catalog.recipe('lora_finetune_single_device')?.distributed).toBe(false);
    expect(catalog.recipe('lora_finetune_distributed')?.distributed).toBe(true);
  });

  it('knows the signature of a component, also of one outside torchtune', () => {
    expect(catalog.component('torchtune.models.llama3_2.lora_llama3_2_1b')?.params).toMatchObject({
      lora_rank: { kind: 'int', default: 8 },
    });
    expect(catalog.component('torch.optim.AdamW')?.params).toHaveProperty('fused');
  });

  it('is read once', () => {
    expect(embeddedCatalog()).toBe(catalog);
  });
});

it('a catalog does not take the properties of every object for its own', () => {
  const empty = catalogFrom({ version: '1', recipes: {}, configs: {}, components: {} });
  expect(empty.config('constructor')).toBeUndefined();
  expect(empty.recipe('toString')).toBeUndefined();
  expect(empty.component('constructor')).toBeUndefined();
});
