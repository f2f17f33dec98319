import { minimatch } from 'minimatch';

/** A line for .gitignore, and a path that it is about. */
export interface IgnoreRule {
  readonly line: string;
  readonly example: string;
}

/** What is generated in a workspace, and not committed. */
export function generatedFiles(experimentsDir: string): IgnoreRule[] {
  return [
    { line: '.nx/', example: '.nx/cache' },
    {
      line: `/${experimentsDir}/**/configs/`,
      example: `${experimentsDir}/x/configs/manifest.json`,
    },
  ];
}

/**
 * Adds lines to a .gitignore. What a person has decided stays: a line that ignores the same already, that
 * takes it back (`!`), or that is commented out.
 *
 * @returns the new text, and the lines that were added
 */
export function addIgnored(
  text: string,
  rules: readonly IgnoreRule[],
): { readonly text: string; readonly added: readonly string[] } {
  const lines = text.split(/\r?\n/);
  const added = rules
    .filter(({ example }) => !lines.some((line) => decides(line, example)))
    .map(({ line }) => line);
  if (added.length === 0) return { text, added };
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : text + end;
  return {
    text: `${before}# What nx-trainyard and Nx generate.${end}${added.join(end)}${end}`,
    added,
  };
}

/** Whether a line of a .gitignore says something about a path, or about a folder around it. */
function decides(line: string, path: string): boolean {
  const [, mark = '', rest = ''] = /^\s*((?:#\s*)?!?)(.*?)\s*$/.exec(line) ?? [];
  const pattern = rest.replace(/\/+$/, '');
  if (pattern === '' || /\s/.test(pattern)) return false;
  const glob = pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`;
  const parts = path.split('/');
  // A comment or an exception that only names a folder far above need not be about this.
  const shortest = mark === '' ? 1 : parts.length - 1;
  for (let length = parts.length; length >= shortest; length--) {
    if (minimatch(parts.slice(0, length).join('/'), glob, { dot: true })) return true;
  }
  return false;
}
