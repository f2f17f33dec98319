import { renderDiagnostics } from '../diagnostics';
import { SharedProblems } from '../diagnostics/shared-problems';
import type { ScriptFinding } from './check';
import { scriptDiff } from './check';
import type { LauncherSettings } from './settings/settings';

type ScriptProblem = Exclude<ScriptFinding, { readonly kind: 'failed' }>;

/** One finding about a script as people read it. */
function describeScript(finding: ScriptProblem): string {
  switch (finding.kind) {
    case 'missing':
      return `${finding.script}: missing`;
    case 'different':
      return `${finding.script}: out of date with the recipe ${finding.recipe}`;
    case 'not executable':
      return `${finding.script}: not executable`;
    case 'orphan':
      return `${finding.script}: belongs to no recipe`;
    case 'missing by hand':
      return `${finding.script}: missing, although the script of ${finding.recipe} is maintained manually`;
  }
}

/**
 * Findings as people read them: first what is wrong with scripts, then why recipes have none.
 *
 * @param diff whether to show what has to change
 * @param draw how problems are drawn
 */
export function describeFindings(
  findings: readonly ScriptFinding[],
  {
    diff = false,
    draw = renderDiagnostics,
  }: { diff?: boolean; draw?: typeof renderDiagnostics } = {},
): string[] {
  const failed = new SharedProblems('recipes', draw);
  const lines: string[] = [];
  for (const finding of findings) {
    if (finding.kind === 'failed') failed.add(finding.recipe, finding.problems);
    else lines.push(describeScript(finding), ...(diff ? [scriptDiff(finding) ?? []].flat() : []));
  }
  return [...lines, ...failed.texts()];
}

/**
 * What to do about findings, one line for each kind of them.
 *
 * @param sync the command that brings scripts in step
 */
export function mendingLines(
  findings: readonly ScriptFinding[],
  { source, outputDir }: LauncherSettings,
  sync: string,
): string[] {
  const has = (...kinds: ScriptFinding['kind'][]): boolean =>
    findings.some(({ kind }) => kinds.includes(kind));
  const lines: string[] = [];
  if (has('failed'))
    lines.push('Fix the recipes first; until then, their scripts cannot be generated.');
  const verbs = [
    ...(has('missing', 'different') ? ['write'] : []),
    ...(has('not executable') ? ['make executable'] : []),
    ...(has('orphan') ? ['remove'] : []),
  ];
  if (verbs.length > 0)
    lines.push(`To ${verbs.join(', ')} scripts that are out of date, run: ${sync}`);
  const orphan = findings.find((finding) => finding.kind === 'orphan');
  if (orphan) {
    const [folder = '', name = ''] = orphan.script.slice(outputDir.length + 1).split('/');
    lines.push(
      `To keep a script without a recipe, write under 'settings' in ${source.path}: manually_maintained: {any/name: ${folder}/${name}}. To keep its whole folder, write: preserved_dirs: [${folder}]`,
    );
  }
  if (has('missing by hand')) {
    lines.push(
      `Write the missing scripts, or remove them from 'manually_maintained' in ${source.path}.`,
    );
  }
  return lines;
}
