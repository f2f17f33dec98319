/** What decides about colours besides the stream. */
export type ColorEnvironment = Readonly<Record<string, string | undefined>>;

/** The values of `FORCE_COLOR` with which Node draws in colours. Every other one turns them off. */
const FORCED: readonly string[] = ['', 'true', '1', '2', '3'];

/**
 * Whether to draw in colours, as Node decides for its own output: `FORCE_COLOR` wins over all else,
 * then `NO_COLOR` (no-color.org: anything but an empty text), then whether a person is reading.
 *
 * @param isTerminal whether the stream is one; Node leaves it undefined for a pipe
 */
export function wantsColor(env: ColorEnvironment, isTerminal: boolean | undefined): boolean {
  const forced = forcedColor(env);
  if (forced !== undefined) return FORCED.includes(forced);
  if (env['NO_COLOR'] || env['NODE_DISABLE_COLORS'] || env['TERM'] === 'dumb') return false;
  return isTerminal ?? false;
}

/** What the person has forced. Nx forces `true` on all its tasks, wherever their output goes. */
function forcedColor(env: ColorEnvironment): string | undefined {
  const { FORCE_COLOR: forced, NX_ORIGINAL_FORCE_COLOR: original } = env;
  // Nx takes FORCE_COLOR=0 away from its own process, and keeps it under this name.
  if (original !== undefined) return original;
  return forced === 'true' && env['NX_FORKED_TASK_EXECUTOR'] !== undefined ? undefined : forced;
}
