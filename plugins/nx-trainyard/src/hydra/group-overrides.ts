import type { Location } from '../diagnostics';
import { throwDiagnostic } from '../diagnostics';
import type { Choices } from './defaults/choices';
import type { ConfigRepository } from './config-files/config-repository';
import type { Choice } from './config-files/defaults-item';
import type { Override } from './overrides/parse';

/** Sorts the overrides: those of groups go to the choices, the others are returned. (Hydra 1.3) */
export function recordGroupOverrides(
  overrides: readonly Override[],
  repository: ConfigRepository,
  choices: Choices,
): Override[] {
  const rest: Override[] = [];
  for (const override of overrides) {
    const { key, value, type } = override;
    if (value?.kind === 'map' || !repository.groupExists(key)) rest.push(override);
    else if (type === 'FORCE_ADD') {
      const { text } = override.source;
      const message = `force-add of config groups is not supported: '${text}'`;
      const bare = text.replace(/^\+\+/, '');
      const hint = `Write '${bare}' to change what is chosen, or '+${bare}' to add it.`;
      throwDiagnostic('ConfigCompositionException', message, { location: wholeOf(override), hint });
    } else if (type === 'DEL') {
      choices.delete(groupKey(override), deletedOption(override), wholeOf(override));
    } else if (type === 'ADD') {
      choices.appended.push({
        kind: 'group',
        group: key,
        package: override.package === '_here_' ? '' : override.package,
        choice: groupChoice(override, repository),
        optional: false,
        override: false,
        location: wholeOf(override),
        appended: true,
      });
    } else {
      const choice = groupChoice(override, repository);
      choices.override(groupKey(override), choice, wholeOf(override));
    }
  }
  return rest;
}

function wholeOf({ source }: Override): Location {
  return { source, start: 0, end: source.text.length };
}

function groupKey({ key, package: pkg }: Override): string {
  return pkg === undefined ? key : `${key}@${pkg}`;
}

function deletedOption(override: Override): string | null {
  const { value } = override;
  if (!value) return null;
  if (value.kind === 'str') return value.value;
  const key = override.source.text.split('=', 1)[0] ?? '';
  return throwDiagnostic('ValueError', 'Config group override deletion value must be a string', {
    location: wholeOf(override),
    hint: `Write '${key}', or the option as a string: '${key}="${writtenValue(override)}"'.`,
  });
}

function groupChoice(override: Override, repository: ConfigRepository): Choice {
  const { value, key, source } = override;
  if (value?.kind === 'str') return value.value;
  if (value?.kind === 'list') {
    return value.items.map((item) => ('value' in item ? String(item.value) : 'null'));
  }
  const got = !value || value.kind === 'null' ? 'NoneType' : value.kind;
  const written = writtenValue(override);
  const start = source.text.slice(0, source.text.length - written.length);
  const options = repository.options(key);
  const quoted = options.includes(written) ? [`"${written}"`] : [];
  const near = quoted.length > 0 ? quoted : options.slice(0, 3);
  const none = got === 'NoneType' && override.type === 'CHANGE' ? [`~${groupKey(override)}`] : [];
  const ways = [...none, ...near.map((option) => start + option)].map((way) => `'${way}'`);
  return throwDiagnostic(
    'ValueError',
    `Config group override must be a string or a list. Got ${got}`,
    {
      location: wholeOf(override),
      ...(ways.length > 0 && { hint: `Write ${ways.join(' or ')}.` }),
    },
  );
}

/** What stands behind the `=`. */
function writtenValue({ source: { text } }: Override): string {
  return text.slice(text.indexOf('=') + 1).trimStart();
}
