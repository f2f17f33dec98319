import type { ExecutorContext } from '@nx/devkit';
import type { Diagnostic } from '../diagnostics';
import { count, renderDiagnostics } from '../diagnostics';
import type { ScriptFinding } from '../launchers/check';
import { checkScripts, scriptDiff } from '../launchers/check';
import type { RecipeOptions } from './recipe-options';
import { openCollection } from './recipe-options';
import type { TaskOutcome } from './task';
import { attemptTask, drawn, finish } from './task';

interface CheckOptions extends RecipeOptions {
  /** Print what has to change as unified diffs. */
  readonly diff?: boolean;
}

/** One finding as people read it. @param draw how its problems are drawn */
export function describeFinding(
  finding: ScriptFinding,
  draw: (problems: readonly Diagnostic[]) => string = renderDiagnostics,
): string {
  switch (finding.kind) {
    case 'missing':
      return `${finding.script}: missing`;
    case 'different':
      return `${finding.script}: not what the recipe ${finding.recipe} asks for`;
    case 'not executable':
      return `${finding.script}: has lost its execute bit`;
    case 'orphan':
      return `${finding.script}: belongs to no recipe`;
    case 'missing by hand':
      return `${finding.script}: missing, though ${finding.recipe} is maintained by hand`;
    case 'failed':
      return draw(finding.problems);
  }
}

function report(findings: readonly ScriptFinding[], recipes: number, diff: boolean): TaskOutcome {
  if (findings.length === 0) {
    return {
      success: true,
      output: `The launcher scripts of ${count(recipes, 'recipe')} are in step.`,
    };
  }
  const lines = findings.flatMap((finding) => [
    describeFinding(finding, drawn),
    ...(diff ? [scriptDiff(finding) ?? []].flat() : []),
  ]);
  lines.push('', 'To mend it: nx sync (nx g nx-trainyard:init registers it)');
  return { success: false, output: lines.join('\n') };
}

export default async function execute(
  options: CheckOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return finish(
    attemptTask(root, () => {
      const collection = openCollection(root, options);
      const findings = checkScripts(collection);
      return report(findings, collection.recipes.length, options.diff ?? false);
    }),
  );
}
