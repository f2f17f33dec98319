import { Workspace } from '../testing/rig';

const LAUNCHERS =
  'settings: {recipes_dir: rezepte}\ntemplates: {llm_finetuning_aws: "x {recipe_path}"}\n';
const EXPERIMENT = `experiment: {name: e, framework: torchtune}
framework_config: {base_config: llama3_2/1B_lora_single_device}
`;

let ws: Workspace;
beforeAll(() => {
  ws = new Workspace({
    plugin: 'source',
    files: {
      'tools/launchers.yaml': LAUNCHERS,
      'rezepte/fine-tuning/llama/x.yaml': 'run: {name: x}\n',
      'research/a/experiment.yaml': EXPERIMENT,
    },
  });
});
afterAll(() => ws.dispose());

test('a run that finds nothing says where the experiments and the configuration lie', () => {
  const sweeps = ws.nx('run-many', '-t', 'generate-sweep').text;
  expect(sweeps).toContain("nx-trainyard: 1 experiment outside 'experiments'");
  expect(sweeps).toContain('"experimentsDir": "research"');
  const scripts = ws.nx('run-many', '--targets=generate-launchers').text;
  expect(scripts).toContain('"launcherConfig": "tools/launchers.yaml"');
  expect(scripts).not.toContain('experimentsDir');
  expect(ws.nx('run-many', '-t', 'build').text).not.toContain('nx-trainyard: ');
});

test('nx g nx-trainyard:init makes a folder without nx.json a workspace that works', () => {
  ws.remove('nx.json');
  const ran = ws.nx('g', 'nx-trainyard:init', '--experimentsDir=research');
  expect(ran.code).toBe(0);
  expect(ran.text).toContain('nx.json: created, because this folder had none.');
  expect(ran.text).toContain('"launcherConfig" set to tools/launchers.yaml');
  expect(ran.text).toContain('.gitignore: added /research/**/configs/.');
  const before = [ws.read('nx.json'), ws.read('.gitignore')];
  expect(ws.nx('g', 'nx-trainyard:init').code).toBe(0);
  expect([ws.read('nx.json'), ws.read('.gitignore')]).toEqual(before);
  const run = ws.nx('run-many', '-t', 'generate-sweep', 'generate-launchers');
  expect(run.code).toBe(0);
  expect(ws.exists('research/a/configs/run_000.yaml')).toBe(true);
  expect(ws.exists('launcher_scripts/llama/run_x.sh')).toBe(true);
  expect(ws.changes()).not.toContain('configs');
});
