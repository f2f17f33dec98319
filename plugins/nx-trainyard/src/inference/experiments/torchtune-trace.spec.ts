import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporarySweep } from '../../../testing/temporary-sweep';
import { ConfigFiles } from '../../hydra/config-files/config-repository';
import { diskFiles } from '../../files/file-tree';
import type { ExperimentInference } from './experiment-inference';
import { fileInputsFinder } from '../file-inputs';
import { normalizeOptions } from '../options/options';
import { RecipeMemory } from '../memory/recipe-memory';
import type { TorchtuneTrace } from './torchtune-trace';
import { torchtuneTrace } from './torchtune-trace';

const REGISTRY = 'vendor/torchtune/_recipe_registry.py';
const CONFIG = 'vendor/recipes/configs/llama/1B.yaml';
const registry = (recipe: string, file = 'llama/1B.yaml'): string => `_ALL_RECIPES = [
    Recipe(
        name="${recipe}",
        file_path="x.py",
        configs=[Config(name="llama/1B", file_path="${file}"), Config(name="llama/8B", file_path="llama/8B.yaml")],
        supports_distributed=False,
    ),
]
`;

let folder: string;
beforeEach(() => {
  ({ folder } = new TemporarySweep('', { [REGISTRY]: registry('lora'), [CONFIG]: 'epochs: 1\n' }));
});

/** What one Nx command looks at. */
function command(torchtune = 'vendor'): ExperimentInference {
  const tree = diskFiles(folder);
  const memory = new RecipeMemory(undefined, '', folder, tree);
  return {
    options: normalizeOptions({ torchtune }),
    settings: undefined,
    context: { files: new ConfigFiles(tree), env: {}, cwd: folder },
    fileInputs: fileInputsFinder(folder, [CONFIG], tree, memory.looks),
    memory,
    workspaceRoot: folder,
    pluginInputs: [],
    pluginVersion: '',
  };
}

const trace = (name?: string): TorchtuneTrace => torchtuneTrace(command(), name);
const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);

it('an experiment is made anew when its base config moves to another recipe or file', () => {
  const before = trace('llama/1B').identity;
  write(REGISTRY, registry('full'));
  expect(trace('llama/1B').identity).not.toBe(before);
  write(REGISTRY, registry('lora', 'llama/8B.yaml'));
  expect(trace('llama/1B').identity).not.toBe(before);
  write(REGISTRY, registry('lora'));
  expect(trace('llama/1B').identity).toBe(before);
});

it('an experiment is made anew when its base config changes, comes or goes, and not for another', () => {
  const before = trace('llama/1B').identity;
  const other = trace('llama/8B').identity;
  write(CONFIG, 'epochs: 2\n');
  expect(trace('llama/1B').identity).not.toBe(before);
  expect(trace('llama/8B').identity).toBe(other);
  write('vendor/recipes/configs/llama/8B.yaml', 'epochs: 1\n');
  expect(trace('llama/8B').identity).not.toBe(other);
});

it('a base file of a torchtune experiment depends on the list of recipes too', () => {
  const before = trace().identity;
  write(REGISTRY, registry('full'));
  expect(trace().identity).not.toBe(before);
});

it('a torchtune in the workspace is an input, so that `affected` sees a change of it', () => {
  expect(trace('llama/1B').inputs).toEqual([REGISTRY, CONFIG]);
  expect(trace('llama/8B').inputs).toEqual([REGISTRY, 'vendor/recipes/configs/llama/8B.yaml']);
  expect(trace().inputs).toEqual([REGISTRY]);
});

it('a torchtune in the workspace that cannot be read, or is gone, is still an input', () => {
  write(REGISTRY, '_ALL_RECIPES = [*OTHERS]\n');
  expect(trace('llama/1B')).toEqual({ inputs: [REGISTRY], identity: 'torchtune not found' });
  rmSync(join(folder, REGISTRY));
  symlinkSync('_recipe_registry.py', join(folder, REGISTRY));
  expect(trace('llama/1B')).toEqual({ inputs: [REGISTRY], identity: 'torchtune not found' });
  rmSync(join(folder, 'vendor'), { recursive: true });
  expect(trace('llama/1B')).toEqual({ inputs: [REGISTRY], identity: 'torchtune not found' });
});

it('a config of torchtune that the operating system does not let one read ends no command', () => {
  rmSync(join(folder, CONFIG));
  symlinkSync('1B.yaml', join(folder, CONFIG));
  expect(trace('llama/1B').identity).toMatch(/ unreadable$/);
  expect(trace('llama/1B').inputs).toEqual([REGISTRY, CONFIG]);
});

it('torchtune is opened once for all experiments of a command', () => {
  const one = command();
  const before = torchtuneTrace(one, 'llama/1B');
  rmSync(join(folder, 'vendor'), { recursive: true });
  expect(torchtuneTrace(one, 'llama/8B').identity).toMatch(/^path unknown [0-9a-f]{64} missing$/);
  expect(torchtuneTrace(one, 'llama/1B')).toEqual(before);
  expect(torchtuneTrace(command(), 'llama/8B').identity).toBe('torchtune not found');
});

it('the torchtune that is installed is known by its texts, not by where it lies', () => {
  write('vendor/version.txt', '0.6.1\n');
  const installed = (prefix: string): TorchtuneTrace => {
    const before = process.env['VIRTUAL_ENV'];
    process.env['VIRTUAL_ENV'] = prefix;
    try {
      return torchtuneTrace(command('installed'), 'llama/1B');
    } finally {
      if (before === undefined) delete process.env['VIRTUAL_ENV'];
      else process.env['VIRTUAL_ENV'] = before;
    }
  };
  const here = installed(join(folder, 'vendor'));
  expect(here.inputs).toEqual([]);
  expect(here.identity).toMatch(/^installed 0\.6\.1 [0-9a-f]{64} [0-9a-f]{64}$/);
  const there = new TemporarySweep('', {
    'torchtune/_recipe_registry.py': registry('lora'),
    'recipes/configs/llama/1B.yaml': 'epochs: 1\n',
    'version.txt': '0.6.1\n',
  });
  expect(installed(there.folder)).toEqual(here);
});
