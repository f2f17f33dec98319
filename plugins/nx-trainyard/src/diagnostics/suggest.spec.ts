import { didYouMean, nearest } from './suggest';

describe('what a mistyped word may mean', () => {
  it('is the nearest first', () => {
    expect(nearest('lora_rnk', ['lora_alpha', 'lora_rank', 'seed'])).toEqual(['lora_rank']);
    expect(didYouMean('rank', ['lora_rank', 'ranks'])).toBe("Did you mean 'ranks' or 'lora_rank'?");
  });

  it('is named once, however often it is there', () => {
    expect(didYouMean('b', ['a', 'c', 'a', 'a'])).toBe("Did you mean 'a' or 'c'?");
  });

  it('is nothing where nothing comes near', () => {
    expect(didYouMean('zzzz', ['lora_rank'])).toBeUndefined();
  });
});
