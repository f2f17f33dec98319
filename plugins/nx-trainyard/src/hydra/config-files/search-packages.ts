/** Folders of Python packages by their names, `conf` or `conf.sub`; relative ones from the `cwd`. */
export type SearchPackages = Readonly<Record<string, string>>;

/** What to write so that a package can be searched. */
export function howToGive(written: string): string {
  const [, scheme, rest = written] = /^([^:]*):\/\/([^]*)$/.exec(written) ?? [];
  if (scheme === 'structured') {
    return 'What Python code stores is not known here: write its configs to files, and name their folder.';
  }
  const name = rest.replaceAll('/', '.').split('.').filter(Boolean).join('.');
  if (name === '') return 'Write pkg:// and the name of a package.';
  return `Where Python finds it is not known here: give its folder, 'searchPackages: {"${name}": "path"}' in the plugin's options or --search-package ${name}=path.`;
}
