import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';
import { DiagnosticError } from '../../../diagnostics';

const BASE = `lr: 0.1
steps: 5
flag: true
name: adam
seed: null
said: None
sizes: [1, 2]
output_dir: /out
`;

/** What is warned of or refused, as `message | hint`. */
function found(experiment: string): string[] {
  const sweep = new TemporarySweep(experiment, { 'base.yaml': BASE });

  try {
    const ids = ['literal-as-text', 'wrong-kind'];
    return sweep
      .plan()
      .warnings.filter(({ id }) => ids.includes(id))
      .map(({ message, hint }) => `${message} | ${hint}`);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return cause.diagnostics.map(({ message, hint }) => `${message} | ${hint}`);
  }
}

const generic = (controls: string): string[] => found(`${GENERIC}controls: {${controls}}\n`);

describe('a text that Python or JSON would read as a value', () => {
  it.each([
    ['lr: None', 'Write null: None is a text.'],
    ['steps: "null "', "Write null: 'null ' is a text."],
    ['lr: nan', 'Write .nan: nan is a text.'],
    ['lr: -inf', "Write -.inf: '-inf' is a text."],
    ['flag: none', 'Write null: none is a text.'],
    ['flag: "True "', "Write true: 'True ' is a text."],
    ['flag: "false"', 'Write false: false is a text.'],
    ['sizes: None', 'Write null: None is a text.'],
  ])('is refused where the base has another kind, with the value to write: %s', (control, hint) => {
    expect(generic(control)).toEqual([expect.stringMatching(/^Cannot override .* \| /)]);
    expect(generic(control)[0]).toContain(` | ${hint}`);
  });

  it.each([
    ['seed: None', "'seed' is the text None | Write null. If the text is meant, "],
    ['seed: "None"', 'Write null. If'],
    ['seed: "null "', "'seed' is the text 'null ' | Write null. If"],
    ['seed: "True"', 'Write true. If'],
    ['seed: " false"', 'Write false. If'],
    ['seed: inf', 'Write .inf. If'],
  ])('is warned of where the base has null: %s', (control, reported) => {
    expect(generic(control)).toEqual([expect.stringContaining(reported)]);
  });

  it.each(['name: None', 'new: None', 'new: {below: None}', 'new: [1, None]', 'new: [{a: None}]'])(
    'is warned of where the base has a text or nothing, when it is a plain None: %s',
    (control) => {
      const hint = "Write null. If the text is meant, put it in quotes: 'None'.";
      expect(generic(control)).toEqual([expect.stringContaining(`is the text None | ${hint}`)]);
      expect(generic(control.replace('None', "'None'"))).toEqual([]);
      expect(generic(control.replace('None', 'null'))).toEqual([]);
      expect(generic(control.replace('None', 'none'))).toEqual([]);
    },
  );

  it('is warned of wherever it is set', () => {
    expect(found(`${GENERIC}variables: {seed: [1, None]}\n`)).toHaveLength(1);
    expect(found(`${GENERIC}sweep: {runs: [{name: None}]}\n`)).toHaveLength(1);
    const when = 'sweep: {when: [{if: {lr: 0.1}, set: {seed: "null"}}]}\n';
    expect(found(GENERIC + when)).toHaveLength(1);
  });

  it('gets no null as a hint where runs write', () => {
    expect(generic('output_dir: None')).toEqual([
      "'output_dir' is the text None | Write the path of a folder. If the text is meant, put it in quotes: 'None'.",
    ]);
  });

  it('is left alone where the base has it, or it is replaced', () => {
    expect(generic('said: None')).toEqual([]);
    expect(found(`${GENERIC}replace: [lr]\ncontrols: {lr: None}\n`)).toEqual([]);
    expect(generic('name: nothing')).toEqual([]);
    expect(generic('name: "true"')).toEqual([]);
  });

  it('may be meant where the base has null, and is silenced as the hint says', () => {
    const text = `${GENERIC}controls: {seed: None}\n`;
    const [, entry] = /write '(validate: .*)'/.exec(found(text)[0] ?? '') ?? [];
    expect(found(`${text}${entry}\n`)).toEqual([]);
  });
});

describe('of torchtune', () => {
  it.each([
    [
      'tokenizer.max_seq_len: None',
      "'tokenizer.max_seq_len' gets a text, and takes a whole number | Write null: None is a text.",
    ],
    ['clip_grad_norm: inf', 'takes a number | Write .inf: inf is a text.'],
    ['max_steps_per_epoch: "null"', 'takes a whole number | Write null: null is a text.'],
    ['checkpointer.recipe_checkpoint: None', 'is the text None | Write null. If'],
    ['dataset.split: None', "Write null. If the text is meant, put it in quotes: 'None'."],
    ['optimizer: None', 'Write null: None is a text.'],
  ])('the hint is the value, too: %s', (control, reported) => {
    expect(found(`${HEAD}controls: {${control}}\n`)).toEqual([expect.stringContaining(reported)]);
  });
});

it('as output_dir_key, null is what None is to be', () => {
  const text = GENERIC.replace('base.yaml}', 'base.yaml, output_dir_key: None}');
  expect(found(text)).toEqual([expect.stringContaining('Write null for none: None is a text.')]);
});
