import { validateRecipe } from './validate-recipe';
import { recipeBatch } from './recipe-batch';

export default recipeBatch('validate-recipe', validateRecipe);
