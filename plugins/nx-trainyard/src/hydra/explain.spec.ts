import { formatLocation } from '../diagnostics';
import type { Composition } from './composition';
import { composeWith } from './compose';
import { ConfigFiles } from './config-files/config-repository';
import { explainKey } from './explain';
import { memoryFiles } from '../files/file-tree';
import { pythonRepr } from '../yaml/value/python-text';
import { composeRecipeWith } from './recipe';

function contextOf(files: Readonly<Record<string, string>>) {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`/w/${path}`, text]));
  return { files: new ConfigFiles(memoryFiles(texts)), env: {}, cwd: '/w' };
}

/** Each entry as `config: value at place`, the winner with a star. */
function explained(composition: Composition, key: string): string[] {
  return explainKey(composition, key).map(({ configPath, value, location, wins }) => {
    const text = value ? pythonRepr(value) : 'nothing';
    return `${configPath}: ${text}${location ? ` at ${formatLocation(location)}` : ''}${wins ? ' *' : ''}`;
  });
}

describe('where a value comes from', () => {
  const composition = composeWith(
    { configDir: '/w', configName: 'config' },
    contextOf({
      'config.yaml': 'defaults:\n- optim: adam\n- data: c4\n- _self_\noptim:\n  lr: 3\n',
      'optim/adam.yaml': 'lr: 1\neps: 2\nbetas: [0.9]\n',
      'data/c4.yaml': 'name: c4\n',
    }),
  );

  it('is told entry by entry, in the order in which they are merged', () => {
    expect(explained(composition, 'optim.lr')).toEqual([
      'optim/adam: 1 at /w/optim/adam.yaml:1:5',
      'data/c4: nothing',
      'config: 3 at /w/config.yaml:6:7 *',
    ]);
  });

  it('is told of containers and of items of lists, too', () => {
    expect(explained(composition, 'optim.betas[0]')).toEqual([
      'optim/adam: 0.9 at /w/optim/adam.yaml:3:9 *',
      'data/c4: nothing',
      'config: nothing',
    ]);
    expect(explained(composition, 'data')[1]).toBe(
      "data/c4: {'name': 'c4'} at /w/data/c4.yaml:1:1 *",
    );
  });

  it('has no winner for a key that nobody sets', () => {
    expect(explained(composition, 'nope')).toEqual([
      'optim/adam: nothing',
      'data/c4: nothing',
      'config: nothing',
    ]);
  });
});

describe('where a value of a recipe comes from', () => {
  it('is told first of what is under recipes, then of what is at the root', () => {
    const files = {
      'train/h/base.yaml': '# @package recipes\nlr: 1\n',
      'train/a/r.yaml': 'defaults:\n- /h/base\n- _self_\nlr: 2\n',
    };
    const composition = composeRecipeWith(
      { recipesDir: '/w', recipe: 'train/a/r' },
      contextOf(files),
    );
    expect(explained(composition, 'lr')).toEqual([
      'h/base: 1 at /w/train/h/base.yaml:2:5',
      'r.yaml: 2 at /w/train/a/r.yaml:4:5 *',
    ]);
  });
});
