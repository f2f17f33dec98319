import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';
import { toYaml } from '../../../yaml/writer/to-yaml';

const BASE = `trainer: {lr: 0.1, steps: 5}
data:
  - {source: a, size: 1}
  - {source: b, size: 2}
layers.0.weight: 1
deep: {x.y: {z: 1}}
`;

/** The configs of the runs of a generic sweep. */
function configs(rest: string): string[] {
  const sweep = new TemporarySweep(GENERIC + rest, { 'base.yaml': BASE });
  return sweep.runs().map(({ config }) => toYaml(config));
}

function problems(rest: string): string[] {
  return new TemporarySweep(GENERIC + rest, { 'base.yaml': BASE }).problems();
}

function warnings(rest: string): string[] {
  return new TemporarySweep(GENERIC + rest, { 'base.yaml': BASE }).warnings();
}

describe('every spelling of OmegaConf means the path that OmegaConf means', () => {
  it.each([
    ['trainer[lr]', 'trainer.lr'],
    ['[trainer].lr', 'trainer.lr'],
    ['[trainer][lr]', 'trainer.lr'],
    ['data[0].source', 'data.0.source'],
    ['data[0][source]', 'data.0.source'],
    ['data[-1].source', 'data.1.source'],
    ['data.-2.source', 'data.0.source'],
    ['data[01].source', 'data.1.source'],
    ['data[+1].source', 'data.1.source'],
  ])('%s is %s', (written, meant) => {
    const value = meant.endsWith('lr') ? '[1, 2]' : '[c, d]';
    const runs = configs(`variables: {"${written}": ${value}}\n`);
    expect(runs).toEqual(configs(`variables: {${meant}: ${value}}\n`));
    expect(runs[0]).not.toBe(runs[1]);
    // Nothing is added.
    expect(runs[0]?.split('\n').length).toBe(configs('')[0]?.split('\n').length);
    expect(warnings(`controls: {"${written}": ${value.slice(1, 2)}}\n`)).toEqual([]);
  });

  it('under torchtune, for what is varied, deleted, replaced and set on conditions', () => {
    const sweep = new TemporarySweep(`${HEAD}variables: {"optimizer[lr]": [1e-4, 2e-4]}
sweep:
  exclude: [{optimizer.lr: 2e-4}]
  when: [{if: {"[optimizer].lr": 1e-4}, set: {"model[lora_rank]": 4}}]
delete: ["optimizer[fused]"]
controls: {checkpointer.checkpoint_files: {filename_format: x, max_filename: y}}
replace: ["checkpointer[checkpoint_files]"]
`);
    const [run, ...others] = sweep.runs();
    expect(others).toEqual([]);
    expect(run?.config.entries.at('optimizer')).toMatchObject({ kind: 'map' });
    expect(sweep.warnings()).toEqual([expect.stringContaining('confounded-rank') as string]);
  });

  it('and two spellings of one path are in conflict', () => {
    expect(problems('variables: {"trainer[lr]": [1, 2]}\ncontrols: {trainer.lr: 3}\n')).toEqual([
      "experiment.yaml:4:12 Conflict 'trainer.lr' and 'trainer.lr' both set trainer.lr (Remove one of the two.)",
    ]);
  });
});

describe('a spelling of which OmegaConf would drop a part', () => {
  it.each([
    ['trainer[lr', 'Write trainer.lr, with one dot between keys.'],
    ['trainer[lr]x', 'Write trainer.lr.x, with one dot between keys.'],
    ['trainer.[lr]', 'Write trainer.lr, with one dot between keys.'],
    ['trainer[]', 'Write trainer, with one dot between keys.'],
    ['.trainer.lr', 'Write trainer.lr, with one dot between keys.'],
    ['trainer..lr', 'Write trainer.lr, with one dot between keys.'],
  ])('%s is not a valid path', (written, hint) => {
    const [problem, ...others] = problems(`controls: {"${written}": 1}\n`);
    expect(others).toEqual([]);
    expect(problem).toContain(`'${written}' is not a valid path`);
    expect(problem).toContain(hint);
  });
});

describe('a key with dots in its name', () => {
  it.each(["'layers\\.0\\.weight'", "'[layers.0.weight]'", "'deep.x\\.y.z'", "'deep[x.y].z'"])(
    'is named by %s, and no key is added',
    (written) => {
      const sweep = new TemporarySweep(`${GENERIC}variables: {${written}: [2, 3]}\n`, {
        'base.yaml': BASE,
      });
      sweep.generate();
      const lines = sweep.read('configs/run_000.yaml').split('\n');
      const before = BASE.split('\n');
      expect(lines.length).toBe(before.length);
      expect(lines.filter((line, index) => line !== before[index])).toHaveLength(1);
      expect(sweep.warnings()).toEqual([]);
      // The mapping says which key it was, in a spelling that can be written again.
      expect(sweep.read('configs/run_mapping.yaml')).toContain('\\.');
    },
  );

  it('is not guessed at where its dots are levels', () => {
    expect(problems('variables: {layers.0.weight: [1, 2]}\n')).toEqual([
      "experiment.yaml:3:13 UnknownPath 'layers.0.weight' is not a path of the base config, which has a key with dots in its name (Write 'layers\\.0\\.weight'.)",
    ]);
    expect(problems('controls: {deep.x.y.z: 1}\n')).toEqual([
      "experiment.yaml:3:12 UnknownPath 'deep.x.y.z' is not a path of the base config, which has a key with dots in its name (Write 'deep.x\\.y.z'.)",
    ]);
    expect(problems('delete: [layers.0.weight]\n')[0]).toContain("Write 'layers\\.0\\.weight'.");
    // What is refused is accepted as the hint has it.
    expect(problems("controls: {'deep.x\\.y.z': 2}\n")).toEqual([]);
  });

  it('cannot be said by an argument', () => {
    const sweep = new TemporarySweep(
      `${GENERIC}variables: {'layers\\.0\\.weight': [1, 2]}\noutput: {form: overrides}\n`,
      { 'base.yaml': BASE },
    );
    expect(sweep.problems()).toEqual([
      "base.yaml:5:1 UnwritableOverride a command-line argument cannot express the key 'layers.0.weight' (Write 'output: {form: configs}'; a config can express this change.)",
    ]);
  });
});
