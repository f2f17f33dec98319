import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark';
import { PAIRS } from './bounds';
import { inferenceBenchmarks } from './inference';
import { launcherBenchmarks } from './launchers';
import { loadBenchmarks } from './module-load';
import { sweepBenchmarks } from './sweeps';

const BENCHMARKS: readonly Benchmark[] = [
  ...loadBenchmarks,
  ...inferenceBenchmarks,
  ...launcherBenchmarks,
  ...sweepBenchmarks,
];

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { pairs: { type: 'string', default: String(PAIRS) } },
    allowPositionals: true,
  });
  const pairs = Number(values.pairs);
  const unknown = positionals.filter((name) => BENCHMARKS.every((known) => known.name !== name));
  if (unknown.length > 0 || !Number.isInteger(pairs) || pairs < 1) {
    console.error('usage: npm run bench -- [--pairs N] [NAME ...]');
    console.error(`names: ${BENCHMARKS.map(({ name }) => name).join(' ')}`);
    return 2;
  }
  const chosen = BENCHMARKS.filter(({ name }) => !positionals.length || positionals.includes(name));
  let failed = 0;
  for (const benchmark of chosen) {
    for await (const { title, lines, ok } of benchmark.run(pairs)) {
      console.log([title, ...lines.map((line) => `  ${line}`), ''].join('\n'));
      if (!ok) failed++;
    }
  }
  console.log(failed === 0 ? 'all within their bounds' : `${failed} beyond their bound`);
  return failed === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    console.error(cause);
    process.exitCode = 2;
  },
);
