import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Benchmark, Outcome } from './benchmark';
import { BOUNDS } from './bounds';
import { comparePairs } from './pairs';
import { REPOSITORY } from './workspace';

/** A process that does nothing but load one module, and says how many seconds that took. */
const LOAD = `
const start = process.hrtime.bigint();
require(process.argv[1]);
console.log(Number(process.hrtime.bigint() - start) / 1e9);
`;

function loading(name: string, module: string) {
  const options = { cwd: REPOSITORY, encoding: 'utf8' } as const;
  const run = () => Number(execFileSync(process.execPath, ['-e', LOAD, module], options));
  return { name, prepare: () => undefined, run };
}

/** What every nx command pays for the plugin as it is published, beside what Nx's own kit takes. */
export function moduleLoad(pairs: number): Outcome {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: REPOSITORY });
  const plugin = loading('nx-trainyard/plugin', join(__dirname, '../dist/plugin.js'));
  const devkit = loading('@nx/devkit', '@nx/devkit');
  const title = 'module-load, each in a process of its own';
  return comparePairs(title, [plugin, devkit], { pairs, bound: BOUNDS.moduleLoad });
}

async function* measure(pairs: number): AsyncIterable<Outcome> {
  yield moduleLoad(pairs);
}

export const loadBenchmarks: readonly Benchmark[] = [{ name: 'module-load', run: measure }];
