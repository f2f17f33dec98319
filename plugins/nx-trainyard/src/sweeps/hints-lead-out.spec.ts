import { GENERIC, HEAD, TemporarySweep } from '../../testing/temporary-sweep';
import type { Diagnostic } from '../diagnostics';
import { DiagnosticError } from '../diagnostics';

const BASE = `lr: 0.1
steps: 5
name: adam
flag: true
sizes: [1, 2]
trainer: {data: {size: 1}, steps: 2}
layers.0.weight: 1
`;

function problemsOf(sweep: TemporarySweep): readonly Diagnostic[] {
  try {
    const plan = sweep.plan();
    return plan.warnings.filter(({ id }) => id === 'unknown-key');
  } catch (cause) {
    if (cause instanceof DiagnosticError) return cause.diagnostics;
    throw cause;
  }
}

/** What a hint says to write, as it stands there. */
const PATTERNS: readonly RegExp[] = [
  /^Did you mean '?([^' ?]+)/,
  /^(Remove it):/,
  /^Write (\w+): (\{.*\}), with a colon/,
  /^Write a nested key with dots, '([^ ]+): (.*)', or/,
  /^Write (\[.*\])[.,]/,
  /^Write (\*\*|[\w.]+)\.$/,
  /^Write '?([\w.]+): ([^\n]*?)'?\.?$/,
  /write '([\w]+): (.*)'\.$/,
  /(?:Remove the quotes: |quotes: |Write a list: |write )(.+?)(?: without brackets)?\.$/,
  /or write (\[.*\])\.$/,
  /^Write '?([^' ]+?)'?(?:,.*| or .*| under .*|: .*not part of the name)?\.?$/,
];

const SECTIONS = /^(variables|controls|replace|delete|output|sweep|derived)$/;

