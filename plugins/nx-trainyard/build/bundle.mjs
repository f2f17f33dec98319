import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { transform } from '@swc/core';
import { rollup } from 'rollup';

/** The package's folder. */
export const PACKAGE = join(import.meta.dirname, '..');
const SRC = join(PACKAGE, 'src');

const json = (name) => JSON.parse(readFileSync(join(PACKAGE, name), 'utf8'));

/**
 * What is loaded by name, as paths in `src` and `dist` without ending: what the manifests point to, and
 * the command line.
 */
function entries() {
  const { exports } = json('package.json');
  const named = [
    ...Object.values(exports).map((target) => target.default),
    ...Object.values(json('executors.json').executors).flatMap((executor) => [
      executor.implementation,
      executor.batchImplementation,
    ]),
    ...Object.values(json('generators.json').generators).map(({ factory }) => factory),
    './dist/cli/main',
  ];
  return named
    .filter((path) => path?.startsWith('./dist/'))
    .map((path) => path.replace(/^\.\/dist\/|\.js$/g, ''));
}

/** The file that a relative path without ending means, as TypeScript finds it. */
function sourceFile(path, importer) {
  const base = resolve(dirname(importer), path);
  return [`${base}.ts`, join(base, 'index.ts')].find((file) => existsSync(file));
}

/** Reads TypeScript, and makes a file of its own of what the source loads on demand by `require('./x')`. */
const typescript = {
  name: 'typescript',
  resolveId(path, importer) {
    if (!path.startsWith('.')) return importer ? { id: path, external: true } : undefined;
    return { id: sourceFile(path, importer), moduleSideEffects: false };
  },
  async transform(code, id) {
    const { code: javascript } = await transform(code, {
      filename: id,
      swcrc: false,
      configFile: false,
      module: { type: 'es6' },
      jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    });
    return javascript.replace(/\brequire\(['"](\.[^'"]+)['"]\)/g, (_, path) => {
      const chunk = { type: 'chunk', name: basename(path), id: sourceFile(path, id) };
      return `require(import.meta.ROLLUP_FILE_URL_${this.emitFile(chunk)})`;
    });
  },
  resolveFileUrl: ({ relativePath }) =>
    JSON.stringify(relativePath.startsWith('.') ? relativePath : `./${relativePath}`),
};

/** Rooms of which everything is one file, by its name: what nearly every entry loads, in few files. */
const WHOLE_ROOMS = {
  basics: 'ground',
  diagnostics: 'ground',
  files: 'ground',
  yaml: 'ground',
  bash: 'ground',
  hydra: 'hydra',
  trainers: 'torchtune',
};

/** The room of ARCHITECTURE.md in which a file lies. */
const roomOf = (file) => relative(SRC, file).split(sep)[0];

/** Writes the JavaScript of the package: a CommonJS file for each entry, and what they share beside them. */
export async function bundle(dist) {
  const built = await rollup({
    input: Object.fromEntries(entries().map((name) => [name, join(SRC, `${name}.ts`)])),
    plugins: [typescript],
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message);
    },
  });
  const { output } = await built.write({
    dir: dist,
    format: 'cjs',
    interop: 'auto',
    exports: 'named',
    hoistTransitiveImports: false,
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    manualChunks: (file) => WHOLE_ROOMS[roomOf(file)],
    onlyExplicitManualChunks: true,
    experimentalMinChunkSize: 12_000,
  });
  await built.close();
  return output.map(({ fileName, code }) => ({
    file: relative(dist, join(dist, fileName)),
    size: code.length,
  }));
}
