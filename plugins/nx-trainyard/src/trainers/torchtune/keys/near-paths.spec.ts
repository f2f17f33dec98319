import { readYaml } from '../../../yaml/reader/read';
import type { YamlMap } from '../../../yaml/value/value';
import { nearPaths } from './near-paths';

const BASE = readYaml({
  path: 'base.yaml',
  text: 'optimizer: {lr: 1, betas: [1]}\ntrainer: {steps: 1, data: {size: 1}}\nlr_scheduler: {steps: 1}\n',
}) as YamlMap;

it.each<[string, string[]]>([
  ['optimzer.lr', ['optimizer.lr']],
  ['optimzer.l', ['optimizer.lr']],
  ['optimizer.lrr', ['optimizer.lr']],
  ['trianer.data.size', ['trainer.data.size']],
  ['trianer.dta.sze', ['trainer.data.size']],
  ['recipes.trainer.data.size', ['trainer.data.size']],
  ['train_args.size', ['trainer.data.size']],
  ['other.steps', ['trainer.steps', 'lr_scheduler.steps']],
  ['steps', []],
  ['nothing.like', []],
])('%s can mean whole paths, and never a part of one: %j', (written, meant) => {
  expect(nearPaths(written.split('.'), BASE)).toEqual(meant);
});
