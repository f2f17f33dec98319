import type { Catalog } from '../catalog/catalog';
import { componentsNamed } from './component-names';
import { eitherOf } from '../keys/key-context';
import type { ValueRule } from './lint';

/**
 * A rule for values of `_component_` that lead to nothing: a name without its package, one of
 * torchtune's own packages that torchtune does not have, or one in another case than it is known in.
 * Code of the researcher is not judged: nobody but they know it.
 */
export function componentRule(catalog: Catalog): ValueRule {
  const byCase = new Map(catalog.componentNames().map((name) => [name.toLowerCase(), name]));
  return (path, value) => {
    if (value.kind !== 'str' || path.at(-1) !== '_component_' || value.value.includes('${')) {
      return undefined;
    }
    const written = value.value;
    const reason = whyNone(written, catalog, byCase);
    if (reason === undefined) return undefined;
    const known = byCase.get(written.toLowerCase());
    const names =
      known === undefined ? componentsNamed(written, catalog, exampleAt(path)) : [known];
    return {
      id: 'unknown-component',
      message: `${path.join('.')} is '${written}', ${reason}: the run stops at its start`,
      path,
      hint:
        names.length > 0
          ? `Write ${eitherOf(names)}.`
          : 'Write the full name, with dots, from the package to the function or class.',
      strictInSubmit: true,
    };
  };
}

function whyNone(
  written: string,
  catalog: Catalog,
  byCase: ReadonlyMap<string, string>,
): string | undefined {
  if (catalog.component(written)) return undefined;
  if (!written.includes('.')) return 'which names no package';
  if (byCase.has(written.toLowerCase())) return 'which nothing is called in this case';
  if (!written.startsWith('torchtune.')) return undefined;
  // Private modules are not in the catalog, but what lies in them can be named.
  const last = written.slice(written.lastIndexOf('.') + 1);
  const isPrivate = written.includes('._');
  if (isPrivate && catalog.componentNames().some((name) => name.endsWith(`.${last}`)))
    return undefined;
  return `which is not in the catalog of torchtune ${catalog.version}`;
}

/** The full name that a text without a package means at the path of a block. */
export function componentNamed(
  path: readonly string[],
  name: string,
  catalog: Catalog,
): string | undefined {
  return name.includes('.') ? undefined : componentsNamed(name, catalog, exampleAt(path))[0];
}

/** For each block, a component as it may stand there. */
const EXAMPLES: Readonly<Record<string, string>> = {
  optimizer: 'torch.optim.AdamW',
  metric_logger: 'torchtune.training.metric_logging.DiskLogger',
  loss: 'torchtune.modules.loss.CEWithChunkedOutputLoss',
  lr_scheduler: 'torchtune.training.lr_schedulers.get_cosine_schedule_with_warmup',
  tokenizer: 'torchtune.models.llama3.llama3_tokenizer',
  dataset: 'torchtune.datasets.alpaca_dataset',
  checkpointer: 'torchtune.training.FullModelHFCheckpointer',
  model: 'torchtune.models.llama3.llama3_8b',
};

/** A component of the kind that a block holds: `teacher_model` and `dataset.0` hold kinds too. */
function exampleAt(path: readonly string[]): string | undefined {
  const block =
    path.findLast((segment) => segment !== '_component_' && !/^\d+$/.test(segment)) ?? '';
  const kind = Object.keys(EXAMPLES).find((name) => block === name || block.endsWith(`_${name}`));
  return EXAMPLES[kind ?? block.replace(/_val$/, '')];
}
