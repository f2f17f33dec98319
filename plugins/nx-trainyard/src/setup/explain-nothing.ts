import { posix } from 'node:path';
import { someOf } from '../basics/some-of';
import { count } from '../basics/count';
import type { NormalizedOptions } from '../inference/options/options';
import type { Reader } from '../files/workspace-files';
import {
  commonFolder,
  findExperiments,
  findLauncherConfigs,
  findMisnamedExperiments,
} from './find-files';

type Locations = Pick<NormalizedOptions, 'launcherConfig' | 'experimentsDir'>;

/** Why experiments that lie in a workspace are no projects; undefined when all are, or there are none. */
export function explainExperiments(
  files: readonly string[],
  read: Reader,
  { experimentsDir }: Locations,
): string | undefined {
  const outside = findExperiments(files, read).filter(
    (path) => !path.startsWith(`${experimentsDir}/`) && path.endsWith('.yaml'),
  );
  if (outside.length === 0) return undefined;
  const folder = commonFolder(outside.map((path) => path.slice(0, path.lastIndexOf('/'))));
  const what =
    folder === undefined
      ? `Move each to its own folder under '${experimentsDir}'.`
      : `Set "experimentsDir": "${folder}" in the nx-trainyard options in nx.json, or move them.`;
  return `${count(outside.length, 'experiment')} outside '${experimentsDir}' not read: ${someOf(outside)}. ${what}`;
}

/** Which files in the folder of experiments are none only because of their names; undefined for none. */
export function explainMisnamed(
  files: readonly string[],
  read: Reader,
  { experimentsDir }: Pick<Locations, 'experimentsDir'>,
): string | undefined {
  const below = files.filter((path) => path.startsWith(`${experimentsDir}/`));
  const [first, ...others] = findMisnamedExperiments(below, read);
  if (first === undefined) return undefined;
  const looks = others.length === 0 ? 'looks like an experiment' : 'look like experiments';
  return `${someOf([first, ...others])} ${looks}, but an experiment must be named experiment.yaml and have its own folder. Move ${first} to ${properLocation(first)}.`;
}

function properLocation(path: string): string {
  const folder = posix.dirname(path);
  const name = posix.basename(path).replace(/\.ya?ml$/i, '');
  return /^experiments?$/i.test(name)
    ? `${folder}/experiment.yaml`
    : `${folder}/${name}/experiment.yaml`;
}

/** Why recipes that lie in a workspace have no scripts; undefined when the configuration is there. */
export function explainLaunchers(
  files: readonly string[],
  read: Reader,
  { launcherConfig }: Locations,
): string | undefined {
  if (files.includes(launcherConfig)) return undefined;
  const found = findLauncherConfigs(files, read);
  const [first] = found;
  if (first !== undefined) {
    const which = found.length === 1 ? 'looks like one' : 'look like launcher configurations';
    return `there is no launcher configuration '${launcherConfig}', but ${someOf(found)} ${which}. Set "launcherConfig": "${first}" in the nx-trainyard options in nx.json, or run nx g nx-trainyard:init.`;
  }
  const recipes = files.filter(
    (path) => path.startsWith('recipes_collection/recipes/') && path.endsWith('.yaml'),
  );
  if (recipes.length === 0) return undefined;
  return `there is no launcher configuration '${launcherConfig}', so the files in recipes_collection/recipes get no scripts. Create it, with 'templates' and 'settings', or set "launcherConfig" in the nx-trainyard options in nx.json.`;
}
