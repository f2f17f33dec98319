import type { Diagnostic } from '../../../diagnostics';
import { didYouMean, error, note } from '../../../diagnostics';
import { valueAt } from '../../../yaml/value/value-path';
import type { SweepBase } from '../../bases/base';
import { field } from '../../../yaml/schema/fields';
import type { Experiment } from '../../experiment/experiment';

/** Clusters that need no profile: jobs for any of them, without settings of a site. */
const BUILT_IN: readonly string[] = ['slurm'];

/** The cluster of an experiment: its own, else the one of the plugin's options. */
export function clusterOf({ cluster }: Experiment, defaultCluster?: string): string | undefined {
  return cluster?.name ?? defaultCluster;
}

/** What an experiment says that nothing reads yet, and a cluster that does not exist. */
export function recordedOnly(
  experiment: Experiment,
  base: SweepBase,
  defaultCluster?: string,
): Diagnostic[] {
  return [
    ...clusterProblems(experiment, defaultCluster),
    ...unusedResources(experiment, base),
    ...severalNodes(experiment, base),
    ...unusedEvaluation(experiment),
  ];
}

function clusterProblems(experiment: Experiment, defaultCluster?: string): Diagnostic[] {
  const name = clusterOf(experiment, defaultCluster);
  if (name === undefined) return [];
  const own = experiment.cluster && { location: experiment.cluster.location };
  const where = own ? `cluster '${name}'` : `cluster '${name}' of the option defaultCluster`;
  if (BUILT_IN.includes(name)) {
    const message = `${where} is recorded only: no job scripts are made yet`;
    return [note('recorded-only', message, { ...own, keys: ['cluster'] })];
  }
  const near = didYouMean(name, BUILT_IN);
  const there = `The only cluster is 'slurm'; your own profiles are not supported yet.`;
  const from = own ? '' : ` Change the plugin's options in nx.json, or name a cluster here.`;
  return [
    error('ExperimentSchema', `there is no ${where}`, {
      ...own,
      hint: (near === undefined ? there : `${near} ${there}`) + from,
    }),
  ];
}

function unusedResources({ resources, framework }: Experiment, base: SweepBase): Diagnostic[] {
  if (!resources) return [];
  const names = ['gpus', 'nodes', 'cpus', 'mem', 'time'].filter((name) => {
    const isUsed = (base.uses as ReadonlySet<string>).has(name);
    return field(resources, name) && !isUsed;
  });
  const [first] = names;
  if (first === undefined) return [];
  const location = resources.entries.keyAt(first)?.location;
  const hints = names.flatMap((name) => hintFor(name, framework, base));
  const listed = names.map((name) => `resources.${name}`).join(', ');
  const are = names.length === 1 ? 'is' : 'are';
  const message = `${listed} ${are} recorded only: no job scripts are made yet`;
  const hint = hints.join(' ');
  const keysOfEach = names.map((name) => [name, `resources.${name}`]);
  const details = { keysOfEach, ...(location && { location }), ...(hint && { hint }) };
  return [note('recorded-only', message, details)];
}

/** Where a recipe of HyperPod says what runs it. */
const IN_RECIPE: Readonly<Record<string, string>> = {
  gpus: 'trainer.devices',
  nodes: 'trainer.num_nodes',
};

function hintFor(name: string, framework: string, base: SweepBase): string[] {
  const key = IN_RECIPE[name];
  if (key === undefined) return [];
  if (framework === 'generic') return [`Write {${name}} in 'command' to pass ${name} on.`];
  const isThere = framework === 'hyperpod' && valueAt(base.value, key.split('.'));
  return isThere ? [`Set ${key} under controls to change it for the recipe.`] : [];
}

function severalNodes({ resources, framework }: Experiment, { uses }: SweepBase): Diagnostic[] {
  const nodes = field(resources, 'nodes');
  if (framework !== 'torchtune' || !uses.has('nodes')) return [];
  if (!nodes || (nodes.kind === 'int' && nodes.value <= 1n)) return [];
  const message =
    'resources.nodes reaches --nnodes, but no job script starts the command on each node yet';
  return [
    note('several-nodes', message, {
      ...(nodes.location && { location: nodes.location }),
      keys: ['nodes', 'resources.nodes'],
      hint: "Start it on every node yourself, with torchrun's --rdzv_backend and --rdzv_endpoint.",
    }),
  ];
}

function unusedEvaluation({ evaluation }: Experiment): Diagnostic[] {
  if (!evaluation) return [];
  const { location } = evaluation;
  const message = 'evaluation is recorded only: nothing is evaluated yet';
  return [note('recorded-only', message, { keys: ['evaluation'], ...(location && { location }) })];
}
