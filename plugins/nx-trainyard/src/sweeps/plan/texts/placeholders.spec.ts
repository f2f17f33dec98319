import { compileTemplate, fillTemplate, placeholdersIn, substitute } from './placeholders';

const NAMES = new Map([
  ['rank', '8'],
  ['optimizer.lr', '0.0003'],
  ['experiment.name', 'study'],
]);

describe('a text with placeholders', () => {
  it.each([
    ['r{rank}_lr{optimizer.lr}', 'r8_lr0.0003'],
    ['{experiment.name}', 'study'],
    ['{rank}{rank}', '88'],
    ['', ''],
  ])('has known names filled in: %s', (text, filled) => {
    expect(substitute(text, NAMES)).toBe(filled);
  });

  it.each([
    ['{{rank}}', '{rank}'],
    ['{{rank}} is {rank}', '{rank} is 8'],
    ['{{{rank}}}', '{{rank}}'],
  ])('has a literal placeholder for a doubled one: %s', (text, filled) => {
    expect(substitute(text, NAMES)).toBe(filled);
  });

  it.each([
    '{unknown}',
    '{{unknown}}',
    '{ rank }',
    '{{ rank }}',
    '{}',
    '{"role": "user", "content": {x}}',
    '{% if x %}{{ x }}{% endif %}',
    '${rank}',
    '${output_dir}/logs',
    '${oc.env:HOME,{rank}}',
    '${a.${rank}}',
    '$',
    '}{',
  ])('keeps every other brace as it is: %s', (text) => {
    expect(substitute(text, NAMES)).toBe(text);
  });

  it('keeps interpolations and fills what stands beside them', () => {
    expect(substitute('${dir}/{rank}/${rank}', NAMES)).toBe('${dir}/8/${rank}');
    expect(substitute('cost: ${ {rank}', NAMES)).toBe('cost: ${ 8');
  });

  it('fills a value as it is, whatever is in it', () => {
    expect(substitute('{rank}', new Map([['rank', '{rank} $& ${x}']]))).toBe('{rank} $& ${x}');
  });

  it('is read once and filled many times', () => {
    const template = compileTemplate('r{rank}', (name) => name === 'rank');
    expect(['8', '16'].map((rank) => fillTemplate(template, new Map([['rank', rank]])))).toEqual([
      'r8',
      'r16',
    ]);
    expect(fillTemplate(template, new Map())).toBe('r{rank}');
  });
});

it('finds the placeholders of a text, known or not', () => {
  expect(placeholdersIn('a{b} {{c}} ${d} {e.f}')).toMatchObject([
    { name: 'b', start: 1, end: 4 },
    { name: 'e.f', start: 16, end: 21 },
  ]);
});
