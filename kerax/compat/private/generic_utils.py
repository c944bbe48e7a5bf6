"""``keras.utils.generic_utils`` of Keras 2."""

from .python_utils import default as default
from .python_utils import has_arg as has_arg
from .python_utils import is_default as is_default
from .python_utils import object_list_uid as object_list_uid
from .python_utils import to_list as to_list
from .python_utils import to_snake_case as to_snake_case
from .python_utils import unpack_singleton as unpack_singleton
