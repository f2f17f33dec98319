'use strict';

/**
 * The rooms of `src`, from the ground up: a file may import from its own room and from those before it
 * in this list. ARCHITECTURE.md says what each is for.
 */
const ROOMS = [
  'basics',
  'diagnostics',
  'bash',
  'files',
  'yaml/value',
  'yaml/writer',
  'yaml/reader',
  'yaml/editor',
  'yaml/schema',
  'hydra/grammar',
  'hydra/config',
  'hydra/interpolation',
  'hydra/config-files',
  'hydra/defaults',
  'hydra/overrides',
  'hydra',
  'trainers/torchtune',
  'launchers',
  'sweeps/experiment',
  'sweeps/bases',
  'sweeps/plan',
  'sweeps/render',
  'sweeps/check',
  'sweeps/write',
  'sweeps',
  'inference',
  'setup',
  'executors',
  'generators',
  'cli',
];

/** Rooms at the edge, which may touch the disk themselves. Everything else goes through `files/`. */
const EDGES = ['files', 'inference', 'executors', 'generators', 'cli'];

/** Only its own files, and not those of a room inside of it that is on the list itself. */
function inRoom(room) {
  const inner = ROOMS.filter((other) => other.startsWith(`${room}/`)).map((other) =>
    other.slice(room.length + 1),
  );
  return `^src/${room}/${inner.length > 0 ? `(?!(?:${inner.join('|')})/)` : ''}`;
}

const SPEC = '\\.spec\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that import one another cannot be understood one at a time.',
      severity: 'error',
      from: { pathNot: SPEC },
      to: { circular: true },
    },
    ...ROOMS.map((room, level) => ({
      name: `below-${room.replaceAll('/', '-')}`,
      comment: `${room}/ knows nothing of the rooms that come later in ARCHITECTURE's list.`,
      severity: 'error',
      from: { path: inRoom(room), pathNot: SPEC },
      to: {
        path: [...ROOMS.slice(level + 1).map(inRoom), '^src/[^/]+\\.ts$'],
      },
    })),
    {
      name: 'disk-at-the-edge',
      comment: 'The middle takes texts: files/ and the edges read and write them.',
      severity: 'error',
      from: { path: '^src/', pathNot: [SPEC, ...EDGES.map((room) => `^src/${room}/`)] },
      to: { path: '^(?:node:)?(?:fs|fs/promises|child_process)$' },
    },
    {
      name: 'nx-at-the-edge',
      comment: 'Only what Nx loads knows Nx.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [SPEC, '^src/(?:inference|executors|generators)/', '^src/plugin\\.ts$'],
      },
      to: { path: '@nx/devkit|(?:^|node_modules/)nx/' },
    },
    {
      name: 'no-testing-in-the-product',
      comment: "What the package ships needs none of the tests' helpers.",
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { path: '^(?:testing|e2e|oracle|conformance|bench|validators)/|\\.spec\\.ts$' },
    },
    {
      name: 'no-unused-files',
      comment: 'Nothing uses this file.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: SPEC },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.lib.json' },
    exclude: { path: '^(?:dist|\\.types)/' },
  },
};
