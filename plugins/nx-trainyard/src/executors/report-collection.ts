import type { ExecutorContext } from '@nx/devkit';
import { formatReport, reportCollection } from '../launchers/report';
import { checkOptions } from './known-options';
import type { RecipeOptions } from './recipe-options';
import { openCollection } from './recipe-options';
import { attemptTask, drawn, finish } from './task';

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
