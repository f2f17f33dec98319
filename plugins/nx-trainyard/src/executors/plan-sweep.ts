import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { count } from '../basics/count';
import { workOn } from '../files/system-error';
import { json } from '../basics/json';
import { replaceFile } from '../files/replace-file';
import { describePlan, planAsJson } from '../sweeps/describe';
import { planSweep } from '../sweeps/sweep';
import { checkOptions } from './running/known-options';
import type { SweepOptions } from './running/sweep-options';
import { sweepRequest } from './running/sweep-options';
import { attemptTask, finish, withWarnings } from './running/task';

interface PlanOptions extends SweepOptions {
  /** A file for the plan as JSON; standard output belongs to Nx. */
  readonly output?: string;
}

export default async function execute(
  options: PlanOptions,
  { root, cwd }: ExecutorContext,
): Promise<{ success: boolean }> {
  return finish(
    attemptTask(root, () => {
      checkOptions('plan-sweep', options);
      const plan = planSweep(sweepRequest(options, root));
      if (options.output === undefined) {
        return withWarnings(plan.warnings, describePlan(plan));
      }
      const file = resolve(cwd, options.output);
      const text = `${json(planAsJson(plan), 2)}\n`;
      // A link stays one.
      workOn(file, () => replaceFile(existsSync(file) ? realpathSync(file) : file, text));
      return `${options.output}: the plan of ${count(plan.total, 'run')}`;
    }),
  );
}
