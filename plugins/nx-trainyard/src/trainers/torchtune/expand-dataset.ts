/** What a data set written as one string stands for. */
export type DatasetExpansion =
  | {
      readonly kind: 'expanded';
      /** `dataset.source`: a reader of files, or a data set of the Hugging Face hub. */
      readonly source: string;
      /** `dataset.data_files`; undefined for a data set of the hub. */
      readonly dataFiles: string | undefined;
    }
  | {
      readonly kind: 'rejected';
      readonly id: 'TorchtuneValidation';
      readonly message: string;
      readonly hint: string;
    };

/** The readers of `load_dataset`, by file extension. */
const READERS: ReadonlyMap<string, string> = new Map([
  ['json', 'json'],
  ['jsonl', 'json'],
  ['csv', 'csv'],
  ['parquet', 'parquet'],
  ['txt', 'text'],
]);

/** `org/name` on the Hugging Face hub. */
const HUB_NAME = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;

/** Expands `dataset: "data/train.jsonl"` or `dataset: "org/name"`. */
export function expandDataset(text: string): DatasetExpansion {
  const extension = /\.([A-Za-z0-9]+)$/.exec(text)?.[1]?.toLowerCase() ?? '';
  const reader = READERS.get(extension);
  if (reader !== undefined) return { kind: 'expanded', source: reader, dataFiles: text };
  if (HUB_NAME.test(text)) return { kind: 'expanded', source: text, dataFiles: undefined };
  return {
    kind: 'rejected',
    id: 'TorchtuneValidation',
    message: `'${text}' is neither a data file nor a dataset on the Hugging Face Hub`,
    hint: 'Write a .json, .jsonl, .csv, .parquet, or .txt file, write org/name, or set dataset.source and dataset.data_files.',
  };
}
