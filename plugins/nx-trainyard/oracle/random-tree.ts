import { Draw } from './draw';
import type { Fragment, Scope } from './random-defaults';
import { randomDefaults } from './random-defaults';
import { randomOverrides } from './random-overrides';
import { randomPairs, writePairs } from './random-value';

/** A composition that both sides are asked for; the folders are relative to the tree's. */
export interface ComposeJob {
  readonly configDir: string;
  readonly configName: string;
  readonly searchPath: readonly string[];
  readonly overrides: readonly string[];
  /** Whether the config is a recipe, which is unwrapped. */
  readonly unwrap: boolean;
}

/** Config files by their path below the tree's folder, and what is composed from them. */
export interface RandomTree {
  readonly files: ReadonlyMap<string, string>;
  readonly job: ComposeJob;
}

const GROUPS = ['g', 'h', 'g/k', 'h/m', 'o', 'g/k/deep', 'data'];
const OPTIONS = ['a', 'b', 'c'];
const HEADERS = ['_global_', 'm', 'model.m', 'recipes', '_group_', 'm[s]', '_global_.m', 'p0'];
const RECIPE_HEADERS = ['recipes', 'recipes', 'recipes.m', 'recipes.model', 'recipes.m.m'];

/**
 * A tree of config files with a request to compose it, from a seed: about every feature of defaults
 * lists, packages, merging, interpolations, command-line overrides and recipes turns up within a few
 * hundred seeds. Every fourth tree is bold: it has errors, too.
 */
export function randomTree(seed: number): RandomTree {
  const draw = new Draw(seed);
  const bold = draw.chance(25);
  const isRecipe = draw.chance(35);
  const layout = isRecipe ? recipeLayout(draw) : plainLayout(draw);
  const prefix = isRecipe ? 'hydra_config/' : '';
  const groups = draw.some(GROUPS, 5).map((group) => `${prefix}${group}`);
  const fragments = groups.flatMap((group) =>
    draw.some(OPTIONS, 3).map((option): Fragment => ({ group, option })),
  );
  const primary: Fragment = { group: '', option: 'config' };
  const beside = draw.chance(20) && !isRecipe ? [{ group: '', option: 'beside' }] : [];
  const scope: Scope = {
    draw,
    fragments: [...fragments, ...beside],
    bold,
    packaged: new Set(),
    packages: 0,
  };
  const files = new Map<string, string>();
  // From the last to the first, so that the overrides of a list know what lists below it mount.
  const ordered = [...beside, ...fragments];
  for (const [index, fragment] of [...ordered.entries()].reverse()) {
    const text = fragmentText(scope, fragment, ordered.slice(index + 1), isRecipe);
    const name = `${fragment.group === '' ? '' : `${fragment.group}/`}${fragment.option}.yaml`;
    const folders = isRecipe ? layout.searchPath : [layout.configDir, ...layout.searchPath];
    for (const folder of new Set([draw.pick(folders), draw.pick(folders)])) {
      files.set(
        `${folder}/${name}`,
        folder === layout.configDir ? text : `${text}from: ${folder}\n`,
      );
    }
  }
  files.set(
    `${layout.configDir}/${layout.configName}`,
    primaryText(scope, primary, ordered, layout),
  );
  const overrides = draw.chance(35) ? randomOverrides(scope) : [];
  const { configDir, configName, searchPath } = layout;
  const name = draw.chance(50) ? configName : configName.replace(/\.yaml$/, '');
  const inPrimary = layout.searchPathInPrimary ? [] : searchPath;
  return {
    files,
    job: {
      configDir,
      configName: isRecipe ? configName : name,
      searchPath: inPrimary,
      overrides: isRecipe ? [] : overrides,
      unwrap: isRecipe,
    },
  };
}

interface Layout {
  readonly configDir: string;
  readonly configName: string;
  readonly searchPath: readonly string[];
  readonly searchPathInPrimary: boolean;
}

function recipeLayout(draw: Draw): Layout {
  const category = draw.pick(['train', 'fine-tuning']);
  const configDir = `${category}/${draw.pick(['llama', 'qwen/dense'])}`;
  const configName = draw.pick(['lora_8b.yaml', 'config.yaml']);
  return { configDir, configName, searchPath: [category], searchPathInPrimary: false };
}

function plainLayout(draw: Draw): Layout {
  const searchPath = draw.some(['extra0', 'extra1', 'extra2'], 2);
  const configName = draw.chance(6) ? 'sub/config.yaml' : 'config.yaml';
  const searchPathInPrimary = searchPath.length > 0 && draw.chance(25);
  return { configDir: 'main', configName, searchPath, searchPathInPrimary };
}

function fragmentText(
  scope: Scope,
  fragment: Fragment,
  later: readonly Fragment[],
  isRecipe: boolean,
): string {
  const { draw } = scope;
  const header = draw.chance(isRecipe ? 75 : 25)
    ? `# @package ${draw.pick(isRecipe ? RECIPE_HEADERS : HEADERS)}\n`
    : draw.pick(['', '', '# a comment\n', '#@package m\n', '# a comment\n# @package m\n']);
  return header + textOf(scope, fragment, later);
}

function primaryText(
  scope: Scope,
  primary: Fragment,
  later: readonly Fragment[],
  { searchPath, searchPathInPrimary }: Layout,
): string {
  const { draw } = scope;
  const header = draw.chance(3) ? '# @package m\n' : '';
  const items = searchPath.map((path) => (draw.chance(50) ? path : `file://${path}`));
  const hydra = searchPathInPrimary ? `hydra:\n  searchpath: [${items.join(', ')}]\n` : '';
  return header + textOf(scope, primary, later) + hydra;
}

function textOf(scope: Scope, fragment: Fragment, later: readonly Fragment[]): string {
  const { draw, bold } = scope;
  const defaults = randomDefaults(scope, fragment, later);
  const list =
    defaults === undefined ? '' : `defaults:${defaults.startsWith('\n') ? '' : ' '}${defaults}`;
  const body = bodyText(draw, bold);
  const joined = `${list}${list.endsWith('\n') || list === '' ? '' : '\n'}${body}`;
  return draw.chance(3) ? joined.replaceAll('\n', '\r\n') : joined;
}

function bodyText(draw: Draw, bold: boolean): string {
  if (bold && draw.chance(5))
    return draw.pick(['', '[1, 2]\n', 'x\n', '7\n', '---\n', 'a: b: c\n', '\t\n']);
  const pairs = randomPairs(draw, 0, bold);
  const body = pairs.length === 0 ? '' : writePairs(pairs);
  if (!draw.chance(12)) return body;
  const own = draw.pick(['q: 2', 'p: 2, r: 3', 'q: {z: 1}']);
  return `base: &base {p: 1, q: {x: 1}}\ncopy: *base\nmerged: {<<: *base, ${own}}\n${body}`;
}
