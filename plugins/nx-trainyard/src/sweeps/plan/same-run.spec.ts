import { GENERIC, HEAD, TemporarySweep } from '../../../testing/temporary-sweep';

const BASE = 'a: 1\nb: {x: 2.5}\nlist: [1, 2]\nseed: 3\ns: text\nout: /out\n';

/** The fingerprints of a sweep over a config of one's own. */
function prints(rest: string, base = BASE): string[] {
  const sweep = new TemporarySweep(GENERIC + rest, { 'base.yaml': base });
  return sweep.runs().map(({ fingerprint }) => fingerprint);
}

const ONE = prints('variables: {a: [5], s: [u]}\n');

describe('a run is the same run', () => {
  it.each([
    [
      'with one more variable that has the base’s value',
      'variables: {a: [5], s: [u], b.x: [2.5]}\n',
    ],
    ['with that value spelled otherwise', 'variables: {a: [5], s: [u], b.x: [25e-1]}\n'],
    ['with one more that is a list', 'variables: {a: [5], s: [u], list: [[1, 2]]}\n'],
    ['with one more that is a map', 'variables: {a: [5], s: [u], b: [{x: 2.5}]}\n'],
    ['with variables in another order', 'variables: {s: [u], a: [5]}\n'],
    ['with a variable made a control', 'variables: {a: [5]}\ncontrols: {s: u}\n'],
    ['with all of them made controls', 'controls: {s: u, a: 5}\n'],
    ['with two that advance together', 'sweep: {zip: [{a: [5], s: [u]}]}\n'],
    ['as a row by itself', 'sweep: {runs: [{s: u, a: 5}]}\n'],
    [
      'with a value that a condition sets',
      'variables: {a: [5]}\nsweep: {when: [{if: {a: 5}, set: {s: u}}]}\n',
    ],
    ['with a value that is derived', 'variables: {s: [u]}\nderived: {a: "2 + 3"}\n'],
    ['with a label', 'variables: {a: [5], s: [u]}\noutput: {run_name: "a{a}"}\n'],
    ['with resources', 'variables: {a: [5], s: [u]}\nresources: {gpus: 8}\n'],
    ['with a cluster', 'variables: {a: [5], s: [u]}\ncluster: slurm\n'],
    [
      'without a folder of its own',
      'variables: {a: [5], s: [u]}\noutput: {per_run_output_dir: false}\n',
    ],
    ['in the other form', 'variables: {a: [5], s: [u]}\noutput: {form: overrides}\n'],
  ])('%s', (_what, rest) => {
    expect(prints(rest)).toEqual(ONE);
  });

  it('in a larger sweep, wherever it stands in it', () => {
    const grown = prints('variables: {s: [q, u, v], a: [4, 5], seed: [3, 4]}\n');
    expect(grown).toHaveLength(12);
    expect(grown).toContain(ONE[0]);
    expect(new Set(grown).size).toBe(12);
  });

  it('with another layout, comments and spelling of the base', () => {
    const base =
      '# mine\nout: "/out"\ns: \'text\'\nseed: 0x3\nlist:\n  - 1\n  - 2\nb:\n  x: 2.50\na: 1 # one\n';
    expect(prints('variables: {a: [5], s: [u]}\n', base)).toEqual(ONE);
  });

  it('whatever number it has, where {run_id} stands in its config', () => {
    const controls = 'controls: {out: "/o/{run_id}", list: ["x-{run_id}"]}\n';
    const few = prints(`variables: {a: [1, 2]}\n${controls}`);
    const many = prints(`variables: {a: [0, 1, 2]}\n${controls}`);
    expect(many.slice(1)).toEqual(few);
    expect(new Set(many).size).toBe(3);
    const label = 'controls: {out: "/o/{label}"}\noutput: {run_name: "{run_id}-a{a}"}\n';
    expect(prints(`variables: {a: [0, 1, 2]}\n${label}`).slice(1)).toEqual(
      prints(`variables: {a: [1, 2]}\n${label}`),
    );
  });

  it('with outside values in another order', () => {
    expect(prints('outside: {p: [1], q: [2]}\n')).toEqual(prints('outside: {q: [2], p: [1]}\n'));
  });
});

describe('a run is another run', () => {
  it.each([
    ['with a number of another kind', 'variables: {a: [5.0], s: [u]}\n'],
    ['with one value more', 'variables: {a: [5], s: [u]}\ncontrols: {new: 1}\n'],
    ['with a list in another order', 'variables: {a: [5], s: [u], list: [[2, 1]]}\n'],
    ['with an outside value', 'variables: {a: [5], s: [u]}\noutside: {p: [1]}\n'],
  ])('%s', (_what, rest) => {
    expect(prints(rest)).toHaveLength(1);
    expect(prints(rest)).not.toEqual(ONE);
  });

  it('run by another command, but not with other resources for it', () => {
    const by = (command: string, rest = ''): string[] => {
      const head = GENERIC.replace('base.yaml}', `base.yaml, command: "${command}"}`);
      const sweep = new TemporarySweep(`${head}variables: {a: [5]}\n${rest}`, {
        'base.yaml': BASE,
      });
      return sweep.runs().map(({ fingerprint }) => fingerprint);
    };
    expect(by('train {config}')).not.toEqual(by('test {config}'));
    expect(by('train -n {gpus} {config}', 'resources: {gpus: 1}\n')).toEqual(
      by('train -n {gpus} {config}', 'resources: {gpus: 8}\n'),
    );
  });

  it('as a further repetition, though its seed is the same', () => {
    expect(new Set(prints('sweep: {repeats: {seeds: [3, 3, 3]}}\n')).size).toBe(3);
  });
});

it('a folder keeps its end, the fingerprint, where its name changes', () => {
  const folder = (rest: string): string =>
    new TemporarySweep(`${HEAD}${rest}`).runs()[0]?.outputDir ?? '';
  const plain = folder('variables: {lora_alpha: [16]}\n');
  const named = folder('variables: {lora_alpha: [16]}\noutput: {run_name: mine}\n');
  const more = folder('variables: {lora_alpha: [16], batch_size: [4]}\n');
  expect([plain, named, more].map((path) => path.replace(/.*\//, '').slice(0, -8))).toEqual([
    'lora_alpha_16-',
    'mine-',
    'lora_alpha_16_batch_size_4-',
  ]);
  expect(named.slice(-8)).toBe(plain.slice(-8));
  expect(more.slice(-8)).toBe(plain.slice(-8));
});
