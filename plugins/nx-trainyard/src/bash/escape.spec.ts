import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { DiagnosticError } from '../diagnostics';
import { str } from '../yaml/value/value';
import { compileTemplate, fillTemplate } from '../launchers/template/template';

/** Fills a template for a bash script whose placeholders are `{config.v0}`, `{config.v1}` and so on. */
function render(body: string, values: readonly string[], header = '#!/bin/bash'): string {
  return fillTemplate(compileTemplate(str(header), str(body)), (name) => ({
    text: values[Number(name.slice('config.v'.length))] ?? '',
  })).text;
}

/** The script, or undefined when a value was refused. */
function attempt(body: string, values: readonly string[]): string | undefined {
  try {
    return render(body, values);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    expect(new Set(cause.diagnostics.map(({ id }) => id))).toEqual(new Set(['UnsafeValue']));
    return undefined;
  }
}

/** What bash printed, piece by piece. */
function bash(script: string): string[] {
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\0').slice(0, -1);
}

const PRINT = String.raw`printf '%s\0' `;
const READ = "IFS= read -r -d '' text";
const PRINT_TEXT = `|| ${PRINT}"\${{text%$'\\n'}}"`;

/** Places in which every value without control characters can be written. */
const OPEN_PLACES: Readonly<Record<string, string>> = {
  'a word': `${PRINT}V`,
  'a part of a word': `x=V; ${PRINT}"$x"`,
  'a word between quoted ones': `${PRINT}""V''`,
  'double quotes': `${PRINT}"V"`,
  'single quotes': `${PRINT}'V'`,
  'ANSI quotes': `${PRINT}$'V'`,
  'a comment': `# V\n${PRINT}COMMENT`,
  'a comment behind a command': `${PRINT}COMMENT # V $( "`,
  'a heredoc': `${READ} <<EOF ${PRINT_TEXT}\nV\nEOF`,
  'a heredoc behind quotes and a substitution': `${READ} <<EOF ${PRINT_TEXT}\n$(: '"' ")" \\))V\nEOF`,
  'a quoted heredoc': `${READ} <<'EOF' ${PRINT_TEXT}\nV\nEOF`,
  'a heredoc with tabs': `${READ} <<-"END OF" ${PRINT_TEXT}\n\tV\n\tEND OF`,
  'the second of two heredocs': `: <<A; ${READ} <<\\B ${PRINT_TEXT}\nit's\nA\nV\nB`,
  'a substitution': `${PRINT}"$(printf '%s' V)"`,
  'quotes in a substitution': `${PRINT}"$(printf '%s' "V")"`,
  'single quotes in a substitution': `${PRINT}"$(printf '%s' 'V')"`,
  'a subshell': `( ${PRINT}V )`,
  'an array': `a=(x V); ${PRINT}"\${{a[1]}}"`,
  'a word after arithmetic': `((i = 1 << (2)));\n: $((3 * (1 + 2)));\n${PRINT}V`,
  'a word after tricky expansions': `: "\${{X:-'}}'}}" \${{X:-'}}'}} \${{X:-"}}"}} \${{#X}} "$"; ${PRINT}V`,
  'double quotes after a here-string': `: <<<"it's"; ${PRINT}"V"`,
  'a word in a case': `case x in\n  x) ${PRINT}V ;;\nesac`,
};

/** Places with rules of their own: only what no rule touches can be written there. */
const CLOSED_PLACES: Readonly<Record<string, string>> = {
  'a parameter expansion': `${PRINT}"\${{X:-V}}"`,
  'a substitution in a parameter expansion': `${PRINT}"\${{X:-$(printf '%s' "V")}}"`,
  backticks: `${PRINT}"\`printf '%s' V\`"`,
  'a substitution in backticks': `${PRINT}"\`printf '%s' $(printf '%s' V)\`"`,
  'quotes in backticks': `${PRINT}\`printf '%s' 'V'\``,
  'a substitution in a heredoc': `${READ} <<EOF ${PRINT_TEXT}\n$(printf '%s' V)\nEOF`,
  'an expansion in a heredoc': `${READ} <<EOF ${PRINT_TEXT}\n\${{X:-V}}\nEOF`,
  'a case in a substitution': `${PRINT}"$(case x in x) printf '%s' V;; esac)"`,
};

