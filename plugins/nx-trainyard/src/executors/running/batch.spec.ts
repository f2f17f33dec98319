import { join } from 'node:path';
import type { TaskGraph } from '@nx/devkit';
import { throwDiagnostic } from '../../diagnostics';
import { writeScript } from '../../files/script-files';
import { runBatch } from './batch';
import { attemptTask } from './task';

function run(work: Record<string, () => string>) {
  const taskGraph = { tasks: Object.fromEntries(Object.keys(work).map((id) => [id, {}])) };
  return [
    ...runBatch(taskGraph as unknown as TaskGraph, work, (one) => attemptTask('/root', one)),
  ].map(({ task, result }) => [task, result.success, result.terminalOutput] as const);
}

describe('a batch', () => {
  test('reports every task once, in order, with its own output', () => {
    expect(run({ a: () => 'made a', b: () => '' })).toEqual([
      ['a', true, 'made a\n'],
      ['b', true, ''],
    ]);
  });

  test('goes on after a task that fails or crashes, which is reported with its reason', () => {
    const ran = run({
      a: () => throwDiagnostic('UnknownPath', 'this is wrong', { hint: 'Do that.' }),
      b: () => {
        throw new TypeError('a bug');
      },
      c: () => 'fine',
    });
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ran.find(([task]) => task === id));
    expect(ran).toHaveLength(3);
    expect(a).toEqual(['a', false, 'error [UnknownPath] this is wrong\nhint: Do that.\n']);
    expect(b).toEqual(['b', false, expect.stringMatching(/^TypeError: a bug\n +at /)]);
    expect(c).toEqual(['c', true, 'fine\n']);
  });

  test('tells in full once what many tasks share, with how many they are', () => {
    const location = { source: { path: 'f.yaml', text: 'a: [\n' }, start: 3, end: 4 };
    const broken = () =>
      throwDiagnostic('YamlSyntax', 'a list that does not end', { location, hint: 'End it.' });
    const own = () => throwDiagnostic('UnknownKey', 'something else');
    const tasks = Array.from({ length: 83 }, (_, i) => [`recipes/r${i + 10}:t`, broken] as const);
    const ran = run({
      ...Object.fromEntries(tasks),
      'recipes/own:t': own,
      'recipes/fine:t': () => '',
    });
    expect(ran).toHaveLength(85);
    const [fine, first, second] = ran;
    expect(fine).toEqual(['recipes/fine:t', true, '']);
    expect(first?.[2]).toBe(
      [
        'f.yaml:1:4: error [YamlSyntax] a list that does not end',
        '  |',
        '1 | a: [',
        '  |    ^',
        'hint: End it.',
        '83 projects have this problem: recipes/r10, recipes/r11, recipes/r12 and 80 more',
        '',
      ].join('\n'),
    );
    expect(second).toEqual([
      'recipes/r11:t',
      false,
      'f.yaml:1:4: error [YamlSyntax] a list that does not end (see recipes/r10)\n',
    ]);
    expect(ran.at(-1)).toEqual(['recipes/own:t', false, 'error [UnknownKey] something else\n']);
  });

  test('tells what the operating system refuses without a stack', () => {
    const script = join(__filename, 'run.sh');
    const outcome = attemptTask(__dirname, () => writeScript(script, ''));
    expect(outcome).toEqual({
      success: false,
      problems: [expect.objectContaining({ id: 'FileSystem' })],
      output:
        'error [FileSystem] cannot access batch.spec.ts/run.sh: not a directory (ENOTDIR)\n' +
        'hint: Part of the path is a file. Move that file, or correct the path.',
    });
  });

  test('reports also a task whose runner itself throws, or that has no options', () => {
    const taskGraph = { tasks: { a: {}, b: {} } } as unknown as TaskGraph;
    const results = [
      ...runBatch(taskGraph, { b: 'x' } as Record<string, string>, (option) => {
        return { success: true, output: option.toUpperCase() };
      }),
    ];
    expect(results.map(({ task, result }) => [task, result.success])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });
});
