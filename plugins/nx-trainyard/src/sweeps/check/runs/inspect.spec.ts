import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

function warnings(rest: string): string[] {
  return new TemporarySweep(HEAD + rest).warnings();
}

describe('a warning is given for', () => {
  it.each<[string, string, string]>([
    [
      'a rank that varies under a fixed alpha',
      'variables: {lora_rank: [8, 16]}\n',
      'torchtune-0.6.1/llama3_2/1B_lora_single_device.yaml:10:15 confounded-rank lora_rank varies while lora_alpha stays 128: the scale alpha / rank varies too, and its effect cannot be told from the effect of the rank (2 runs)',
    ],
    [
      'data files without a source',
      'controls: {dataset.data_files: x.json}\n',
      "experiment.yaml:3:12 data-files-without-source dataset.data_files is set without a source: the files are looked for in the builder's own data set (run_000)",
    ],
    [
      'packing without a length',
      'controls: {packed: true}\n',
      'experiment.yaml:3:12 packed-without-max-seq-len dataset.packed is true and tokenizer.max_seq_len is not set: the run stops after the model is loaded (run_000)',
    ],
    [
      'a placeholder for a path',
      'controls: {output_dir: /path/to/x}\n',
      'experiment.yaml:3:12 placeholder-path output_dir is a placeholder: /path/to/x/run-bbd5dca9 (run_000)',
    ],
    [
      'offloading without checkpointing',
      'controls: {activation_offloading: true, activation_checkpointing: false}\n',
      'experiment.yaml:3:12 offloading-without-checkpointing enable_activation_offloading is true without enable_activation_checkpointing (run_000)',
    ],
    [
      'half precision',
      'controls: {dtype: fp16}\n',
      'experiment.yaml:3:12 fp16 dtype is fp16: torchtune does not train in it (run_000)',
    ],
    [
      'a key that nothing reads',
      'controls: {epocs: 1}\n',
      "experiment.yaml:3:12 unknown-key 'epocs' is not a key of 'llama3_2/1B_lora_single_device', and recipe lora_finetune_single_device does not read it",
    ],
    [
      'a text that readers read differently',
      'controls: {compile: no}\n',
      "experiment.yaml:3:21 yaml-dialect 'no' is read as false here, but as a text elsewhere",
    ],
    [
      'the same run twice',
      'variables: {lora_alpha: [1, 1]}\n',
      'experiment.yaml:3:29 same-fingerprint run_001 and run_000 are the same run: nothing in their configs differs',
    ],
    [
      'a folder that runs share',
      'variables: {epochs: [1, 2]}\noutput: {per_run_output_dir: false}\n',
      'torchtune-0.6.1/llama3_2/1B_lora_single_device.yaml:1:13 shared-output-dir run_000 and run_001 write to the same folder, /tmp/torchtune/llama3_2_1B/lora_single_device',
    ],
    [
      'a hundred runs',
      'variables: {epochs: {range: [1, 100, 1]}}\n',
      'many-runs this sweep has 100 runs',
    ],
    [
      'a thousand runs',
      'variables: {epochs: {range: [1, 1000, 1]}}\n',
      'very-many-runs this sweep has 1000 runs',
    ],
    [
      'a condition that never holds',
      'variables: {epochs: [1, 2]}\nsweep: {when: [{if: {epochs: "1"}, set: {batch_size: 2}}]}\n',
      "experiment.yaml:4:22 unused-condition this condition never holds: 'epochs' is never '1'",
    ],
    [
      'a condition on a key that nothing varies',
      'variables: {epochs: [1, 2]}\nsweep: {when: [{if: {seed: 7}, set: {batch_size: 2}}]}\n',
      "experiment.yaml:4:22 unused-condition this condition never holds: 'seed' is never 7",
    ],
    [
      'a condition on what a control sets otherwise',
      'variables: {epochs: [1, 2]}\ncontrols: {seed: 8}\nsweep: {when: [{if: {seed: 7}, set: {batch_size: 2}}]}\n',
      "experiment.yaml:5:22 unused-condition this condition never holds: 'seed' is never 7",
    ],
    [
      'a condition on another name of a variable',
      'variables: {optimizer.lr: [0.1, 0.2]}\nsweep: {when: [{if: {learning_rate: 0.3}, set: {batch_size: 2}}]}\n',
      "experiment.yaml:4:22 unused-condition this condition never holds: 'learning_rate' is never 0.3",
    ],
    [
      'a condition of excluded rows',
      'variables: {epochs: [1, 2], seed: [1, 2]}\nsweep: {exclude: [{epochs: 1, seed: 2}], when: [{if: {epochs: 1, seed: 2}, set: {batch_size: 2}}]}\n',
      'experiment.yaml:4:49 unused-condition this condition never holds: these values never come together',
    ],
    [
      'a setting that an earlier condition always takes the place of',
      'variables: {epochs: [1, 2]}\nsweep: {when: [{if: {epochs: [1, 2]}, set: {batch_size: 2}}, {if: {epochs: 2}, set: {batch_size: 4, seed: 3}}]}\n',
      "experiment.yaml:4:86 unused-condition 'batch_size' is never set here: wherever this holds, a condition above sets it",
    ],
    [
      'a sample that is larger than the grid',
      'variables: {epochs: [1, 2]}\nsweep: {sample: {n: 10, seed: 0}}\n',
      'experiment.yaml:4:17 unused-sample this sample is to have 10 rows, but the grid has 2: all 2 rows are taken',
    ],
    [
      'a sample of rows that are repeated',
      'variables: {epochs: [1, 2]}\nsweep: {sample: {n: 4, seed: 0}, repeats: {n: 2}}\n',
      'experiment.yaml:4:17 unused-sample this sample is to have 4 rows, but the grid has 2: all 2 rows are taken, each 2 times',
    ],
    [
      'a sample of all that the exclusions leave',
      'variables: {epochs: [1, 2, 3]}\nsweep: {exclude: [{epochs: 2}], sample: {n: 2, seed: 0}}\n',
      'experiment.yaml:4:41 unused-sample this sample has no effect: all 2 rows are taken',
    ],
    [
      'a sample of nothing that varies',
      'sweep: {sample: {n: 3, seed: 0}}\n',
      'experiment.yaml:3:17 unused-sample this sample is to have 3 rows, but the grid has 1: the only row is taken',
    ],
    [
      'a sample beside listed runs alone',
      'sweep: {sample: {n: 1, seed: 0}, runs: [{epochs: 1}, {epochs: 2}]}\n',
      'experiment.yaml:3:17 unused-sample this sample has no effect: there is no grid to take it from',
    ],
    [
      'the same seed twice',
      'sweep: {repeats: {seeds: [1, 2, 1]}}\n',
      'experiment.yaml:3:33 equal-values the seed 1 stands here twice: its runs differ in nothing but chance',
    ],
    [
      'an int and a float that are equal',
      'variables: {learning_rate: [1, 0.1, 1.0]}\n',
      "experiment.yaml:3:37 equal-values 1 and 1.0 of 'learning_rate' are equal, and so are their runs",
    ],
    [
      'lists of equal numbers',
      'variables: {optimizer.betas: [[0, 0.9], [0.0, 0.9]]}\n',
      "experiment.yaml:3:41 equal-values [0, 0.9] and [0.0, 0.9] of 'optimizer.betas' are equal, and so are their runs",
    ],
    [
      'equal rows of lists that advance together',
      'sweep: {zip: [{learning_rate: [1, 1.0], weight_decay: [1, 1]}]}\n',
      "experiment.yaml:3:35 equal-values 1 and 1.0 of 'learning_rate' are equal, and so are their runs",
    ],
    [
      'equal rows that are listed',
      'sweep: {runs: [{learning_rate: 1, epochs: 2}, {epochs: 2, learning_rate: 1.0}]}\n',
      "experiment.yaml:3:74 equal-values 1 and 1.0 of 'learning_rate' are equal, and so are their runs",
    ],
    [
      'equal values that are recorded only',
      'outside: {site: [x, x]}\n',
      'experiment.yaml:3:21 same-fingerprint run_001 and run_000 are the same run: nothing in their configs differs',
    ],
    [
      'equal numbers in two spellings',
      'variables: {learning_rate: [1e-4, 0.0001]}\n',
      'experiment.yaml:3:35 same-fingerprint run_001 and run_000 are the same run: nothing in their configs differs',
    ],
    [
      'a replacement that nothing sets',
      'controls: {epochs: 1}\nreplace: [dataset]\n',
      "experiment.yaml:4:11 unused-replace 'dataset' under replace has no effect: nothing sets it",
    ],
    [
      'a replacement beside what is set',
      'controls: {optimizer: {lr: 0.1}}\nreplace: [optimizer.fused, optimizer.lr]\n',
      "experiment.yaml:4:11 unused-replace 'optimizer.fused' under replace has no effect: nothing sets it",
    ],
    [
      'no folder to write to',
      'controls: {output_dir: null}\n',
      'experiment.yaml:3:12 no-output-dir output_dir is no folder: runs get none of their own (run_000)',
    ],
    [
      'a parameter that another optimizer lacks',
      'controls: {optimizer._component_: bitsandbytes.optim.PagedAdamW8bit}\n',
      "torchtune-0.6.1/llama3_2/1B_lora_single_device.yaml:34:10 fused-bitsandbytes optimizer.fused is set, and bitsandbytes.optim.PagedAdamW8bit has no parameter 'fused': the run stops at its start (run_000)",
    ],
    [
      'an exclusion of nothing',
      'variables: {epochs: [1]}\nsweep: {exclude: [{epochs: 2}]}\n',
      "experiment.yaml:4:20 unused-exclusion this exclusion matches no row: 'epochs' is never 2",
    ],
  ])('%s', (_what, rest, warning) => {
    expect(warnings(rest)).toEqual([warning]);
  });

  it('an optimizer in the backward pass that clips', () => {
    const full = HEAD.replace('1B_lora', '1B_full');
    const rest = 'controls: {optimizer_in_bwd: true, clip_grad_norm: 1.0}\n';
    expect(new TemporarySweep(full + rest).warnings()).toEqual([
      'experiment.yaml:3:36 optimizer-in-backward optimizer_in_bwd is true, and clip_grad_norm does not work with it: the run stops at its start (run_000)',
    ]);
  });

  it.each([
    ['lora_rank', 'model.lora_rank'],
    ['optimizer.lr', 'optimizer.lr'],
    ['epochs', 'epochs'],
  ])('a key of the base under outside, where it changes nothing (%s)', (name, path) => {
    const rest = `outside: {${name}: [8, 16]}\n`;
    expect(warnings(rest)).toEqual([
      `experiment.yaml:3:11 outside-key '${name}' under outside is recorded only: ${path} of the base stays as it is`,
    ]);
    expect(warnings(rest.replace(name, 'corpus'))).toEqual([]);
    const reason = `validate: {silence: [{id: outside-key, keys: [${name}], reason: ours}]}\n`;
    expect(warnings(rest + reason)).toEqual([]);
  });

  it('a config of one’s own that nothing says the recipe of', () => {
    const sweep = new TemporarySweep(GENERIC.replace('generic', 'torchtune'), {
      'base.yaml': 'epochs: 1\noutput_dir: /out\n',
    });
    expect(sweep.warnings()).toEqual([
      'experiment.yaml:2:38 no-recipe nothing in the base config tells which recipe runs it',
    ]);
  });

  it('nothing in a sweep that is as it should be', () => {
    const rest = 'variables: {lora_rank: [8, 16]}\nderived: {lora_alpha: "2 * lora_rank"}\n';
    expect(warnings(rest)).toEqual([]);
  });
});

