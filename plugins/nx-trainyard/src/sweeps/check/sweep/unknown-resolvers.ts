import type { Diagnostic, Location } from '../../../diagnostics';
import { nearest, warning } from '../../../diagnostics';
import { interpolationsIn } from '../../../hydra/grammar/interpolations';
import { OMEGACONF_RESOLVERS } from '../../../hydra/interpolation/resolvers';
import { locationIn } from '../../../yaml/value/scalar-location';
import { walk } from '../../../yaml/value/value-path';
import { writePath } from '../../../yaml/value/key-path';
import type { YamlMap } from '../../../yaml/value/value';
import type { SweepBase } from '../../bases/base';
import type { Targets } from '../../plan/keys/targets';
import type { Experiment } from '../../experiment/experiment';
import { textsSet } from './texts-set';

/** What Hydra registers beside OmegaConf's own, for programs that it starts. */
const OF_HYDRA: readonly string[] = ['now', 'hydra', 'python_version'];

/**
 * Interpolations with a function that nobody has: OmegaConf refuses them when the run has started. A
 * program may register functions of its own. torchtune registers none; what its base config uses
 * already, a recipe of one's own will know. Elsewhere only what is nearly a known one is told of.
 *
 * @param shared what all runs have
 */
export function unknownResolvers(
  experiment: Experiment,
  base: SweepBase,
  targets: Targets,
  shared: YamlMap,
): Diagnostic[] {
  const isTorchtune = experiment.framework === 'torchtune';
  const known = [...OMEGACONF_RESOLVERS.keys(), ...(isTorchtune ? [] : OF_HYDRA)];
  const isNearly = (name: string): boolean => {
    return name.startsWith('oc.') || OF_HYDRA.includes(name) || nearest(name, known).length > 0;
  };
  const usedInBase = [...walk(base.value)].flatMap(({ value }) => {
    return value.kind === 'str' ? resolversIn(value.value).map(({ name }) => name) : [];
  });
  const others = usedInBase.filter((name) => !isNearly(name));
  const set = textsSet(experiment, targets);
  const inBase = [...walk(shared)].flatMap(({ path, value }) => {
    if (value.kind !== 'str') return [];
    return { text: value.value, location: value.location, path, names: [writePath(path)] };
  });
  const reported = new Set<string>();
  return [...set, ...inBase].flatMap(({ text, location, names }, index) =>
    resolversIn(text).flatMap(({ name, start, end }) => {
      if (known.includes(name) || others.includes(name)) return [];
      const isSure = isTorchtune && index < set.length;
      if (!isSure && !isNearly(name)) return [];
      const at = location && locationIn(text, location, { start, end });
      const id = `${at?.source.path} ${at?.start} ${name}`;
      if (reported.has(id)) return [];
      reported.add(id);
      return unknown(name, text.slice(start, end), known, names, at);
    }),
  );
}

function resolversIn(text: string) {
  return interpolationsIn(text).filter(({ isResolver, name }) => isResolver && name !== '');
}

function unknown(
  name: string,
  whole: string,
  known: readonly string[],
  keys: readonly string[],
  location: Location | undefined,
): Diagnostic {
  // What Python's `env` was in OmegaConf 2.0.
  const near = name === 'env' ? ['oc.env'] : nearest(name, known);
  const [first] = near;
  const hint =
    first === undefined
      ? `Known resolvers: ${known.join(', ')}. For the literal text, write '\\${whole}'.`
      : `Write '\${${first}${whole.slice(whole.indexOf(':'))}'.`;
  return warning('unknown-resolver', `'${whole}' calls '${name}', which OmegaConf does not know`, {
    keys: [...keys, name],
    hint,
    ...(location && { location }),
  });
}
