import { didYouMean } from '../../diagnostics';
import { checkMapping, checkText, wrongOption } from './option-problems';

/** How projects are called: the collection by its name, the others by what stands before their path. */
export interface ProjectNames {
  readonly collection: string;
  readonly recipes: string;
  readonly fragments: string;
  readonly experiments: string;
}

const DEFAULTS: ProjectNames = {
  collection: 'recipes',
  recipes: 'recipes/',
  fragments: 'fragments/',
  experiments: 'experiments/',
};
const KINDS = Object.keys(DEFAULTS) as (keyof ProjectNames)[];
const PREFIXES = ['recipes', 'fragments', 'experiments'] as const;

/** What Nx's patterns and command line can address; a scope such as `@acme/` may stand before it. */
const ADDRESSABLE = /^@?[A-Za-z0-9_][A-Za-z0-9._/-]*$/;

/**
 * Fills in the defaults of the plugin option `projectNames`.
 *
 * @throws Error for names that Nx cannot address, and for two projects that could have one name
 */
export function normalizeProjectNames(option: Partial<ProjectNames> = {}): ProjectNames {
  checkMapping('projectNames', option);
  for (const [key, value] of Object.entries(option)) {
    if (!(KINDS as readonly string[]).includes(key)) {
      const near = didYouMean(key, KINDS) ?? `Known kinds: ${KINDS.join(', ')}`;
      throw wrongOption(`unknown kind '${key}' in 'projectNames'. ${near.replace(/\.$/, '')}`);
    }
    checkText(`projectNames.${key}`, value);
    if (ADDRESSABLE.test(value) && !value.includes('//')) continue;
    throw wrongOption(
      `projectNames.${key} is '${value}', which is not a valid project name; use letters, digits, '.', '_', ` +
        `'-', and '/', starting with a letter or digit`,
    );
  }
  const names = { ...DEFAULTS, ...option };
  if (names.collection.endsWith('/')) {
    throw wrongOption(
      `projectNames.collection is a full name, not a prefix; remove the '/' at the end of '${names.collection}'`,
    );
  }
  for (const [one, other] of pairs(PREFIXES)) {
    if (names[one].startsWith(names[other])) throw overlapping(one, other, names);
    if (names[other].startsWith(names[one])) throw overlapping(other, one, names);
  }
  for (const kind of PREFIXES) {
    const { collection } = names;
    const rest = collection.startsWith(names[kind]) ? collection.slice(names[kind].length) : '';
    if (rest !== '') throw overlapping('collection', kind, names);
  }
  if (bareName(names.experiments) === names.collection) {
    throw overlapping('collection', 'experiments', names);
  }
  return names;
}

/** The name of the project without a path: an experiment directly in the folder of experiments. */
export function bareName(prefix: string): string {
  return prefix.replace(/[/._-]+$/, '');
}

function overlapping(
  one: keyof ProjectNames,
  other: keyof ProjectNames,
  names: ProjectNames,
): Error {
  return wrongOption(
    `projectNames.${one} '${names[one]}' and projectNames.${other} '${names[other]}' could give two ` +
      `projects the same name; change one of the prefixes`,
  );
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other): [T, T] => [one, other]));
}
