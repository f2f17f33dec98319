import { shellCommand } from '../../bash/words';
import type { SweepBase } from '../bases/base';
import { isScripted } from '../bases/hyperpod-base';
import type { Run } from '../plan/shapes/run';
import { changeArguments } from './arguments';
import { ConfigEditor } from './config-editor';

/** What a run is written as. */
export interface RunFile {
  /** File name in `configs/`. */
  readonly name: string;
  readonly text: string;
  readonly executable: boolean;
}

/** Renders the runs of a sweep, each as a file of its own. */
export interface RunRenderer {
  /** @throws DiagnosticError when a script's arguments or template cannot say what the run sets */
  render(run: Run): RunFile;
}

/** The renderer that fits a base: its text with edited lines, or its script with arguments. */
export function runRenderer(base: SweepBase): RunRenderer {
  if (isScripted(base)) {
    return {
      render: ({ id, config }) => ({
        name: `${id}.sh`,
        text: base.script(shellCommand(changeArguments(base.value, config, 'hyperpod')), config),
        executable: true,
      }),
    };
  }
  const editor = new ConfigEditor(base);
  return {
    render: (run) => ({ name: `${run.id}.yaml`, text: editor.run(run), executable: false }),
  };
}
