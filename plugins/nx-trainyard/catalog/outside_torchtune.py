"""Signatures of components that torchtune configs name but that other packages define.

Written by hand from the public signatures of torch 2.5 to 2.7, bitsandbytes 0.43 to 0.45 and
torchao 0.7 to 0.12: those packages are too large to be a build dependency. A default that differs
between these releases is left out.
"""


def _required() -> dict:
    return {}


def _value(kind: str, default, nullable: bool = False) -> dict:
    return {'kind': kind, **({'nullable': True} if nullable else {}), 'default': default}


_OPTIONAL = {'optional': True}

_ADAM = {
    'params': _required(),
    'lr': _value('float', 1e-3),
    'betas': _value('list', [0.9, 0.999]),
    'eps': _value('float', 1e-8),
}

_TORCH_SWITCHES = {
    'maximize': _value('bool', False),
    'foreach': _value('bool', None, nullable=True),
    'capturable': _value('bool', False),
    'differentiable': _value('bool', False),
    'fused': _value('bool', None, nullable=True),
}

# bitsandbytes has no `fused`: its kernels always are.
_BITSANDBYTES_ADAMW = {
    **_ADAM,
    'weight_decay': _value('float', 1e-2),
    'amsgrad': _value('bool', False),
    'optim_bits': {'kind': 'int', **_OPTIONAL},
    'args': _OPTIONAL,
    'min_8bit_size': _value('int', 4096),
    'percentile_clipping': _value('int', 100),
    'block_wise': _value('bool', True),
}

OUTSIDE: dict[str, dict] = {
    'bitsandbytes.optim.AdamW8bit': {
        'params': {**_BITSANDBYTES_ADAMW, 'is_paged': _value('bool', False)},
    },
    'bitsandbytes.optim.PagedAdamW': {'params': _BITSANDBYTES_ADAMW},
    'bitsandbytes.optim.PagedAdamW8bit': {'params': _BITSANDBYTES_ADAMW},
    'torch.nn.CrossEntropyLoss': {
        'params': {
            'weight': _OPTIONAL,
            'size_average': _value('bool', None, nullable=True),
            'ignore_index': _value('int', -100),
            'reduce': _value('bool', None, nullable=True),
            'reduction': _value('str', 'mean'),
            'label_smoothing': _value('float', 0.0),
        },
    },
    'torch.optim.Adam': {
        'params': {
            **_ADAM,
            'weight_decay': _value('float', 0.0),
            'amsgrad': _value('bool', False),
            **_TORCH_SWITCHES,
        },
    },
    'torch.optim.AdamW': {
        'params': {
            **_ADAM,
            'weight_decay': _value('float', 1e-2),
            'amsgrad': _value('bool', False),
            **_TORCH_SWITCHES,
        },
    },
    'torch.optim.SGD': {
        'params': {
            'params': _required(),
            'lr': _value('float', 1e-3),
            'momentum': _value('float', 0.0),
            'dampening': _value('float', 0.0),
            'weight_decay': _value('float', 0.0),
            'nesterov': _value('bool', False),
            **{name: switch for name, switch in _TORCH_SWITCHES.items() if name != 'capturable'},
        },
    },
    'torchao.quantization.qat.Int4WeightOnlyQATQuantizer': {
        'params': {
            'groupsize': _value('int', 256),
            'inner_k_tiles': _value('int', 8, nullable=True),
            'precision': _OPTIONAL,
            'scales_precision': _OPTIONAL,
        },
    },
    'torchao.quantization.qat.Int8DynActInt4WeightQATQuantizer': {
        'params': {
            'groupsize': _value('int', 256),
            'padding_allowed': _value('bool', False),
            'precision': _OPTIONAL,
            'scales_precision': _OPTIONAL,
        },
    },
}
