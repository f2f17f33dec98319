import type { KeySource } from '../experiment';

/** What is said of values in another tool's syntax, with what to write. */
export function describeForeign(
  name: string,
  form: string | undefined,
  by: KeySource,
): { readonly message: string; readonly hint: string } {
  const message = `the values of '${name}' are in the syntax of another tool, which is not supported here`;
  if (form === undefined) {
    return {
      message,
      hint: `Write the values themselves: 'variables: {${name}: [first, second]}'.`,
    };
  }
  if (by === 'variable') return { message, hint: `Write ${name}: ${form}.` };
  const [single, ...others] = singleIn(form);
  return single !== undefined && others.length === 0
    ? { message, hint: `Write ${name}: ${single}.` }
    : { message, hint: `Write 'variables: {${name}: ${form}}'.` };
}

/** The items of a list of one scalar; nothing for other forms. */
function singleIn(form: string): string[] {
  const [, inner] = /^\[([^,[{]*)\]$/.exec(form) ?? [];
  return inner === undefined ? [] : [inner];
}
