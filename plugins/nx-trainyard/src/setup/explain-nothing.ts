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

type Places = Pick<NormalizedOptions, 'launcherConfig' | 'experimentsDir'>;

/** Why experiments that lie in a workspace are no projects; undefined when all are, or there are none. */
export function explainExperiments(
  files: readonly string[],
  read: Reader,
  { experimentsDir }: Places,
): string | undefined {
  const outside = findExperiments(files, read).filter(
    (path) => !path.startsWith(`${experimentsDir}/`) && path.endsWith('.yaml'),
  );
  if (outside.length === 0) return undefined;
  const folder = commonFolder(outside.map((path) => path.slice(0, path.lastIndexOf('/'))));
  const what =
    folder === undefined
      ? `Move each into a folder below '${experimentsDir}'.`
      : `Write "experimentsDir": "${folder}" among the options of nx-trainyard in nx.json, or move them.`;
  return `${count(outside.length, 'experiment')} outside of '${experimentsDir}', where none is looked for: ${someOf(outside)}. ${what}`;
}

/** Which files in the folder of experiments are none only because of their names; undefined for none. */
export function explainMisnamed(
  files: readonly string[],
  read: Reader,
  { experimentsDir }: Pick<Places, 'experimentsDir'>,
): string | undefined {
  const below = files.filter((path) => path.startsWith(`${experimentsDir}/`));
  const [first, ...others] = findMisnamedExperiments(below, read);
  if (first === undefined) return undefined;
  const looks = others.length === 0 ? 'looks like an experiment' : 'look like experiments';
  return `${someOf([first, ...others])} ${looks}, and nothing reads what is not named experiment.yaml, in a folder of its own. Move ${first} to ${properPlace(first)}.`;
}

function properPlace(path: string): string {
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
  { launcherConfig }: Places,
): string | undefined {
  if (files.includes(launcherConfig)) return undefined;
  const found = findLauncherConfigs(files, read);
  const [first] = found;
  if (first !== undefined) {
    const which = found.length === 1 ? 'is one by its shape' : 'are some by their shape';
    return `there is no launcher configuration '${launcherConfig}', but ${someOf(found)} ${which}. Write "launcherConfig": "${first}" among the options of nx-trainyard in nx.json, or run nx g nx-trainyard:init.`;
  }
  const recipes = files.filter(
    (path) => path.startsWith('recipes_collection/recipes/') && path.endsWith('.yaml'),
  );
  if (recipes.length === 0) return undefined;
  return `there is no launcher configuration '${launcherConfig}', so the files below recipes_collection/recipes get no scripts. Write it, with 'templates' and 'settings', or set "launcherConfig" among the options of nx-trainyard in nx.json.`;
}
