import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import type { Diagnostic } from '../diagnostics';
import { renderDiagnostics } from '../diagnostics';
import type { ScriptSettings } from '../launchers/settings/settings';
import { recipesMayLieIn } from './launchers';
import type { NormalizedOptions, TargetKind } from './options/options';
import type { TargetInput } from './plugin-identity';
import { escapeGlob } from './options/project-names';

interface CollectionInference {
  readonly options: NormalizedOptions;
  /** What changes when the plugin does. */
  readonly pluginInputs: readonly TargetInput[];
}

export function about(description: string): TargetConfiguration['metadata'] {
  return { description, technologies: ['hydra'] };
}

const COLLECTION_TARGETS = {
  'check-launchers': 'Fail if a script is missing, out of date, not executable, or has no recipe.',
  'prune-launchers': 'Remove scripts without a recipe.',
  'report-collection': 'Count recipes, templates, and fragment usage.',
} as const;

/** What recipes would have, if they were known. */
const RECIPE_TARGETS = {
  'generate-launchers': 'Explain why launcher scripts cannot be generated.',
  'validate-recipe': 'Explain why recipes cannot be validated.',
} as const;

/** The project of all recipes, at their folder. */
export function collectionProject(
  inference: CollectionInference,
  { recipesDir, outputDir }: ScriptSettings,
  problems: readonly Diagnostic[],
): ProjectConfiguration {
  return {
    root: recipesDir,
    projectType: 'library',
    ...project(inference, [recipesDir, outputDir], COLLECTION_TARGETS, problems),
  };
}

/**
 * The project of recipes that are not known, since their launcher configuration is missing or wrong.
 * It has every target that is about launcher scripts, and each fails with what is wrong: neither
 * `run-many` nor `affected` passes for want of tasks. Its root is the configuration itself.
 */
export function brokenCollection(
  inference: CollectionInference,
  problems: readonly Diagnostic[],
): [file: string, projects: Record<string, ProjectConfiguration>] {
  const root = inference.options.launcherConfig;
  const targets = { ...RECIPE_TARGETS, ...COLLECTION_TARGETS };
  const folders = recipesMayLieIn(root);
  return [root, { [root]: { root, ...project(inference, folders, targets, problems) } }];
}

function project(
  { options, pluginInputs }: CollectionInference,
  folders: readonly string[],
  descriptions: Partial<Record<TargetKind, string>>,
  problems: readonly Diagnostic[],
): Omit<ProjectConfiguration, 'root'> {
  const { launcherConfig, searchPackages, targetNames, projectNames } = options;
  // Not for a cache, which there is none of, but for `nx affected`.
  const inputs: TargetInput[] = [
    `{workspaceRoot}/${escapeGlob(launcherConfig)}`,
    ...folders.map((folder) => `{workspaceRoot}/${escapeGlob(folder)}/**/*`),
    ...pluginInputs,
  ];
  const targets = Object.entries(descriptions).map(([kind, description]) => [
    targetNames[kind as TargetKind],
    {
      executor: `nx-trainyard:${kind}`,
      cache: false,
      inputs,
      options: { launcherConfig, ...(searchPackages && { searchPackages }) },
      metadata: about(description),
    },
  ]);
  return {
    name: projectNames.collection,
    tags: ['trainyard:collection'],
    metadata: {
      description:
        problems.length > 0 ? renderDiagnostics(problems) : 'The recipes in this workspace.',
      technologies: ['hydra'],
    },
    targets: Object.fromEntries(targets) as Record<string, TargetConfiguration>,
  };
}
