import { pruneOrphans } from '../launchers/loose-scripts';
import { executor } from './running/executor';
import { withCollection } from './running/recipe-options';

export default executor(
  'prune-launchers',
  withCollection((collection) => {
    const removed = pruneOrphans(collection);
    return removed.length === 0
      ? 'Every script has a recipe; nothing to remove.'
      : removed.join('\n');
  }),
);
