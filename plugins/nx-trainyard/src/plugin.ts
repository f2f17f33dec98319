import type {
  CreateDependencies,
  CreateNodes,
  CreateNodesResultArray,
  PostTasksExecution,
  RawProjectGraphDependency,
} from '@nx/devkit';
import { tidyRestoredSweeps } from './executors/after-tasks';
import { inferProjects } from './inference/infer';
import { fileDependencies } from './inference/dependencies';
import type { TrainyardPluginOptions } from './inference/options';

export const name = 'nx-trainyard';

/** Recipes, fragments and experiments are all YAML; where they lie is for the options to say. */
export const createNodes: CreateNodes<TrainyardPluginOptions> = [
  '**/*.yaml',
  (files, options, context): CreateNodesResultArray =>
    inferProjects(files, options, context.workspaceRoot, context.nxJsonConfiguration),
];

/** The name by which Nx 21 and 22 look for it. */
export const createNodesV2 = createNodes;

/** Edges from each project to the projects of the files that its targets read. */
export const createDependencies: CreateDependencies<TrainyardPluginOptions> = (
  _options,
  { projects },
): RawProjectGraphDependency[] => fileDependencies(projects);

/** Tidies what Nx restored from its cache. */
export const postTasksExecution: PostTasksExecution<TrainyardPluginOptions> = (
  _options,
  context,
) => {
  for (const line of tidyRestoredSweeps(context)) console.error(line);
};
