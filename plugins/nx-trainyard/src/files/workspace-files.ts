import { join } from 'node:path';
import { SKIPPED, visibleFiles } from './git/visible';
import { isYamlName } from './file-ending';
import { textIfReadable } from './read-text';

/** Reads a file of a workspace, from its root; undefined when it cannot be read. */
export type Reader = (path: string) => string | undefined;

/** The YAML files of a workspace that Nx sees, from its root, sorted. */
export function yamlFiles(root: string): string[] {
  return visibleFiles(root).filter(isYaml);
}

export function isYaml(path: string): boolean {
  return isYamlName(path) && !path.split('/').some((part) => SKIPPED.includes(part));
}

/** Reads files below a folder; what cannot be read is not there. */
export function readerOf(root: string): Reader {
  return (path) => textIfReadable(join(root, path));
}
