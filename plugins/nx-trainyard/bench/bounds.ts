/** How often each side of a comparison runs, unless `--pairs` says otherwise. */
export const PAIRS = 11;

/** What the benchmarks hold the product to: at most so many times as long as the other side. */
export const BOUNDS = {
  /** Recipes in the synthetic workspaces. */
  launcherSizes: [400, 2_000],
  /** Inference with everything remembered, against the same projects from file names alone. */
  inferenceWarm: 1.5,
  /** `nx run-many -t generate-launchers` with an empty cache and no scripts. */
  launchersCold: 1.5,
  /** The same command again, when all is cached. */
  launchersCached: 1.2,
  /** Loading the plugin, against loading `@nx/devkit`. */
  moduleLoad: 0.4,
  /** Runs of the sweep that is rendered and written. */
  sweepSize: 10_000,
  /** Rendering and writing a sweep, against writing the same bytes from memory. */
  sweepWrite: 2,
  /** Rows of the sweep that is only planned, and the most memory that this may take at its peak. */
  planRows: 1_000_000,
  planMegabytes: 200,
} as const;
