import Table from 'cli-table3';
import { DiagnosticError } from '../diagnostics';
import { count as counted } from '../basics/count';
import type { Collection } from './collection';
import { pathFrom } from '../files/paths';
import type { Diagnostic } from '../diagnostics';
import { renderDiagnostics } from '../diagnostics';
import { scriptNotes } from './check';
import { findLooseScripts } from './loose-scripts';

/** What a collection holds, counted. */
export interface CollectionReport {
  readonly recipes: number;
  readonly failed: readonly string[];
  readonly templates: ReadonlyMap<string, number>;
  readonly families: ReadonlyMap<string, number>;
  /** Recipes without a generated script, and why. */
  readonly without: readonly { readonly recipe: string; readonly why: string }[];
  /** By file: how many recipes are made from it. Recipes that nobody includes are left out. */
  readonly fragments: ReadonlyMap<string, number>;
  /** Scripts that belong to no recipe. */
  readonly orphans: readonly string[];
  /** What lies there and nothing reads or touches. */
  readonly notes: readonly Diagnostic[];
}

/** Composes every recipe and counts. */
export function reportCollection(collection: Collection): CollectionReport {
  const { recipesDir } = collection;
  const templates = new Map<string, number>();
  const families = new Map<string, number>();
  const fragments = new Map<string, number>();
  const failed: string[] = [];
  const without: { recipe: string; why: string }[] = [];
  const count = (map: Map<string, number>, key: string): void => {
    map.set(key, (map.get(key) ?? 0) + 1);
  };
  for (const [recipe, status] of collection.statuses) {
    count(families, recipe.split('/')[1]?.toLowerCase() ?? 'misc');
    if (status.kind === 'excluded') without.push({ recipe, why: status.why });
    if (status.kind === 'manual') without.push({ recipe, why: `${status.script} is hand-written` });
    try {
      const { files } = collection.compose(recipe);
      for (const file of files.slice(1)) count(fragments, pathFrom(recipesDir, file));
      if (status.kind !== 'excluded' && status.kind !== 'manual') {
        count(templates, collection.launcher(recipe).template);
      }
    } catch (cause) {
      if (!(cause instanceof DiagnosticError)) throw cause;
      failed.push(recipe);
    }
  }
  const recipes = collection.recipes.length;
  const { orphans } = findLooseScripts(collection);
  const notes = scriptNotes(collection);
  return { recipes, failed, templates, families, without, fragments, orphans, notes };
}

/** The report as tables for a terminal. */
export function formatReport(report: CollectionReport, draw = renderDiagnostics): string {
  const parts = [
    `${counted(report.recipes, 'recipe')}, ${report.failed.length} with problems`,
    countTable('family', 'recipes', report.families),
    countTable('template', 'scripts', report.templates),
    countTable('made from', 'recipes', report.fragments),
  ];
  for (const recipe of report.failed) parts.push(`has problems: ${recipe}`);
  for (const { recipe, why } of report.without)
    parts.push(`no generated script: ${recipe} (${why})`);
  for (const script of report.orphans) parts.push(`belongs to no recipe: ${script}`);
  if (report.notes.length > 0) parts.push('', draw(report.notes));
  return parts.join('\n');
}

function countTable(left: string, right: string, counts: ReadonlyMap<string, number>): string {
  const table = new Table({
    head: [left, right],
    colAligns: ['left', 'right'],
    style: { head: [], border: [] },
  });
  const rows = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  for (const [name, number] of rows) table.push([name, number]);
  return table.toString();
}
