import { embeddedCatalog } from './catalog';
import { distributedCounterpart, loraCounterpart } from './counterparts';

const catalog = embeddedCatalog();

describe('the LoRA config beside a full finetune config', () => {
  it.each([
    ['llama3_2/1B_full_single_device', 'llama3_2/1B_lora_single_device'],
    ['llama3_2/1B_full', 'llama3_2/1B_lora'],
    ['llama2/7B_full_low_memory', 'llama2/7B_lora_single_device'],
    ['llama3_3/70B_full_multinode', 'llama3_3/70B_lora'],
    ['llama3_2_vision/11B_full', 'llama3_2_vision/11B_lora'],
    ['llama3_1/8B_full_dpo', 'llama3_1/8B_lora_dpo'],
    ['llama3/8B_qat_full', 'llama3/8B_qat_lora'],
    ['llama2/7B_qat_full', 'llama2/7B_lora'],
  ])('%s: %s', (name, counterpart) => {
    expect(loraCounterpart(name, catalog)).toBe(counterpart);
  });

  it.each(['mistral/7B_full_ppo_low_memory', 'llama3_2/1B_lora', 'generation'])(
    '%s has none',
    (name) => {
      expect(loraCounterpart(name, catalog)).toBeUndefined();
    },
  );

  it('of every plain full finetune config runs on the same number of GPUs', () => {
    for (const name of catalog.configNames()) {
      const counterpart = loraCounterpart(name, catalog);
      if (counterpart === undefined) continue;
      const distributed = (config: string) =>
        catalog.recipe(catalog.config(config)?.recipe ?? '')?.distributed;
      expect([name, distributed(counterpart)]).toEqual([name, distributed(name)]);
    }
  });
});

describe('the distributed config beside one for a single GPU', () => {
  it.each([
    ['llama3_2/1B_lora_single_device', 'llama3_2/1B_lora'],
    ['llama2/7B_full_low_memory', 'llama2/7B_full'],
    ['qwen2/1.5_to_0.5B_KD_lora_single_device', 'qwen2/1.5_to_0.5B_KD_lora_distributed'],
  ])('%s: %s', (name, counterpart) => {
    expect(distributedCounterpart(name, catalog)).toBe(counterpart);
  });

  it.each([
    'llama3_2/1B_qlora_single_device',
    'qwen2_5/14B_lora_single_device',
    'llama3_2/1B_lora',
  ])('%s has none', (name) => {
    expect(distributedCounterpart(name, catalog)).toBeUndefined();
  });
});
