import { ShellScanner } from './location';

/** The kind of place behind a text; `$` when a value would be read as part of a variable. */
function behind(text: string): string {
  const scanner = new ShellScanner();
  scanner.text(text);
  return scanner.isAfterDollar ? '$' : scanner.location.kind;
}

test.each([
  ['echo ', 'word'],
  ['echo "', 'double'],
  ["echo '", 'single'],
  ["echo $'", 'ansi'],
  ['echo # ', 'comment'],
  ['x=${a:-', 'plain'],
  ['echo `', 'plain'],
])('the place behind %j is %s', (text, kind) => {
  expect(behind(text)).toBe(kind);
});

test.each([
  ['if [ $# -lt 1 ]; then echo "usage: ', 'double'],
  ['case $# in 1) echo ', 'word'],
  ['echo $$#"', 'double'],
  ['echo $(echo a)#b; printf ', 'word'],
  ['echo $((1+1))#b; printf ', 'word'],
  ['diff <(a)#b; printf ', 'word'],
  ["cmd \\\n# don't\nX=", 'word'],
])(
  'a # that starts no comment, or one that does, never hides the place behind %j',
  (text, kind) => {
    expect(behind(text)).toBe(kind);
  },
);

test.each(['echo $', 'echo $A', '"$run_', 'cat <<E\n$A'])(
  'a value behind %j would lengthen the name of a variable',
  (text) => {
    expect(behind(text)).toBe('$');
  },
);

test.each(['echo $1', 'echo "$A"', 'echo $A-', "echo '$A"])('behind %j it would not', (text) => {
  expect(behind(text)).not.toBe('$');
});
