import type { ConfigItem, GroupItem } from '../config-files/defaults-item';
import {
  absoluteHeader,
  configPath,
  finalPackage,
  groupPath,
  packageItem,
  overrideKey,
} from './packaged-item';

interface Spot {
  readonly base?: string;
  readonly parent?: string;
  readonly pkg?: string;
  readonly header?: string;
}

function group(name: string, choice: string, { base = '', parent = '', pkg, header }: Spot = {}) {
  const item: GroupItem = {
    kind: 'group',
    group: name,
    package: pkg,
    choice,
    optional: false,
    override: false,
    location: undefined,
  };
  const at = packageItem(item, base, parent);
  return header === undefined ? at : { ...at, header: absoluteHeader(header) };
}

function config(path: string, { base = '', parent = '', pkg }: Spot = {}) {
  const item: ConfigItem = {
    kind: 'config',
    path,
    package: pkg,
    optional: false,
    location: undefined,
  };
  return packageItem(item, base, parent);
}

describe('the config path of an item', () => {
  it('starts at the folder of the file that names it, unless it starts with a slash', () => {
    expect(configPath(group('optim', 'adam', { base: 'train' }))).toBe('train/optim/adam');
    expect(configPath(group('/optim', 'adam', { base: 'train' }))).toBe('optim/adam');
    expect(configPath(config('base', { base: 'train' }))).toBe('train/base');
    expect(configPath(config('/optim/adam', { base: 'train' }))).toBe('optim/adam');
  });

  it('keeps .. as it is written', () => {
    const at = group('../optim', 'adam', { base: 'train', parent: 'train' });
    expect(configPath(at)).toBe('train/../optim/adam');
    expect(groupPath(at)).toBe('train/../optim');
    expect(finalPackage(at)).toBe('train....optim');
  });
});

describe('the package of an item', () => {
  it('is its group below the package of its parent, also for an absolute path', () => {
    expect(finalPackage(group('optim', 'adam'))).toBe('optim');
    expect(finalPackage(group('/optim/sub', 'x', { base: 'train', parent: 'p' }))).toBe(
      'p.optim.sub',
    );
    expect(finalPackage(config('optim/adam'))).toBe('optim');
    expect(finalPackage(config('base', { base: 'train', parent: 'p' }))).toBe('p');
  });

  it('is what @ says, below the package of its parent', () => {
    expect(finalPackage(group('optim', 'adam', { parent: 'p', pkg: 'a.b' }))).toBe('p.a.b');
    expect(finalPackage(group('optim', 'adam', { parent: 'p', pkg: '' }))).toBe('p');
    expect(finalPackage(group('optim', 'adam', { parent: 'p', pkg: '_name_' }))).toBe('p._name_');
  });

  it('starts anew at the last _global_', () => {
    expect(finalPackage(group('optim', 'adam', { parent: 'p', pkg: '_global_' }))).toBe('');
    expect(finalPackage(group('optim', 'adam', { parent: 'p', pkg: 'x._global_.a' }))).toBe('a');
  });

  it('has the path of the group for _group_, from the root', () => {
    const at = group('optim', 'adam', { base: 'train', parent: 'p', pkg: '_group_.x' });
    expect(finalPackage(at)).toBe('train.optim.x');
  });

  it('is what the header says, absolute, unless an @ stands before it', () => {
    expect(finalPackage(group('optim', 'adam', { parent: 'p', header: 'a.b' }))).toBe('a.b');
    expect(finalPackage(group('optim', 'adam', { parent: 'p', header: '_global_' }))).toBe('');
    expect(finalPackage(group('optim', 'adam', { parent: 'p', pkg: 'q', header: 'a' }))).toBe(
      'p.q',
    );
  });
});

describe('the override key of a group', () => {
  it('is its path, and its package where that is another', () => {
    expect(overrideKey(group('optim', 'adam'))).toBe('optim');
    expect(overrideKey(group('optim', 'adam', { pkg: 'a' }))).toBe('optim@a');
    expect(overrideKey(group('optim', 'adam', { pkg: '_global_' }))).toBe('optim@_global_');
    expect(overrideKey(group('/optim', 'adam', { base: 'train', parent: 'p' }))).toBe(
      'optim@p.optim',
    );
  });

  it('does not depend on the header of the file that is chosen', () => {
    expect(overrideKey(group('optim', 'adam', { header: 'a' }))).toBe('optim');
  });
});
