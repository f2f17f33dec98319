import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { COLLECTION } from '../testing/collection';
import { packedPackage } from '../testing/rig';

/** Versions of Nx to install beside the package, `23.3.0 24`: this needs npm's registry. */
const VERSIONS = (process.env['TRAINYARD_E2E_NX'] ?? '').split(/\s+/).filter((name) => name !== '');

jest.setTimeout(600_000);

let folder = '';
let archive = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'trainyard-')));
  if (VERSIONS.length > 0) archive = packedPackage(join(folder, 'package'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const EXPERIMENT = `experiment: {name: rank, framework: torchtune}
framework_config: {base_config: llama3_2/1B_lora_single_device}
variables: {lora_rank: [8, 16]}
`;
const PROGRAM = `import { planSweep } from 'nx-trainyard';
console.log([...planSweep({ file: 'experiments/rank/experiment.yaml' }).runs()].length);
`;
const FILES = {
  ...COLLECTION,
  'experiments/rank/experiment.yaml': EXPERIMENT,
  'program.mjs': PROGRAM,
};

(VERSIONS.length > 0 ? describe : describe.skip)(
  'the archive that is published, in an empty folder that has only Nx (TRAINYARD_E2E_NX="23.3.0 24" runs it)',
  () => {
    test.each(VERSIONS)('works with nx@%s', (version) => {
      const root = join(folder, version);
      mkdirSync(root);
      const home = { HOME: join(folder, 'home'), NX_DAEMON: 'false', NX_TUI: 'false', CI: 'true' };
      const run = (command: string, args: readonly string[], env = {}): string =>
        execFileSync(command, args, {
          cwd: root,
          encoding: 'utf8',
          env: { ...withoutNx(process.env), ...env },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
      const nx = (...args: string[]) => run('npx', ['nx', ...args], home);
      writeFileSync(join(root, 'package.json'), '{ "name": "empty", "private": true }\n');
      run('npm', ['install', '--save-dev', '--no-audit', '--no-fund', `nx@${version}`, archive]);
      const { version: installed } = JSON.parse(
        readFileSync(join(root, 'node_modules/nx/package.json'), 'utf8'),
      ) as { version: string };
      expect(installed.startsWith(version)).toBe(true);

      for (const [path, text] of Object.entries(FILES)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
      run('git', ['init', '--quiet']);
      nx('g', 'nx-trainyard:init');
      nx('run-many', '-t', 'generate-launchers', 'generate-sweep');
      nx('run', 'recipes:check-launchers');
      const read = (path: string) => readFileSync(join(root, path), 'utf8');
      expect(read('launcher_scripts/llama/run_ppo.sh')).toContain('lr=0.001');
      expect(read('experiments/rank/configs/run_001.yaml')).toContain('lora_rank: 16');
      expect(run('npx', ['nx-trainyard', 'base', '--list', 'llama3_2'])).toContain('llama3_2/');
      expect(run(process.execPath, ['program.mjs'])).toBe('2\n');
    });
  },
);

/** Nothing of an Nx that this test may have been started by. */
function withoutNx(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('NX_')));
}