it('a warning stands once, where the experiment says the value, with the number of its runs', () => {
  const rest =
    'variables: {epochs: [1, 2, 3]}\ncontrols:\n  dataset:\n    data_files: /path/to/x\n    source: json\n';
  expect(warnings(rest)).toEqual([
    'experiment.yaml:6:5 placeholder-path dataset.data_files is a placeholder: /path/to/x (3 runs)',
  ]);
});

it('a warning about one run names it', () => {
  const rest = 'variables: {dtype: [bf16, fp16]}\n';
  expect(warnings(rest)).toEqual([
    expect.stringMatching(/^experiment.yaml:3:13 fp16 .+ \(run_001\)$/),
  ]);
});

it('a rank of one value confounds nothing', () => {
  expect(warnings('variables: {lora_rank: [8]}\n')).toEqual([]);
  expect(warnings('variables: {lora_rank: [8, 8.0], epochs: [1, 2]}\n').join()).not.toContain(
    'confounded-rank',
  );
});

it('an interpolation of what is deleted is told with its place', () => {
  expect(warnings('delete: [batch_size]\n')).toEqual([]);
  expect(warnings('delete: [output_dir]\n')).toEqual([
    expect.stringMatching(
      /^experiment.yaml:3:10 dangling-interpolation \S+ refers to 'output_dir', which is deleted$/,
    ),
    expect.stringContaining('no-output-dir output_dir is no folder: runs get none of their own'),
  ]);
});

