"""Which config keys a recipe reads, and which blocks of the config it turns into objects."""

from __future__ import annotations

import ast

from config_flow import Config, ConfigFlow
from source_tree import Definition, SourceTree, dotted_name

Path = tuple[str, ...]


class Findings:
    """What is met while the config is followed through the source of one recipe."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        self.reads: dict[Path, bool] = {}
        """Each path that is read, and whether it is read without a default in every run."""
        self.components: dict[Path, dict] = {}

    def read(self, path: Path, always: bool) -> None:
        if path[-1] != '_component_':
            self.reads[path] = self.reads.get(path, False) or always

    def instantiate(self, path: Path, args: int, kwargs: list[str]) -> None:
        before = self.components.get(path, {'args': args, 'kwargs': kwargs})
        # Two places can instantiate one block: what both of them add is added in any case.
        self.components[path] = {
            'args': min(before['args'], args),
            'kwargs': sorted(set(before['kwargs']) & set(kwargs)),
        }


def recipe_keys(tree: SourceTree, module_name: str, problems: list[str]) -> dict:
    """The keys that a recipe reads, as dotted paths; `*` stands for any index or key.

    `required` keys are read without a default in every run; `optional` ones have a default or are
    read only in some runs. `components` are the blocks that the recipe instantiates, each with the
    number of positional arguments and the keyword arguments that the recipe adds to its own.
    """
    module = tree.module(module_name)
    functions = [item for item in module.symbols.values() if isinstance(item, ast.FunctionDef)]
    entries = [
        item for item in functions if 'config.parse' in map(dotted_name, item.decorator_list)
    ]
    if len(entries) != 1:
        problems.append(f'{module_name}: {len(entries)} functions have @config.parse, not one')
        return {}
    findings = Findings(problems)
    flow = ConfigFlow(tree, module, findings)
    flow.follow(Definition(module, entries[0]), [Config()], {}, True)
    flow.follow_unused_methods()
    reads = {'.'.join(path): always for path, always in sorted(findings.reads.items())}
    return {
        'required': [path for path, always in reads.items() if always],
        'optional': [path for path, always in reads.items() if not always],
        'components': {
            '.'.join(path): {name: value for name, value in added.items() if value}
            for path, added in sorted(findings.components.items())
        },
    }
