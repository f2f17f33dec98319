import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package's folder: the nearest above with a manifest, wherever a bundle has put this file. */
export const PACKAGE_FOLDER = folderWithManifest(__dirname);

function folderWithManifest(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderWithManifest(dirname(folder));
}

const contents = new Map<string, unknown>();

/**
 * The content of a JSON file that the package carries, which is read at the first call.
 *
 * @param path from the package's folder
 */
export function packageJson<T>(path: string): T {
  if (!contents.has(path)) {
    contents.set(path, JSON.parse(readFileSync(join(PACKAGE_FOLDER, path), 'utf8')));
  }
  return contents.get(path) as T;
}

/** Name and version of this package: `nx-trainyard 1.2.3`. */
export function pluginVersion(): string {
  const { name, version } = packageJson<{ name: string; version: string }>('package.json');
  return `${name} ${version}`;
}
