import { generateLauncher } from './generate-launchers';
import { recipeBatch } from './recipe-batch';

export default recipeBatch('generate-launchers', generateLauncher);
