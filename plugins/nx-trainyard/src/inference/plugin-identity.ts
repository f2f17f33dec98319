import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { InputDefinition } from '@nx/devkit';

/** The package's folder; equally deep below it are `src/inference` and `dist/inference`. */
const PACKAGE = join(__dirname, '../..');

/**
 * Inputs that change when the plugin changes, so that its outputs are made again. Nx does not hash
 * the source of a plugin by itself.
 */
export function pluginInputs(workspaceRoot: string): (InputDefinition | string)[] {
  const path = relative(realpathSync(workspaceRoot), realpathSync(PACKAGE)).split(sep).join('/');
  const isOutside = path.startsWith('..');
  if (!isOutside && !path.includes('node_modules')) {
    return [
      `{workspaceRoot}/${path}/src/**/*.ts`,
      `!{workspaceRoot}/${path}/src/**/*.spec.ts`,
      `{workspaceRoot}/${path}/catalog/*.json`,
      `{workspaceRoot}/${path}/schemas/*.json`,
      `{workspaceRoot}/${path}/package.json`,
    ];
  }
  // Nx knows an installed package by the lockfile; naming one that it does not know ends every run.
  if (!isOutside && isLocked(workspaceRoot)) return [{ externalDependencies: ['nx-trainyard'] }];
  return [];
}

function isLocked(workspaceRoot: string): boolean {
  const lockfile = join(workspaceRoot, 'package-lock.json');
  if (!existsSync(lockfile)) return false;
  return readFileSync(lockfile, 'utf8').includes('"node_modules/nx-trainyard"');
}

/** Name and version, part of every generating target, for plugins that Nx cannot hash. */
export function pluginVersion(): string {
  const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return `${manifest.name}@${manifest.version}`;
}
