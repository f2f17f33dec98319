/** Folders of Python packages by their names, `conf` or `conf.sub`; relative ones from the `cwd`. */
export type SearchPackages = Readonly<Record<string, string>>;

/** What to write so that a package can be searched. */
export function howToGive(written: string): string {
  const [, scheme, rest = written] = /^([^:]*):\/\/([^]*)$/.exec(written) ?? [];
  if (scheme === 'structured') {
    return 'Configs stored by Python code are not known here. Write them to files, and name their folder.';
  }
  const name = rest.replaceAll('/', '.').split('.').filter(Boolean).join('.');
  if (name === '') return 'Write pkg:// and the name of a package.';
  return `Give the folder of the package with 'searchPackages: {"${name}": "path"}' in the plugin's options or --search-package ${name}=path.`;
}
