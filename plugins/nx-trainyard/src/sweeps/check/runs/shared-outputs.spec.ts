import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

const RUNS = 'variables: {lr: [1, 2]}\n';

function found(sweep: TemporarySweep) {
  return sweep.plan().warnings.filter(({ id }) => id === 'shared-output-dir');
}

function generic(base: string, rest = RUNS): TemporarySweep {
  return new TemporarySweep(GENERIC + rest, { 'base.yaml': `lr: 0\n${base}` });
}

describe('a place that runs share is warned of', () => {
  it.each([
    ['log_dir: /logs\n', 'the same log_dir, /logs'],
    ['a: {b: [{save_dir: /s}]}\n', 'the same a.b.0.save_dir, /s'],
    ['wandb: {run_name: mine}\n', 'the same wandb.run_name, mine'],
    ['hook: {save_path: x.pt}\n', 'the same hook.save_path, x.pt'],
    ['root: /r\nlog: {logging_dir: "${root}/l"}\n', 'the same log.logging_dir, /r/l'],
    ['root: /r\nlog: {ckpt_dir: "${..root}/l"}\n', 'the same log.ckpt_dir, /r/l'],
    ['m: {root: /r, log_dir: "${.root}/l"}\n', 'the same m.log_dir, /r/l'],
    ['log_dir: "${oc.select:none,3}/l"\n', 'the same log_dir, 3/l'],
    ['log_dir: ${oc.env:HOME}/l\n', 'the same log_dir, ${oc.env:HOME}/l'],
    [
      't: {default_local_dir: /a}\nlog_dir: /b\n',
      'the same places: t.default_local_dir (/a), log_dir (/b)',
    ],
    ['output_dir: /o\nlog_dir: /b\n', 'the same log_dir, /b'],
    // What follows it is mended with it.
    ['log_dir: /l\nhook: {save_dir: "${log_dir}/s"}\n', 'the same log_dir, /l'],
  ])('%j', (base, where) => {
    expect(found(generic(base)).map(({ message }) => message)).toEqual([
      `run_000 and run_001 write to ${where}`,
    ]);
  });

  it.each([
    ['follows the output folder', 'output_dir: /o\nlog_dir: ${output_dir}/l\n'],
    [
      'follows it through others',
      'output_dir: /o\na: {x: "${output_dir}"}\nl: {log_dir: "${..a.x}/l"}\n',
    ],
    ['follows what varies', 'log_dir: /logs/${lr}\n'],
    ['follows it in brackets', 'a: {lr: "${lr}"}\nlog_dir: "/logs/${a[lr]}"\n'],
    ['follows it from where it stands', 'm: {log_dir: "/logs/${..lr}"}\n'],
    ['follows it with a default', 'log_dir: "/logs/${oc.select:lr,3}"\n'],
    ['tells the time', 'log_dir: /logs/${now:%H-%M}\n'],
    ['is null', 'log_dir: null\n'],
    ['is read', 'data: {save_dir: /d}\ncache_dir: /c\ncheckpoint_dir: /c\ndata_dir: /d\n'],
    ['is switched off', 'profiler: {enabled: false, output_dir: /p}\n'],
  ])('but not one that %s', (_what, base) => {
    expect(found(generic(base))).toEqual([]);
  });

  it('but not one that tells the time, where runs share the rest of it', () => {
    const rest = 'variables: {lr: [1, 2], other: [1, 2]}\n';
    const at = (text: string) => found(generic(`other: 0\nlog_dir: "/l/${text}"\n`, rest));
    expect(at('${lr}/${now:%H-%M}')).toEqual([]);
    expect(at('${lr}')).toHaveLength(1);
  });

  it('and who accepts one of several places does not accept the others', () => {
    const silenced = (...keys: string[]): string =>
      `${RUNS}controls: {log_dir: /m}\nvalidate: {silence: [{id: shared-output-dir, keys: [${keys.join(', ')}], reason: logs}]}\n`;
    const two = 'log_dir: /l\na: {save_dir: /s}\n';
    expect(found(generic(two, silenced('log_dir')))).toHaveLength(1);
    expect(found(generic(two, silenced('log_dir', 'a.save_dir')))).toEqual([]);
    expect(found(generic('log_dir: /l\n', silenced('log_dir')))).toEqual([]);
  });

  it('but not in a sweep of one run', () => {
    expect(found(generic('log_dir: /l\n', 'variables: {lr: [1]}\n'))).toEqual([]);
  });

  it('and the hint keeps the placeholders and interpolations of what is written', () => {
    const two = 'variables: {lr: [1, 2], a.b: [1, 2]}\n';
    const hint = (rest: string): string | undefined =>
      found(generic('a: {b: 0}\nlog_dir: "/l/${a.b}"\nw: {save_dir: x}\n', rest))[0]?.hint;
    const written = `${two}controls: {w.save_dir: "/s/{lr}"}\n`;
    expect(hint(written)).toBe(
      'Write under controls: log_dir: "/l/${a.b}/{run_id}", w.save_dir: "/s/{lr}/{run_id}".',
    );
    const followed = `${two}controls: {log_dir: "/l/\${a.b}/{run_id}", w.save_dir: "/s/{lr}/{run_id}"}\n`;
    expect(hint(followed)).toBeUndefined();
  });

  it('though only some of the runs do', () => {
    const rest = 'variables: {log_dir: [/a, /b], lr: [1, 2]}\n';
    expect(found(generic('log_dir: /l\n', rest))[0]?.message).toBe(
      'run_000 and run_001 write to the same log_dir, /a',
    );
    expect(found(generic('log_dir: /l\n', 'variables: {log_dir: [/a, /b]}\n'))).toEqual([]);
  });

  it('but a name that some runs share may group them', () => {
    const rest = `variables: {lr: [1, 2], s: [1, 2]}\ncontrols: {run_name: "lr-{lr}"}\n`;
    expect(found(generic('s: 0\nrun_name: x\n', rest))).toEqual([]);
    expect(found(generic('s: 0\nrun_name: x\n', rest.replace('-{lr}', '')))).toHaveLength(1);
  });

  it('where a condition sets it, and not where that follows the output folder', () => {
    const when = (value: string) =>
      `${RUNS}sweep: {when: [{if: {lr: [1, 2]}, set: {log_dir: "${value}"}}]}\n`;
    const base = 'output_dir: /o\nlog_dir: /l\n';
    expect(found(generic(base, when('${output_dir}/l')))).toEqual([]);
    expect(found(generic(base, when('/m')))[0]?.message).toContain('the same log_dir, /m');
  });
});

