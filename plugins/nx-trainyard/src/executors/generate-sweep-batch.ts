import { generateConfigs } from './generate-sweep';
import { batchExecutor } from './running/executor';

export default batchExecutor('generate-sweep', generateConfigs);