/** An experiment after its hint has been followed literally. */
function followed(text: string, { hint = '', location }: Diagnostic): string {
  const match = PATTERNS.map((pattern) => pattern.exec(hint)).find(Boolean);
  const [, first = '', second] = match ?? [];
  if (!location || first === '') throw new Error(`nobody could follow: ${hint}`);
  const { start, end } = location;
  const token = text.slice(start, end);
  if (hint.includes('nested key')) {
    // The key goes from where it lies in another.
    const line = text.slice(text.lastIndexOf('\n', start) + 1).split('\n', 1)[0] ?? '';
    return text.replace(line, `variables: {${first}: ${second}}`);
  }
  if (first === 'Remove it') return text.replaceAll(token, '');
  if (second !== undefined && SECTIONS.test(first)) {
    // What is said anew elsewhere goes from where it is, unless it is a replacement that is allowed.
    const line = text.slice(text.lastIndexOf('\n', start) + 1).split('\n', 1)[0] ?? '';
    const rest = /^replace$/.test(first) ? text : text.replace(`${line}\n`, '');
    return `${rest}${first}: ${second}\n`;
  }
  const isKey = /^["']?\s*:/.test(text.slice(end)) || /^\s*:/.test(text.slice(end));
  if (second === undefined) return splice(text, start, end, first);
  if (!isKey) {
    return first.endsWith('_component_')
      ? text.replace(new RegExp(`\\w+: ${token}`), `${first}: ${second}`)
      : splice(text, start, end, second);
  }
  return splice(text, start, end, first);
}

function splice(text: string, start: number, end: number, by: string): string {
  return `${text.slice(0, start)}${by}${text.slice(end)}`;
}

/** Follows hints until nothing is wrong, and never more often than there are mistakes. */
function mended(text: string, files: Readonly<Record<string, string>>): string {
  let now = text;
  for (let step = 0; step < 3; step += 1) {
    const [problem] = problemsOf(new TemporarySweep(now, files));
    if (!problem) return now;
    now = followed(now, problem);
  }
  const [left] = problemsOf(new TemporarySweep(now, files));
  if (left) throw new Error(`${left.message} (${left.hint}) is left in\n${now}`);
  return now;
}

describe('the hint, followed to the letter, leads out:', () => {
  it.each([
    // keys
    'variables: {optimzer.lr: [1, 2]}',
    'controls: {optimizer.learning_rate: 1}',
    'variables: {lora_rnk: [8]}',
    'controls: {epocs: 3}',
    'controls: {lr_sheduler.num_warmup_steps: 3}',
    'variables: {"optimizer/lr": [1]}',
    'variables: {"++optimizer.lr": [1]}',
    'variables: {"--learning-rate": [1]}',
    'controls: {"optimizer[\'lr\']": 1}',
    'controls: {"optimizer..lr": 1}',
    'controls: {"optimizer[lr": 1}',
    // values
    'variables: {lora_rank: [8 16, 32]}',
    'variables: {lora_rank: ["8", 16]}',
    'variables: {lora_rank: ["8, 16"]}',
    'variables: {lora_rank: "8, 16"}',
    'variables: {lora_rank: 8 16}',
    'variables: {lora_rank: [[8, 16]]}',
    'variables: {lora_rank: {values: [8, 16]}}',
    'variables:\n  lr: choice(1e-4, 1e-3)',
    'controls: {lora_attn_modules: q_proj}',
    'variables: {lora_attn_modules: [q_proj]}',
    'controls: {optimizer: adamw}',
    'controls: {metric_logger: wandb}',
    'controls: {output_dir: 8}',
    'controls: {lora_rank: x}',
    'variables: {compile: [true, 1.5]}',
    'controls:\n  lora_rank: [8, 16]',
    'controls:\n  lora_rank: 8 16',
    'controls:\n  lr: {values: [1e-4, 1e-3]}',
  ])('%s', (rest) => {
    const text = `${HEAD}${rest}\n`;
    expect(problemsOf(new TemporarySweep(text)).length).toBeGreaterThan(0);
    expect(problemsOf(new TemporarySweep(mended(text, {})))).toEqual([]);
  });

  it.each([
    'variables: {trianer.data.size: [1]}',
    'variables: {size: [1]}',
    'variables: {layers.0.weight: [1, 2]}',
    'controls: {layers.0.weight: 2}',
    'controls: {sizes: 3}',
    'controls: {name: 3}',
    'controls: {trainer: 3}',
    'controls: {recipes.trainer.data.size: 3}',
    'variables: {lr: {from: 1, to: 3}}',
    'variables: {steps: {range: [1, 3]}}',
    'variables: {lr: {linspace: [0.1, 0.5]}}',
    'variables: {trainer: {steps: [1, 2]}}',
    'variables: {trainer: {data: {size: [1, 2]}}}',
    'variables: {trainer: {data: {size: {range: [1, 4, 1]}}}}',
    'variables: {trainer: {steps: 3}}',
    'variables: [{lr: [1, 2]}]',
    'controls: [{lr: 3}, {name: x}]',
    'delete: trainer.steps',
    'delete: [trainer.stps]',
    'replace: [trainr.data]\ncontrols: {trainer.data: {size: 3}}',
    'sweep: {zip: {lr: [1, 2], steps: [3, 4]}}',
    'variables: {lr: [1, 2]}\nsweep: {exclude: {lr: 1}}',
    'variables: {lr: [1, 2]}\nsweep: {when: {if: {lr: 1}, set: {steps: 9}}}',
    'variables: {lr: [1, 2]}\nderived: {steps: "2 * ${lr}"}',
    'variables: {lr: [1, 2]}\nderived: {steps: "2 * {trainer.steps} ^ $lr"}',
    'variables: {steps: {start: 8, stop: 64, step: 8}}',
    'variables: {lr: {rnage: [1, 3, 1]}}',
    'variables: {lr: [1, 2]}\noutput: {run_name: "r{trainer.data.sise}_{size}_{stesp}"}',
  ])('%s', (rest) => {
    const text = `${GENERIC}${rest}\n`;
    const files = { 'base.yaml': BASE };
    expect(problemsOf(new TemporarySweep(text, files)).length).toBeGreaterThan(0);
    expect(problemsOf(new TemporarySweep(mended(text, files), files))).toEqual([]);
  });

  it.each([
    ['output_dir_key: out_dir', 'output_dir: /o\n'],
    ['output_dir_key: trainer.out_dir', 'trainer: {output_dir: /o}\n'],
    ['output_dir_key: results', 'output_dir: /o\n'],
    ['output_dir_key: steps', 'steps: 1\noutput_dir: /o\n'],
    ['command: "python {confg} {gpu} {x}"', 'a: 1\n'],
    ['command: "python {x.y} {config} {x.y}"', 'a: 1\n'],
  ])('framework_config: {%s}', (field, base) => {
    const text = `${GENERIC.replace('base.yaml}', `base.yaml, ${field}}`)}resources: {gpus: 2}\n`;
    const files = { 'base.yaml': base };
    expect(problemsOf(new TemporarySweep(text, files)).length).toBeGreaterThan(0);
    expect(problemsOf(new TemporarySweep(mended(text, files), files))).toEqual([]);
  });

  it.each(['bse.yaml', 'base.yml', 'bas.yaml', './base.yml'])('base_config_file: %s', (file) => {
    const text = GENERIC.replace('base.yaml', file);
    const files = { 'base.yaml': 'a: 1\n' };
    expect(problemsOf(new TemporarySweep(text, files)).length).toBeGreaterThan(0);
    expect(problemsOf(new TemporarySweep(mended(text, files), files))).toEqual([]);
  });

  it('an expression of its own key, which has no value of its own', () => {
    const text = `${GENERIC}variables: {lr: [1, 2]}\nderived: {steps: "lr * steps"}\n`;
    const files = { 'base.yaml': BASE };
    const [problem] = problemsOf(new TemporarySweep(text, files));
    expect(problem?.hint).toBe("Write the base's value itself.");
    const now = text.replace('* steps', '* 5');
    expect(problemsOf(new TemporarySweep(now, files))).toEqual([]);
  });

  it.each(['zip: [[lr, steps]]', 'zip: [lr, steps]', 'exclude: [3]', 'when: [x]'])(
    'an item of the wrong kind, as in the example: %s',
    (sweep) => {
      const text = `${HEAD}sweep: {${sweep}}\n`;
      const [problem] = problemsOf(new TemporarySweep(text));
      const [, example = ''] = /^For example, (.*)$/.exec(problem?.hint ?? '') ?? [];
      const reported = problemsOf(new TemporarySweep(`${HEAD}sweep: {${example}}\n`));
      expect(reported.filter(({ id }) => id === 'ExperimentSchema')).toEqual([]);
    },
  );

  it('output: {run_name}', () => {
    const text = `${HEAD}output: {run_name: "{lerning_rate}_{batchsize}_{lora_rnak}"}\n`;
    expect(problemsOf(new TemporarySweep(text))).toHaveLength(3);
    expect(problemsOf(new TemporarySweep(mended(text, {})))).toEqual([]);
  });

  it.each([
    'llama3_2/1B_lora_single_device.yaml',
    '1B_lora_single_device',
    'recipes/configs/llama3_2/1B_lora_single_device.yaml',
    'llama3.2/1B_lora_single_device',
  ])('base_config: %s', (name) => {
    const text = HEAD.replace('llama3_2/1B_lora_single_device', name);
    const [problem] = problemsOf(new TemporarySweep(text));
    expect(problem?.id).toBe('BaseConfigNotFound');
    const names = problem?.hint?.match(/(?<=')[^']+(?=')|(?<=Write )[^:]+/g) ?? [];
    expect(names).toContain('llama3_2/1B_lora_single_device');
  });
});
