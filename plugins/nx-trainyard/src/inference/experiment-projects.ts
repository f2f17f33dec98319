import { dirname, join, relative, sep } from 'node:path';
import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { DiagnosticError } from '../diagnostics';
import { diskFiles } from '../hydra/file-tree';
import { composedFiles } from '../hydra/compose';
import type { ComposeContext } from '../hydra/compose';
import { recipeRequest } from '../hydra/recipe';
import type { LauncherSettings } from '../launchers/settings';
import type { BaseNote } from '../sweeps/base-note';
import { baseNote } from '../sweeps/base-note';
import { openSource } from '../torchtune';
import type { NormalizedOptions } from './options';
import type { TargetInput } from './plugin-identity';
import { escapeGlob, projectName } from './project-names';

export interface ExperimentInference {
  readonly options: NormalizedOptions;
  /** Undefined where the workspace has no recipes. */
  readonly settings: LauncherSettings | undefined;
  readonly context: ComposeContext;
  readonly workspaceRoot: string;
  readonly pluginInputs: readonly TargetInput[];
  readonly pluginVersion: string;
}

/** The project of each experiment: the folder of its `experiment.yaml`. */
export function experimentProjects(
  inference: ExperimentInference,
  files: readonly string[],
): [file: string, projects: Record<string, ProjectConfiguration>][] {
  const prefix = `${inference.options.experimentsDir}/`;
  const names = new Set<string>();
  return files
    .filter((file) => file.startsWith(prefix) && /(?:^|\/)experiment\.yaml$/.test(file))
    .sort()
    .map((file) => {
      const root = dirname(file);
      const below = root.slice(prefix.length);
      const name = projectName(below === '' ? 'experiments' : `experiments/${below}`, names);
      return [file, { [root]: { name, ...experimentProject(inference, file) } }];
    });
}

function experimentProject(inference: ExperimentInference, file: string): ProjectConfiguration {
  const { options, pluginInputs, pluginVersion } = inference;
  const { targetNames: names, launcherConfig, torchtune, defaultCluster } = options;
  const { inputs: baseInputs, identity, description } = baseOf(inference, file);
  const inputs: TargetInput[] = [
    ...[...new Set([file, ...baseInputs])].map((path) => `{workspaceRoot}/${escapeGlob(path)}`),
    ...pluginInputs,
  ];
  const basis = {
    experiment: file,
    torchtune,
    launcherConfig,
    ...(defaultCluster !== undefined && { defaultCluster }),
  };
  const targets: Record<string, TargetConfiguration> = {
    [names['generate-sweep']]: {
      executor: 'nx-trainyard:generate-sweep',
      cache: true,
      inputs,
      outputs: ['{projectRoot}/configs', '{projectRoot}/slurm'],
      // What lies outside the workspace cannot be an input, so it is part of the configuration.
      options: {
        ...basis,
        generator: pluginVersion,
        ...(identity !== undefined && { base: identity }),
      },
      metadata: { description: 'Write the configs of this sweep.', technologies: ['hydra'] },
    },
    [names['plan-sweep']]: {
      executor: 'nx-trainyard:plan-sweep',
      cache: false,
      inputs,
      options: basis,
      metadata: { description: 'Print the plan of this sweep.', technologies: ['hydra'] },
    },
  };
  return {
    root: dirname(file),
    tags: ['trainyard:experiment'],
    metadata: {
      description,
      technologies: ['hydra'],
      targetGroups: { Sweep: Object.keys(targets) },
    },
    targets,
  };
}

interface Base {
  /** Files of the workspace, from its root. */
  readonly inputs: readonly string[];
  /** What a base outside the workspace is. */
  readonly identity?: string | undefined;
  readonly description: string;
}

/** What the runs of an experiment are made from; nothing, for one that cannot be read. */
function baseOf(inference: ExperimentInference, file: string): Base {
  const { workspaceRoot } = inference;
  let note: BaseNote | undefined;
  try {
    const source = diskFiles(workspaceRoot).read(join(workspaceRoot, file));
    note = source && baseNote(source);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return { inputs: [], description: 'A sweep that cannot be read; its targets say why.' };
  }
  switch (note?.kind) {
    case 'recipe':
      return recipeBase(inference, note.recipe);
    case 'file': {
      const path = join(dirname(file), note.path);
      const description = `A sweep over ${path}.`;
      return path.startsWith('..') ? { inputs: [], description } : { inputs: [path], description };
    }
    case 'name':
      return {
        inputs: [],
        identity: installedIdentity(inference, note.name),
        description: `A sweep over ${note.name}.`,
      };
    default:
      return { inputs: [], description: 'A sweep without a base config.' };
  }
}

function recipeBase(
  { settings, workspaceRoot, context, options }: ExperimentInference,
  recipe: string,
): Base {
  const description = `A sweep over the recipe ${recipe}.`;
  if (!settings) return { inputs: [], description };
  const recipesDir = join(workspaceRoot, settings.recipesDir);
  const { files } = composedFiles(recipeRequest({ recipesDir, recipe }), context);
  const inside = files
    .map((path) => relative(workspaceRoot, path).split(sep).join('/'))
    .filter((path) => !path.startsWith('..'));
  return { inputs: [...inside, options.launcherConfig], description };
}

/** Version and hash of an installed config; the embedded ones are part of the plugin. */
function installedIdentity(
  { options, workspaceRoot }: ExperimentInference,
  name: string,
): string | undefined {
  if (options.torchtune === 'embedded') return undefined;
  try {
    const source = openSource(options.torchtune, { root: workspaceRoot, env: process.env });
    const loaded = source.load(name);
    const { kind, version } = source.describe();
    return `${kind} ${version ?? 'unknown'} ${loaded.kind === 'found' ? loaded.config.sha256 : 'missing'}`;
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return 'not found';
  }
}
