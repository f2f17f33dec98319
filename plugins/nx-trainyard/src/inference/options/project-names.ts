/**
 * A name that Nx's patterns can address: letters, digits and `._/-`, and the `@` of a scope. Two projects of one name would
 * end every command, so the second gets a number.
 *
 * @param taken the names given so far; the new one is added
 */
export function projectName(wanted: string, taken: Set<string>): string {
  const clean = ADDRESSABLE.test(wanted) ? wanted : wanted.replace(/(?!^@)[^A-Za-z0-9._/-]/g, '-');
  let name = clean;
  for (let i = 2; taken.has(name); i++) name = `${clean}-${i}`;
  taken.add(name);
  return name;
}

const ADDRESSABLE = /^@?[A-Za-z0-9._/-]*$/;

/** Brackets and the like in a file's name are globs to Nx, and would drop the file in silence. */
export function escapeGlob(path: string): string {
  if (!/[[\]{}()*?!+@\\]/.test(path)) return path;
  return path.replace(/[[\]{}()*?!+@\\]/g, '\\$&');
}
