import { join } from 'node:path';
import { HEAD, TemporarySweep } from '../../testing/temporary-sweep';
import { writeSweepOf } from '../executors/generate-sweep';
import type { SweepOptions } from '../executors/running/sweep-options';
import { inferProjects } from '../inference/infer';
import { runCli } from './commands';

const home = process.cwd();
afterEach(() => process.chdir(home));

/** Calls a command from a folder. */
function run(folder: string, ...args: string[]) {
  let [out, err] = ['', ''];
  process.chdir(folder);
  const code = runCli(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    color: false,
  });
  return { code, out, err };
}

const FILE = 'experiments/e/experiment.yaml';

/** A workspace of two launcher configurations, of which its nx.json names one. */
const OVER_RECIPE: Readonly<Record<string, string>> = {
  'nx.json': `{ // as Nx reads it
    "plugins": ["@nx/js", { "plugin": "nx-trainyard/plugin", "options": { "launcherConfig": "own/l.yaml" } }]
  }`,
  'own/l.yaml':
    'settings: {recipes_dir: r}\ntemplates: {t: "own {overrides}"}\ndefault_template: t\n',
  'recipes_collection/launcher_scripts_config.yaml':
    'settings: {recipes_dir: r}\ntemplates: {t: "other {overrides}"}\ndefault_template: t\n',
  'r/x.yaml': 'a: 1\n',
  [FILE]: `experiment: {name: e, framework: hyperpod}
framework_config: {base_recipe: x}
variables: {a: [2, 3]}
`,
};

function workspace(files: Readonly<Record<string, string>>): TemporarySweep {
  return new TemporarySweep('', files);
}

/** Writes the sweep as the inferred target does. */
function generateWithNx({ folder }: TemporarySweep, launcherConfig: string): void {
  const files = [FILE, launcherConfig, 'r/x.yaml'];
  const projects = inferProjects(files, { launcherConfig }, folder, {}).flatMap(
    ([, { projects }]) => Object.values(projects ?? {}),
  );
  const project = projects.find(({ name }) => name === 'experiments/e');
  writeSweepOf(project?.targets?.['generate-sweep']?.options as SweepOptions, folder);
}

describe('the workspace of a command', () => {
  it('is the nearest with an nx.json above the file, with its options, from wherever it is called', () => {
    const ws = workspace(OVER_RECIPE);
    const experiment = join(ws.folder, 'experiments/e');
    generateWithNx(ws, 'own/l.yaml');
    expect(ws.read('experiments/e/configs/run_000.sh')).toContain('own recipes.a=2');
    for (const [folder, file] of [
      [ws.folder, FILE],
      [experiment, 'experiment.yaml'],
      ['/', join(ws.folder, FILE)],
    ] as const) {
      const ran = run(folder, 'generate', file);
      expect(ran.err).toBe('');
      expect(ran.out).toContain('2 scripts in');
      expect(ran.out).toContain(', all up to date');
    }
  });

  it('is the one that --root names, and --launcher-config wins over its options', () => {
    const ws = workspace(OVER_RECIPE);
    const other = workspace({
      ...OVER_RECIPE,
      'own/l.yaml': (OVER_RECIPE['own/l.yaml'] ?? '').replace('own', 'theirs'),
    });
    const script = () => ws.read('experiments/e/configs/run_000.sh');
    const file = join(ws.folder, FILE);
    run('/', 'generate', file, '--root', other.folder);
    expect(script()).toContain('theirs ');
    run(
      '/',
      'generate',
      file,
      '--launcher-config',
      'recipes_collection/launcher_scripts_config.yaml',
    );
    expect(script()).toContain('other ');
  });

  it('says where torchtune is, for base as well, unless --torchtune does', () => {
    const ws = workspace({
      'nx.json': '{"plugins": [{"plugin": "nx-trainyard/plugin", "options": {"torchtune": "tt"}}]}',
      [FILE]: HEAD,
    });
    const plan = ['plan', join(ws.folder, FILE)];
    expect(run('/', ...plan).err).toContain(`there is no torchtune in ${ws.folder}/tt`);
    expect(run('/', ...plan, '--torchtune', 'embedded').code).toBe(0);
    const experiment = join(ws.folder, 'experiments/e');
    expect(run(experiment, 'base', '--list').err).toContain(
      `there is no torchtune in ${ws.folder}/tt`,
    );
    expect(run(experiment, 'base', '--list', '--torchtune', 'embedded').code).toBe(0);
  });

  it('says which cluster an experiment is for that names none, as the target has it', () => {
    const ws = workspace({
      'nx.json':
        '{"plugins": [{"plugin": "nx-trainyard/plugin", "options": {"defaultCluster": "slurm"}}]}',
      [FILE]: HEAD,
    });
    const [generated, planned] = ['generate', 'plan'].map((command) =>
      run('/', command, join(ws.folder, FILE)),
    );
    expect(generated?.err).toContain("cluster 'slurm' of the option defaultCluster");
    expect(planned?.err).toBe(generated?.err);
    const manifest = JSON.parse(ws.read('experiments/e/configs/manifest.json')) as object;
    expect(manifest).toMatchObject({ cluster: 'slurm' });
    ws.write('nx.json', ws.read('nx.json').replace('slurm', 'slrum'));
    const misspelt = run('/', 'plan', join(ws.folder, FILE));
    expect(misspelt.code).toBe(1);
    expect(misspelt.err).toContain("there is no cluster 'slrum' of the option defaultCluster");
  });

  it.each([
    [
      '{"plugins": [{"plugin": "nx-trainyard", "options": {"torchtun": "x"}}]}',
      "unknown option 'torchtun'",
    ],
    ['{"plugins": [', 'nx.json is not valid JSON: '],
  ])('is refused with an nx.json that Nx refuses: %s', (text, message) => {
    const ws = workspace({ 'nx.json': text, [FILE]: HEAD });
    const { code, err } = run('/', 'plan', join(ws.folder, FILE));
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});
