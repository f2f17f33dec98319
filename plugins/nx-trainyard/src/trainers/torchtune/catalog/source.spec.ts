import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticError, renderDiagnostic } from '../../../diagnostics';
import type { BaseSource } from './source';
import { openSource } from './source';
import { writeBelow } from '../../../../testing/write-below';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'source-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  writeBelow(root, path, text);
}

/** An environment with a torchtune of three configs, of which one has no file. */
function writeEnvironment(version = '0.6.1'): string {
  const site = 'env/lib/python3.11/site-packages';
  write(
    `${site}/torchtune/_recipe_registry.py`,
    `_ALL_RECIPES = [
    Recipe(
        name="lora",
        file_path="lora.py",
        configs=[
            Config(name="llama/1B_lora", file_path="llama/1B_lora.yaml"),
            Config(name="llama/1B_moved", file_path="dev/1B.yaml"),
            Config(name="llama/twice", file_path="llama/1B_lora.yaml"),
        ],
        supports_distributed=True,
    ),
    Recipe(
        name="generate",
        file_path="generate.py",
        configs=[
            Config(name="generation", file_path="generation.yaml"),
            Config(name="llama/twice", file_path="llama/1B_lora.yaml"),
        ],
        supports_distributed=False,
    ),
]
`,
  );
  write(`${site}/recipes/configs/llama/1B_lora.yaml`, '# LoRA\nepochs: 1\n');
  write(`${site}/recipes/configs/generation.yaml`, 'prompt: hello\n');
  write(
    `${site}/torchtune-${version}.dist-info/METADATA`,
    `Name: torchtune\nVersion: ${version}\n`,
  );
  return join(root, 'env');
}

const open = (option: string, env: Record<string, string> = {}) =>
  openSource(option, { root, env });

function problem(source: BaseSource, name: string): string {
  const loaded = source.load(name);
  if (loaded.kind === 'found') throw new Error(`${name} was found`);
  return renderDiagnostic(loaded.diagnostic);
}

function refusal(open: () => unknown): string {
  try {
    open();
  } catch (caught) {
    if (!(caught instanceof DiagnosticError)) throw caught;
    return caught.diagnostics.map((diagnostic) => renderDiagnostic(diagnostic)).join('\n');
  }
  throw new Error('nothing was refused');
}

