"""``tf.compat.v1.initializers``: names that in ``tf.compat.v1`` itself are functions, such as ``constant``."""

from __future__ import annotations

from .initial_values import constant_initializer as constant
from .initial_values import glorot_normal_initializer as glorot_normal
from .initial_values import glorot_uniform_initializer as glorot_uniform
from .initial_values import ones_initializer as ones
from .initial_values import orthogonal_initializer as orthogonal
from .initial_values import random_normal_initializer as random_normal
from .initial_values import random_uniform_initializer as random_uniform
from .initial_values import truncated_normal_initializer as truncated_normal
from .initial_values import uniform_unit_scaling_initializer as uniform_unit_scaling
from .initial_values import variance_scaling_initializer as variance_scaling
from .initial_values import zeros_initializer as zeros
from .variables import global_variables_initializer as global_variables
from .variables import local_variables_initializer as local_variables
from .variables import tables_initializer as tables_initializer
from .variables import variables_initializer as variables

__all__ = [
    "constant",
    "global_variables",
    "glorot_normal",
    "glorot_uniform",
    "local_variables",
    "ones",
    "orthogonal",
    "random_normal",
    "random_uniform",
    "tables_initializer",
    "truncated_normal",
    "uniform_unit_scaling",
    "variables",
    "variance_scaling",
    "zeros",
]
