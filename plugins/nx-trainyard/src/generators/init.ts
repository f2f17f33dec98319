import type { NxJsonConfiguration, Tree } from '@nx/devkit';
import { formatFiles, globAsync, readNxJson, updateNxJson } from '@nx/devkit';
import { someOf } from '../basics/some-of';
import { tracksBelow } from '../files/git/git';
import { DEFAULT_EXPERIMENTS_DIR, normalizeOptions } from '../inference/options/options';
import { DEFAULT_LAUNCHER_CONFIG } from '../launchers/recipe-files';
import type { TrainyardPluginOptions } from '../inference/options/options';
import { PLUGIN, findPlugin, setPluginOption } from '../inference/options/nx-json';
import { explainExperiments, explainLaunchers } from '../setup/explain-nothing';
import { findLauncherConfigs } from '../setup/find-files';
import { addIgnored, generatedFiles } from '../setup/git-ignore';
import { checkFiles } from './usable-files';
import { isYaml } from '../files/workspace-files';

interface InitOptions extends Pick<TrainyardPluginOptions, 'launcherConfig' | 'experimentsDir'> {
  readonly skipFormat?: boolean;
}

const SYNC = 'nx-trainyard:sync-launchers';

/**
 * Registers the plugin and its sync generator in nx.json, tells it where an established launcher
 * configuration lies, and lets git ignore what is generated. What is there already stays as it is.
 *
 * @throws Error for options with which every command of the workspace would fail, and for files that
 *   cannot be read and written
 */
export default async function init(tree: Tree, options: InitOptions): Promise<void> {
  checkFiles(tree);
  const files = (await globAsync(tree, ['**/*.{[yY][aA][mM][lL],[yY][mM][lL]}']))
    .filter(isYaml)
    .sort();
  const read = (path: string): string | undefined => tree.read(path, 'utf-8') ?? undefined;
  checkLocations(options, files);
  const said: string[] = [];
  const isNew = !tree.exists('nx.json');
  if (isNew) said.push('nx.json: created, because this folder had none.');

  const nxJson: NxJsonConfiguration = readNxJson(tree) ?? {};
  const before = JSON.stringify(nxJson);
  said.push(...register(nxJson, options));
  const { launcherConfig } = findPlugin(nxJson)?.options ?? {};
  if (launcherConfig === undefined && !files.includes(DEFAULT_LAUNCHER_CONFIG)) {
    const found = findLauncherConfigs(files, read);
    const [first, ...others] = found;
    if (first !== undefined && others.length === 0) {
      setPluginOption(nxJson, 'launcherConfig', first);
      said.push(
        `nx.json: "launcherConfig" set to ${first}, which looks like a launcher configuration.`,
      );
    } else if (first !== undefined) {
      said.push(
        `There are ${found.length} launcher configurations: ${someOf(found)}. Set "launcherConfig" to one of them in the nx-trainyard options in nx.json.`,
      );
    }
  }
  // Where there is none, `updateNxJson` does nothing.
  if (isNew) tree.write('nx.json', `${JSON.stringify(nxJson, undefined, 2)}\n`);
  else if (JSON.stringify(nxJson) !== before) {
    if (hasComments(read('nx.json') ?? ''))
      said.push('nx.json: Nx removes its comments; restore the ones you need.');
    updateNxJson(tree, nxJson);
  }

  const chosen = findPlugin(nxJson)?.options ?? {};
  const locations = {
    launcherConfig: chosen.launcherConfig ?? DEFAULT_LAUNCHER_CONFIG,
    experimentsDir: chosen.experimentsDir ?? DEFAULT_EXPERIMENTS_DIR,
  };
  said.push(...ignoreGenerated(tree, locations.experimentsDir));
  const nothing = [explainExperiments(files, read, locations)];
  // Several of them were listed already.
  if (!said.some((line) => line.includes('launcher configurations'))) {
    nothing.push(explainLaunchers(files, read, locations));
  }
  for (const why of nothing) if (why !== undefined) said.push(`Note: ${why}`);
  if (!options.skipFormat) await formatFiles(tree);
  if (said.length > 0) console.log(said.join('\n'));
}

/** @throws Error for places that the plugin itself would refuse, in every command */
function checkLocations({ launcherConfig, experimentsDir }: InitOptions, files: readonly string[]) {
  normalizeOptions({
    ...(launcherConfig !== undefined && { launcherConfig }),
    ...(experimentsDir !== undefined && { experimentsDir }),
  });
  if (launcherConfig === undefined) return;
  const path = normalizeOptions({ launcherConfig }).launcherConfig;
  if (files.includes(path)) return;
  throw new Error(
    `nx-trainyard: there is no YAML file '${path}', or git ignores it. Create it first, ` +
      `or omit 'launcherConfig' to have the launcher configuration detected.`,
  );
}

/** JSON has none, but Nx reads them. */
function hasComments(json: string): boolean {
  return /\/[/*]/.test(json.replace(/"(?:\\.|[^"\\])*"/g, ''));
}

/** @returns what of the options was not done, in words */
function register(nxJson: NxJsonConfiguration, options: InitOptions): string[] {
  const said: string[] = [];
  if (!findPlugin(nxJson)) nxJson.plugins = [...(nxJson.plugins ?? []), PLUGIN];
  const { launcherConfig, experimentsDir } = options;
  const known = findPlugin(nxJson)?.options ?? {};
  for (const [key, value] of Object.entries({ launcherConfig, experimentsDir })) {
    const name = key as 'launcherConfig' | 'experimentsDir';
    if (value === undefined || known[name] === value) continue;
    if (known[name] === undefined) setPluginOption(nxJson, name, value);
    else said.push(`nx.json: "${name}" is already set to ${known[name]} and was not changed.`);
  }
  const generators = nxJson.sync?.globalGenerators ?? [];
  if (!generators.includes(SYNC)) {
    nxJson.sync = { ...nxJson.sync, globalGenerators: [...generators, SYNC] };
  }
  return said;
}

/** @returns what was done, in words */
function ignoreGenerated(tree: Tree, experimentsDir: string): string[] {
  const before = tree.read('.gitignore', 'utf-8') ?? '';
  const rules = generatedFiles(experimentsDir);
  const [nx, configs] = rules;
  const tracked = tracksBelow(tree.root, experimentsDir, '/configs/manifest.json');
  const { text, added } = addIgnored(before, tracked && nx ? [nx] : rules);
  if (added.length > 0) tree.write('.gitignore', text);
  return [
    ...(added.length > 0 ? [`.gitignore: added ${added.join(' and ')}.`] : []),
    ...(tracked && configs
      ? [`.gitignore: ${configs.line} not added, because git already tracks sweep configs.`]
      : []),
  ];
}
