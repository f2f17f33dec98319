import { expandDataset } from './expand-dataset';

describe('a data set written as one string', () => {
  it.each([
    ['data/train.json', 'json'],
    ['/scratch/train.jsonl', 'json'],
    ['train.csv', 'csv'],
    ['${data_dir}/train.parquet', 'parquet'],
    ['notes.TXT', 'text'],
  ])('%s is a file that the reader %s reads', (text, source) => {
    expect(expandDataset(text)).toEqual({ kind: 'expanded', source, dataFiles: text });
  });

  it('org/name is a data set of the hub', () => {
    expect(expandDataset('yahma/alpaca-cleaned')).toEqual({
      kind: 'expanded',
      source: 'yahma/alpaca-cleaned',
      dataFiles: undefined,
    });
  });

  it.each(['alpaca', 'data/', '/scratch/data', './data', 'a/b/c', 'train.constructor', ''])(
    "'%s' is refused",
    (text) => {
      expect(expandDataset(text)).toEqual({
        kind: 'rejected',
        id: 'TorchtuneValidation',
        message: `'${text}' is neither a data file nor a dataset on the Hugging Face Hub`,
        hint: 'Write a .json, .jsonl, .csv, .parquet, or .txt file, write org/name, or set dataset.source and dataset.data_files.',
      });
    },
  );
});
