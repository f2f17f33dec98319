import type { DependencyType, ProjectConfiguration, RawProjectGraphDependency } from '@nx/devkit';

const WORKSPACE = '{workspaceRoot}/';
/** The enum's value without the enum: loading it would load all of devkit in every nx command. */
const IMPLICIT = 'implicit' as DependencyType.implicit;

/**
 * Edges from every project of this plugin to the projects of the single files among its inputs.
 * They are implicit: a file that is a project's root has no owner for a static edge to start from.
 */
export function fileDependencies(
  projects: Readonly<Record<string, ProjectConfiguration>>,
): RawProjectGraphDependency[] {
  const owners = new Map<string, string>();
  for (const [name, { root }] of Object.entries(projects)) owners.set(root, name);
  const edges: RawProjectGraphDependency[] = [];
  for (const [source, project] of Object.entries(projects)) {
    if (!project.tags?.some((tag) => tag.startsWith('trainyard:'))) continue;
    const targets = new Set<string>();
    for (const { inputs = [] } of Object.values(project.targets ?? {})) {
      for (const input of inputs) {
        if (typeof input !== 'string' || !input.startsWith(WORKSPACE)) continue;
        const owner = owners.get(input.slice(WORKSPACE.length).replaceAll('\\', ''));
        if (owner !== undefined && owner !== source) targets.add(owner);
      }
    }
    for (const target of targets) edges.push({ source, target, type: IMPLICIT });
  }
  return edges;
}
