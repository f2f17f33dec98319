import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { about } from './collection-project';
import { escapeGlob } from './options/project-names';
import type { NormalizedOptions } from './options/options';
import type { TargetInput } from './plugin-identity';

/**
 * A recipe under a name that nothing reads: its targets fail and say how to call it.
 *
 * @param recipe path from the recipes folder, with its extension
 */
export function misnamedRecipe(
  {
    options,
    pluginInputs,
  }: { readonly options: NormalizedOptions; readonly pluginInputs: readonly TargetInput[] },
  file: string,
  recipe: string,
): ProjectConfiguration {
  const { targetNames: names, launcherConfig } = options;
  const inputs = [
    ...[file, launcherConfig].map((path) => `{workspaceRoot}/${escapeGlob(path)}`),
    ...pluginInputs,
  ];
  const target = (kind: 'generate-launchers' | 'validate-recipe'): TargetConfiguration => ({
    executor: `nx-trainyard:${kind}`,
    cache: false,
    inputs,
    options: { recipe, launcherConfig },
    metadata: about('Explain how to rename this recipe.'),
  });
  return {
    root: file,
    tags: ['trainyard:recipe'],
    metadata: {
      description: 'Not read, because a recipe must be a .yaml file. Rename it.',
      technologies: ['hydra'],
    },
    targets: {
      [names['generate-launchers']]: target('generate-launchers'),
      [names['validate-recipe']]: target('validate-recipe'),
    },
  };
}
