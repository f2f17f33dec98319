import type { Diagnostic } from '../../diagnostics';
import { didYouMean, warning } from '../../diagnostics';
import { writePath } from '../../yaml/key-path';
import { meet, valueAt, walk } from '../../yaml/value-path';
import type { YamlMap } from '../../yaml/value';
import type { SweepBase } from '../bases/base';
import type { Targets } from '../keys/targets';
import { usesOf } from '../keys/uses';
import type { Experiment } from '../model';
import { textsIn } from '../runs/placeholder-words';
import { interpolatedPath } from './resolved-text';

type Path = readonly string[];

/** An interpolation of a key from the root, with no other one in it. */
const REFERENCE = /(?<!\\)\$\{\s*([A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*\}/g;

/**
 * Interpolations that the experiment writes, of keys that no run has. torchtune has nothing but the
 * config to look in. What runs a recipe or a generic config may know other names: there only what is
 * nearly a key of the config is told of.
 *
 * @param shared what all runs have
 */
export function unmetInterpolations(
  experiment: Experiment,
  base: SweepBase,
  targets: Targets,
  shared: YamlMap,
): Diagnostic[] {
  const set = [...targets.of.values()].map(({ path }) => path);
  const own = referredFromRoot(base);
  let names: readonly string[] | undefined;
  return [...usesOf(experiment)].flatMap(({ key, value, by }) => {
    // What is deleted is told of there.
    const deleted = by === 'control' ? targets.deleted : [];
    return textsIn(value).flatMap(({ text, place }) =>
      [...text.matchAll(REFERENCE)].flatMap(([whole, name = '']) => {
        const path = interpolatedPath(name, [], shared);
        const isSet = [...set, ...deleted].some((other) => meet(other, path));
        if (isSet || leads(shared, path)) {
          const isOutside = experiment.framework === 'hyperpod' && !name.startsWith('recipes.');
          if (!isOutside || own.has(path[0] ?? '')) return [];
          const message = `'${whole}' refers to '${name}' of the launcher: a recipe's own keys lie below 'recipes' when it runs`;
          return warning('dangling-interpolation', message, {
            place: place ?? key.place,
            keys: [key.name, name],
            hint: `Write '\${recipes.${name}}'.`,
          });
        }
        names ??= [...walk(shared)].map((each) => writePath(each.path));
        const known = [...names, ...set.map(writePath)];
        // A recipe is mounted there when it runs.
        const mount = experiment.framework === 'hyperpod' ? 'recipes.' : '';
        const near = didYouMean(
          mount + writePath(path),
          known.map((each) => mount + each),
        );
        const isSure = experiment.framework === 'torchtune' || name.startsWith('recipes.');
        if (!isSure && near === undefined) return [];
        const message = `'${whole}' refers to '${name}', which no run has`;
        const literal = `For the text itself write '\\${whole}'.`;
        return warning('dangling-interpolation', message, {
          place: place ?? key.place,
          keys: [key.name, name],
          hint: near ?? `Write a key of the config. ${literal}`,
        });
      }),
    );
  });
}

/** The top-level names that a base itself refers to from the root: what runs it has them there. */
function referredFromRoot({ text }: SweepBase): ReadonlySet<string> {
  const names = [...text.text.matchAll(REFERENCE)].map(([, name = '']) => name);
  return new Set(names.flatMap((name) => name.split('.', 1)));
}

/** Whether there is something at a path, or something before it that only a run's start tells. */
function leads(shared: YamlMap, path: Path): boolean {
  return path.some((_, depth) => {
    const at = valueAt(shared, path.slice(0, depth + 1));
    if (depth === path.length - 1) return at !== undefined;
    return at?.kind === 'str' && (at.value.includes('${') || at.value === '???');
  });
}
