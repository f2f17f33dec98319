import type { Diagnostic } from '../diagnostics';
import { applyValueOverride } from './apply-override';
import { parseOverride } from './overrides/parse';
import { pythonRepr } from '../yaml/value/python-text';
import { load } from '../../testing/config-text';
import { problem } from '../../testing/problem';

const CONFIG = 'd: {x: 1, e: {f: 2}}\nl: [1, {k: 2}]\nn: null\nr: ${d}\nm: ???\n';

function applied(...overrides: string[]): string {
  const config = load(CONFIG);
  for (const text of overrides) applyValueOverride(config, parseOverride(text), { env: {} });
  return pythonRepr(config);
}

/** What the override changes, as the part of the config that differs. */
function withChange(part: string, changed: string): string {
  const before = applied();
  expect(before).toContain(part);
  return before.replace(part, changed);
}

function rejected(override: string): Diagnostic {
  return problem(() => applied(override));
}

describe('changing a value', () => {
  it.each([
    ['d.x=5', "'x': 1", "'x': 5"],
    ['d.x={a:1}', "'x': 1", "'x': {'a': 1}"],
    ['d.x=???', "'x': 1", "'x': '???'"],
    ['m=3', "'m': '???'", "'m': 3"],
    ['n=text', "'n': None", "'n': 'text'"],
    ['d.e={f:3}', "'f': 2", "'f': 3"],
    ['d=1', "{'x': 1, 'e': {'f': 2}}", '1'],
    ['l=[9]', "[1, {'k': 2}]", '[9]'],
    ['l.0=7', "[1, {'k'", "[7, {'k'"],
    ['l.1.k=7', "'k': 2", "'k': 7"],
    ['r={y:1}', "'r': '${d}'", "'r': {'y': 1}"],
  ])('%s', (override, part, changed) => {
    expect(applied(override)).toBe(withChange(part, changed));
  });

  it('needs a + for a key that does not exist, and suggests the nearest', () => {
    expect(rejected('d.e.ff=1')).toMatchObject({
      id: 'ConfigCompositionException',
      message:
        "Could not override 'd.e.ff'.\nTo append to your config use +d.e.ff=1\n" +
        "Key 'ff' is not in struct\n    full_key: d.e.ff",
      hint: "Did you mean 'd.e.f'?",
    });
    expect(rejected('d.e={g:1}').message).toContain("Key 'g' is not in struct");
    expect(rejected('n.x=1').message).toContain("Could not override 'n.x'.");
    expect(rejected('l.1={z:1}').message).toContain('full_key: l[1].z');
  });

  it('refuses what does not fit the list or the mapping that is there', () => {
    expect(rejected('l.5=1').message).toContain(
      'Error merging override l.5=1\nlist index out of range',
    );
    expect(rejected('d=[1]').message).toContain('Cannot merge DictConfig with ListConfig');
    expect(rejected('l.x=1').id).toBe('ValueError');
    expect(rejected('l.x.y=1').id).toBe('TypeError');
  });

  it('refuses malformed interpolations and null as a key', () => {
    expect(rejected("d.x='${'")).toMatchObject({ id: 'ConfigCompositionException' });
    expect(rejected('d.x={null:1}').message).toContain("Incompatible key type 'NoneType'");
  });

  it('refuses a package: the group does not exist', () => {
    expect(rejected('db@x=1').message).toBe(
      "Override db@x=1 looks like a config group override, but config group 'db' does not exist.",
    );
  });
});

describe('adding a value', () => {
  it.each([
    ['+d.y=5', "{'f': 2}}", "{'f': 2}, 'y': 5}"],
    ['+d.e={g:1}', "{'f': 2}", "{'f': 2, 'g': 1}"],
    ['+n=1', "'n': None", "'n': 1"],
    ['+m=1', "'m': '???'", "'m': 1"],
    ['+n.a.b=1', "'n': None", "'n': {'a': {'b': 1}}"],
    ['+d.1=a', "{'f': 2}}", "{'f': 2}, '1': 'a'}"],
    ['++d.x=5', "'x': 1", "'x': 5"],
    ['++d.x.y=5', "'x': 1", "'x': {'y': 5}"],
    ['++r.x=5', "'r': '${d}'", "'r': {'x': 5}"],
  ])('%s', (override, part, changed) => {
    expect(applied(override)).toBe(withChange(part, changed));
  });

  it('refuses a key that exists, unless it is added by force', () => {
    expect(rejected('+d.x=3').message).toBe(
      "Could not append to config. An item is already at 'd.x'.\n" +
        "Either remove + prefix: 'd.x=3'\n" +
        "Or add a second + to add or override 'd.x': '++d.x=3'",
    );
  });

  it('takes the overrides one after the other', () => {
    expect(applied('+d.y=1', 'd.y=2', '~d.x', '~d.e')).toContain("'d': {'y': 2}");
  });
});

describe('deleting a value', () => {
  it.each([
    ['~d.x', "'x': 1, ", ''],
    ['~d.x=1.0', "'x': 1, ", ''],
    ['~d.x=null', "'x': 1, ", ''],
    ['~d.e={f:2}', ", 'e': {'f': 2}", ''],
    ['~r.x', "'x': 1, ", ''],
    ['~l=[1,{k:2}]', "'l': [1, {'k': 2}], ", ''],
  ])('%s', (override, part, changed) => {
    expect(applied(override)).toBe(withChange(part, changed));
  });

  it('refuses a key that does not exist or is null', () => {
    expect(rejected('~d.xx')).toMatchObject({
      message: "Could not delete from config. 'd.xx' does not exist.",
      hint: "Did you mean 'd.x'?",
    });
    expect(rejected('~n').message).toContain('does not exist');
  });

  it('refuses another value than the one that is there', () => {
    expect(rejected('~d.x=2').message).toBe(
      "Could not delete from config. The value of 'd.x' is 1 and not 2.",
    );
  });

  it('does not delete items of lists', () => {
    expect(rejected('~l.0').id).toBe('TypeError');
  });
});
