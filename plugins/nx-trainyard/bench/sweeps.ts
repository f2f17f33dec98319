import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from '../oracle/python';
import { generateSweep } from '../src/sweeps/sweep';
import type { Benchmark, Outcome } from './benchmark';
import { BOUNDS } from './bounds';
import { comparePairs } from './pairs';

function experiment(values: number, more: string): string {
  const ranks = Array.from({ length: values }, (_, index) => index + 1);
  const rates = Array.from({ length: values }, (_, index) => (index + 1) / 1e6);
  return [
    'experiment: {name: bench, framework: torchtune}',
    'framework_config: {base_config: llama3_2/1B_lora_single_device}',
    'variables:',
    `  lora_rank: [${ranks.join(', ')}]`,
    `  learning_rate: [${rates.map((rate) => rate.toFixed(6)).join(', ')}]`,
    'controls: {epochs: 3, batch_size: 4}',
    more,
  ].join('\n');
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'trainyard-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Rendering and writing against writing alone. Each measurement gets a new folder, and nothing is
 * removed before the last one: file systems make files more slowly after many have been removed.
 *
 * @param size configs, a square number
 */
export function writing(size: number, pairs: number): Outcome {
  return inFolder((folder) => {
    const text = `${experiment(Math.sqrt(size), `limits: {max_runs: ${size}}`)}\n`;
    let at = folder;
    let count = 0;
    const next = (): void => {
      at = join(folder, String(count++));
      mkdirSync(at);
      writeFileSync(join(at, 'experiment.yaml'), text);
    };
    const generate = () => void generateSweep({ file: 'experiment.yaml', root: at });
    next();
    generate();
    const configs = join(at, 'configs');
    const files = readdirSync(configs).map(
      (name) => [name, readFileSync(join(configs, name))] as const,
    );
    const product = { name: 'nx-trainyard', prepare: next, run: generate };
    const baseline = {
      name: 'from memory',
      prepare: next,
      run: () => {
        const target = join(at, 'configs');
        mkdirSync(target);
        for (const [name, content] of files) writeFileSync(join(target, name), content);
      },
    };
    const title = `sweep-write, ${size} configs in this process`;
    const bound = BOUNDS.sweepWrite;
    const outcome = comparePairs(title, [product, baseline], { pairs, bound });
    const base = join(configs, files.find(([name]) => /^run_0+\.yaml$/.test(name))?.[0] ?? '');
    return { ...outcome, lines: [...outcome.lines, pythonWay(folder, base, size)] };
  });
}

/** Loads the base, merges and saves once per run, as a loop in Python does. */
const PYTHON_LOOP = `
import sys, time
from omegaconf import OmegaConf
base, folder, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
start = time.perf_counter()
for index in range(runs):
    config = OmegaConf.load(base)
    change = OmegaConf.create({"model": {"lora_rank": index}, "optimizer": {"lr": 1e-4}, "epochs": 3})
    OmegaConf.save(OmegaConf.merge(config, change), f"{folder}/run_{index}.yaml")
print((time.perf_counter() - start) / runs)
`;

/** Few runs are enough to say how long one takes. */
const PYTHON_RUNS = 50;

function pythonWay(folder: string, base: string, size: number): string {
  const python = findPython(join(__dirname, '../../..'), process.env);
  if ('missing' in python) return `in Python: not measured, ${python.missing}`;
  const out = join(folder, 'python');
  mkdirSync(out);
  const args = ['-c', PYTHON_LOOP, base, out, String(PYTHON_RUNS)];
  const perRun = Number(execFileSync(python.command, args, { encoding: 'utf8' }));
  return `in Python (load, merge, save per run): ${(perRun * size).toFixed(0)} s for ${size}`;
}

/**
 * A process of its own, with the compiled plugin as a user has it, so that its peak memory is that of
 * planning alone. The command shows only some runs; a program makes all of them.
 */
const PLAN = `
const [api, cli, file, root] = process.argv.slice(1);
const start = process.hrtime.bigint();
process.argv.splice(1, Infinity, 'nx-trainyard', 'plan', file, '--root', root);
const { write } = process.stdout;
process.stdout.write = () => true;
require(cli);
process.stdout.write = write;
const reported = Number(process.hrtime.bigint() - start) / 1e9;
if (process.exitCode) throw new Error('there is no plan');
let runs = 0;
const again = process.hrtime.bigint();
for (const { fingerprint } of require(api).planSweep({ file, root }).runs()) runs += fingerprint.length / 64;
const seconds = Number(process.hrtime.bigint() - again) / 1e9;
console.log(JSON.stringify({ runs, reported, seconds, kilobytes: process.resourceUsage().maxRSS }));
`;

/** @param rows a square number */
export function planning(rows: number): Outcome {
  return inFolder((folder) => {
    const file = join(folder, 'experiment.yaml');
    writeFileSync(file, `${experiment(Math.sqrt(rows), '')}\n`);
    const workspace = join(__dirname, '../../..');
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: workspace });
    const compiled = ['index', 'cli/main'].map((name) => join(__dirname, `../dist/${name}.js`));
    const args = ['-e', PLAN, ...compiled, file, folder];
    const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });
    const { runs, reported, seconds, kilobytes } = JSON.parse(printed) as PlanFigures;
    const megabytes = kilobytes / 1024;
    const ok = megabytes < BOUNDS.planMegabytes && runs === rows;
    return {
      title: `sweep-plan, ${runs} runs planned and made`,
      ok,
      lines: [
        `plan: ${reported.toFixed(2)} s, all runs: ${seconds.toFixed(2)} s`,
        `peak memory: ${megabytes.toFixed(0)} MB`,
        `bound: ${BOUNDS.planMegabytes} MB ${ok ? 'ok' : 'FAILED'}`,
      ],
    };
  });
}

interface PlanFigures {
  readonly runs: number;
  /** Seconds until the command has printed the plan. */
  readonly reported: number;
  /** Seconds until a program has planned and made all runs. */
  readonly seconds: number;
  readonly kilobytes: number;
}

async function* only(outcome: Outcome): AsyncIterable<Outcome> {
  yield outcome;
}

/** Sweeps in this process: nothing of Nx is measured. */
export const sweepBenchmarks: readonly Benchmark[] = [
  { name: 'sweep-write', run: (pairs) => only(writing(BOUNDS.sweepSize, pairs)) },
  { name: 'sweep-plan', run: () => only(planning(BOUNDS.planRows)) },
];
