import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { SweepJob } from './random-sweep';

/**
 * What `sweep.py` finds wrong with generated sweeps: the findings of each, in order.
 *
 * @throws Error with Python's own words when the process fails
 */
export function askSweeps(command: string, jobs: readonly SweepJob[]): string[][] {
  const { error, status, stdout, stderr } = spawnSync(command, [join(__dirname, 'sweep.py')], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`sweep.py failed:\n${stderr}`);
  return JSON.parse(stdout) as string[][];
}

/**
 * The folder in which a Python has torchtune; undefined without it. Neither torchtune nor the torch
 * that it needs is imported.
 */
export function torchtuneOf(command: string): string | undefined {
  const probe =
    'from importlib.util import find_spec as f; print(f("torchtune").submodule_search_locations[0])';
  const { status, stdout } = spawnSync(command, ['-c', probe], { encoding: 'utf8' });
  return status === 0 ? join(stdout.trim(), '..') : undefined;
}