const TROUBLE = [
  ...['$(echo PWNED)', '`echo PWNED`', '${HOME}', '$HOME', '; echo PWNED #', "' ; echo PWNED '"],
  ...['" ; echo PWNED "', 'EOF', 'END OF', 'A', 'B', '\\', '\\\\', '!!', '~', '*', '{a,b}', "\\'"],
  ...[
    ' ',
    ')',
    '))',
    '}',
    '&',
    '|',
    '<',
    '>',
    '#',
    "'",
    '"',
    '`',
    '$',
    '-n',
    '%s',
    '[x]',
    '=',
    '?',
  ],
  ...['é', '日本', '😀', '\u00a0', '\n', '\t', '\u001b[31m'],
];
const value = fc
  .array(fc.oneof(fc.constantFrom(...TROUBLE), fc.string({ maxLength: 3 })), { maxLength: 4 })
  .map((parts) => parts.join(''));
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

describe('a value of a recipe', () => {
  test('is read by bash exactly as it is, wherever a template puts it, or is refused', () => {
    const locations = fc.array(fc.tuple(fc.constantFrom(...Object.keys(OPEN_PLACES)), value), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(locations, (chosen) => {
        const lines: string[] = [];
        const values: string[] = [];
        const expected: string[] = [];
        for (const [name, text] of chosen) {
          const template = OPEN_PLACES[name] as string;
          if (attempt(template.replace('V', '{config.v0}'), [text]) === undefined) {
            const endsHeredoc = name.includes('heredoc') && /^(EOF|END OF|A|B)/.test(text);
            expect({ name, text, rejected: CONTROL.test(text) || endsHeredoc }).toMatchObject({
              rejected: true,
            });
            continue;
          }
          lines.push(template.replace('V', `{config.v${values.length}}`));
          expected.push(template.includes('COMMENT') ? 'COMMENT' : text);
          values.push(text);
        }
        expect(bash(render(lines.join('\n'), values))).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  test('is refused inside of expansions and backticks, unless it means nothing to a shell', () => {
    const location = fc.constantFrom(...Object.values(CLOSED_PLACES));
    fc.assert(
      fc.property(
        location,
        fc.oneof(value, fc.stringMatching(/^[\w./:@%+=,-]+$/)),
        (template, text) => {
          const script = attempt(template.replace('V', '{config.v0}'), [text]);
          const means =
            !/^[\w./:@%+=,-]*$/.test(text) || (text === 'EOF' && /<<EOF\nV/.test(template));
          expect(script === undefined).toBe(means);
          if (script !== undefined) expect(bash(script)).toEqual([text]);
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);

  test.each([
    ['after a backslash', 'echo \\{config.v0}'],
    ['in arithmetic', 'echo $(( {config.v0} + (1) ))'],
    ['in an arithmetic command', '(( x = {config.v0} ))'],
    ['in old arithmetic', 'echo $[ {config.v0} ]'],
    ['behind a heredoc whose delimiter is not one word', 'cat <<E"O"F\nx\nEOF\necho {config.v0}'],
  ])('is refused %s', (_where, template) => {
    expect(attempt(template, ['a b'])).toBeUndefined();
    expect(attempt(template, ['12'])).toContain('12');
  });

  test('is refused in a script of another language', () => {
    const foreign = (text: string) => () =>
      render('print("{config.v0}")', [text], '#!/usr/bin/env python3');
    expect(foreign('ppo')()).toBe('#!/usr/bin/env python3\nprint("ppo")');
    expect(foreign('p"p')).toThrow('cannot be used here');
  });

  test('cannot end a heredoc, not even together with the text beside it', () => {
    const heredoc = (line: string) => `cat <<EOF\n${line}\nEOF`;
    expect(attempt(heredoc('{config.v0}'), ['EOF'])).toBeUndefined();
    expect(attempt(heredoc('{config.v0}F'), ['EO'])).toBeUndefined();
    expect(attempt(heredoc('E{config.v0}{config.v1}'), ['O', 'F'])).toBeUndefined();
    expect(attempt(heredoc('EOF{config.v0}'), ['-1'])).toBe('#!/bin/bash\ncat <<EOF\nEOF-1\nEOF');
    expect(attempt(heredoc('name: {config.v0}'), ['EOF'])).toContain('name: EOF\n');
  });

  test('stays a word of its own when it is empty', () => {
    expect(bash(render(`${PRINT}a {config.v0} b`, ['']))).toEqual(['a', '', 'b']);
  });

  test('is written without any sign when it needs none', () => {
    const plain = 'meta-llama/Llama-3.1_8B:v1.0@main,x=1+2%';
    expect(render('{config.v0} \'{config.v0}\' "{config.v0}"', [plain], '')).toBe(
      `\n${plain} '${plain}' "${plain}"`,
    );
  });
});
