"""Which kind of config value a parameter takes, as far as its annotation says."""

from __future__ import annotations

import ast

from source_tree import dotted_name

KINDS = {
    'bool': 'bool',
    'int': 'int',
    'float': 'float',
    'str': 'str',
    'Path': 'str',
    'PathLike': 'str',
    'list': 'list',
    'List': 'list',
    'Sequence': 'list',
    'Iterable': 'list',
    'tuple': 'list',
    'Tuple': 'list',
    'dict': 'dict',
    'Dict': 'dict',
    'Mapping': 'dict',
}


def kind_of(annotation: ast.AST | None) -> tuple[str | None, bool]:
    """The kind of values that an annotation admits, and whether None is one of them."""
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        return _union([annotation.left, annotation.right])
    if isinstance(annotation, ast.Subscript):
        name = (dotted_name(annotation.value) or '').rpartition('.')[2]
        inner = annotation.slice
        if name == 'Optional':
            return kind_of(inner)[0], True
        if name == 'Union':
            return _union(inner.elts if isinstance(inner, ast.Tuple) else [inner])
        if name == 'Literal':
            values = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            return ('str' if all(isinstance(item.value, str) for item in values) else None), False
        return KINDS.get(name), False
    name = (dotted_name(annotation) or '').rpartition('.')[2] if annotation else ''
    return KINDS.get(name), False


def _union(members: list[ast.AST]) -> tuple[str | None, bool]:
    rest = [item for item in members if not (isinstance(item, ast.Constant) and item.value is None)]
    kinds = [kind_of(item) for item in rest]
    same = len({kind for kind, _ in kinds}) == 1
    nullable = len(rest) < len(members) or any(null for _, null in kinds)
    return (kinds[0][0] if same else None), nullable
