import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { count } from '../basics/count';
import { json } from '../basics/json';
import { replaceFile } from '../files/replace-file';
import { workOn } from '../files/system-error';
import { describePlan, planAsJson } from '../sweeps/describe';
import { planSweep } from '../sweeps/sweep';
import { executor } from './running/executor';
import type { SweepOptions } from './running/sweep-options';
import { sweepRequest } from './running/sweep-options';
import { withWarnings } from './running/task';

interface PlanOptions extends SweepOptions {
  /** A file for the plan as JSON; standard output belongs to Nx. */
  readonly output?: string;
}

export default executor<PlanOptions>('plan-sweep', ({ root, cwd }) => (options) => {
  const plan = planSweep(sweepRequest(options, root));
  if (options.output === undefined) return withWarnings(plan.warnings, describePlan(plan));
  const file = resolve(cwd, options.output);
  const text = `${json(planAsJson(plan), 2)}\n`;
  // A link stays one.
  workOn(file, () => replaceFile(existsSync(file) ? realpathSync(file) : file, text));
  return `${options.output}: wrote the plan of ${count(plan.total, 'run')}`;
});
