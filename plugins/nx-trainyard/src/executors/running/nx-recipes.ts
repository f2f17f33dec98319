import type { ExecutorContext } from '@nx/devkit';
import type { RecipeLister } from '../../launchers/recipe-files';

/**
 * The recipes that Nx sees: those that have projects. What git or Nx ignores has none, so that a task
 * counts the same recipes as its hash does.
 */
export function recipesInNx({ projectsConfigurations }: ExecutorContext): RecipeLister {
  const projects = Object.values(projectsConfigurations.projects);
  return (recipesDir) => {
    const isCollection = projects.some(({ root, tags }) => {
      return root === recipesDir && tags?.includes('trainyard:collection');
    });
    // An option may name a launcher configuration that Nx knows nothing of.
    if (!isCollection) return undefined;
    return projects.flatMap(({ root, tags }) => (tags?.includes('trainyard:recipe') ? root : []));
  };
}
