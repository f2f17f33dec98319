import { DiagnosticError, renderDiagnostics } from '../../../diagnostics';
import { readRegistry } from './registry';

const read = (text: string) => readRegistry({ path: '_recipe_registry.py', text });

function problem(text: string): string {
  try {
    read(text);
  } catch (caught) {
    if (caught instanceof DiagnosticError) return renderDiagnostics(caught.diagnostics);
    throw caught;
  }
  throw new Error('nothing was refused');
}

describe("torchtune's list of recipes", () => {
  it('is read without Python: names, files and whether a recipe is distributed', () => {
    expect(
      read(`
from dataclasses import dataclass

@dataclass
class Recipe:
    name: str

_ALL_RECIPES = [
    Recipe(
        name="full",
        file_path="full.py",
        configs=[
            Config(name="a/1B", file_path="a/1B.yaml"),  # the small one
            Config(file_path='dev/2B.yaml', name='a/2B'),
        ],
        supports_distributed=True,
    ),
    Recipe(name="quantize", file_path="quantize.py", configs=[], supports_distributed=False)
]

def get_all_recipes():
    return _ALL_RECIPES
`),
    ).toEqual([
      {
        name: 'full',
        distributed: true,
        configs: [
          { name: 'a/1B', file: 'a/1B.yaml' },
          { name: 'a/2B', file: 'dev/2B.yaml' },
        ],
      },
      { name: 'quantize', distributed: false, configs: [] },
    ]);
  });

  it('may be annotated with its type', () => {
    expect(read('_ALL_RECIPES: List[Recipe] = []')).toEqual([]);
  });

  it('is refused where it holds more than literals, with the place', () => {
    expect(problem('_ALL_RECIPES = [\n    Recipe(name=f"{x}", configs=[]),\n]')).toBe(
      [
        "_recipe_registry.py:2:17: error [TorchtuneRegistry] torchtune's list of recipes cannot be read: 'f'",
        '  |',
        '2 |     Recipe(name=f"{x}", configs=[]),',
        '  |                 ^',
        "hint: Set torchtune: 'embedded' in the plugin's options, or install a released version of torchtune.",
      ].join('\n'),
    );
  });

  it.each([
    ['a sum of lists', '_ALL_RECIPES = [] + MORE', "'+'"],
    ['a call of a function', '_ALL_RECIPES = load()', "'load'"],
    ['an escape in a string', '_ALL_RECIPES = [Recipe(name="a\\n")]', `'"'`],
    ['an argument without a name', '_ALL_RECIPES = [Recipe("full")]', "'full'"],
    ['another class', '_ALL_RECIPES = [Dish(name="full")]', "'Dish'"],
    ['a flag that is not a literal', recipe('configs=[], supports_distributed="yes"'), "'yes'"],
    ['a recipe without the flag', recipe('configs=[]'), "Recipe(…) without 'supports_distributed'"],
    ['an end in the middle', '_ALL_RECIPES = [Recipe(', 'its end'],
    ['a file without the list', 'RECIPES = []', "no list '_ALL_RECIPES'"],
  ])('does not guess at %s', (_what, text, found) => {
    expect(problem(text)).toContain(`cannot be read: ${found}`);
  });
});

function recipe(fields: string): string {
  return `_ALL_RECIPES = [Recipe(name="full", ${fields})]`;
}