it('a run without a folder is told of whoever takes it away', () => {
  expect(warnings('variables: {output_dir: [/a, null], epochs: [1, 2]}\n')).toEqual([
    'experiment.yaml:3:13 no-output-dir output_dir is no folder: runs get none of their own (2 runs)',
  ]);
});

it('an empty output folder of the base is none', () => {
  const sweep = new TemporarySweep(
    GENERIC.replace('base.yaml}', 'base.yaml, output_dir_key: out}'),
    { 'base.yaml': "out: ''\n" },
  );
  expect(sweep.warnings()).toEqual([
    'base.yaml:1:6 no-output-dir out is no folder: runs get none of their own (run_000)',
  ]);
  expect(sweep.runs()[0]?.outputDir).toBeUndefined();
});

it('an empty output folder is refused', () => {
  const sweep = new TemporarySweep(`${HEAD}controls: {output_dir: ""}\n`);
  expect(sweep.problems()).toEqual([
    "experiment.yaml:3:24 TypeMismatch 'output_dir' is empty, so runs would write to the root folder (Write the path of a folder.)",
  ]);
});

it('rows that are the same are both named, and outside tells rows apart', () => {
  expect(warnings('variables: {lora_alpha: [1, 2, 1]}\n')).toEqual([
    'experiment.yaml:3:32 same-fingerprint run_002 and run_000 are the same run: nothing in their configs differs',
  ]);
  expect(warnings('variables: {lora_alpha: [1]}\noutside: {p: [1, 2]}\n')).toEqual([]);
});

