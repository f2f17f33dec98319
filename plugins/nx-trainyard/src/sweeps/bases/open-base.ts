import { resolve } from 'node:path';
import { displayPath, refuse } from '../../diagnostics';
import { diskFiles } from '../../hydra/file-tree';
import { Collection } from '../../launchers/collection';
import { openSource } from '../../torchtune';
import type { SweepBase } from './base';
import { genericBase } from './generic-base';
import { hyperpodBase } from './hyperpod-base';
import type { FrameworkConfig, FrameworkName } from '../model';
import { namedBase, torchtuneFileBase } from './torchtune-base';

/** Where bases come from. */
export interface BasePlaces {
  /** The workspace, absolute; problems name files from here. */
  readonly root: string;
  /** The experiment's folder, absolute. */
  readonly folder: string;
  /** `embedded`, `installed` or a folder. */
  readonly torchtune: string;
  /** Path of the launcher configuration from the root, for bases that are recipes. */
  readonly launcherConfig: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Opens the base config of an experiment.
 *
 * @throws DiagnosticError `BaseConfigNotFound`, or what is wrong with the base itself
 */
export function openBase(
  {
    framework,
    frameworkConfig: config,
  }: { framework: FrameworkName; frameworkConfig: FrameworkConfig },
  places: BasePlaces,
): SweepBase {
  const { base } = config;
  if (framework === 'hyperpod') {
    return hyperpodBase(config, Collection.open(places.root, places.launcherConfig));
  }
  if (base.kind === 'recipe') {
    return refuse('ExperimentSchema', "'base_recipe' is for framework hyperpod", {
      place: base.place,
      hint: `Write 'framework: hyperpod', or ${framework === 'torchtune' ? 'base_config' : 'base_config_file'}.`,
    });
  }
  if (framework === 'generic') {
    if (base.kind === 'name') return refuseNamed(config);
    const { text, file } = openFile(base.path, config, places);
    return genericBase(config, text, file);
  }
  const source = openSource(places.torchtune, { root: places.root, env: places.env });
  if (base.kind === 'name') return namedBase(config, source);
  const { text, file } = openFile(base.path, config, places);
  return torchtuneFileBase(config, text, file, source);
}

function refuseNamed({ base }: FrameworkConfig): never {
  return refuse('ExperimentSchema', "'base_config' is for framework torchtune", {
    place: base.place,
    hint: "Write 'base_config_file: base.yaml'.",
  });
}

function openFile(path: string, { base }: FrameworkConfig, { root, folder }: BasePlaces) {
  const file = resolve(folder, path);
  const text = diskFiles(root).read(file);
  if (text) return { text, file };
  return refuse('BaseConfigNotFound', `there is no file '${path}' beside the experiment`, {
    place: base.place,
    hint: `The path starts at the experiment's folder: ${displayPath(file, root)} is looked for.`,
  });
}
