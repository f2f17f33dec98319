import { generateLauncher } from './generate-launchers';
import { batchExecutor } from './running/executor';

export default batchExecutor('generate-launchers', generateLauncher);
