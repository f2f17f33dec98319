import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { parseJson } from '@nx/devkit';

/**
 * What keeps `init` from reading and writing nx.json and .gitignore, each with what to do: Nx and the
 * operating system say less, and say it when half is done.
 *
 * @throws Error with all of it
 */
export function checkFiles(tree: Tree): void {
  const problems = ['nx.json', '.gitignore'].flatMap((name) => accessProblem(tree, name) ?? []);
  if (!problems.some((problem) => problem.startsWith('nx.json'))) {
    problems.push(...nxJsonProblems(tree));
  }
  if (problems.length === 0) return;
  throw new Error(['nx-trainyard: no changes were made.', ...problems].join('\n'));
}

function accessProblem(tree: Tree, name: string): string | undefined {
  const path = join(tree.root, name);
  if (!tree.exists(name)) {
    return canDo(tree.root, constants.W_OK)
      ? undefined
      : `${name} cannot be created in ${tree.root}.`;
  }
  if (!tree.isFile(name)) {
    return `${name} must be a file, but it is a folder. Move it, then run init again.`;
  }
  if (canDo(path, constants.R_OK | constants.W_OK)) return undefined;
  return `${name} must be readable and writable. Run chmod u+rw ${name}, then run init again.`;
}

/** What is not on disk, as in tests, nobody can be kept from. */
function canDo(path: string, mode: number): boolean {
  if (!existsSync(path)) return true;
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

function nxJsonProblems(tree: Tree): string[] {
  if (!tree.exists('nx.json')) return [];
  const text = tree.read('nx.json', 'utf-8') ?? '';
  if (text.trim() === '') {
    return ['nx.json is empty. Write {} to it or delete it, then run init again.'];
  }
  let nxJson: unknown;
  try {
    nxJson = parseJson(text);
  } catch (cause) {
    return [`nx.json is not valid JSON: ${(cause as Error).message}`];
  }
  if (!isMapping(nxJson)) return ['nx.json must be an object: { "plugins": [] }.'];
  const problems: string[] = [];
  const { plugins, sync } = nxJson;
  const isPlugin = (entry: unknown): boolean =>
    typeof entry === 'string' || (isMapping(entry) && typeof entry['plugin'] === 'string');
  if (plugins !== undefined && !(Array.isArray(plugins) && plugins.every(isPlugin))) {
    problems.push(
      'nx.json: "plugins" must be an array of names or objects: "plugins": ["nx-trainyard/plugin", { "plugin": "other", "options": {} }].',
    );
  }
  if (sync !== undefined && !(isMapping(sync) && isListOfTexts(sync['globalGenerators']))) {
    problems.push('nx.json: "sync" must be an object: "sync": { "globalGenerators": [] }.');
  }
  return problems;
}

function isListOfTexts(value: unknown): boolean {
  if (value === undefined) return true;
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
