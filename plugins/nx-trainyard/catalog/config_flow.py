"""Follows a recipe's config through the source: assignments, calls, methods and loops.

Known are only values that are the config, a part of it, or an object of a class whose source is in
the tree; what a function returns is not followed.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from source_tree import Definition, SourceTree, dotted_name

# Conditions that hold in at least one process of every run.
ALWAYS_SOMEWHERE = {'self._is_rank_zero'}
# They print or store the whole config, and read no key that the recipe itself does not read.
TAKES_ANY_CONFIG = {'log_config'}
ELEMENT = '*'
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Config:
    """The config, or what is at a path in it."""

    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instance:
    cls: Definition


Value = Config | Instance | None


class ConfigFlow:
    def __init__(self, tree: SourceTree, module, findings) -> None:
        self.tree = tree
        self.module = module
        self.findings = findings
        self.attributes: dict[tuple[Definition, str], Value] = {}
        self.classes: list[Definition] = []
        self.followed: set = set()

    def follow(self, function: Definition, args: list[Value], kwargs: dict, certain: bool) -> None:
        """Read a function's body with these arguments; `certain` says that every run calls it."""
        names = [arg.arg for arg in function.node.args.args]
        given = {**dict(zip(names, args)), **kwargs}
        scope = {name: value for name, value in given.items() if name and value}
        call = (function, certain, *sorted(scope.items(), key=lambda item: item[0]))
        if call in self.followed:
            return
        self.followed |= {call, function}
        caller, self.module = self.module, function.module
        self.block(function.node.body, scope, certain)
        self.module = caller

    def follow_unused_methods(self) -> None:
        """Methods that no followed call reaches can still read a config kept in an attribute."""
        for cls in self.classes:
            for node in cls.node.body:
                method = Definition(cls.module, node)
                if isinstance(node, ast.FunctionDef) and method not in self.followed:
                    self.follow(method, [Instance(cls)], {}, False)

    def block(self, statements: list[ast.stmt], scope: dict, certain: bool) -> None:
        for statement in statements:
            self.statement(statement, scope, certain)
            certain = certain and not _may_return(statement)

    def statement(self, node: ast.stmt, scope: dict, certain: bool) -> None:
        if isinstance(node, (ast.If, ast.While)):
            self.value(node.test, scope, certain)
            always = isinstance(node, ast.If) and ast.unparse(node.test) in ALWAYS_SOMEWHERE
            self.block(node.body, scope, certain and always)
            self.block(node.orelse, scope, False)
        elif isinstance(node, ast.For):
            self.bind_element(node.target, node.iter, scope, certain)
            self.block(node.body + node.orelse, scope, False)
        elif isinstance(node, ast.Try):
            for body in (node.body, *(handler.body for handler in node.handlers), node.orelse):
                self.block(body, scope, False)
            self.block(node.finalbody, scope, certain)
        elif isinstance(node, ast.With):
            for item in node.items:
                self.value(item.context_expr, scope, certain)
            self.block(node.body, scope, certain)
        elif isinstance(node, ast.FunctionDef):
            self.block(node.body, dict(scope), False)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            value = self.value(node.value, scope, certain)
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                self.bind(target, value, scope)
        else:
            self.children(node, scope, certain)

    def bind(self, target: ast.expr, value: Value, scope: dict) -> None:
        # An unknown value leaves the earlier one: the assignment may be in a branch not taken.
        if value and isinstance(target, ast.Name):
            scope[target.id] = value
        elif value and isinstance(target, ast.Attribute):
            owner = scope.get(dotted_name(target.value))
            if isinstance(owner, Instance):
                self.attributes[owner.cls, target.attr] = value

    def bind_element(self, target: ast.expr, iterable: ast.expr, scope: dict, certain: bool):
        if isinstance(iterable, ast.Call) and dotted_name(iterable.func) == 'enumerate':
            iterable, target = iterable.args[0], target.elts[1]
        value = self.value(iterable, scope, certain)
        if isinstance(value, Config):
            self.bind(target, Config((*value.path, ELEMENT)), scope)

    def value(self, node: ast.AST, scope: dict, certain: bool) -> Value:
        """What is known of an expression; reads of keys in it are recorded."""
        if isinstance(node, ast.Name):
            return scope.get(node.id)
        if isinstance(node, ast.Attribute):
            owner = self.value(node.value, scope, certain)
            if isinstance(owner, Instance):
                return self.attributes.get((owner.cls, node.attr))
            return self.read(owner, node.attr, certain) if isinstance(owner, Config) else None
        if isinstance(node, ast.Subscript):
            owner = self.value(node.value, scope, certain)
            self.value(node.slice, scope, certain)
            readable = isinstance(owner, Config) and isinstance(node.ctx, ast.Load)
            return self.read(owner, self.key(node.slice), certain) if readable else None
        if isinstance(node, ast.Call):
            return self.call(node, scope, certain)
        if isinstance(node, (ast.IfExp, ast.BoolOp)):
            either = [node.test, node.body, node.orelse] if isinstance(node, ast.IfExp) else None
            parts = either or node.values
            values = [self.value(part, scope, certain and part is parts[0]) for part in parts]
            return next(filter(None, values), None)
        if isinstance(node, COMPREHENSIONS):
            scope, certain = dict(scope), False
            for generator in node.generators:
                self.bind_element(generator.target, generator.iter, scope, certain)
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            # Below the root, `in` can be a search in a text: only the root is a mapping for sure.
            if self.value(node.comparators[0], scope, certain) == Config():
                self.read(Config(), self.key(node.left), False)
        return self.children(node, scope, certain and not isinstance(node, ast.Lambda))

    def children(self, node: ast.AST, scope: dict, certain: bool) -> None:
        for child in ast.iter_child_nodes(node):
            self.value(child, scope, certain)

    def call(self, node: ast.Call, scope: dict, certain: bool) -> Value:
        name = dotted_name(node.func) or ''
        last = name.rpartition('.')[2]
        is_method = isinstance(node.func, ast.Attribute)
        owner = self.value(node.func.value, scope, certain) if is_method else None
        args = [self.value(item, scope, certain) for item in node.args]
        kwargs = {item.arg: self.value(item.value, scope, certain) for item in node.keywords}
        if isinstance(owner, Config):
            if node.func.attr not in ('get', 'pop') or not node.args:
                return None
            always = node.func.attr == 'pop' and len(node.args) == 1
            return self.read(owner, self.key(node.args[0]), certain and always)
        if name in ('getattr', 'hasattr') and isinstance(args[0], Config):
            always = name == 'getattr' and len(args) == 2
            return self.read(args[0], self.key(node.args[1]), certain and always)
        if isinstance(kwargs.get(None), Config):
            # `f(**block)` hands on whatever the block holds.
            self.findings.read((*kwargs[None].path, ELEMENT), False)
        if last == 'instantiate' and args and isinstance(args[0], Config):
            self.findings.instantiate(args[0].path, len(args) - 1, sorted(filter(None, kwargs)))
        if last == 'instantiate' or last in TAKES_ANY_CONFIG:
            return None
        if last == 'to_container':
            return args[0]
        return self.enter(node, owner, args, kwargs, certain)

    def enter(self, node: ast.Call, owner: Value, args: list, kwargs: dict, certain: bool) -> Value:
        """Go into a function of the recipe, and into any function that gets the whole config."""
        whole = Config() in args or Config() in kwargs.values()
        name = dotted_name(node.func)
        result = None
        if isinstance(owner, Instance):
            held = self.attributes.get((owner.cls, node.func.attr))
            called = '__call__' if isinstance(held, Instance) else node.func.attr
            owner = held if isinstance(held, Instance) else owner
            found, args = self.tree.class_member(owner.cls, called), [owner, *args]
        else:
            found = self.tree.find_in(self.module, name) if name else None
            if not isinstance(found, Definition) or not (whole or found.module is self.module):
                found = None
            elif isinstance(found.node, ast.ClassDef):
                result = Instance(found)
                self.classes.append(found)
                found, args = self.tree.class_member(found, '__init__'), [result, *args]
        if found and isinstance(found.node, ast.FunctionDef):
            self.follow(found, args, kwargs, certain)
        elif whole:
            place = f'{self.module.name}:{node.lineno}'
            self.findings.problems.append(f'{place}: the config goes into {name}()')
        return result

    def key(self, node: ast.expr) -> str | None:
        """The string that an expression is: a literal, or a constant of the tree by its name."""
        name = dotted_name(node)
        found = self.tree.find_in(self.module, name) if name else None
        node = found.node if isinstance(found, Definition) else node
        text = getattr(node, 'value', None)
        return text if isinstance(text, str) else None

    def read(self, owner: Config, key: str | None, certain: bool) -> Config:
        path = (*owner.path, key or ELEMENT)
        if key:
            self.findings.read(path, certain)
        return Config(path)


def _may_return(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return False
    return any(isinstance(node, ast.Return) for node in ast.walk(statement))
