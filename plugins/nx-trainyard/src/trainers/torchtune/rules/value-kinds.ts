import type { ParameterKind } from '../catalog/catalog';
import type { KeyContext } from '../keys/key-context';
import { acceptance } from '../catalog/signature';
import { COUNTS } from './value-rules';
import { RANGED } from './range-rules';

/** Keys of the recipes themselves, which have no signature that says it. (torchtune 0.6.1) */
const SWITCHES: readonly string[] = [
  ...['resume_from_checkpoint', 'shuffle', 'optimizer_in_bwd', 'enable_activation_checkpointing'],
  ...['enable_activation_offloading', 'enable_async_checkpointing', 'fsdp_cpu_offload'],
  ...['log_peak_memory_stats', 'save_adapter_weights_only', 'low_cpu_ram', 'enable_kv_cache'],
];
const TEXTS: readonly string[] = ['device', 'dtype', 'output_dir', 'log_level'];

const OF_RECIPES: ReadonlyMap<string, ParameterKind> = new Map([
  ...RANGED.map((path) => [path, 'float'] as const),
  ...[...COUNTS].map((path) => [path, 'int'] as const),
  ...SWITCHES.map((path) => [path, 'bool'] as const),
  ...TEXTS.map((path) => [path, 'str'] as const),
]);

/** The kind of value that torchtune takes at a path; undefined where several fit, or nobody knows. */
export function kindAt(path: readonly string[], context: KeyContext): ParameterKind | undefined {
  const own = OF_RECIPES.get(path.join('.'));
  const key = path.at(-1);
  if (own !== undefined || key === undefined || path.length < 2) return own;
  const accepted = acceptance(key, path.slice(0, -1), context);
  return accepted.kind === 'accepted' ? accepted.parameter : undefined;
}
