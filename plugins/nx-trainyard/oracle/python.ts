import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The versions whose behaviour is the measure: others differ. */
const VERSIONS = 'hydra-core==1.3.2 omegaconf==2.2.3 PyYAML==6.0.3';

const PROBE =
  'import hydra, omegaconf, yaml; ' +
  'print(f"hydra-core=={hydra.__version__} omegaconf=={omegaconf.__version__} PyYAML=={yaml.__version__}")';

/** A Python that has Hydra, or the reason why there is none. */
export type Python = { readonly command: string } | { readonly missing: string };

/**
 * The Python with Hydra: the one that TRAINYARD_PYTHON names, else the one of the virtual environment
 * in the repository's root, else `python3`. The first of them that is there has to have Hydra.
 */
export function findPython(root: string, env: NodeJS.ProcessEnv): Python {
  const inVenv = join(root, '.venv/bin/python');
  const command = env['TRAINYARD_PYTHON'] ?? (existsSync(inVenv) ? inVenv : 'python3');
  const { error, status, stdout } = spawnSync(command, ['-c', PROBE], { encoding: 'utf8' });
  const mend = `make one: python3 -m venv .venv && .venv/bin/pip install ${VERSIONS}`;
  if (error) return { missing: `${command} cannot be run (${error.message}); ${mend}` };
  if (status !== 0) return { missing: `${command} has no Hydra; ${mend}` };
  if (stdout.trim() === VERSIONS) return { command };
  return { missing: `${command} has ${stdout.trim()}; ${mend}` };
}

/**
 * Gives jobs to `compose.py` in one process and returns its answers, in order.
 *
 * @throws Error with Python's own words when the process fails
 */
export function askPython(
  command: string,
  jobs: readonly unknown[],
  env: NodeJS.ProcessEnv,
): unknown[] {
  const { error, status, stdout, stderr } = spawnSync(command, [join(__dirname, 'compose.py')], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    env,
    maxBuffer: 2 ** 30,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`compose.py failed:\n${stderr}`);
  return JSON.parse(stdout) as unknown[];
}
