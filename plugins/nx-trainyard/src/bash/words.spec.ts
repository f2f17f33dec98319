import { execFileSync } from 'node:child_process';
import { shellCommand, shellWord, splitWords } from './words';

const WORDS = [
  'plain-1.0',
  '',
  ' ',
  "it's",
  '"',
  '$HOME',
  '`id`',
  '\\',
  '!x',
  '~a',
  '*',
  'a=b',
  'é 😀',
  'two\nlines',
  '\t',
  '\u0001',
  '#c',
  "'\n'",
];

it('bash reads back every word of a command, which is one line', () => {
  const command = shellCommand(WORDS);
  expect(command).not.toContain('\n');
  const read = execFileSync('bash', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  expect(read.split('\0').slice(0, -1)).toEqual(WORDS);
});

it('words that mean nothing to bash stay bare', () => {
  expect(shellCommand(['optimizer.lr=1.0e-05', '+a.b=[x]'])).toBe(
    "optimizer.lr=1.0e-05 '+a.b=[x]'",
  );
});

it('a NUL is refused, for no program can be given one', () => {
  expect(() => shellWord('a\0b')).toThrow('an argument cannot contain a NUL');
});

it.each<[string, string[] | undefined]>([
  ['axolotl train {config}', ['axolotl', 'train', '{config}']],
  ['  a   b ', ['a', 'b']],
  [`x --name="a b" 'c d'e \\"f "g\\"h"`, ['x', '--name=a b', 'c de', '"f', 'g"h']],
  [`x ''`, ['x', '']],
  ['', []],
  [`x "open`, undefined],
  [`it's`, undefined],
  ['x \\', undefined],
])('the words of a command line are split as a shell splits them: %s', (command, words) => {
  expect(splitWords(command)).toEqual(words);
});
