import type { DependencyType, ProjectConfiguration, RawProjectGraphDependency } from '@nx/devkit';
import type { TargetInput } from './plugin-identity';

const WORKSPACE = '{workspaceRoot}/';
/** The enum's value without the enum: loading it would load all of devkit in every nx command. */
const IMPLICIT = 'implicit' as DependencyType.implicit;

interface Owner {
  readonly name: string;
  /** The last project that has an edge to this one. */
  last: string;
}

/**
 * Edges from every project of this plugin to the projects of the single files among its inputs.
 * They are implicit: a file that is a project's root has no owner for a static edge to start from.
 */
export function fileDependencies(
  projects: Readonly<Record<string, ProjectConfiguration>>,
): RawProjectGraphDependency[] {
  const owners = new Map<string, Owner>();
  for (const [name, { root }] of Object.entries(projects)) owners.set(root, { name, last: '' });
  /** Thousands of projects share their inputs. */
  const known = new Map<string, Owner | null>();
  const ownerOf = (input: string): Owner | null => {
    if (!input.startsWith(WORKSPACE)) return null;
    return owners.get(input.slice(WORKSPACE.length).replaceAll('\\', '')) ?? null;
  };
  const edges: RawProjectGraphDependency[] = [];
  for (const [source, project] of Object.entries(projects)) {
    if (!project.tags?.some((tag) => tag.startsWith('trainyard:'))) continue;
    let before: readonly TargetInput[] = [];
    for (const { inputs = [] } of Object.values(project.targets ?? {})) {
      // The targets of a recipe have the same ones, of which Nx makes a list for each.
      if (isSame(inputs, before)) continue;
      before = inputs;
      for (const input of inputs) {
        if (typeof input !== 'string') continue;
        let owner = known.get(input);
        if (owner === undefined) known.set(input, (owner = ownerOf(input)));
        if (owner === null || owner.name === source || owner.last === source) continue;
        owner.last = source;
        edges.push({ source, target: owner.name, type: IMPLICIT });
      }
    }
  }
  return edges;
}

/** Whether two lists have the same files. */
function isSame(one: readonly TargetInput[], other: readonly TargetInput[]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  return one.every((input, at) => input === other[at] || typeof input !== 'string');
}
