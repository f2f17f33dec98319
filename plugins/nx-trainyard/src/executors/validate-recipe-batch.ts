import { batchExecutor } from './running/executor';
import { validateRecipe } from './validate-recipe';

export default batchExecutor('validate-recipe', validateRecipe);
