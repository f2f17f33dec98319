import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { LAUNCHER_CONFIG } from './collection';

/** The repository's root. */
export const REPOSITORY = join(__dirname, '../../..');

const PACKAGE = join(REPOSITORY, 'plugins/nx-trainyard');

/** Writes texts by path below a folder. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Builds the plugin and packs it, as it is published. Returns the tarball. */
export function packPlugin(folder: string): string {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: REPOSITORY, stdio: 'inherit' });
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  return join(folder, execFileSync('npm', args, { cwd: PACKAGE, encoding: 'utf8' }).trim());
}

/** Unpacks the plugin where npm would install it. */
export function installPlugin(workspace: Workspace, tarball: string): void {
  mkdirSync(workspace.plugin);
  const args = ['-xzf', tarball, '--strip-components=1', '-C', workspace.plugin];
  execFileSync('tar', args);
  // What npm could not put at the repository's root, for another package has another version there.
  const own = join(PACKAGE, 'node_modules');
  if (existsSync(own)) symlinkSync(own, join(workspace.plugin, 'node_modules'));
}

/** An Nx workspace that shares nothing with others: its own home, cache and history. */
export class Workspace {
  readonly root: string;
  readonly plugin: string;
  readonly #env: NodeJS.ProcessEnv;

  /** Makes the workspace, with the repository's packages but without the plugin. */
  constructor(root: string, files: ReadonlyMap<string, string>) {
    this.root = root;
    this.plugin = join(root, 'node_modules/nx-trainyard');
    this.#env = {
      PATH: process.env['PATH'],
      HOME: join(root, '.nx/home'),
      NX_CACHE_DIRECTORY: join(root, '.nx/cache'),
      NX_WORKSPACE_DATA_DIRECTORY: join(root, '.nx/data'),
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_ISOLATE_PLUGINS: 'false',
    };
    writeFiles(root, new Map([...files, ...settings()]));
    linkPackages(root);
    mkdirSync(join(root, '.nx/home'), { recursive: true });
    const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost'];
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      [...author, 'commit', '-qm', 'Start'],
    ]) {
      execFileSync('git', args, { cwd: root, env: this.#env });
    }
  }

  /** The workspace as after a fresh checkout: nothing cached, nothing generated. */
  reset(): void {
    for (const path of ['.nx/cache', '.nx/data', 'launchers']) {
      rmSync(join(this.root, path), { recursive: true, force: true });
    }
  }

  /**
   * Runs an Nx command and returns what it prints.
   *
   * @throws Error with the output of a command that fails
   */
  nx(...args: string[]): string {
    const bin = join(this.root, 'node_modules/nx/dist/bin/nx.js');
    // A file, for Nx may end before all of a long text has gone through a pipe.
    const log = join(this.root, '.nx/output');
    const out = openSync(log, 'w');
    const { status } = spawnSync(process.execPath, [bin, ...args], {
      cwd: this.root,
      env: this.#env,
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    const output = readFileSync(log, 'utf8');
    if (status === 0) return output;
    throw new Error(`nx ${args.join(' ')} failed in ${this.root}:\n${lastLines(output)}`);
  }

  /** Runs Node in the workspace, as Nx would, and returns what it prints. */
  node(...args: string[]): string {
    const options = { cwd: this.root, env: this.#env, encoding: 'utf8' } as const;
    return execFileSync(process.execPath, args, options);
  }
}

/** What a person wants to see of a long output. */
export function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-40).join('\n');
}

function settings(): Map<string, string> {
  const version = '0.0.0';
  const devDependencies = { nx: version, 'nx-trainyard': version };
  const texts = {
    '.gitignore': 'node_modules\n.nx\n',
    'package.json': { name: 'bench', version, private: true, devDependencies },
    // Nx knows a plugin by the lockfile, and then hashes its version.
    'package-lock.json': {
      name: 'bench',
      version,
      lockfileVersion: 3,
      packages: {
        '': { name: 'bench', version, devDependencies },
        'node_modules/nx': { version },
        'node_modules/nx-trainyard': { version },
      },
    },
    'nx.json': {
      plugins: [{ plugin: 'nx-trainyard/plugin', options: { launcherConfig: LAUNCHER_CONFIG } }],
      analytics: false,
      neverConnectToCloud: true,
    },
  };
  return new Map(
    Object.entries(texts).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : JSON.stringify(content, undefined, 2),
    ]),
  );
}

/** All that is installed in the repository, except the plugin itself and npm's own files. */
function linkPackages(root: string): void {
  const from = join(REPOSITORY, 'node_modules');
  mkdirSync(join(root, 'node_modules'));
  for (const name of readdirSync(from)) {
    if (name.startsWith('.') || name === 'nx-trainyard') continue;
    symlinkSync(join(from, name), join(root, 'node_modules', name));
  }
}
