import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import ts from 'typescript';
import { PACKAGE, bundle } from './bundle.mjs';

/*
 * Builds what is published: bundled JavaScript, and the declarations that a program that imports the
 * package sees. node build/main.mjs [FOLDER]
 */

const TYPES = join(PACKAGE, '.types');
const dist = resolve(process.argv[2] ?? join(PACKAGE, 'dist'));

/** Checks types, and copies the declarations that lead from the two entries. */
function writeDeclarations() {
  const tsc = join(dirname(ts.sys.getExecutingFilePath()), 'tsc.js');
  const args = [tsc, '-b', join(PACKAGE, 'tsconfig.lib.json')];
  execFileSync(process.execPath, args, { stdio: 'inherit' });
  const seen = new Set();
  for (const entry of ['index.d.ts', 'plugin.d.ts']) follow(join(TYPES, entry), seen);
  for (const file of seen) cpSync(file, join(dist, relative(TYPES, file)));
}

/** Adds a declaration file and all that it imports from this package. */
function follow(file, seen) {
  if (seen.has(file)) return;
  seen.add(file);
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
  for (const { fileName } of importedFiles) {
    if (!fileName.startsWith('.')) continue;
    const base = resolve(dirname(file), fileName);
    const found = [`${base}.d.ts`, join(base, 'index.d.ts')].find(ts.sys.fileExists);
    if (found === undefined) throw new Error(`${file} imports ${fileName}, which has no types`);
    follow(found, seen);
  }
}

rmSync(dist, { recursive: true, force: true });
writeDeclarations();
await bundle(dist);
