import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findInstallation, installationAt } from './installation';
import { writeBelow } from '../../../../testing/write-below';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'torchtune-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): string {
  return writeBelow(root, path, text);
}

/** A torchtune package in a folder; the registry's text tells one from another. */
function writePackage(folder: string, mark: string): string {
  write(`${folder}/torchtune/_recipe_registry.py`, mark);
  write(`${folder}/recipes/configs/a/1B.yaml`, `mark: ${mark}\n`);
  return join(root, folder);
}

const SITE = 'lib/python3.11/site-packages';

function writePrefix(prefix: string, mark: string): string {
  writePackage(`${prefix}/${SITE}`, mark);
  write(
    `${prefix}/${SITE}/torchtune-0.6.1.dist-info/METADATA`,
    'Name: torchtune\nVersion: 0.6.1\n',
  );
  return join(root, prefix);
}

const found = (env: Record<string, string>) => findInstallation({ root, env }).installation;

describe('an installed torchtune is found without running Python', () => {
  it('in the active virtual environment', () => {
    const installation = found({ VIRTUAL_ENV: writePrefix('env', 'env') });
    expect(installation?.version).toBe('0.6.1');
    expect(installation?.registry.text).toBe('env');
    expect(installation?.readConfig('a/1B.yaml')?.text).toBe('mark: env\n');
    expect(installation?.readConfig('a/2B.yaml')).toBeUndefined();
  });

  it('in the active conda environment', () => {
    expect(found({ CONDA_PREFIX: writePrefix('conda', 'conda') })?.registry.text).toBe('conda');
  });

  it('in .venv of the workspace', () => {
    writePrefix('.venv', 'local');
    expect(found({})?.registry.text).toBe('local');
  });

  it("where the first line of 'tune' on PATH points to", () => {
    const prefix = writePrefix('elsewhere', 'tune');
    const tune = write('bin/tune', `#!${prefix}/bin/python3.11\n`);
    chmodSync(tune, 0o755);
    const path = ['/nowhere', join(root, 'bin')].join(delimiter);
    expect(found({ PATH: path })?.registry.text).toBe('tune');
  });

  it("where a 'tune' that starts through /bin/sh points to, as pip writes for long paths", () => {
    const prefix = writePrefix('long prefix', 'long');
    const script = `#!/bin/sh\n'''exec' "${prefix}/bin/python3" "$0" "$@"\n' '''\n`;
    chmodSync(write('bin/tune', script), 0o755);
    expect(found({ PATH: join(root, 'bin') })?.registry.text).toBe('long');
  });

  it("beside a 'tune' that says no more than python", () => {
    const prefix = writePrefix('env', 'beside');
    chmodSync(write('env/bin/tune', '#!/usr/bin/env python\n'), 0o755);
    expect(found({ PATH: join(prefix, 'bin') })?.registry.text).toBe('beside');
  });

  it('in the active environment rather than in .venv or on PATH', () => {
    writePrefix('.venv', 'local');
    expect(found({ VIRTUAL_ENV: writePrefix('env', 'env') })?.registry.text).toBe('env');
  });

  it('in .venv when the active environment has no torchtune', () => {
    mkdirSync(join(root, 'empty'));
    writePrefix('.venv', 'local');
    expect(found({ VIRTUAL_ENV: join(root, 'empty') })?.registry.text).toBe('local');
  });

  it('not at all, and then it is known where it was looked for', () => {
    expect(findInstallation({ root, env: { VIRTUAL_ENV: '/none', PATH: '/none' } })).toEqual({
      installation: undefined,
      looked: ['VIRTUAL_ENV: /none'],
    });
  });
});

describe('an editable install leads to its checkout', () => {
  it.each([
    ['direct_url.json', 'torchtune-0.6.1.dist-info/direct_url.json', '{"url": "file://CHECKOUT"}'],
    ['a .pth file', '__editable__.torchtune-0.6.1.pth', '# editable\nCHECKOUT\n'],
    [
      "setuptools' finder",
      '__editable___torchtune_0_6_1_finder.py',
      "MAPPING = {'recipes': 'CHECKOUT/recipes', 'torchtune': 'CHECKOUT/torchtune'}",
    ],
  ])('by %s', (_how, file, text) => {
    const checkout = writePackage('checkout', 'checkout');
    write('checkout/version.txt', '0.7.0\n');
    write(`env/${SITE}/${file}`, text.replaceAll('CHECKOUT', checkout));
    const installation = installationAt(join(root, 'env'));
    expect(installation?.home).toBe(checkout);
    expect(installation?.version).toBe('0.7.0');
  });
});

describe('a folder can be', () => {
  it('a Python prefix', () => {
    expect(installationAt(writePrefix('env', 'prefix'))?.registry.text).toBe('prefix');
  });

  it('a site-packages folder', () => {
    writePrefix('env', 'site');
    expect(installationAt(join(root, 'env', SITE))?.version).toBe('0.6.1');
  });

  it('a checkout, whose version is in version.txt', () => {
    const checkout = writePackage('checkout', 'checkout');
    expect(installationAt(checkout)?.version).toBeUndefined();
    write('checkout/version.txt', '0.7.0\n');
    expect(installationAt(checkout)?.version).toBe('0.7.0');
  });

  it('a prefix whose lib64 is a link to lib', () => {
    const prefix = writePrefix('env', 'linked');
    symlinkSync('lib', join(prefix, 'lib64'));
    expect(installationAt(prefix)?.registry.text).toBe('linked');
  });

  it('with files that cannot be read, which is not the same as without', () => {
    const folder = writePackage('checkout', 'checkout');
    symlinkSync('2B.yaml', join(folder, 'recipes/configs/a/2B.yaml'));
    expect(() => installationAt(folder)?.readConfig('a/2B.yaml')).toThrow('ELOOP');
    rmSync(join(folder, 'torchtune/_recipe_registry.py'));
    symlinkSync('_recipe_registry.py', join(folder, 'torchtune/_recipe_registry.py'));
    expect(() => installationAt(folder)).toThrow('ELOOP');
  });

  it('without torchtune', () => {
    expect(installationAt(root)).toBeUndefined();
    expect(installationAt(join(root, 'none'))).toBeUndefined();
  });
});
