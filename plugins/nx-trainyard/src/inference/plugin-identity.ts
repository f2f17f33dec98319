import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { PACKAGE_FOLDER } from '../files/package-files';
import { isInside, pathFrom } from '../files/paths';

/** What a task's hash is made from, as a target lists it. */
export type TargetInput = NonNullable<TargetConfiguration['inputs']>[number];

/**
 * Inputs that change when the plugin changes, so that its outputs are made again. Nx does not hash
 * the source of a plugin by itself.
 */
export function pluginInputs(workspaceRoot: string): TargetInput[] {
  const path = pathFrom(realpathSync.native(workspaceRoot), realpathSync.native(PACKAGE_FOLDER));
  const isOutside = !isInside(path);
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
  return readFileSync(lockfile).includes('"node_modules/nx-trainyard"');
}
