import { validateRecipe } from './validate-recipe';
import { recipeBatch } from './running/recipe-batch';

export default recipeBatch('validate-recipe', validateRecipe);
