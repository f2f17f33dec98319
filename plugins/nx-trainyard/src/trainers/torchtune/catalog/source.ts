import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Diagnostic, SourceText } from '../../../diagnostics';
import { nameHint, error, throwDiagnostic } from '../../../diagnostics';
import type { Catalog } from './catalog';
import { embeddedCatalog } from './catalog';
import type { Installation, SearchStart } from './installation';
import { findInstallation, installationAt } from './installation';
import { readRegistry } from './registry';

export interface SourceDescription {
  readonly kind: 'embedded' | 'installed' | 'path';
  /** torchtune's version; undefined when a folder does not say it. */
  readonly version: string | undefined;
  /** The folder that holds `torchtune/` and `recipes/`; undefined for the embedded catalog. */
  readonly home: string | undefined;
  /** What to know when the configs and the signatures are of different versions. */
  readonly note: string | undefined;
}

export interface BaseConfig {
  readonly name: string;
  readonly recipe: string;
  readonly distributed: boolean;
  readonly source: SourceText;
  /** Of the text in UTF-8, in hexadecimal. */
  readonly sha256: string;
}

export type LoadedBase =
  | { readonly kind: 'found'; readonly config: BaseConfig }
  | { readonly kind: 'not found'; readonly diagnostic: Diagnostic };

/** torchtune's base configs, wherever they come from. */
export interface BaseSource {
  /** The names and recipes of this source, with the signatures of the embedded catalog. */
  readonly catalog: Catalog;
  describe(): SourceDescription;
  /** The registered names that start with a prefix, and their recipes, in the order of `tune ls`. */
  list(prefix?: string): readonly { readonly name: string; readonly recipe: string }[];
  /** A base config's text and recipe, or the problem `BaseConfigNotFound`. */
  load(name: string): LoadedBase;
  /**
   * The files that say what a base config is: torchtune's list of recipes, and the config's own.
   * Without a name, the list alone; none for the embedded catalog.
   */
  files(name?: string): readonly SourceFile[];
}

/** A file of torchtune. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** undefined when it is not there. @throws what the system refuses */
  readonly read: () => SourceText | undefined;
}

interface Entry {
  readonly name: string;
  readonly recipe: string;
  readonly distributed: boolean;
  /** Where the text is; undefined for the embedded catalog. */
  readonly path: string | undefined;
  /** undefined: the package has no such file. */
  readonly read: () => SourceText | undefined;
}

/** As many names as a message can hold without hiding its sense. */
const NAMES_IN_A_MESSAGE = 12;

/**
 * Opens the base configs that the plugin option `torchtune` names: the catalog in this package, the
 * torchtune installed here, or one in a folder (site-packages, checkout or Python prefix; relative
 * paths start at the workspace).
 *
 * @throws DiagnosticError `TorchtuneNotFound`, or `TorchtuneRegistry` for a registry in another form
 */
export function openSource(option: string, where: SearchStart): BaseSource {
  if (option === 'embedded') return embeddedSource();
  if (option === 'installed') {
    const { installation, looked } = findInstallation(where);
    return installation ? sourceOf(installation, 'installed') : throwNotInstalled(looked);
  }
  const folder = resolve(where.root, option);
  const installation = installationAt(folder);
  if (installation) return sourceOf(installation, 'path');
  return throwDiagnostic('TorchtuneNotFound', `there is no torchtune in ${folder}`, {
    hint: "Write 'embedded', 'installed', or the path of a site-packages folder, a torchtune checkout, or a Python prefix.",
  });
}

function throwNotInstalled(looked: readonly string[]): never {
  const locations = looked.length > 0 ? looked.join(', ') : 'none of them exists';
  return throwDiagnostic(
    'TorchtuneNotFound',
    `no torchtune installation found; searched VIRTUAL_ENV, CONDA_PREFIX, .venv, and 'tune' on PATH (${locations})`,
    {
      hint: "Activate the environment that has torchtune, or set the plugin option 'torchtune' to its folder or to 'embedded'.",
    },
  );
}

function embeddedSource(): BaseSource {
  const catalog = embeddedCatalog();
  const { version } = catalog;
  const entries = catalog.configNames().flatMap((name): Entry[] => {
    const config = catalog.config(name);
    if (!config) return [];
    const { recipe, text } = config;
    const path = `torchtune-${version}/${name}.yaml`;
    const read = () => (text === null ? undefined : { path, text });
    const distributed = catalog.recipe(recipe)?.distributed ?? false;
    return [{ name, recipe, distributed, path: undefined, read }];
  });
  const description = { kind: 'embedded', version, home: undefined, note: undefined } as const;
  return over(entries, catalog, description, undefined);
}

