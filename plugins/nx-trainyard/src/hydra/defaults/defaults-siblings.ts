import { refuse } from '../../diagnostics';
import type { ConfigFile } from '../config-files/config-file';
import type { ConfigItem, DefaultsItem, GroupItem } from '../config-files/defaults-item';
import type { Mount } from './mount';
import { mount } from './mount';

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
    refuse('ConfigCompositionException', `Duplicate _self_ defined in ${path}`, {
      ...(second.place && { place: second.place }),
      hint: 'Remove one of the two.',
    });
  }
  if (items.length === 0 && !appends) return items;
  const hasOwn = items.some((item) => !(item.kind === 'group' && item.override));
  const implied = selves.length === 0 && (hasOwn || items.length === 0);
  return implied ? [...items, { kind: 'self', place: undefined }] : items;
}

/** A group set to a list stands for one config per option. */
export function options(at: Mount, path: string): Mount[] {
  const { item } = at;
  if (item.kind !== 'group' || item.choice === null || typeof item.choice === 'string') return [at];
  const { group, package: pkg, optional, place } = item;
  return item.choice.map((option, index) => {
    if (option.includes('${')) {
      refuse(
        'ConfigCompositionException',
        `In '${path}': Defaults List interpolation is not supported in options list items`,
        { ...(place && { place }) },
      );
    }
    const config: ConfigItem = {
      kind: 'config',
      path: `${group}/${option}`,
      package: pkg,
      optional,
      place,
      listed: { group: item, index },
    };
    return mount(config, at.base, at.parentPackage);
  });
}

/**
 * `- group: _self_` is a `_self_` with the package of its config, so that Hydra fails where the config
 * has none of its own.
 */
export function selfMount(group: GroupItem, parent: Mount): Mount {
  const pkg = parent.package ?? parent.header;
  if (pkg !== undefined) return mount(group, parent.base, pkg);
  return refuse('AssertionError', `'${group.group}: _self_' has no package`, {
    ...(group.place && { place: group.place }),
    hint: "Write '- _self_'.",
  });
}

/** Whether the item changes the option of a group that another list mounts. */
export function isOverride({ item }: Mount): boolean {
  return item.kind === 'group' && item.override;
}

/** Whether an interpolation has to say what the item is. */
export function isInterpolated({ item }: Mount): boolean {
  const text = item.kind === 'config' ? item.path : item.choice;
  return typeof text === 'string' && text.includes('${');
}
