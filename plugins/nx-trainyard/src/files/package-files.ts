import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package's folder: `src` and `dist` are equally deep in it. */
export const PACKAGE_FOLDER = join(__dirname, '../..');

/** Name and version of this package: `nx-trainyard 1.2.3`. */
export function pluginVersion(): string {
  const manifest = JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return `${manifest.name} ${manifest.version}`;
}
