import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostTasksExecutionContext, PreTasksExecutionContext } from '@nx/devkit';
import type * as Hooks from './task-hooks';
import type { RunNotice } from './run-notice';
import { RUN_VARIABLE } from './run-notice';

// Nx itself is loaded twice.
jest.setTimeout(60_000);

let root: string;
let said: string;
let before: NodeJS.ProcessEnv;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'task-hooks-'));
  before = { ...process.env };
  said = '';
  const hear = (text: unknown): boolean => {
    said += String(text);
    return true;
  };
  jest.spyOn(process.stderr, 'write').mockImplementation(hear);
  jest.spyOn(console, 'error').mockImplementation((line) => void hear(`${line}\n`));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = before;
  rmSync(root, { recursive: true });
});

const loaded = new Map<string, typeof Hooks>();

/** The hooks as Nx loads them, with its daemon or without: it asks for that once. */
function hooks(daemon: 'with the daemon' | 'without'): typeof Hooks {
  process.env['NX_DAEMON'] = String(daemon === 'with the daemon');
  // There Nx would remember that its daemon did not start.
  process.env['NX_WORKSPACE_DATA_DIRECTORY'] = root;
  const known = loaded.get(daemon);
  if (known) return known;
  jest.resetModules();
  const found = jest.requireActual<typeof Hooks>('./task-hooks');
  loaded.set(daemon, found);
  return found;
}

const ARGV = ['node', 'nx', 'run-many', '-t', 'generate-sweep'];

type Status = PostTasksExecutionContext['taskResults'][string]['status'];

/** A run of tasks, each of which has printed a warning that is called as its project. */
function run(tasks: Readonly<Record<string, Status>>): PostTasksExecutionContext {
  const results = Object.entries(tasks).map(([id, status]) => {
    const [project = '', target = ''] = id.split(':');
    const task = { id, target: { project, target }, outputs: [], overrides: {}, parallelism: true };
    return [id, { task, status, terminalOutput: `warning [${project}] it is odd\n` }];
  });
  return {
    id: '1',
    workspaceRoot: root,
    nxJsonConfiguration: {},
    argv: ARGV,
    startTime: 0,
    endTime: 1,
    taskResults: Object.fromEntries(results) as PostTasksExecutionContext['taskResults'],
  };
}

function notice(): RunNotice {
  return JSON.parse(process.env[RUN_VARIABLE] ?? '') as RunNotice;
}

const START: PreTasksExecutionContext = {
  id: '1',
  workspaceRoot: '',
  nxJsonConfiguration: {},
  argv: ARGV,
};

describe('after a run, the warnings are summarized', () => {
  it('of tasks that ran and of those from a cache, but for what Nx has shown, and for other targets', async () => {
    const { afterTasks } = hooks('without');
    await afterTasks(
      undefined,
      run({
        'ran:generate-sweep': 'success',
        'local:generate-sweep': 'local-cache',
        'remote:validate-recipe': 'remote-cache',
        'kept:generate-launchers': 'local-cache-kept-existing',
        'failed:generate-sweep': 'failure',
        'skipped:generate-sweep': 'skipped',
        'other:build': 'success',
      }),
    );
    expect(said).toContain('4 warnings in 4 tasks\n');
    expect(said.match(/\[\w+\]/g)).toEqual(['[ran]', '[local]', '[remote]', '[kept]']);
  });

  it('under the names that targets have here', async () => {
    const { afterTasks } = hooks('without');
    const options = { targetNames: { 'generate-sweep': 'build' } };
    await afterTasks(options, run({ 'a:build': 'success', 'b:generate-sweep': 'success' }));
    expect(said.match(/\[\w+\]/g)).toEqual(['[a]']);
  });

  it('and so the batches of the run do not tell them', () => {
    hooks('without').beforeTasks(undefined, { ...START, workspaceRoot: root });
    expect(notice()).toMatchObject({ words: ARGV.slice(2), summaryFollows: true });
  });
});

describe("in Nx's daemon, where nobody hears a plugin", () => {
  it('each batch tells the warnings of its own tasks', () => {
    hooks('with the daemon').beforeTasks(undefined, { ...START, workspaceRoot: root });
    expect(notice()).toMatchObject({ words: ARGV.slice(2), summaryFollows: false });
  });

  it('nothing is said after the run', async () => {
    const { afterTasks } = hooks('with the daemon');
    await afterTasks(undefined, run({ 'ran:generate-sweep': 'success' }), ['a notice']);
    expect(said).toBe('');
  });
});
