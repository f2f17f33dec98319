import { HEAD, problems } from '../../../testing/experiment-text';

/** The warnings for a value of a control. */
function warned(value: string): string[] {
  return problems(`${HEAD}controls:\n  a: ${value}\n`);
}

describe('a plain value that readers take for different things', () => {
  it.each([
    [
      'yes',
      "'yes' is read as true here, but as a text elsewhere | Write true. For the string, write 'yes' in quotes.",
    ],
    [
      'No',
      "'No' is read as false here, but as a text elsewhere | Write false. For the string, write 'No' in quotes.",
    ],
    [
      'off',
      "'off' is read as false here, but as a text elsewhere | Write false. For the string, write 'off' in quotes.",
    ],
    [
      'ON',
      "'ON' is read as true here, but as a text elsewhere | Write true. For the string, write 'ON' in quotes.",
    ],
    [
      '1_000',
      "'1_000' is read as 1000 here, but as a text elsewhere | Write 1000. For the string, write '1_000' in quotes.",
    ],
    [
      '1_0.5',
      "'1_0.5' is read as 10.5 here, but as a text elsewhere | Write 10.5. For the string, write '1_0.5' in quotes.",
    ],
    [
      '017',
      "'017' is read as 15 here, but as the number 17 elsewhere | Write 15. For the string, write '017' in quotes.",
    ],
    [
      '08',
      "'08' is read as the text '08' here, but as the number 8 elsewhere | Write '08' in quotes.",
    ],
    [
      '1:30',
      "'1:30' is read as 90 here, but as a text elsewhere | Write 90. For the string, write '1:30' in quotes.",
    ],
    [
      '1:30.5',
      "'1:30.5' is read as 90.5 here, but as a text elsewhere | Write 90.5. For the string, write '1:30.5' in quotes.",
    ],
  ])('is warned of: %s', (value, message) => {
    expect(warned(value)).toEqual([`4:6 yaml-dialect ${message}`]);
  });

  it.each([
    'true',
    'False',
    '3e-4',
    '0',
    '0.5',
    '-1',
    '10',
    '"yes"',
    "'1_000'",
    'y',
    '2024-01-01',
    'a_1',
    'x:30',
    '!!str no',
  ])('is not %s', (value) => {
    expect(warned(value)).toEqual([]);
  });

  it('is warned of at each place, in lists and as a key too', () => {
    const locations = problems(`${HEAD}controls:\n  m: {no: 1, b: [on, {c: 1_0}]}\n`);
    expect(locations.map((warning) => warning.split(' ').slice(0, 3).join(' '))).toEqual([
      "4:7 yaml-dialect 'no'",
      "4:18 yaml-dialect 'on'",
      "4:26 yaml-dialect '1_0'",
    ]);
  });
});
