import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installBaseline } from './baseline';
import type { Benchmark } from './benchmark';
import { BOUNDS } from './bounds';
import { syntheticCollection } from './collection';
import type { Side } from './pairs';
import { comparePairs } from './pairs';
import { Workspace, installPlugin, lastLines, packPlugin } from './workspace';

const SEED = 20_251_122;
const COMMAND = ['run-many', '-t', 'generate-launchers'];

/** Two workspaces that are the same to Nx: one has the plugin, one plays its result back. */
interface Contest {
  readonly product: Workspace;
  readonly baseline: Workspace;
}

async function withContest<T>(size: number, work: (contest: Contest) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'trainyard-bench-'));
  try {
    const files = syntheticCollection(size, SEED);
    const tarball = packPlugin(folder);
    const product = new Workspace(join(folder, 'product'), files);
    installPlugin(product, tarball);
    product.nx(...COMMAND);
    const baseline = new Workspace(join(folder, 'baseline'), files);
    const yamlFiles = [...files.keys()].sort();
    await installBaseline(baseline, product, tarball, yamlFiles);
    baseline.nx(...COMMAND);
    requireSameScripts({ product, baseline }, size);
    return work({ product, baseline });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A comparison says nothing unless both sides do the same. */
function requireSameScripts({ product, baseline }: Contest, size: number): void {
  const scripts = (root: string): Map<string, string> => {
    const found = new Map<string, string>();
    for (const name of readdirSync(join(root, 'launchers'), {
      recursive: true,
      encoding: 'utf8',
    })) {
      const file = join(root, 'launchers', name);
      const stat = statSync(file);
      if (stat.isFile()) found.set(name, `${stat.mode.toString(8)} ${readFileSync(file, 'utf8')}`);
    }
    return found;
  };
  const [ofProduct, ofBaseline] = [scripts(product.root), scripts(baseline.root)];
  const same = [...ofProduct].every(([name, content]) => ofBaseline.get(name) === content);
  if (!same || ofProduct.size !== size || ofBaseline.size !== size) {
    throw new Error(
      `the two sides wrote ${ofProduct.size} and ${ofBaseline.size} scripts of ${size}`,
    );
  }
}

function sides(
  contest: Contest,
  prepare: (workspace: Workspace) => void,
  cached: number,
): [Side, Side] {
  const side = (name: string, workspace: Workspace): Side => ({
    name,
    prepare: () => prepare(workspace),
    run: () => requireCached(workspace.nx(...COMMAND), cached),
  });
  return [side('nx-trainyard', contest.product), side('from memory', contest.baseline)];
}

/** Nx says how many tasks came from the cache, in a line that it leaves out when none did. */
function requireCached(output: string, wanted: number): void {
  const [, count = '0'] =
    /the cache instead of running the command for (\d+) out of/.exec(output) ?? [];
  if (Number(count) === wanted) return;
  throw new Error(`${count} instead of ${wanted} tasks were cached:\n${lastLines(output)}`);
}

function launcherBenchmark(name: string, bound: number, isCached: boolean): Benchmark {
  return {
    name,
    async *run(pairs) {
      for (const size of BOUNDS.launcherSizes) {
        const title = `${name}, ${size} recipes`;
        yield await withContest(size, (contest) => {
          const prepare = isCached ? () => undefined : (workspace: Workspace) => workspace.reset();
          return comparePairs(title, sides(contest, prepare, isCached ? size : 0), {
            pairs,
            bound,
          });
        });
      }
    },
  };
}

/** Whole `nx run-many -t generate-launchers` commands against the least that Nx itself needs. */
export const launcherBenchmarks: readonly Benchmark[] = [
  launcherBenchmark('launchers-cold', BOUNDS.launchersCold, false),
  launcherBenchmark('launchers-cached', BOUNDS.launchersCached, true),
];
