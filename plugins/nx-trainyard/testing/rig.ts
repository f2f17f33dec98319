import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// A test is a handful of commands, each of which takes seconds on a busy machine.
jest.setTimeout(180_000);

const PACKAGE = join(__dirname, '..');
const REPOSITORY = join(PACKAGE, '../..');
const MODULES = join(REPOSITORY, 'node_modules');
/** The `node_modules` from which Nx is taken: another one is for trying other versions of it. */
const NX_MODULES = process.env['TRAINYARD_E2E_MODULES'] ?? MODULES;

/** What a command printed, both streams together, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly text: string;
  /** Standard output alone, for what is read as JSON. */
  readonly stdout: string;
}

export interface WorkspaceOptions {
  /** How the plugin gets there: its source in `plugins/`, or the compiled package as installed. */
  readonly plugin: 'source' | 'installed';
  /** Files by their path from the workspace root. */
  readonly files: Readonly<Record<string, string>>;
  readonly nxJson?: object;
}

/** A git repository in a temporary folder in which the real Nx runs, alone with its own cache. */
export class Workspace {
  readonly root: string;
  readonly #home: string;
  readonly #isolatePlugins: boolean;

  constructor({ plugin, files, nxJson = { plugins: ['nx-trainyard/plugin'] } }: WorkspaceOptions) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'trainyard-')));
    this.root = join(folder, 'workspace');
    this.#home = join(folder, 'home');
    // As it is for users; from source it takes twice as long.
    this.#isolatePlugins = plugin === 'installed';
    mkdirSync(this.#home);
    mkdirSync(this.root);
    linkModules(join(this.root, 'node_modules'));
    this.writeJson('package.json', { name: 'workspace', private: true, workspaces: ['plugins/*'] });
    this.writeJson('nx.json', { ...nxJson, analytics: false, neverConnectToCloud: true });
    this.write('.gitignore', 'node_modules\n.nx\n');
    if (plugin === 'source') this.#addSource();
    else this.#install();
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.git('init', '--quiet', '--initial-branch=main');
    this.commit();
  }

  #addSource(): void {
    const target = join(this.root, 'plugins/nx-trainyard');
    cpSync(join(REPOSITORY, 'tsconfig.base.json'), this.path('tsconfig.base.json'));
    for (const part of ['src', 'schemas', 'catalog', 'package.json', ...MANIFESTS]) {
      const isWanted = (path: string): boolean => !path.endsWith('.spec.ts');
      cpSync(join(PACKAGE, part), join(target, part), { recursive: true, filter: isWanted });
    }
    linkOwnModules(target);
    symlinkSync('../plugins/nx-trainyard', join(this.root, 'node_modules/nx-trainyard'));
  }

  /** As `npm install` would: the packed package unpacked, and named in the lockfile. */
  #install(): void {
    const target = join(this.root, 'node_modules/nx-trainyard');
    mkdirSync(target);
    const archive = packedPackage(join(dirname(this.root), 'package'));
    execFileSync('tar', ['-xzf', archive, '-C', target, '--strip-components=1']);
    linkOwnModules(target);
    const { version } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as {
      version: string;
    };
    this.writeJson('package-lock.json', {
      name: 'workspace',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'workspace', devDependencies: { 'nx-trainyard': version } },
        'node_modules/nx-trainyard': { version, dev: true, license: 'MIT' },
      },
    });
  }

  /** Runs Nx in the workspace. It never throws: how it ended is part of the answer. */
  nx(...args: readonly string[]): Ran {
    const bin = JSON.parse(readFileSync(join(NX_MODULES, 'nx/package.json'), 'utf8')) as {
      bin: { nx: string };
    };
    return this.#run(process.execPath, [join(this.root, 'node_modules/nx', bin.bin.nx), ...args]);
  }

  git(...args: readonly string[]): string {
    const ran = this.#run('git', [
      '-c',
      'user.name=e2e',
      '-c',
      'user.email=e2e@localhost',
      ...args,
    ]);
    if (ran.code !== 0) throw new Error(`git ${args.join(' ')}: ${ran.text}`);
    return ran.stdout;
  }

  /** Takes all changes into git, so that `affected` counts from here. */
  commit(): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'state');
  }

  /** Goes back to the last commit, also in files that git does not know. */
  restore(): void {
    this.git('checkout', '--quiet', '.');
    this.git('clean', '--quiet', '--force', '-d');
  }

  /** What git sees as changed: `''` when there is nothing. */
  changes(): string {
    return this.git('status', '--short', '--untracked-files=all');
  }

  #run(command: string, args: readonly string[]): Ran {
    // Nx ends before a pipe has taken all of a long text; a file takes it at once.
    const files = ['stdout', 'stderr'].map((name) => join(this.#home, name));
    const handles = files.map((file) => openSync(file, 'w'));
    const { status } = spawnSync(command, args, {
      cwd: this.root,
      env: this.#environment(),
      stdio: ['ignore', ...handles],
    });
    for (const handle of handles) closeSync(handle);
    const [stdout = '', stderr = ''] = files.map((file) => readFileSync(file, 'utf8'));
    return { code: status ?? -1, text: `${stdout}${stderr}`, stdout };
  }

  /** Nothing of the outer run: its `NX_*` and `CI` would change what Nx does. */
  #environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: this.#home,
      TMPDIR: tmpdir(),
      NO_COLOR: '1',
      NX_CACHE_DIRECTORY: join(this.#home, 'cache'),
      NX_WORKSPACE_DATA_DIRECTORY: join(this.#home, 'workspace-data'),
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_ISOLATE_PLUGINS: String(this.#isolatePlugins),
      NX_NO_CLOUD: 'true',
    };
  }

  path(path: string): string {
    return join(this.root, path);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  writeJson(path: string, value: unknown): void {
    this.write(path, `${JSON.stringify(value, undefined, 2)}\n`);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  /** Replaces the one place in a file at which the text stands. */
  edit(path: string, from: string, to: string): void {
    const parts = this.read(path).split(from);
    if (parts.length !== 2)
      throw new Error(`'${from}' stands ${parts.length - 1} times in ${path}`);
    this.write(path, parts.join(to));
  }

  exists(path: string): boolean {
    return existsSync(this.path(path));
  }

  remove(path: string): void {
    rmSync(this.path(path), { recursive: true, force: true });
  }

  mode(path: string): number {
    return statSync(this.path(path)).mode & 0o777;
  }

  chmod(path: string, mode: number): void {
    chmodSync(this.path(path), mode);
  }

  /** Deletes the workspace. */
  dispose(): void {
    rmSync(dirname(this.root), { recursive: true, force: true });
  }
}

const MANIFESTS = ['executors.json', 'generators.json'];

/** Everything that is installed here but the plugin itself, link by link: it has its own place. */
function linkModules(target: string): void {
  mkdirSync(target);
  for (const name of readdirSync(MODULES)) {
    if (name === 'nx-trainyard') continue;
    const source = ['nx', '@nx'].includes(name) ? NX_MODULES : MODULES;
    symlinkSync(join(source, name), join(target, name));
  }
}

/** The packages of which the plugin needs other versions than this repository does. */
function linkOwnModules(target: string): void {
  const own = join(PACKAGE, 'node_modules');
  if (existsSync(own)) symlinkSync(own, join(target, 'node_modules'));
}

/** Builds and packs the plugin in a new folder, and gives the path of the archive. */
export function packedPackage(folder: string): string {
  const manifest = readFileSync(join(PACKAGE, 'package.json'), 'utf8');
  const { files } = JSON.parse(manifest) as { readonly files: readonly string[] };
  const parts = new Set(files.map((pattern) => pattern.split('/', 1)[0] as string));
  for (const part of ['package.json', ...parts]) {
    if (part === 'dist' || part.startsWith('!')) continue;
    cpSync(join(PACKAGE, part), join(folder, part), { recursive: true });
  }
  execFileSync(process.execPath, [join(PACKAGE, 'build/main.mjs'), join(folder, 'dist')]);
  const pack = ['pack', '--silent', '--offline', '--ignore-scripts'];
  return join(folder, execFileSync('npm', pack, { cwd: folder, encoding: 'utf8' }).trim());
}
