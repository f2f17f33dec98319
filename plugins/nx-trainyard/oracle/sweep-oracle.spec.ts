import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { askSweeps, torchtuneOf } from './ask-sweeps';
import { findPython } from './python';
import type { SweepJob } from './random-sweep';
import {
  REPOSITORY,
  generated,
  namesWithText,
  openLauncherConfig,
  recipesForSweeps,
  sweepOverFile,
  sweepOverName,
  sweepOverRecipe,
} from './random-sweep';

/** How many sweeps are drawn over each kind of base; their seeds are the numbers from 0. */
const OVER_NAMES = 300;
const OVER_FILES = 100;
/** Of recipes a sample, unless TRAINYARD_ALL_RECIPES asks for sweeps over every one. */
const OVER_RECIPES = process.env['TRAINYARD_ALL_RECIPES'] ? undefined : 40;
const MINUTES = 60_000;

const python = findPython(REPOSITORY, process.env);
const torchtune = 'command' in python ? torchtuneOf(python.command) : undefined;
const missing = 'missing' in python ? python.missing : 'its Python has no torchtune 0.6.1';

if ('command' in python && torchtune !== undefined) {
  const { command } = python;
  describe('OmegaConf, PyYAML and torchtune 0.6.1', () => compare(command));
  describe('torchtune 0.6.1 as it is installed', () => compareInstalled(command, torchtune));
} else if (process.env['CI']) {
  test('CI has a Python with Hydra and torchtune', () => {
    throw new Error(missing);
  });
} else {
  process.stderr.write(`The comparison of sweeps with OmegaConf is skipped: ${missing}\n`);
  test.skip('OmegaConf, PyYAML and torchtune 0.6.1', () => undefined);
}

/** A folder of this suite that is gone when it ends. */
function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trainyard-sweeps-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What is not as it should be, by the name of the sweep. */
function findings(command: string, jobs: readonly SweepJob[]): unknown[] {
  return askSweeps(command, jobs).flatMap((found, index) => {
    return found.length > 0 ? [{ folder: basename(jobs[index]?.folder ?? ''), found }] : [];
  });
}

function compare(command: string): void {
  const folder = ownFolder();
  const jobs = (count: number, kind: string, make: (folder: string, seed: number) => SweepJob) =>
    Array.from({ length: count }, (_, seed) => make(join(folder, `${kind} ${seed}`), seed));

  test(
    'read every experiment of this repository as it is meant',
    () => {
      const experiments = join(REPOSITORY, 'experiments');
      const names = readdirSync(experiments).filter((name) => {
        return existsSync(join(experiments, name, 'experiment.yaml'));
      });
      const made = names.map((name) => {
        const copy = join(folder, name);
        cpSync(join(experiments, name), copy, { recursive: true });
        // The files that are made beside the experiment are made again.
        rmSync(join(copy, 'configs'), { recursive: true, force: true });
        return generated({ file: join(copy, 'experiment.yaml'), root: REPOSITORY });
      });
      expect(made).not.toEqual([]);
      expect(findings(command, made)).toEqual([]);
    },
    5 * MINUTES,
  );

  test(
    `read ${OVER_NAMES} random experiments over torchtune's configs as they are meant`,
    () => {
      const names = namesWithText('embedded');
      expect(names).toHaveLength(155);
      const made = jobs(OVER_NAMES, 'name', (own, seed) => {
        return sweepOverName(own, names[seed % names.length] ?? '', seed);
      });
      expect(findings(command, made)).toEqual([]);
    },
    10 * MINUTES,
  );

  test(
    `read ${OVER_FILES} random experiments over files in odd layouts as they are meant`,
    () => expect(findings(command, jobs(OVER_FILES, 'file', sweepOverFile))).toEqual([]),
    5 * MINUTES,
  );

  test(
    `and Hydra read random experiments over ${OVER_RECIPES ?? 'all'} recipes as they are meant`,
    () => {
      const launcherConfig = openLauncherConfig(folder);
      const recipes = recipesForSweeps(launcherConfig, OVER_RECIPES);
      const made = jobs(recipes.length, 'recipe', (own, seed) => {
        return sweepOverRecipe(own, recipes[seed] ?? '', seed, launcherConfig);
      });
      expect(findings(command, made)).toEqual([]);
    },
    20 * MINUTES,
  );
}

function compareInstalled(command: string, home: string): void {
  const folder = ownFolder();

  test(
    'has configs of which each run changes no line that the experiment does not ask for',
    () => {
      const names = namesWithText(home);
      expect(names).toHaveLength(155);
      const made = names.map((name, seed) => {
        const own = join(folder, String(seed));
        return sweepOverName(own, name, seed, { torchtune: home, forms: ['configs'] });
      });
      expect(findings(command, made)).toEqual([]);
    },
    10 * MINUTES,
  );
}
