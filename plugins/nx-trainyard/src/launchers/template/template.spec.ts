import { DiagnosticError, renderDiagnostics } from '../../diagnostics';
import { readLauncherSettings } from '../settings/settings';
import { compileTemplate, fillTemplate } from './template';

const VALUES: Readonly<Record<string, string>> = {
  recipe_path: 'fine-tuning/llama/x',
  recipe_name: 'x',
  run_name: 'my run',
  model_save_name: 'Llama-3',
  'config.trainer.devices': '8',
};

/** Header and template as they stand in a configuration file, so that places are real. */
function render(template: string, header = '#!/bin/bash'): string {
  const indented = template.replaceAll('\n', '\n    ');
  const text = `header: |-\n  ${header.replaceAll('\n', '\n  ')}\ntemplates:\n  t: |-\n    ${indented}\n`;
  const settings = readLauncherSettings({ path: 'launchers.yaml', text });
  const body = settings.templates.get('t');
  if (!body) throw new Error('no template');
  return fillTemplate(compileTemplate(settings.header, body), (name) => ({
    text: VALUES[name] ?? '',
  })).text;
}

/** What a user sees, one text for all problems. */
function problems(template: string, header?: string): string {
  try {
    return render(template, header);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return renderDiagnostics(cause.diagnostics);
  }
}

describe('a template', () => {
  test('is joined to the header by a line end, and both take placeholders', () => {
    expect(render('run {recipe_path}', '#!/bin/bash\n# {recipe_name}')).toBe(
      '#!/bin/bash\n# x\nrun fine-tuning/llama/x',
    );
  });

  test.each([
    ['a placeholder', '{run_name}', 'my\\ run'],
    ['a placeholder in quotes', '"{run_name}"', '"my run"'],
    ['a value of the recipe', 'n={config.trainer.devices}', 'n=8'],
    ['doubled braces', '${{HOME}} {{}} }}{{', '${HOME} {} }{'],
    ['braces around a placeholder', "'{{{recipe_name}}}'", "'{x}'"],
    ['four braces', '{{{{recipe_name}}}}', '{{recipe_name}}'],
    ['two placeholders side by side', '{recipe_name}{recipe_name}', 'xx'],
    ['no placeholder', 'echo hi', 'echo hi'],
  ])('reads %s as str.format does', (_what, template, expected) => {
    expect(render(template)).toBe(`#!/bin/bash\n${expected}`);
  });

  test('says for ${MY_VAR} how a shell variable is written, at its place', () => {
    expect(problems('cd /tmp\n  echo "${MY_VAR}"')).toBe(
      [
        "launchers.yaml:6:14: error [UnknownPlaceholder] unknown placeholder '{MY_VAR}'",
        '  |',
        '6 |       echo "${MY_VAR}"',
        '  |              ^^^^^^^^',
        "hint: For the shell variable, write '${{MY_VAR}}'.",
      ].join('\n'),
    );
  });

  test.each([
    ['a misspelt name', '{run_nam}', "'{run_nam}'", "Did you mean '{run_name}'?"],
    ['a name with spaces', '{ run_name }', "'{ run_name }'", "Did you mean '{run_name}'?"],
    ['a format specification', '{run_name:>10}', "'{run_name:>10}'", "Did you mean '{run_name}'?"],
    ['a brace of the shell', 'f() { echo; }', "'{ echo; }'", "write '{{ echo; }}'"],
    ['nothing', '{}', "'{}'", 'The placeholders are {recipe_path}'],
    ['config without a key', '{config.}', "'{config.}'", 'config.'],
  ])('names the placeholder that does not exist: %s', (_what, template, field, hint) => {
    const text = problems(template);
    expect(text).toContain(`launchers.yaml:5:`);
    expect(text).toContain(`error [UnknownPlaceholder] unknown placeholder ${field}`);
    expect(text.slice(text.indexOf('hint: '))).toContain(hint);
  });

  test.each([
    ['{', 'a { b'],
    ['}', 'a } b'],
    ['}', '{run_name}}'],
    ['{', '{{{run_name'],
  ])("refuses a single '%s', and says to double it", (brace, template) => {
    const text = problems(template);
    expect(text).toMatch(/^launchers\.yaml:5:\d+: error \[TemplateSyntax\]/);
    expect(text).toContain(`a single '${brace}' in a template\n`);
    expect(text).toContain(`hint: To write a literal brace, double it: '${brace}${brace}'.`);
  });

  test('names all that is wrong in header and template at once', () => {
    const ids = problems('{a} {run_name} }', '#!/bin/bash\n{b}').match(/\[\w+\]/g);
    expect(ids).toEqual(['[UnknownPlaceholder]', '[UnknownPlaceholder]', '[TemplateSyntax]']);
  });

  test('refuses ${run_name}, which would be a shell variable named by the value', () => {
    const text = problems('echo "${run_name}"');
    expect(text).toContain(
      "launchers.yaml:5:12: error [TemplateSyntax] the shell would treat the '$'",
    );
    expect(text).toContain(
      'hint: For the value, write {run_name}. For the shell variable, write ${{run_name}}.',
    );
    expect(render("echo '${recipe_name}' # ${recipe_name} \\${recipe_name}")).toContain(
      "'$x' # $x \\$x",
    );
  });

  test.each([
    ['a{overrides}b', '6', 'part of a word'],
    ['run x={overrides}', '11', 'part of a word'],
    ['run {overrides}#', '9', 'part of a word'],
    ['run {overrides}{recipe_name}', '9', 'part of a word'],
    ['run "{overrides}"', '10', 'quoted'],
  ])('refuses {overrides} that is no word of its own: %s', (template, column, how) => {
    expect(problems(template)).toBe(
      [
        `launchers.yaml:5:${column}: error [TemplateSyntax] '{overrides}' stands for several words, but here it is ${how}`,
        '  |',
        `5 |     ${template}`,
        `  | ${' '.repeat(Number(column) - 1)}^^^^^^^^^^^`,
        'hint: Write it as a separate word, with spaces around it and no quotes.',
      ].join('\n'),
    );
  });

  test.each(['run {overrides}', '({overrides})', 'run {overrides}; x', 'run {overrides}\\\n  x'])(
    'takes {overrides} for a word in %j',
    (template) => expect(render(template)).not.toContain('{'),
  );

  test('refuses a value that its place cannot hold, and says where it can stand', () => {
    expect(problems('x=${{Y:-{run_name}}}')).toBe(
      [
        'launchers.yaml:5:13: error [UnsafeValue] the value "my run" of \'{run_name}\' cannot be used here: the shell would change its meaning',
        '  |',
        '5 |     x=${{Y:-{run_name}}}',
        '  |             ^^^^^^^^^^',
        'hint: Write X="{run_name}" on a line above the command and $X here, or change the value.',
      ].join('\n'),
    );
  });
});
