import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as plugin from '../src/plugin';
import { LAUNCHER_CONFIG } from './collection';
import type { Workspace } from './workspace';
import { installPlugin, writeFiles } from './workspace';

/** What the plugin is replaced with: the least that gives Nx the same work to do. */
const PLUGIN = `
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
let recorded;
const read = () => (recorded ??= JSON.parse(readFileSync(join(__dirname, 'graph.json'), 'utf8')));
exports.name = 'nx-trainyard';
exports.createNodes = ['**/*.yaml', () => read().nodes];
exports.createDependencies = () => read().edges;
`;
const EXECUTOR = `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
exports.default = async function* (taskGraph, options, _overrides, { root }) {
  const scripts = JSON.parse(readFileSync(join(__dirname, '../scripts.json'), 'utf8'));
  for (const task of Object.keys(taskGraph.tasks)) {
    const startTime = Date.now();
    const { script, text } = scripts[options[task].recipe];
    const file = join(root, script);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o755 });
    const terminalOutput = script + ': written\\n';
    yield { task, result: { success: true, terminalOutput, startTime, endTime: Date.now() } };
  }
};
`;

/**
 * Installs a plugin in a workspace that gives the projects and edges that the real one infers for
 * another, from one file, and writes the scripts that the real one has written there, from memory.
 * Everything else of the package stays, so that both are the same to Nx.
 *
 * @param yamlFiles the YAML files of both workspaces
 */
export async function installBaseline(
  baseline: Workspace,
  product: Workspace,
  tarball: string,
  yamlFiles: readonly string[],
): Promise<void> {
  const { createNodes, createDependencies } = createRequire(__filename)(
    join(product.plugin, 'dist/plugin.js'),
  ) as typeof plugin;
  const options = { launcherConfig: LAUNCHER_CONFIG };
  const context = { workspaceRoot: product.root, nxJsonConfiguration: {} };
  const nodes = await createNodes[1](yamlFiles, options, context);
  const projects = nodes.flatMap(([, result]) => Object.values(result.projects ?? {}));
  const named = Object.fromEntries(projects.map((project) => [project.name, project]));
  const edges = await createDependencies(options, { projects: named } as never);

  const scripts: Record<string, { readonly script: string; readonly text: string }> = {};
  for (const { targets = {} } of projects) {
    const target = targets['generate-launchers'];
    if (!target) continue;
    const script = target.outputs?.[0]?.replace('{workspaceRoot}/', '') ?? '';
    const text = readFileSync(join(product.root, script), 'utf8');
    scripts[(target.options as { recipe: string }).recipe] = { script, text };
  }

  installPlugin(baseline, tarball);
  rmSync(join(baseline.plugin, 'dist'), { recursive: true });
  const files = {
    'plugin.js': PLUGIN,
    'graph.json': JSON.stringify({ nodes, edges }),
    'executors/generate-launchers-batch.js': EXECUTOR,
    'scripts.json': JSON.stringify(scripts),
  };
  writeFiles(join(baseline.plugin, 'dist'), new Map(Object.entries(files)));
}
