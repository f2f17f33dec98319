import { renderDiagnostics, wantsColor } from '../diagnostics';
import { problemsIn } from '../files/system-error';
import { runCli } from './commands';

const color = wantsColor(process.env, process.stderr.isTTY);

/** What nobody takes from a command, such as `head` which has seen enough, is no failure of it. */
function onWriteError(cause: NodeJS.ErrnoException): void {
  if (cause.code === 'EPIPE') return;
  const problems = problemsIn(Object.assign(cause, { path: 'the output' }));
  if (!problems) throw cause;
  process.exitCode = 1;
  process.stderr.write(`${renderDiagnostics(problems, { color })}\n`);
}

process.stdout.on('error', onWriteError);
// Of what cannot be written to standard error, nobody can be told.
process.stderr.on('error', () => undefined);

process.exitCode = runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  color,
});
