import type { ExecutorContext } from '@nx/devkit';
import { formatReport, reportCollection } from '../launchers/report';
import { checkOptions } from './running/known-options';
import type { RecipeOptions } from './running/recipe-options';
import { openCollection } from './running/recipe-options';
import { attemptTask, drawn, finish } from './running/task';

export default async function execute(
  options: RecipeOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return finish(
    attemptTask(context.root, () => {
      checkOptions('report-collection', options);
      return formatReport(reportCollection(openCollection(context, options)), drawn);
    }),
  );
}
