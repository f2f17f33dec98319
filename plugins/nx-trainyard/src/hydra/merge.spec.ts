import { formatLocation } from '../diagnostics';
import { readYaml } from '../yaml/reader/read';
import { createConfig } from './config/config';
import { mergeInto } from './merge';
import { pythonRepr } from '../yaml/value/python-text';
import { load } from '../../testing/config-text';
import { problem } from '../../testing/problem';

const context = { env: {} };

function merged(dest: string, source: string): string {
  const config = load(dest);
  mergeInto(config, load(source), context);
  return pythonRepr(config);
}

describe('merging', () => {
  it('keeps the position of existing keys and appends new ones in their order', () => {
    expect(merged('a: 1\nb: 2', 'd: 4\nb: 3\nc: 5')).toBe("{'a': 1, 'b': 3, 'd': 4, 'c': 5}");
  });

  it('merges mappings and replaces lists', () => {
    expect(merged('a: {x: 1, l: [1, 2]}', 'a: {y: 2, l: [3]}')).toBe(
      "{'a': {'x': 1, 'l': [3], 'y': 2}}",
    );
    expect(merged('a: {x: 1}', 'a: {}')).toBe("{'a': {'x': 1}}");
    expect(merged('a: [1]', 'a: []')).toBe("{'a': []}");
  });

  it('replaces scalars by anything, and containers by scalars and null', () => {
    expect(merged('a: 1\nb: {x: 1}\nc: [1]\nd: s', 'a: {x: 1}\nb: null\nc: 2\nd: [1]')).toBe(
      "{'a': {'x': 1}, 'b': None, 'c': 2, 'd': [1]}",
    );
  });

  it('never lets ??? replace a value, but takes it where there is none', () => {
    expect(merged('a: 1\nb: {x: 1}\nc: null', 'a: ???\nb: ???\nc: ???\nd: ???')).toBe(
      "{'a': 1, 'b': {'x': 1}, 'c': None, 'd': '???'}",
    );
    expect(merged('a: ???', 'a: 1')).toBe("{'a': 1}");
  });

  it('compares keys as Python does, and keeps the first key', () => {
    expect(merged("1: a\n'1': b\ntrue: c", "1.0: x\n'1': y")).toBe("{1: 'x', '1': 'y'}");
  });

  it('keeps interpolations unresolved', () => {
    expect(merged('a: 1', 'a: ${b}\nb: ${nope}')).toBe("{'a': '${b}', 'b': '${nope}'}");
  });

  it('makes an interpolation that leads to a container a copy of it first', () => {
    expect(merged('b: {x: 1, z: "${.x}"}\na: ${b}', 'a: {y: 2}')).toBe(
      "{'b': {'x': 1, 'z': '${.x}'}, 'a': {'x': 1, 'z': '${.x}', 'y': 2}}",
    );
    expect(merged('b: {x: 1}\na: ${b}', 'a: ???')).toBe("{'b': {'x': 1}, 'a': {'x': 1}}");
    expect(merged('d: {a: "${.b}", b: {x: 1}}', 'd: {a: {y: 2}}')).toBe(
      "{'d': {'a': {'x': 1, 'y': 2}, 'b': {'x': 1}}}",
    );
  });

  it('looks at the tree as it is at that moment', () => {
    expect(merged('b: {x: 1}\na: ${b}', 'b: {z: 3}\na: {y: 2}')).toContain(
      "'a': {'x': 1, 'z': 3, 'y': 2}",
    );
    expect(merged('a: ${b}\nb: {x: 1}', 'a: {y: 2}\nb: {z: 3}')).toContain("'a': {'x': 1, 'y': 2}");
  });

  it('replaces an interpolation that leads to a scalar, to a plain value, or nowhere', () => {
    expect(
      merged(
        'a: ${b}\nb: 1\nc: ${nope}\nd: "${oc.select:nope,{}}"',
        'a: {x: 1}\nc: {x: 1}\nd: {x: 1}',
      ),
    ).toBe("{'a': {'x': 1}, 'b': 1, 'c': {'x': 1}, 'd': {'x': 1}}");
  });

  it('copies: later changes of the result leave the source as it was', () => {
    const [dest, source] = [load('{}'), load('a: {x: 1}')];
    mergeInto(dest, source, context);
    mergeInto(dest, load('a: {x: 2}'), context);
    expect(pythonRepr(source)).toBe("{'a': {'x': 1}}");
  });

  it('gives every value the place of the file that won', () => {
    const dest = load('a: 1\nb: 2');
    mergeInto(dest, createConfig(readYaml({ path: 'later.yaml', text: 'b: 3' })), context);
    const locations = [...dest.entries.values()].map(
      ({ location }) => location && formatLocation(location),
    );
    expect(locations).toEqual(['config.yaml:1:4', 'later.yaml:1:4']);
  });

  it('refuses a list for a mapping, showing both places', () => {
    const found = problem(() => merged('a: {b: {c: 1}}', 'a: {b: [1]}'));
    expect(found.id).toBe('ConfigTypeError');
    expect(found.message).toBe('Cannot merge DictConfig with ListConfig\n    full_key: a.b');
    expect([found.location?.start, found.related?.[0]?.location.start]).toEqual([7, 7]);
    expect(problem(() => merged('a: [1]', 'a: {c: 1}')).id).toBe('ConfigTypeError');
    expect(problem(() => merged('b: [1]\na: ${b}', 'a: {c: 1}')).id).toBe('ConfigTypeError');
  });

  it('merges lists at the root by replacing the items', () => {
    const dest = createConfig(readYaml({ path: 'config.yaml', text: '[1, 2]' }));
    mergeInto(dest, createConfig(readYaml({ path: 'config.yaml', text: '[3]' })), context);
    expect(pythonRepr(dest)).toBe('[3]');
  });

  it('can refuse new keys', () => {
    const found = problem(() =>
      mergeInto(load('a: {x: 1}'), load('a: {y: 1}'), context, { struct: true }),
    );
    expect(found.id).toBe('ConfigAttributeError');
    expect(found.message).toBe("Key 'y' is not in struct\n    full_key: a.y");
  });
});
