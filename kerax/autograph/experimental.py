"""``tf.autograph.experimental``."""

import enum

from kerax.core.autograph import do_not_convert as do_not_convert
from kerax.core.autograph import set_loop_options as set_loop_options


class Feature(enum.Enum):
    """Optional parts of AutoGraph's conversion."""

    ALL = "ALL"
    AUTO_CONTROL_DEPS = "AUTO_CONTROL_DEPS"
    ASSERT_STATEMENTS = "ASSERT_STATEMENTS"
    BUILTIN_FUNCTIONS = "BUILTIN_FUNCTIONS"
    EQUALITY_OPERATORS = "EQUALITY_OPERATORS"
    LISTS = "LISTS"
    NAME_SCOPES = "NAME_SCOPES"
