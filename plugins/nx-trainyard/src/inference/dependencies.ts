import type { DependencyType, ProjectConfiguration, RawProjectGraphDependency } from '@nx/devkit';
import type { TargetInput } from './plugin-identity';

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
  /** Thousands of projects share their inputs. */
  const known = new Map<string, string | undefined>();
  const ownerOf = (input: string): string | undefined => {
    if (!input.startsWith(WORKSPACE)) return undefined;
    return owners.get(input.slice(WORKSPACE.length).replaceAll('\\', ''));
  };
  const edges: RawProjectGraphDependency[] = [];
  for (const [source, project] of Object.entries(projects)) {
    if (!project.tags?.some((tag) => tag.startsWith('trainyard:'))) continue;
    const targets = new Set<string>();
    let before: readonly TargetInput[] = [];
    for (const { inputs = [] } of Object.values(project.targets ?? {})) {
      // The targets of a recipe have the same ones, of which Nx makes a list for each.
      if (isSame(inputs, before)) continue;
      before = inputs;
      for (const input of inputs) {
        if (typeof input !== 'string') continue;
        let owner = known.get(input);
        if (owner === undefined && !known.has(input)) known.set(input, (owner = ownerOf(input)));
        if (owner !== undefined && owner !== source) targets.add(owner);
      }
    }
    for (const target of targets) edges.push({ source, target, type: IMPLICIT });
  }
  return edges;
}

/** Whether two lists have the same files. */
function isSame(one: readonly TargetInput[], other: readonly TargetInput[]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  return one.every((input, at) => input === other[at] || typeof input !== 'string');
}
