import { dirname, join, posix } from 'node:path';
import { problemsIn } from '../../files/system-error';
import { editedFiles, ownFiles } from '../../files/owned-folder/edited-files';
import { git, literally } from '../../files/git/git';
import { diskFiles } from '../../files/file-tree';
import type { NormalizedOptions } from '../../inference/options/options';
import { lookAtLauncherSettings } from '../../launchers/settings/settings';
import { EXPERIMENT_FILE, hasOthersConfigs } from '../../sweeps/experiment-file';
import { SWEEP_FILES } from '../../sweeps/write/file-names';

type Locations = Pick<NormalizedOptions, 'launcherConfig' | 'experimentsDir'>;

/**
 * The files of a workspace that are named as generated ones, and may be a person's work: what is in
 * `configs/` and was not left there by a generator or is the sweep of another file, and scripts that git does not have as they are.
 *
 * @returns paths from the root; none where there is no repository
 */
export function editedByHand(root: string, locations: Locations): string[] {
  const configs = foldersOfExperiments(root, locations).flatMap((folder) => {
    const own = join(root, folder, 'configs');
    // A cache asks no executor, which would refuse to replace the sweep of another file.
    const isOthers = hasOthersConfigs(join(root, folder, EXPERIMENT_FILE));
    const names = isOthers ? ownFiles(own, SWEEP_FILES) : editedFiles(own, SWEEP_FILES);
    return names.map((name) => `${folder}/configs/${name}`);
  });
  return [...configs, ...changedScripts(root, locations)];
}

function foldersOfExperiments(root: string, { experimentsDir }: Locations): string[] {
  const files = `:(glob)${experimentsDir.replace(/[*?[\\]/g, '\\$&')}/**/${EXPERIMENT_FILE}`;
  return list(root, '--cached', '--others', '--exclude-standard', '--', files).map(dirname);
}

function changedScripts(root: string, { launcherConfig }: Locations): string[] {
  const folder = scriptsFolder(root, launcherConfig);
  if (folder === undefined) return [];
  return list(root, '--modified', '--others', '--', literally(folder)).filter((path) =>
    /^run_.*\.sh$/.test(posix.basename(path)),
  );
}

/** Undefined where the configuration is missing, or so wrong that no script is made. */
function scriptsFolder(root: string, launcherConfig: string): string | undefined {
  try {
    const source = diskFiles(root).read(join(root, launcherConfig));
    const look = source && lookAtLauncherSettings(source);
    return look?.kind === 'right' ? look.settings.outputDir : look?.scripts?.outputDir;
  } catch (cause) {
    if (!problemsIn(cause, root)) throw cause;
    return undefined;
  }
}

function list(root: string, ...args: readonly string[]): string[] {
  const listed = git(root, ['ls-files', '-z', ...args]) ?? '';
  return [...new Set(listed.split('\0'))].filter((path) => path !== '');
}
