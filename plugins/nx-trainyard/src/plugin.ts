import type {
  CreateDependencies,
  CreateNodes,
  CreateNodesResultArray,
  PostTasksExecution,
  PreTasksExecution,
  RawProjectGraphDependency,
} from '@nx/devkit';
import type * as SweepHooks from './executors/hooks/after-tasks';
import type * as TaskHooks from './executors/hooks/task-hooks';
import { inferProjects } from './inference/infer';
import { fileDependencies } from './inference/dependencies';
import type { TrainyardPluginOptions } from './inference/options/options';

export const name = 'nx-trainyard';

/** Loaded when tasks run: most commands ask for projects alone. */
const taskHooks = () => require('./executors/hooks/task-hooks') as typeof TaskHooks;
const sweepHooks = () => require('./executors/hooks/after-tasks') as typeof SweepHooks;

/**
 * Recipes, fragments and experiments are all YAML; where they lie is for the options to say. Those
 * named `.yml` or `.YAML` are looked for to say that nothing reads them.
 */
export const createNodes: CreateNodes<TrainyardPluginOptions> = [
  '**/*.{[yY][aA][mM][lL],[yY][mM][lL]}',
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

/** Keeps what people did to generated files, and tells batches who summarizes the warnings of a run. */
export const preTasksExecution: PreTasksExecution<TrainyardPluginOptions> = (options, context) =>
  taskHooks().beforeTasks(options, context);

/** Tidies what Nx restored from its cache, and summarizes the warnings of a run. */
export const postTasksExecution: PostTasksExecution<TrainyardPluginOptions> = (options, context) =>
  taskHooks().afterTasks(options, context, sweepHooks().tidyRestoredSweeps(context));
