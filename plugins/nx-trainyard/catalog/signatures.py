"""The parameters of everything that a config can name as `_component_`."""

from __future__ import annotations

import ast

from annotation_kinds import kind_of
from outside_torchtune import OUTSIDE
from source_tree import Definition, Module, Outside, SourceTree, dotted_name

PUBLIC_PACKAGES = (
    'torchtune.config',
    'torchtune.data',
    'torchtune.datasets',
    'torchtune.generation',
    'torchtune.models',
    'torchtune.modules',
    'torchtune.rlhf',
    'torchtune.training',
)
NOT_COMPONENTS = {'Enum', 'Protocol', 'Exception'}
BASES_WITHOUT_PARAMETERS = {'ABC', 'Module', 'Protocol'}
CONSTRUCTORS = {'__init__', '__new__'}
KEEP_THE_SIGNATURE = {
    'contextmanager',
    'deprecated',
    'disable',
    'inference_mode',
    'lru_cache',
    'no_grad',
    'requires_torchdata',
}


class NotUnderstood(Exception):
    """A piece of source whose meaning this reader does not know."""


def public_names(tree: SourceTree) -> list[str]:
    """Every name that a config can use without reaching into a private module."""
    names = set(OUTSIDE)
    for package in PUBLIC_PACKAGES:
        for module in tree.public_modules(package):
            for name in _exports(module):
                if _is_component(tree, tree.find_in(module, name)):
                    names.add(f'{module.name}.{name}')
    return sorted(names)


def component(tree: SourceTree, dotted: str) -> dict:
    """The catalog entry of a dotted name. Raises NotUnderstood."""
    return _signature(tree, tree.find(dotted))


def _exports(module: Module) -> list[str]:
    if module.exported is not None:
        return module.exported
    # Without `__all__`, a package offers what it imports and a plain module what it defines.
    return [
        name
        for name, symbol in module.symbols.items()
        if not name.startswith('_') and (module.is_package or not isinstance(symbol, str))
    ]


def _is_component(tree: SourceTree, found) -> bool:
    if isinstance(found, Outside):
        return found.dotted in OUTSIDE
    if not isinstance(found, Definition):
        return False
    if isinstance(found.node, ast.ClassDef):
        direct = {(dotted_name(base) or '').rpartition('.')[2] for base in found.node.bases}
        return not direct & NOT_COMPONENTS
    return isinstance(found.node, ast.FunctionDef) or _is_partial(found.node)


def _is_partial(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and dotted_name(node.func) in ('partial', 'functools.partial')


def _signature(tree: SourceTree, found) -> dict:
    if isinstance(found, Outside):
        if found.dotted not in OUTSIDE:
            raise NotUnderstood(f'{found.dotted} is in neither torchtune nor outside_torchtune.py')
        return OUTSIDE[found.dotted]
    if not isinstance(found, Definition):
        raise NotUnderstood('it is a module')
    if isinstance(found.node, ast.FunctionDef):
        return _function(found.node)
    if isinstance(found.node, ast.ClassDef):
        return _class(tree, found)
    if _is_partial(found.node):
        return _partial(tree, found)
    raise NotUnderstood(f'it is assigned from `{ast.unparse(found.node)[:60]}`')


def _function(node: ast.FunctionDef, skip_self: bool = False) -> dict:
    _decorators(node)
    args = node.args
    positional = args.posonlyargs + args.args
    without_default = len(positional) - len(args.defaults)
    pairs = list(zip(positional, [None] * without_default + args.defaults))[skip_self:]
    pairs += zip(args.kwonlyargs, args.kw_defaults)
    entry = {'params': {arg.arg: _param(arg.annotation, default) for arg, default in pairs}}
    return {**entry, 'kwargs': args.kwarg.arg} if args.kwarg else entry


def _class(tree: SourceTree, cls: Definition) -> dict:
    decorators = _decorators(cls.node)
    bases = tree.bases(cls)
    outside = {base.dotted for base in bases if isinstance(base, Outside)}
    own_init = [item for item in cls.node.body if getattr(item, 'name', None) in CONSTRUCTORS]
    if len(own_init) == 1:
        return _function(own_init[0], skip_self=True)
    if own_init:
        raise NotUnderstood('a class with both __init__ and __new__')
    if 'dataclass' in decorators or 'typing.NamedTuple' in outside:
        if any(isinstance(base, Definition) for base in bases):
            raise NotUnderstood('a dataclass with a base class')
        return _fields(cls.node)
    inherited = [base for base in bases if isinstance(base, Definition)]
    inherited += [base for base in bases if isinstance(base, Outside) and base.dotted in OUTSIDE]
    if len(inherited) == 1:
        return _signature(tree, inherited[0])
    if inherited:
        raise NotUnderstood('several base classes and no __init__')
    unknown = {name for name in outside if name.rpartition('.')[2] not in BASES_WITHOUT_PARAMETERS}
    if unknown:
        raise NotUnderstood(f'base class {sorted(unknown)}')
    return {'params': {}}


def _fields(node: ast.ClassDef) -> dict:
    fields = [item for item in node.body if isinstance(item, ast.AnnAssign)]
    return {'params': {item.target.id: _param(item.annotation, item.value) for item in fields}}


def _partial(tree: SourceTree, found: Definition) -> dict:
    target, *bound = found.node.args
    if bound or any(keyword.arg is None for keyword in found.node.keywords):
        raise NotUnderstood('a partial with positional or ** arguments')
    entry = _signature(tree, tree.find_in(found.module, dotted_name(target) or '?'))
    params = dict(entry['params'])
    for keyword in found.node.keywords:
        unbound = {key: params.get(keyword.arg, {}).get(key) for key in ('kind', 'nullable')}
        kind = {key: value for key, value in unbound.items() if value}
        params[keyword.arg] = {**kind, **_default(keyword.value)}
    return {**entry, 'params': params}


def _param(annotation: ast.AST | None, default: ast.AST | None) -> dict:
    kind, nullable = kind_of(annotation)
    has_none = isinstance(default, ast.Constant) and default.value is None
    return {
        **({'kind': kind} if kind else {}),
        **({'nullable': True} if nullable or (kind and has_none) else {}),
        **({} if default is None else _default(default)),
    }


def _default(node: ast.AST) -> dict:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return {'optional': True}
    items = value if isinstance(value, (list, tuple)) else [value]
    if not all(item is None or isinstance(item, (bool, int, float, str)) for item in items):
        return {'optional': True}
    return {'default': list(value) if isinstance(value, tuple) else value}


def _decorators(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    called = [getattr(item, 'func', item) for item in node.decorator_list]
    names = {(dotted_name(item) or ast.unparse(item)).rpartition('.')[2] for item in called}
    known = KEEP_THE_SIGNATURE | ({'dataclass'} if isinstance(node, ast.ClassDef) else set())
    if names - known:
        raise NotUnderstood(f'decorator {sorted(names - known)}')
    return names