it.each([
  'variables: {learning_rate: [1, 0.5], weight_decay: [1, 1.5]}\n',
  'sweep: {zip: [{learning_rate: [1, 1.0], weight_decay: [1, 2]}]}\n',
  'variables: {lora_alpha: [1, 2, 3]}\nsweep: {sample: {n: 2, seed: 0}}\n',
  'sweep: {repeats: {seeds: [1, 2]}}\n',
])('nothing is equal in %j, and nothing idle', (rest) => {
  expect(warnings(rest)).toEqual([]);
});

it('the same seed twice can be meant', () => {
  const meant = 'validate: {silence: [{id: equal-values, keys: [seed], reason: noise}]}\n';
  const sweep = new TemporarySweep(`${HEAD}sweep: {repeats: {seeds: [1, 1]}}\n${meant}`);
  expect(sweep.problems({ strict: true })).toEqual([]);
});

describe('the mode of validation', () => {
  const rest = 'controls: {dtype: fp16}\nvalidate: ';
  it('off says nothing about configs', () => {
    expect(warnings(`${rest}{mode: off}\n`)).toEqual([]);
    expect(warnings(`${rest}{mode: 'off'}\n`)).toEqual([]);
  });

  it('warn is the default', () => {
    expect(warnings(`${rest}{mode: warn}\n`)).toEqual(warnings('controls: {dtype: fp16}\n'));
  });

  it('error refuses, and writes nothing', () => {
    const sweep = new TemporarySweep(`${HEAD}${rest}{mode: error}\n`);
    expect(sweep.problems()).toEqual([expect.stringMatching(/^experiment.yaml:3:12 fp16 /)]);
    expect(() => sweep.generate()).toThrow('fp16');
    expect(() => sweep.files()).toThrow('ENOENT');
  });
});

describe('a warning that is silenced', () => {
  const silence = (id: string): string =>
    `validate: {silence: [{id: ${id}, reason: it is meant}]}\n`;
  it('is not given, and no error when strict', () => {
    const sweep = new TemporarySweep(`${HEAD}controls: {dtype: fp16}\n${silence('fp16')}`);
    expect(sweep.warnings()).toEqual([]);
    expect(sweep.problems({ strict: true })).toEqual([]);
  });

  it('says nothing for another one', () => {
    expect(warnings(`controls: {dtype: fp16}\n${silence('unknown-key')}`)).toEqual([
      expect.stringContaining(' fp16 '),
      "experiment.yaml:4:27 unused-silence 'unknown-key' is silenced, and nothing of the kind is found",
    ]);
  });

  it('may be one of the sweep as a whole', () => {
    expect(warnings(`variables: {epochs: {range: [1, 100, 1]}}\n${silence('many-runs')}`)).toEqual(
      [],
    );
  });
});

it('strict refuses all warnings at once, but not the number of runs', () => {
  const sweep = new TemporarySweep(`${HEAD}variables: {epochs: {range: [1, 100, 1]}}\n`);
  expect(sweep.problems({ strict: true })).toEqual([]);
});