function sourceOf(installation: Installation, kind: 'installed' | 'path'): BaseSource {
  const { home, version } = installation;
  const entries = readRegistry(installation.registry).flatMap(({ name, distributed, configs }) =>
    configs.map((config): Entry => {
      const read = () => installation.readConfig(config.file);
      const path = installation.configPath(config.file);
      return { name: config.name, recipe: name, distributed, path, read };
    }),
  );
  const signatures = embeddedCatalog();
  const names = [...new Set(entries.map((entry) => entry.name))];
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const catalog: Catalog = {
    version: signatures.version,
    configNames: () => names,
    config: (name) => {
      const entry = byName.get(name);
      return entry && { recipe: entry.recipe, text: entry.read()?.text ?? null };
    },
    recipe: (name) => signatures.recipe(name),
    component: (name) => signatures.component(name),
    componentNames: () => signatures.componentNames(),
  };
  // A build such as 0.6.1+cpu is the same release.
  const same = version?.replace(/\+.*/, '') === signatures.version;
  const note = same
    ? undefined
    : `keys are checked against torchtune ${signatures.version}, and this is ${version ?? 'of unknown version'}: what is new in it counts as unknown`;
  return over(entries, catalog, { kind, version, home, note }, installation.registry);
}

function over(
  entries: readonly Entry[],
  catalog: Catalog,
  description: SourceDescription,
  registry: SourceText | undefined,
): BaseSource {
  const title = `torchtune${description.version === undefined ? '' : ` ${description.version}`}`;
  const notFound = (message: string, hint: string): LoadedBase => ({
    kind: 'not found',
    diagnostic: error('BaseConfigNotFound', message, { hint }),
  });
  return {
    catalog,
    describe: () => description,
    files: (name) => [
      ...(registry ? [{ path: registry.path, read: () => registry }] : []),
      ...entries.flatMap(({ name: own, path, read }): SourceFile[] =>
        own === name && path !== undefined ? [{ path, read }] : [],
      ),
    ],
    list: (prefix = '') =>
      entries
        .filter((entry) => entry.name.startsWith(prefix))
        .map(({ name, recipe }) => ({ name, recipe })),
    load: (name) => {
      const [entry, other] = entries.filter((candidate) => candidate.name === name);
      if (!entry)
        return notFound(
          `${title} has no config '${name}'`,
          hintFor(name, catalog, listing(description)),
        );
      if (other) {
        const message = `${title} registers '${name}' for two recipes, ${entry.recipe} and ${other.recipe}`;
        return notFound(message, 'Copy the file, then set base_config_file and recipe.');
      }
      const source = entry.read();
      if (!source) {
        return notFound(
          `${title} registers '${name}' for ${entry.recipe}, but its package has no such file`,
          "Copy the file from torchtune's repository, then set base_config_file.",
        );
      }
      const sha256 = createHash('sha256').update(source.text).digest('hex');
      const { recipe, distributed } = entry;
      return { kind: 'found', config: { name, recipe, distributed, source, sha256 } };
    },
  };
}

/** The command that lists the names of this source; a prefix may follow. */
function listing({ kind, home }: SourceDescription): string {
  const where = { embedded: '', installed: ' --torchtune installed', path: ` --torchtune ${home}` };
  return `nx-trainyard base${where[kind]} --list`;
}

/** The names with the same prefix, then the nearest. @param list the command that lists names */
function hintFor(name: string, catalog: Catalog, list: string): string {
  const all = catalog.configNames();
  const near = nameHint(name, all);
  // A name that is only too much, or lacks its folder, needs no list of others.
  if (near?.startsWith('Write') || (near !== undefined && !name.includes('/'))) return near;
  const folder = name.slice(0, name.indexOf('/') + 1);
  for (const prefix of [name, folder]) {
    const same = prefix === '' ? [] : all.filter((other) => other.startsWith(prefix));
    if (same.length === 0) continue;
    const shown = same.slice(0, NAMES_IN_A_MESSAGE);
    const rest = same.length - shown.length;
    const more = rest > 0 ? ` and ${rest} more, which '${list} ${prefix}' prints` : '';
    const listed = `Names that start with '${prefix}': ${shown.join(', ')}${more}.`;
    return [listed, near].filter(Boolean).join(' ');
  }
  return near ?? `Run '${list}' to see the names.`;
}
