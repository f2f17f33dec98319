import { resolve } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { describePlan, planAsJson } from '../sweeps/describe';
import { planSweep } from '../sweeps/sweep';
import type { SweepOptions } from './sweep-options';
import { sweepRequest } from './sweep-options';
import { attemptTask, finish } from './task';

interface PlanOptions extends SweepOptions {
  /** A file for the plan as JSON; standard output belongs to Nx. */
  readonly output?: string;
}

export default async function execute(
  options: PlanOptions,
  { root, cwd }: ExecutorContext,
): Promise<{ success: boolean }> {
  return finish(
    attemptTask(() => {
      const plan = planSweep(sweepRequest(options, root));
      if (options.output === undefined) return describePlan(plan);
      writeFileAtomic(resolve(cwd, options.output), `${JSON.stringify(planAsJson(plan), null, 2)}\n`);
      return `${options.output}: the plan of ${plan.total} runs`;
    }),
  );
}
