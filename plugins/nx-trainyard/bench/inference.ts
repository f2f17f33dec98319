import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Outcome } from './benchmark';
import { BOUNDS } from './bounds';
import { LAUNCHER_CONFIG, syntheticCollection } from './collection';
import type { Side } from './pairs';
import { comparePairs } from './pairs';
import { Workspace, installPlugin, packPlugin } from './workspace';

const SEED = 20_251_122;

/** What a recipe of the synthetic collection has, so that both sides give Nx as much. */
interface Shape {
  readonly version: string;
  /** How many files each recipe is made from, beside itself and the launcher configuration. */
  readonly fragments: number;
}

/** The same projects, targets, number of inputs and of edges, from the names of files alone. */
function namesAlone({ version, fragments }: Shape): string {
  return `
exports.createNodes = ['**/*.yaml', (files, { launcherConfig }) => {
  const below = files.filter((file) => file.startsWith('collection/recipes/'));
  const parts = below.filter((file) => file.includes('/hydra_config/'));
  const shared = parts.slice(0, ${fragments}).map((file) => '{workspaceRoot}/' + file);
  const config = '{workspaceRoot}/' + launcherConfig;
  const plugin = { externalDependencies: ['nx-trainyard'] };
  const technologies = ['hydra'];
  const nodes = below.map((file) => {
    const path = file.slice('collection/recipes/'.length, -'.yaml'.length);
    if (file.includes('/hydra_config/')) {
      const name = 'fragments/' + path.replace('/hydra_config', '');
      const metadata = { description: 'A part that recipes share.', technologies };
      return [file, { projects: { [file]: { root: file, tags: ['trainyard:fragment'], metadata, targets: {}, name } } }];
    }
    const [, family, base] = path.split('/');
    const script = 'launchers/' + family + '/run_' + base.replaceAll('-', '_') + '.sh';
    const inputs = ['{workspaceRoot}/' + file, ...shared, config, plugin];
    const options = { recipe: path, launcherConfig };
    const metadata = { description: 'A target of this recipe.', technologies };
    const target = (kind, more) => ({ executor: 'nx-trainyard:' + kind, inputs, options, metadata, ...more });
    const targets = {
      'show-recipe': target('show-recipe'),
      'validate-recipe': target('validate-recipe', { cache: true, outputs: [] }),
      'generate-launchers': target('generate-launchers', { cache: true, outputs: ['{workspaceRoot}/' + script] }),
    };
    const project = {
      name: 'recipes/' + path,
      root: file,
      tags: ['trainyard:recipe', ${JSON.stringify(version)}],
      metadata: { description: 'Launched by ' + script, technologies, targetGroups: { Recipe: Object.keys(targets) } },
      targets,
    };
    return [file, { projects: { [file]: project } }];
  });
  return [...nodes, [launcherConfig, { projects: { 'collection/recipes': {
    root: 'collection/recipes', name: 'recipes', targets: {}, tags: ['trainyard:collection'] } } }]];
}];
exports.createDependencies = (_options, { projects }) => {
  const owners = new Map();
  for (const name in projects) owners.set('{workspaceRoot}/' + projects[name].root, name);
  const edges = [];
  for (const source in projects) {
    const { inputs = [] } = projects[source].targets['show-recipe'] ?? {};
    for (const input of inputs) {
      const target = owners.get(input);
      if (target !== undefined && target !== source) edges.push({ source, target, type: 'implicit' });
    }
  }
  return edges;
};
`;
}

/**
 * A process of its own, as every nx command is one. What is measured is what Nx asks of the plugin,
 * and neither the start of the process nor the loading of the plugin, which has a row of its own.
 */
const INFER = `
const { readFileSync } = require('node:fs');
const [plugin, files, root, launcherConfig] = process.argv.slice(1);
const { createNodes, createDependencies } = require(plugin);
const names = JSON.parse(readFileSync(files, 'utf8'));
const options = { launcherConfig };
const context = { workspaceRoot: root, nxJsonConfiguration: {} };
const main = async () => {
  const start = process.hrtime.bigint();
  const nodes = await createNodes[1](names, options, context);
  const inferred = process.hrtime.bigint();
  const projects = Object.fromEntries(
    nodes.flatMap(([, result]) => Object.values(result.projects ?? {})).map((project) => [project.name, project]),
  );
  const merged = process.hrtime.bigint();
  const edges = await createDependencies(options, { projects });
  const seconds = Number(process.hrtime.bigint() - merged + (inferred - start)) / 1e9;
  const inputs = Object.values(projects).reduce(
    (sum, { targets }) => sum + (targets['generate-launchers']?.inputs?.length ?? 0), 0);
  console.log(JSON.stringify({ seconds, projects: nodes.length, inputs, edges: edges.length }));
};
main();
`;

interface Inferred {
  readonly seconds: number;
  readonly projects: number;
  readonly inputs: number;
  readonly edges: number;
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** A file that was just written is not known by its dates, for it may be written again in that instant. */
const SETTLED = 4_000;

function warmInference(size: number, pairs: number): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'trainyard-bench-'));
  try {
    const files = syntheticCollection(size, SEED);
    const workspace = new Workspace(join(folder, 'product'), files);
    installPlugin(workspace, packPlugin(folder));
    mkdirSync(join(workspace.root, '.nx/data'), { recursive: true });
    const names = join(folder, 'files.json');
    writeFileSync(names, JSON.stringify([...files.keys()].sort()));
    const floor = join(folder, 'names-alone.js');
    const infer = (plugin: string): Inferred =>
      JSON.parse(
        workspace.node('-e', INFER, plugin, names, workspace.root, LAUNCHER_CONFIG),
      ) as Inferred;
    const product = join(workspace.plugin, 'dist/plugin.js');
    infer(product);
    pause(SETTLED);
    // It reads once more what had just been written, and then keeps the whole.
    infer(product);
    infer(product);
    const real = infer(product);
    const fragments = Math.round(real.inputs / size) - 3;
    writeFileSync(floor, namesAlone({ version: 'trainyard:made-from=0123456789ab', fragments }));
    const least = infer(floor);
    if (least.projects !== real.projects) {
      throw new Error(`the two sides made ${real.projects} and ${least.projects} projects`);
    }
    const side = (name: string, plugin: string): Side => ({
      name,
      prepare: () => undefined,
      run: () => infer(plugin).seconds,
    });
    const sides: [Side, Side] = [side('nx-trainyard', product), side('from names alone', floor)];
    const title = `inference-warm, ${size} recipes`;
    const outcome = comparePairs(title, sides, { pairs, bound: BOUNDS.inferenceWarm });
    const given = ({ inputs, edges }: Inferred): string => `${inputs} inputs, ${edges} edges`;
    return { ...outcome, lines: [`${given(real)}; ${given(least)}`, ...outcome.lines] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `createNodes` and `createDependencies` of a workspace in which nothing has changed. */
export const inferenceBenchmarks: readonly Benchmark[] = [
  {
    name: 'inference-warm',
    async *run(pairs) {
      for (const size of BOUNDS.launcherSizes)
        yield await Promise.resolve(warmInference(size, pairs));
    },
  },
];
