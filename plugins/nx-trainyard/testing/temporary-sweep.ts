import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../src/diagnostics';
import { DiagnosticError, formatLocation } from '../src/diagnostics';
import type { SweepPlan } from '../src/sweeps/check/check-runs';
import type { Run } from '../src/sweeps/plan/shapes/run';
import type { SweepRequest } from '../src/sweeps/sweep';
import { generateSweep, planSweep } from '../src/sweeps/sweep';

export const HEAD = `experiment: {name: e, framework: torchtune}
framework_config: {base_config: llama3_2/1B_lora_single_device}
`;

/** The same for a base config of one's own, `base.yaml`. */
export const GENERIC = `experiment: {name: e, framework: generic}
framework_config: {base_config_file: base.yaml}
`;

/** An experiment in a folder of its own on disk, which goes when the tests of a file have run. */
export class TemporarySweep {
  readonly folder: string;

  constructor(experiment: string, files: Readonly<Record<string, string>> = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'trainyard-sweep-'));
    folders.push(this.folder);
    this.write('experiment.yaml', experiment);
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** The names of what is in `configs/`. */
  files(): string[] {
    return readdirSync(join(this.folder, 'configs')).sort();
  }

  /** The texts of what is in `configs/`. */
  texts(): Record<string, string> {
    return Object.fromEntries(this.files().map((name) => [name, this.read(`configs/${name}`)]));
  }

  #request(options: Partial<SweepRequest>): SweepRequest {
    return { file: 'experiment.yaml', root: this.folder, env: {}, ...options };
  }

  plan(options: Partial<SweepRequest> = {}): SweepPlan {
    return planSweep(this.#request(options));
  }

  runs(): Run[] {
    return [...this.plan().runs()];
  }

  generate(options: Partial<SweepRequest> = {}): ReturnType<typeof generateSweep> {
    return generateSweep(this.#request(options));
  }

  /** The warnings of a plan, as `place id message`. */
  warnings(): string[] {
    return this.plan().warnings.map(brief);
  }

  /** What planning refuses, as `place id message (hint)`. */
  problems(options: Partial<SweepRequest> = {}): string[] {
    return problemsOf(() => this.plan(options));
  }

  /** A copy elsewhere, without what was generated. */
  copy(): TemporarySweep {
    const copy = new TemporarySweep('');
    cpSync(this.folder, copy.folder, { recursive: true });
    rmSync(join(copy.folder, 'configs'), { recursive: true, force: true });
    return copy;
  }
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function brief({ location, id, message }: Diagnostic): string {
  return `${location ? `${formatLocation(location)} ` : ''}${id} ${message}`;
}

/** What a call refuses, as `place id message (hint)`. */
export function problemsOf(call: () => unknown): string[] {
  try {
    call();
    return [];
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return cause.diagnostics.map((problem) => {
      return problem.hint === undefined ? brief(problem) : `${brief(problem)} (${problem.hint})`;
    });
  }
}
