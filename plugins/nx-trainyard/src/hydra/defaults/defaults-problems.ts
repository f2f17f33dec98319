import { normalize } from 'node:path';
import type { DiagnosticDetails } from '../../diagnostics';
import { throwDiagnostic } from '../../diagnostics';
import { withYamlEnding } from '../../files/file-ending';
import { formatChoice } from './choices';
import type { Choice } from '../config-files/defaults-item';
import type { ConfigRepository } from '../config-files/config-repository';
import type { PackagedItem } from './packaged-item';
import { howToGive } from '../config-files/search-packages';
import { nearNames, others, worksAs } from './near-configs';
import { configName, configPath, groupPath, overrideKey } from './packaged-item';
import { isOnCommandLine, overrideFrom, withChoice } from './written-item';

// What is wrong with a defaults list, in Hydra's words, so that they can be searched for.

function locationOf({ item }: PackagedItem): DiagnosticDetails {
  return item.location ? { location: item.location } : {};
}

/**
 * A choice that is `???`.
 *
 * @param starts the file of the primary config
 * @throws DiagnosticError always
 */
export function throwMissingChoice(
  at: PackagedItem,
  repository: ConfigRepository,
  starts: string | undefined,
): never {
  const path = configPath(at);
  if (at.item.kind === 'config') {
    return throwDiagnostic(
      'ValueError',
      `Missing ConfigDefault is not supported : ${path}`,
      locationOf(at),
    );
  }
  const key = overrideKey(at);
  const list = repository.options(groupPath(at)).map((option) => `\t${option}`);
  return throwDiagnostic(
    'ConfigCompositionException',
    `You must specify '${key}', e.g, ${key}=<OPTION>\nAvailable options:\n${list.join('\n')}`,
    { ...locationOf(at), hint: howToChoose(at, key, starts) },
  );
}

function howToChoose(at: PackagedItem, key: string, starts: string | undefined): string {
  // Of several overrides, the first that is read counts.
  const isHere = isOnCommandLine(at) || at.item.location?.source.path === starts;
  const here = isHere ? withChoice(at, 'OPTION') : undefined;
  if (here !== undefined) return `Choose one: '${here}'.`;
  return `Choose one in the config that starts: '- override ${key}: OPTION'.`;
}

/** A group without a name, `/`. @throws DiagnosticError always */
export function throwNoGroup(at: PackagedItem): never {
  const hint = "Write '- group: option', or '- /group: option' from the root of the search path.";
  return throwDiagnostic('AssertionError', "'/' is no group", { ...locationOf(at), hint });
}

function toRename(path: string, repository: ConfigRepository): string | undefined {
  const misnamed = repository.misnamed(path);
  if (misnamed === undefined) return undefined;
  return `Rename ${misnamed} to ${withYamlEnding(misnamed)}; Hydra reads only .yaml files.`;
}

/** A config that is nowhere. @throws DiagnosticError always */
export function throwNotFound(
  at: PackagedItem,
  parent: PackagedItem | undefined,
  repository: ConfigRepository,
): never {
  const path = configPath(at);
  const group = groupPath(at);
  const options = repository.options(group);
  // The primary is looked up before the search path is known.
  const sources = parent ? undefined : repository.sources.slice(0, 1);
  const near =
    toRename(path, repository) ??
    worksAs(at, repository, sources) ??
    nearNames(at, repository, sources) ??
    others(at, repository);
  const [unsearched] = repository.unsearched;
  const missed = unsearched && `'${unsearched}' was not searched. ${howToGive(unsearched)}`;
  const hint = [near, missed].filter(Boolean).join(' ');
  let message: string;
  if (!parent) {
    message = `Cannot find primary config '${path}'. Check that it's in your config search path.\n`;
  } else if (at.item.kind === 'group') {
    const list = options.map((option) => `\t${option}`).join('\n');
    message = `Could not find '${path}'\n`;
    if (options.length > 0) message += `\nAvailable options in '${group}':\n${list}`;
  } else message = `Could not load '${path}'.\n`;
  if (parent) message = `In '${configPath(parent)}': ${message}`;
  return throwDiagnostic('MissingConfigException', message + repository.describe(), {
    ...locationOf(at),
    ...(hint && { hint }),
  });
}

/** An override in a config that an interpolation chose. @throws DiagnosticError always */
export function throwOverrideBelowInterpolation(
  at: PackagedItem,
  choice: Choice,
  path: string,
): never {
  return throwDiagnostic(
    'ConfigCompositionException',
    `${path}: Default List Overrides are not allowed in the subtree\n` +
      `of an in interpolated config group (override ${overrideKey(at)}=${formatChoice(choice)}).\n`,
    {
      ...locationOf(at),
      hint: `Write it in the config that starts: '- override ${overrideKey(at)}: ${formatChoice(choice)}'.`,
    },
  );
}

/** An item that follows an override. @throws DiagnosticError always */
export function throwOverrideBefore(override: PackagedItem, at: PackagedItem, path: string): never {
  const key = `${overrideKey(override)} : ${configName(override)}`;
  return throwDiagnostic(
    'ConfigCompositionException',
    `In ${path}: Override '${key}' is defined before '${overrideKey(at)}: ${configName(at)}'.\n` +
      'Overrides must be at the end of the defaults list',
    { ...locationOf(at), hint: 'Move the override below this item.' },
  );
}

function howToSetAgain(at: PackagedItem, key: string): string {
  if (isOnCommandLine(at)) return `To set it again, write '${key}=OPTION'.`;
  const from = overrideFrom(at, key);
  return `To set it again, write '- override ${from}: OPTION', or give it another @package.`;
}

/** A group that two items set. @throws DiagnosticError always */
export function throwTwice(at: PackagedItem, key: string): never {
  return throwDiagnostic(
    'ConfigCompositionException',
    `${key} appears more than once in the final defaults list`,
    {
      ...locationOf(at),
      hint: howToSetAgain(at, key),
    },
  );
}

/**
 * Defaults lists that include each other: shows the cycle once, from the first config that comes
 * back to its return. @throws DiagnosticError always
 */
export function throwCycle(branch: readonly PackagedItem[]): never {
  const paths = branch.map((at) => normalize(configPath(at)));
  const last = paths.at(-1) ?? '';
  const start = paths.lastIndexOf(last, -2);
  const cycle = paths.slice(start === -1 ? Math.max(0, paths.length - 10) : start);
  const at = branch.at(-1);
  return throwDiagnostic(
    'ImportCycle',
    `these defaults lists include each other: ${cycle.join(' -> ')}`,
    {
      ...(at && locationOf(at)),
      hint: 'Remove one of the items.',
    },
  );
}
