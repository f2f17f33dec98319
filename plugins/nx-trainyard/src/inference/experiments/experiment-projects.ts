import { dirname, posix } from 'node:path';
import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { EXPERIMENT_FILE } from '../../sweeps/experiment-file';
import { isExperimentName } from '../../sweeps/experiment-file';
import { sweepFileGlobs } from '../../sweeps/write/file-names';
import type { ExperimentInference } from './experiment-inference';
import { experimentBase } from './experiment-base';
import { madeFromTag } from '../made-from';
import type { TargetInput } from '../plugin-identity';
import { bareName } from '../options/project-name-option';
import { escapeGlob, projectName } from '../options/project-names';

/** The project of each experiment: the folder of its `experiment.yaml`. */
export function experimentProjects(
  inference: ExperimentInference,
  files: readonly string[],
): [file: string, projects: Record<string, ProjectConfiguration>][] {
  const prefix = `${inference.options.experimentsDir}/`;
  const names = new Set<string>();
  const byFolder = new Map<string, string[]>();
  const below = files.filter((path) => path.startsWith(prefix));
  for (const file of below.filter((path) => isExperimentName(posix.basename(path))).sort()) {
    byFolder.set(dirname(file), [...(byFolder.get(dirname(file)) ?? []), file]);
  }
  return [...byFolder]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([root, twins]) => {
      // Of several, the one that is named as it should be gives the project: its targets refuse them all.
      const right = `${root}/${EXPERIMENT_FILE}`;
      const [first = right] = twins;
      const file = twins.includes(right) ? right : first;
      const below = root.slice(prefix.length);
      const { experiments } = inference.options.projectNames;
      const wanted = below === '' ? bareName(experiments) : `${experiments}${below}`;
      const name = projectName(wanted, names);
      const own = [...new Set([file, ...twins])];
      return [file, { [root]: { name, ...experimentProject(inference, file, own) } }];
    });
}

/** @param files the experiment's own, and one that would overwrite its results */
function experimentProject(
  inference: ExperimentInference,
  file: string,
  files: readonly string[],
): ProjectConfiguration {
  const { options, pluginInputs, pluginVersion } = inference;
  const { targetNames: names, launcherConfig, torchtune, defaultCluster, searchPackages } = options;
  const own = inference.fileInputs(files);
  const base = experimentBase(inference, file);
  const inputs: TargetInput[] = [
    ...[...new Set([...own.inputs, ...base.inputs])].map(
      (path) => `{workspaceRoot}/${escapeGlob(path)}`,
    ),
    ...pluginInputs,
  ];
  const root = dirname(file);
  // Nx reads outputs as globs, also the root that it puts in for `{projectRoot}`.
  const isPlain = escapeGlob(root) === root;
  const folder = isPlain ? '{projectRoot}' : `{workspaceRoot}/${escapeGlob(root)}`;
  const basis = {
    experiment: file,
    torchtune,
    launcherConfig,
    ...(searchPackages && { searchPackages }),
    ...(defaultCluster !== undefined && { defaultCluster }),
  };
  const targets: Record<string, TargetConfiguration> = {
    [names['generate-sweep']]: {
      executor: 'nx-trainyard:generate-sweep',
      cache: true,
      inputs,
      outputs: sweepFileGlobs(base.kind).map((name) => `${folder}/configs/${name}`),
      options: basis,
      metadata: { description: "Write this sweep's run configs.", technologies: ['hydra'] },
    },
    [names['plan-sweep']]: {
      executor: 'nx-trainyard:plan-sweep',
      cache: false,
      inputs,
      options: basis,
      metadata: { description: "Print this sweep's plan.", technologies: ['hydra'] },
    },
  };
  return {
    root,
    tags: ['trainyard:experiment', madeFromTag([pluginVersion, own.digests, base.identity])],
    metadata: {
      description: base.description,
      technologies: ['hydra'],
      targetGroups: { Sweep: Object.keys(targets) },
    },
    targets,
  };
}
