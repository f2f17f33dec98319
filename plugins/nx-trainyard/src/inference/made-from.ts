import { createHash } from 'node:crypto';

/**
 * A tag that changes with what Nx does not hash by itself: the version of the plugin, files that git
 * ignores or that lie outside the workspace, what other files make of this one. Nx hashes the tags of
 * a project, and no metadata; an option would be one that nothing reads.
 */
export function madeFromTag(parts: readonly (string | undefined)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `trainyard:made-from=${hash.slice(0, 12)}`;
}
