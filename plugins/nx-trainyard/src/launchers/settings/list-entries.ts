/** What is wrong with an entry of a list in the settings, and what to write. */
export interface WrongEntry {
  readonly message: string;
  readonly hint: string;
}

/**
 * An entry of `preserved_dirs`: a folder directly in the output folder. One that is written otherwise would
 * keep nothing, and clean-up would remove what it is meant to keep.
 *
 * @returns the name of the folder, or what is wrong
 */
export function preservedDir(value: string, outputDir: string): string | WrongEntry {
  const name = bare(value);
  if (/^[^/\0]+$/.test(name) && !/^\.{1,2}$/.test(name)) return name;
  const below = name.startsWith(`${outputDir}/`) ? name.slice(outputDir.length + 1) : name;
  const [folder = ''] = below.split('/').filter((part) => !/^\.{0,2}$/.test(part));
  return {
    message: `'${value}' in 'preserved_dirs' is not the name of a folder directly in ${outputDir}`,
    hint: folder === '' ? 'Remove it, or write a folder name.' : `Write ${folder}.`,
  };
}

/**
 * An entry of `excluded_recipe_dirs`: what the paths of recipes begin with, from the recipes folder.
 *
 * @returns the entry, or what is wrong with one that excludes every recipe or can exclude none
 */
export function excludedDir(value: string, recipesDir: string): string | WrongEntry {
  if (value.trim() === '') return everything('excluded_recipe_dirs');
  if (isPath(value) && !`${value}/`.startsWith(`${recipesDir}/`)) return value;
  const plain = bare(value).replace(/[*?[].*$/, '');
  const below = `${plain}/`.startsWith(`${recipesDir}/`)
    ? plain.slice(recipesDir.length + 1)
    : plain;
  const path = below.replace(/^\/+/, '');
  return {
    message: `'${value}' in 'excluded_recipe_dirs' is not the start of any recipe path`,
    hint: isPath(path)
      ? `Write the path relative to the recipes folder, without wildcards: ${path}`
      : 'Write the path relative to the recipes folder, without wildcards: training/archive',
  };
}

/**
 * An entry of `excluded_recipe_patterns`: a part of a file name in lower case.
 *
 * @returns the entry, or what is wrong with one that excludes every recipe or can exclude none
 */
export function excludedPattern(value: string): string | WrongEntry {
  if (value.trim() === '') return everything('excluded_recipe_patterns');
  if (/^[a-z0-9._-]+$/.test(value)) return value;
  const part = value
    .replace(/\.yaml$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]/g, ' ')
    .trim();
  return {
    message: `'${value}' in 'excluded_recipe_patterns' cannot be part of a recipe's file name`,
    hint:
      part === '' || part.includes(' ')
        ? 'Write part of the file name in lowercase, without wildcards.'
        : `Write part of the file name in lowercase, without wildcards: ${part}`,
  };
}

/** Reads one entry of a list. */
export type EntryReader = (value: string) => string | WrongEntry;

function everything(list: string): WrongEntry {
  return { message: `an empty string in '${list}' excludes every recipe`, hint: 'Remove it.' };
}

function bare(path: string): string {
  return path.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '');
}

/** Letters that a recipe's path may have. */
function isPath(text: string): boolean {
  return /^[A-Za-z0-9._-][A-Za-z0-9._/-]*$/.test(text) && !/^\.\.?(?:\/|$)/.test(text);
}
