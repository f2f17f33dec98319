import { generateLauncher } from './generate-launchers';
import { recipeBatch } from './running/recipe-batch';

export default recipeBatch('generate-launchers', generateLauncher);
