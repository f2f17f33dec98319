"""Python sources as syntax trees: what a dotted name stands for, without importing anything."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Definition:
    """A function, a class or an assigned expression, and the module whose names it uses."""

    module: 'Module'
    node: ast.AST

    def __hash__(self) -> int:
        return id(self.node)


@dataclass(frozen=True)
class Outside:
    """A name that is not in the tree, such as `torch.optim.AdamW` or a builtin."""

    dotted: str


@dataclass(eq=False)
class Module:
    name: str
    is_package: bool
    symbols: dict[str, ast.AST | str] = field(default_factory=dict)
    """Top-level names: a syntax node, or the dotted name that an import stands for."""
    exported: list[str] | None = None
    """`__all__`, where it is a list of strings."""


Found = Module | Definition | Outside


class SourceTree:
    def __init__(self, root: Path) -> None:
        self.root = root
        self._modules: dict[str, Module | None] = {}

    def module(self, name: str) -> Module | None:
        """The parsed module of this dotted name, or None when no such file is in the tree."""
        if name not in self._modules:
            base = self.root.joinpath(*name.split('.'))
            package = base / '__init__.py'
            file = package if package.is_file() else base.with_name(base.name + '.py')
            self._modules[name] = _parse(name, file, file == package) if file.is_file() else None
        return self._modules[name]

    def public_modules(self, package: str) -> list[Module]:
        """The package and every module below it that has no part starting with an underscore."""
        base = self.root.joinpath(*package.split('.'))
        if base.with_name(base.name + '.py').is_file():
            return [self.module(package)]
        names = set()
        for file in base.rglob('*.py'):
            parts = file.relative_to(self.root).with_suffix('').parts
            parts = parts[:-1] if parts[-1] == '__init__' else parts
            if not any(part.startswith('_') for part in parts):
                names.add('.'.join(parts))
        return [self.module(name) for name in sorted(names)]

    def find(self, dotted: str) -> Found:
        """What a fully qualified name stands for, through re-exports and aliases."""
        parts = dotted.split('.')
        for length in range(len(parts), 0, -1):
            module = self.module('.'.join(parts[:length]))
            if module is None:
                continue
            if length == len(parts):
                return module
            # A submodule of the same name was ruled out above: it would have been the longer match.
            return self.find_in(module, '.'.join(parts[length:]))
        return Outside(dotted)

    def find_in(self, module: Module, dotted: str) -> Found:
        """What a name written inside `module` stands for."""
        name, _, rest = dotted.partition('.')
        symbol = module.symbols.get(name)
        if symbol is None:
            return Outside(dotted)
        if isinstance(symbol, str):
            return self.find(f'{symbol}.{rest}' if rest else symbol)
        if rest:
            return Outside(f'{module.name}.{dotted}')
        alias = dotted_name(symbol)
        return self.find_in(module, alias) if alias else Definition(module, symbol)

    def class_member(self, cls: Definition, name: str) -> Definition | None:
        """The method `name` of a class or of its base classes in the tree."""
        for statement in cls.node.body:
            if isinstance(statement, ast.FunctionDef) and statement.name == name:
                return Definition(cls.module, statement)
        for base in self.bases(cls):
            if isinstance(base, Definition):
                found = self.class_member(base, name)
                if found:
                    return found
        return None

    def bases(self, cls: Definition) -> list[Found]:
        return [self.find_in(cls.module, dotted_name(base) or '?') for base in cls.node.bases]


def dotted_name(node: ast.AST) -> str | None:
    """`a.b.c` of a chain of names; None for any other expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted_name(node.value)
        return f'{base}.{node.attr}' if base else None
    return None


def _parse(name: str, file: Path, is_package: bool) -> Module:
    module = Module(name, is_package)
    _collect(module, ast.parse(file.read_text(encoding='utf-8')).body)
    exported = module.symbols.get('__all__')
    if isinstance(exported, ast.List) and all(_is_string(item) for item in exported.elts):
        module.exported = [item.value for item in exported.elts]
    return module


def _collect(module: Module, body: list[ast.stmt]) -> None:
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            module.symbols[statement.name] = statement
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    module.symbols[target.id] = statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            if isinstance(statement.target, ast.Name):
                module.symbols[statement.target.id] = statement.value
        elif isinstance(statement, ast.Import):
            for item in statement.names:
                head = item.name.partition('.')[0]
                module.symbols[item.asname or head] = item.name if item.asname else head
        elif isinstance(statement, ast.ImportFrom):
            source = _import_source(module, statement)
            for item in statement.names:
                module.symbols[item.asname or item.name] = f'{source}.{item.name}'
        elif isinstance(statement, (ast.If, ast.Try)):
            # The first branch is the ordinary one (a newer or an installed package): it wins.
            for handler in getattr(statement, 'handlers', []):
                _collect(module, handler.body)
            _collect(module, statement.orelse)
            _collect(module, statement.body)


def _import_source(module: Module, statement: ast.ImportFrom) -> str:
    if not statement.level:
        return statement.module
    up = statement.level - 1 if module.is_package else statement.level
    parts = module.name.split('.')
    parts = parts[: len(parts) - up]
    return '.'.join(parts + ([statement.module] if statement.module else []))


def _is_string(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