describe('embedded base configs', () => {
  const source = openSource('embedded', { root: '/', env: {} });

  it('need neither Python nor torchtune', () => {
    expect(source.describe()).toEqual({
      kind: 'embedded',
      version: '0.6.1',
      home: undefined,
      note: undefined,
    });
  });

  it('come with their recipe, whether it is distributed, and the hash of their text', () => {
    const loaded = source.load('llama3_2/1B_lora_single_device');
    expect(loaded).toMatchObject({
      kind: 'found',
      config: {
        name: 'llama3_2/1B_lora_single_device',
        recipe: 'lora_finetune_single_device',
        distributed: false,
        source: {
          path: 'torchtune-0.6.1/llama3_2/1B_lora_single_device.yaml',
          text: expect.stringContaining('lora_rank: 64'),
        },
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    expect(source.load('llama3_2/1B_lora')).toMatchObject({ config: { distributed: true } });
  });

  it('are listed with their recipes, as `tune ls` does', () => {
    expect(source.list()).toHaveLength(156);
    expect(source.list('mistral/7B_full')).toEqual([
      { name: 'mistral/7B_full_low_memory', recipe: 'full_finetune_single_device' },
      { name: 'mistral/7B_full', recipe: 'full_finetune_distributed' },
      { name: 'mistral/7B_full_ppo_low_memory', recipe: 'ppo_full_finetune_single_device' },
    ]);
  });

  it('that do not exist are answered with the names of the same prefix, then the nearest', () => {
    expect(problem(source, 'mistral/7B_lora_single_devise')).toBe(
      "error [BaseConfigNotFound] torchtune 0.6.1 has no config 'mistral/7B_lora_single_devise'\n" +
        "hint: Names that start with 'mistral/': mistral/7B_full_low_memory, mistral/7B_full, " +
        'mistral/7B_lora_single_device, mistral/7B_qlora_single_device, ' +
        'mistral/7B_full_ppo_low_memory, mistral/7B_lora, mistral/evaluation. ' +
        "Did you mean 'mistral/7B_lora_single_device' or 'mistral/7B_qlora_single_device' or " +
        "'gemma/7B_lora_single_device'?",
    );
  });

  it('with a half-written name show how it can go on', () => {
    expect(problem(source, 'llama3_2/1B_lo')).toContain(
      "Names that start with 'llama3_2/1B_lo': llama3_2/1B_lora_single_device, llama3_2/1B_lora.",
    );
  });

  it('of a large family are not all printed', () => {
    expect(problem(source, 'llama2/8B')).toMatch(
      /^hint: Names that start with 'llama2\/': .* and \d+ more, which 'nx-trainyard base --list llama2\/' prints\./m,
    );
  });

  it('with a name like no other lead to the list', () => {
    expect(problem(source, 'qqqqqqqqqqqqqqqq')).toContain(
      "hint: Run 'nx-trainyard base --list' to see the names.",
    );
  });

  it('that are registered without a file say so', () => {
    expect(problem(source, 'llama2/7B_full_early_exit')).toBe(
      "error [BaseConfigNotFound] torchtune 0.6.1 registers 'llama2/7B_full_early_exit' for dev/early_exit_finetune_distributed, but its package has no such file\n" +
        "hint: Copy the file from torchtune's repository, then set base_config_file.",
    );
  });
});

describe('installed base configs', () => {
  it('are the files of the installed torchtune, with its own registry', () => {
    const source = open('installed', { VIRTUAL_ENV: writeEnvironment() });
    const home = join(root, 'env/lib/python3.11/site-packages');
    expect(source.describe()).toEqual({
      kind: 'installed',
      version: '0.6.1',
      home,
      note: undefined,
    });
    expect(source.list('llama/1B')).toEqual([
      { name: 'llama/1B_lora', recipe: 'lora' },
      { name: 'llama/1B_moved', recipe: 'lora' },
    ]);
    expect(source.load('llama/1B_lora')).toMatchObject({
      kind: 'found',
      config: {
        recipe: 'lora',
        distributed: true,
        source: {
          path: join(home, 'recipes/configs/llama/1B_lora.yaml'),
          text: '# LoRA\nepochs: 1\n',
        },
      },
    });
  });

  it('have the names of the installed torchtune in their catalog', () => {
    const { catalog } = open('installed', { VIRTUAL_ENV: writeEnvironment() });
    expect(catalog.configNames()).toEqual([
      'llama/1B_lora',
      'llama/1B_moved',
      'llama/twice',
      'generation',
    ]);
    expect(catalog.config('generation')).toEqual({ recipe: 'generate', text: 'prompt: hello\n' });
    expect(catalog.config('llama/1B_moved')).toEqual({ recipe: 'lora', text: null });
    expect(catalog.component('torch.optim.AdamW')).toBeDefined();
  });

  it('of another version say which version the keys are checked against', () => {
    const env = writeEnvironment('0.7.0');
    expect(open('installed', { VIRTUAL_ENV: env }).describe().note).toBe(
      'keys are checked against torchtune 0.6.1, and this is 0.7.0: what is new in it counts as unknown',
    );
  });

  it('of a build of the same release are of the same version', () => {
    const env = writeEnvironment('0.6.1+cpu');
    expect(open('installed', { VIRTUAL_ENV: env }).describe().note).toBeUndefined();
  });

  it('that are registered without a file, or twice, say so', () => {
    const source = open('installed', { VIRTUAL_ENV: writeEnvironment() });
    expect(problem(source, 'llama/1B_moved')).toContain('but its package has no such file');
    expect(problem(source, 'llama/twice')).toContain('for two recipes, lora and generate');
  });

  it('with a name like no other lead to the list of the same source', () => {
    const VIRTUAL_ENV = writeEnvironment();
    const home = join(root, 'env/lib/python3.11/site-packages');
    expect(problem(open('installed', { VIRTUAL_ENV }), 'qqqqqqqqqqqqqqqq')).toContain(
      "hint: Run 'nx-trainyard base --torchtune installed --list' to see the names.",
    );
    expect(problem(open('env'), 'qqqqqqqqqqqqqqqq')).toContain(
      `hint: Run 'nx-trainyard base --torchtune ${home} --list' to see the names.`,
    );
    expect(open(home).list('gen')).toEqual([{ name: 'generation', recipe: 'generate' }]);
  });

  it('that cannot be found say where they were looked for and what to write', () => {
    expect(refusal(() => open('installed', { VIRTUAL_ENV: join(root, 'empty') }))).toBe(
      "error [TorchtuneNotFound] no torchtune installation found; searched VIRTUAL_ENV, CONDA_PREFIX, .venv, and 'tune' on PATH " +
        `(VIRTUAL_ENV: ${join(root, 'empty')})\n` +
        "hint: Activate the environment that has torchtune, or set the plugin option 'torchtune' to its folder or to 'embedded'.",
    );
    expect(refusal(() => open('installed'))).toContain('(none of them exists)');
  });
});

describe('base configs in a folder', () => {
  it('are found from the workspace', () => {
    writeEnvironment();
    expect(open('env').describe()).toMatchObject({ kind: 'path', version: '0.6.1' });
    expect(open(join(root, 'env')).load('generation').kind).toBe('found');
  });

  it('that has no torchtune say so', () => {
    expect(refusal(() => open('nowhere'))).toBe(
      `error [TorchtuneNotFound] there is no torchtune in ${join(root, 'nowhere')}\n` +
        "hint: Write 'embedded', 'installed', or the path of a site-packages folder, a torchtune checkout, or a Python prefix.",
    );
  });
});
