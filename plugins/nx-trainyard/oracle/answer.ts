import { join } from 'node:path';
import type { Typed } from '../conformance/typed';
import { normalise, toTyped } from '../conformance/typed';
import type { Outcome } from '../conformance/verdict';
import { attempt } from '../conformance/verdict';
import { composeWith } from '../src/hydra/compose';
import type { Composition } from '../src/hydra/composition';
import type { ConfigContainer } from '../src/hydra/config/config';
import { isConfigContainer, isInterpolation } from '../src/hydra/config/config';
import { ConfigFiles } from '../src/hydra/config-files/config-repository';
import { diskFiles } from '../src/files/file-tree';
import type { ResolveContext } from '../src/hydra/interpolation/interpolation';
import { resolve, resolveContainer } from '../src/hydra/interpolation/interpolation';
import { composeRecipeWith } from '../src/hydra/recipe';
import type { YamlValue } from '../src/yaml/value/value';
import type { ComposeJob } from './random-tree';

/** What is refused, by either side. */
export interface Refusal {
  readonly error: string;
  readonly message: string;
}

/** What a composition gives, in the form in which `compose.py` answers. */
export type Answer =
  | Refusal
  | {
      readonly unsorted: string;
      readonly sorted: string;
      readonly resolved: Typed | Refusal;
      readonly interpolations: readonly (Typed | Refusal)[];
    };

/** Our own composition of a job whose files are in a folder. */
export function composed(
  folder: string,
  job: ComposeJob,
  env: NodeJS.ProcessEnv,
): Outcome<Composition> {
  const context = { files: new ConfigFiles(diskFiles(folder)), env, cwd: folder };
  const { configDir, configName, searchPath, overrides } = job;
  if (job.unwrap) {
    const recipe = join(configDir, configName.replace(/\.yaml$/, ''));
    return attempt(() => composeRecipeWith({ recipesDir: folder, recipe, overrides }, context));
  }
  const request = {
    configDir: join(folder, configDir),
    configName,
    overrides,
    ...(searchPath.length > 0 && { searchPath: searchPath.map((path) => join(folder, path)) }),
  };
  return attempt(() => composeWith(request, context));
}

/** Our answer to a job, to be compared with the one of `compose.py`. */
export function answerOf(outcome: Outcome<Composition>): Answer {
  if ('rejected' in outcome) return firstError(outcome);
  const composition = outcome.value;
  return {
    unsorted: composition.toYaml(),
    sorted: composition.toYaml({ sortKeys: true }),
    resolved: typedOr(() => composition.resolved()),
    interpolations: [...interpolations(composition.config, composition.resolution)],
  };
}

/** What each interpolation below a container stands for, in order. */
function* interpolations(
  container: ConfigContainer,
  context: ResolveContext,
): Iterable<Typed | Refusal> {
  for (const child of container.kind === 'map' ? container.entries.values() : container.items) {
    if (isConfigContainer(child)) yield* interpolations(child, context);
    else if (isInterpolation(child)) {
      yield typedOr(() => resolveContainer(resolve(child, container, context), context));
    }
  }
}

function typedOr(action: () => YamlValue): Typed | Refusal {
  const outcome = attempt(() => toTyped(action()));
  return 'rejected' in outcome ? firstError(outcome) : outcome.value;
}

function firstError({ rejected }: Extract<Outcome<unknown>, { rejected: unknown }>): Refusal {
  const [first] = rejected;
  return { error: first?.id ?? '', message: first?.message ?? '' };
}

/**
 * What of an answer is compared: of a config its texts and values; of a value that does not resolve
 * the class of the error; of a config that is refused only that it is.
 */
export function comparable(answer: Answer): unknown {
  if ('error' in answer) return 'rejected';
  const { resolved, interpolations: values, ...texts } = answer;
  return { ...texts, resolved: comparableValue(resolved), values: values.map(comparableValue) };
}

function comparableValue(value: Typed | Refusal): unknown {
  if (!('error' in value)) return normalise(value);
  // What goes round in circles ends in Python where its stack does.
  return value.error === 'RecursionError' ? 'InterpolationResolutionError' : value.error;
}

/**
 * Whether a file is mounted at the root and later once more. Hydra merges into the first mount
 * without copying the file, so that the second shows what was merged in between. Here every mount
 * is a copy.
 */
export function isPackagedAgain(outcome: Outcome<Composition>): boolean {
  if ('rejected' in outcome) return false;
  const atRoot = new Set<string>();
  return outcome.value.entries.some(({ configPath, package: pkg }) => {
    if (atRoot.has(configPath)) return true;
    if (pkg === '') atRoot.add(configPath);
    return false;
  });
}
