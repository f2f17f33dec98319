import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceText } from '../../../diagnostics';
import { isFolder, isProgram } from '../../../files/is-file';
import { namesIfReadable } from '../../../files/list-folder';
import { textIfReadable, textIfThere } from '../../../files/read-text';

/** Where a search for an installed torchtune starts. */
export interface SearchStart {
  /** The workspace. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A torchtune on disk: a site-packages folder or a checkout. */
export interface Installation {
  /** The folder that holds `torchtune/` and `recipes/`. */
  readonly home: string;
  /** undefined: neither package metadata nor `version.txt` say it. */
  readonly version: string | undefined;
  readonly registry: SourceText;
  /** Where a file below `recipes/configs` is, there or not. */
  configPath(file: string): string;
  /** The text of a file below `recipes/configs`; undefined when there is none. */
  readConfig(file: string): SourceText | undefined;
}

/** torchtune's list of recipes, from its home. */
export const REGISTRY = 'torchtune/_recipe_registry.py';
const DIST_INFO = /^torchtune-[^-]+\.dist-info$/;

/** The version in the metadata beside the package, or in the `version.txt` of a checkout. */
function versionIn(folder: string): string | undefined {
  const info = namesIfReadable(folder).find((name) => DIST_INFO.test(name));
  const metadata = info && textIfReadable(join(folder, info, 'METADATA'));
  const stated = metadata && /^Version: *(\S+)/m.exec(metadata)?.[1];
  return stated || textIfReadable(join(folder, 'version.txt'))?.trim() || undefined;
}

function installationIn(home: string, version = versionIn(home)): Installation | undefined {
  const path = join(home, REGISTRY);
  const text = textIfThere(path);
  if (text === undefined) return undefined;
  const configPath = (file: string): string => join(home, 'recipes/configs', file);
  return {
    home,
    version,
    registry: { path, text },
    configPath,
    readConfig: (file) => {
      const config = configPath(file);
      const content = textIfThere(config);
      return content === undefined ? undefined : { path: config, text: content };
    },
  };
}

/** The checkouts that a site-packages folder points to, as editable installs do. */
function checkoutsFrom(sitePackages: string): string[] {
  return namesIfReadable(sitePackages).flatMap((name) => {
    const file = join(sitePackages, name);
    // PEP 610: what `pip install -e` was given.
    if (DIST_INFO.test(name)) {
      const url = /"url": *"(file:[^"]+)"/.exec(
        textIfReadable(join(file, 'direct_url.json')) ?? '',
      )?.[1];
      return url ? [fileURLToPath(url)] : [];
    }
    // setuptools' finder keeps a table of packages and folders.
    if (/^__editable__.*torchtune.*\.py$/.test(name)) {
      const package_ = /'torchtune': *'([^']+)'/.exec(textIfReadable(file) ?? '')?.[1];
      return package_ ? [dirname(package_)] : [];
    }
    if (!name.endsWith('.pth')) return [];
    const lines = (textIfReadable(file) ?? '').split(/\r?\n/).map((line) => line.trim());
    return lines.filter((line) => line && !/^(#|import\s)/.test(line));
  });
}

/** The site-packages folders of a Python prefix, on Unix and on Windows. */
function sitePackagesOf(prefix: string): string[] {
  const unix = namesIfReadable(prefix)
    .filter((name) => /^lib(64|32)?$/.test(name))
    .flatMap((lib) =>
      namesIfReadable(join(prefix, lib))
        .filter((name) => /^python3\.\d+t?$/.test(name))
        .map((python) => join(prefix, lib, python, 'site-packages')),
    );
  return [...unix, join(prefix, 'Lib', 'site-packages')].filter(isFolder);
}

function inSitePackages(folder: string): Installation | undefined {
  const own = installationIn(folder);
  if (own) return own;
  for (const checkout of checkoutsFrom(folder)) {
    const found = installationIn(resolve(folder, checkout), versionIn(folder));
    if (found) return found;
  }
  return undefined;
}

/** A torchtune in a folder that is a site-packages, a checkout or a Python prefix. */
export function installationAt(folder: string): Installation | undefined {
  const direct = inSitePackages(folder);
  if (direct) return direct;
  for (const sitePackages of sitePackagesOf(folder)) {
    const found = inSitePackages(sitePackages);
    if (found) return found;
  }
  return undefined;
}

/** Where the list of recipes of the torchtune in a folder is, or would be in a checkout. */
export function registryAt(folder: string): string {
  return installationAt(folder)?.registry.path ?? join(folder, REGISTRY);
}

/** The prefix of the Python that runs a script, from its first lines. */
function prefixOfScript(script: string): string {
  const head = (textIfReadable(script) ?? '').slice(0, 1024);
  // pip starts scripts of long or spaced prefixes through /bin/sh.
  const long = /^'''exec' "?([^"\n]+?)"? "\$0"/m.exec(head)?.[1];
  const python = long ?? /^#! *(\S+)/.exec(head)?.[1] ?? '';
  return dirname(dirname(/^python/.test(basename(python)) ? python : script));
}

/** The prefixes that can hold the torchtune that a person would run here, the nearest first. */
function prefixes({
  root,
  env,
}: SearchStart): { readonly from: string; readonly prefix: string }[] {
  const found: { from: string; prefix: string }[] = [];
  for (const from of ['VIRTUAL_ENV', 'CONDA_PREFIX']) {
    const prefix = env[from];
    if (prefix) found.push({ from, prefix });
  }
  const local = join(root, '.venv');
  if (isFolder(local)) found.push({ from: '.venv', prefix: local });
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const tune = folders.map((folder) => join(folder, 'tune')).find(isProgram);
  if (tune) found.push({ from: `PATH (${tune})`, prefix: prefixOfScript(tune) });
  return found;
}

/** Looks for torchtune without running Python. `looked` says where, for the message. */
export function findInstallation(where: SearchStart): {
  readonly installation: Installation | undefined;
  readonly looked: readonly string[];
} {
  const looked: string[] = [];
  for (const { from, prefix } of prefixes(where)) {
    const installation = installationAt(prefix);
    if (installation) return { installation, looked };
    looked.push(`${from}: ${prefix}`);
  }
  return { installation: undefined, looked };
}
