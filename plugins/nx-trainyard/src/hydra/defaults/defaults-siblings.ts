import { throwDiagnostic } from '../../diagnostics';
import type { ConfigFile } from '../config-files/config-file';
import type { ConfigItem, DefaultsItem, GroupItem } from '../config-files/defaults-item';
import type { PackagedItem } from './packaged-item';
import { packageItem } from './packaged-item';

/** The items of a config with `_self_` among them; where it is not written, it comes last. */
export function withSelf(
  config: ConfigFile,
  path: string,
  appends: boolean,
): readonly DefaultsItem[] {
  const items = config.defaults;
  const selves = items.filter((item) => item.kind === 'self');
  const [, second] = selves;
  if (second) {
    throwDiagnostic('ConfigCompositionException', `Duplicate _self_ defined in ${path}`, {
      ...(second.location && { location: second.location }),
      hint: 'Remove one of the two.',
    });
  }
  if (items.length === 0 && !appends) return items;
  const hasOwn = items.some((item) => !(item.kind === 'group' && item.override));
  const implied = selves.length === 0 && (hasOwn || items.length === 0);
  return implied ? [...items, { kind: 'self', location: undefined }] : items;
}

/** A group set to a list stands for one config per option. */
export function options(at: PackagedItem, path: string): PackagedItem[] {
  const { item } = at;
  if (item.kind !== 'group' || item.choice === null || typeof item.choice === 'string') return [at];
  const { group, package: pkg, optional, location } = item;
  return item.choice.map((option, index) => {
    if (option.includes('${')) {
      throwDiagnostic(
        'ConfigCompositionException',
        `In '${path}': Defaults List interpolation is not supported in options list items`,
        { ...(location && { location }) },
      );
    }
    const config: ConfigItem = {
      kind: 'config',
      path: `${group}/${option}`,
      package: pkg,
      optional,
      location,
      listed: { group: item, index },
    };
    return packageItem(config, at.base, at.parentPackage);
  });
}

/**
 * `- group: _self_` is a `_self_` with the package of its config, so that Hydra fails where the config
 * has none of its own.
 */
export function packageSelf(group: GroupItem, parent: PackagedItem): PackagedItem {
  const pkg = parent.package ?? parent.header;
  if (pkg !== undefined) return packageItem(group, parent.base, pkg);
  return throwDiagnostic('AssertionError', `'${group.group}: _self_' has no package`, {
    ...(group.location && { location: group.location }),
    hint: "Write '- _self_'.",
  });
}

/** Whether the item changes the option of a group that another list mounts. */
export function isOverride({ item }: PackagedItem): boolean {
  return item.kind === 'group' && item.override;
}

/** Whether an interpolation has to say what the item is. */
export function isInterpolated({ item }: PackagedItem): boolean {
  const text = item.kind === 'config' ? item.path : item.choice;
  return typeof text === 'string' && text.includes('${');
}