describe('of torchtune', () => {
  const OLD = `output_dir: /tmp/out
checkpointer: {checkpoint_dir: /models/llama, output_dir: /tmp/ckpt/}
metric_logger: {log_dir: /tmp/logs}
ref_checkpointer: {checkpoint_dir: /models/llama, output_dir: /tmp/ref}
profiler: {enabled: true, output_dir: "\${output_dir}/profile"}
seed: 1
`;
  const old = (rest: string): TemporarySweep =>
    new TemporarySweep(
      `${GENERIC.replace('generic', 'torchtune').replace('base.yaml}', 'base.yaml, recipe: lora_finetune_single_device}')}variables: {seed: [1, 2]}\n${rest}`,
      { 'base.yaml': OLD },
    );

  it('every folder that an older file writes to by itself is named, and how it follows', () => {
    expect(found(old(''))).toMatchObject([
      {
        message:
          'run_000 and run_001 write to the same places: checkpointer.output_dir (/tmp/ckpt/), metric_logger.log_dir (/tmp/logs)',
        hint: 'Write under controls: checkpointer.output_dir: "${output_dir}/ckpt", metric_logger.log_dir: "${output_dir}/logs".',
      },
    ]);
  });

  it('a shipped config shares nothing', () => {
    expect(found(new TemporarySweep(`${HEAD}variables: {lora_alpha: [1, 2]}\n`))).toEqual([]);
  });

  it('folders of one’s own may be switched off where {run_id} is in the folder', () => {
    const off = 'output: {per_run_output_dir: false}\n';
    const rest = `variables: {lora_alpha: [1, 2]}\n${off}`;
    expect(found(new TemporarySweep(HEAD + rest))).toHaveLength(1);
    const own = `${rest}controls: {output_dir: "/x/{run_id}"}\n`;
    expect(found(new TemporarySweep(HEAD + own))).toEqual([]);
  });
});

describe('the hint ends the warning when it is followed', () => {
  /** Writes what a hint says below `controls`. */
  const follow = (sweep: TemporarySweep): TemporarySweep => {
    const [{ hint = '' } = {}] = found(sweep);
    let text = sweep.read('experiment.yaml');
    const output = /Write 'output: \{(.*?)\}'/.exec(hint)?.[1];
    if (output !== undefined) text = `${text.replace(/^output:.*\n/m, '')}output: {${output}}\n`;
    const controls = /Write under controls: (.*)\.$/.exec(hint)?.[1];
    if (controls !== undefined)
      text = `${text.replace(/^controls:.*\n/m, '')}controls: {${controls}}\n`;
    expect(text).not.toBe(sweep.read('experiment.yaml'));
    sweep.write('experiment.yaml', text);
    return sweep;
  };

  it.each([
    ['log_dir: /logs\n', ''],
    ['output_dir: /o\na: {b: [{save_dir: /s/}]}\nrun_name: x\n', ''],
    ['output_dir: /o\nlog_dir: ${root}/l\nroot: /r\n', ''],
    ['output_dir: /o\n', 'output: {per_run_output_dir: false}\n'],
    ['log_dir: /l\n', 'controls: {log_dir: /fixed}\n'],
  ])('%j %j', (base, rest) => {
    const sweep = generic(base, RUNS + rest);
    expect(found(sweep)).toHaveLength(1);
    expect(follow(sweep).plan().warnings).toEqual([]);
  });

  it('of torchtune, with the output folder switched off, too', () => {
    const base = 'output_dir: /o\nmetric_logger: {log_dir: /l}\nseed: 1\n';
    const sweep = new TemporarySweep(
      `${GENERIC.replace('generic', 'torchtune')}variables: {seed: [1, 2]}\noutput: {per_run_output_dir: false}\n`,
      { 'base.yaml': base },
    );
    expect(found(sweep)).toHaveLength(1);
    expect(found(follow(sweep))).toEqual([]);
  });
});
