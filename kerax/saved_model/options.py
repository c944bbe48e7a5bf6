"""``tf.saved_model.SaveOptions``, ``LoadOptions`` and ``experimental.VariablePolicy``."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Any


class VariablePolicy(enum.Enum):
    """How variables are saved: without their devices, with them, or as each replica's."""

    NONE = None
    SAVE_VARIABLE_DEVICES = "save_variable_devices"
    EXPAND_DISTRIBUTED_VARIABLES = "expand_distributed_variables"

    @staticmethod
    def from_obj(obj: Any) -> VariablePolicy:
        """The policy of a name, None, or a policy.

        Raises:
          ValueError: an unknown name.
        """
        if obj is None:
            return VariablePolicy.NONE
        if isinstance(obj, VariablePolicy):
            return obj
        key = str(obj).lower()
        for policy in VariablePolicy:
            if key == policy.value:
                return policy
        raise ValueError(f"Received invalid VariablePolicy value: {obj}.")


class SaveOptions:
    """How ``tf.saved_model.save`` writes.

    Args:
      namespace_whitelist: sequence of str; namespaces of custom ops, of which there are none here.
      save_debug_info: bool; True raises: programs are not saved with the python lines they are of.
      function_aliases: dict of name → function; kept among the metadata of the SavedModel.
      experimental_debug_stripper: bool; there is nothing to strip.
      experimental_io_device: str; files are written by the host.
      experimental_variable_policy: ``VariablePolicy`` or its name; only the first is offered.
      experimental_custom_gradients: bool, whether functions can be differentiated after loading.
      experimental_image_format: bool; True raises.
      experimental_skip_saver: bool, whether variables' values are left out.
      experimental_sharding_callback: must be None.
      extra_tags: sequence of str, tags beside "serve".

    Raises:
      NotImplementedError: an option that cannot be honoured.
      TypeError: ``namespace_whitelist`` is no sequence of str.
    """

    __slots__ = (
        "namespace_whitelist", "save_debug_info", "function_aliases", "experimental_debug_stripper",
        "experimental_io_device", "experimental_variable_policy", "experimental_custom_gradients",
        "experimental_image_format", "experimental_skip_saver", "experimental_sharding_callback", "extra_tags",
    )  # fmt: skip

    def __init__(
        self,
        namespace_whitelist: Sequence[str] | None = None,
        save_debug_info: bool = False,
        function_aliases: Mapping[str, Any] | None = None,
        experimental_debug_stripper: bool = False,
        experimental_io_device: str | None = None,
        experimental_variable_policy: Any = None,
        experimental_custom_gradients: bool = True,
        experimental_image_format: bool = False,
        experimental_skip_saver: bool = False,
        experimental_sharding_callback: Any = None,
        extra_tags: Sequence[str] | None = None,
    ) -> None:
        names = namespace_whitelist or []
        if isinstance(names, str) or not all(isinstance(name, str) for name in names):
            raise TypeError(f"`namespace_whitelist` must be a list of strings. Received: {namespace_whitelist!r}")
        if save_debug_info or experimental_image_format:
            raise NotImplementedError("`save_debug_info` and `experimental_image_format` are not offered.")
        if experimental_sharding_callback is not None:
            raise NotImplementedError("Variables are written into one file: no `experimental_sharding_callback`.")
        self.namespace_whitelist = list(names)
        self.save_debug_info = save_debug_info
        self.function_aliases = dict(function_aliases) if function_aliases else {}
        self.experimental_debug_stripper = experimental_debug_stripper
        self.experimental_io_device = experimental_io_device
        self.experimental_variable_policy = VariablePolicy.from_obj(experimental_variable_policy)
        if self.experimental_variable_policy is VariablePolicy.EXPAND_DISTRIBUTED_VARIABLES:
            raise NotImplementedError("Variables are saved once, not per replica.")
        self.experimental_custom_gradients = experimental_custom_gradients
        self.experimental_image_format = experimental_image_format
        self.experimental_skip_saver = experimental_skip_saver
        self.experimental_sharding_callback = experimental_sharding_callback
        self.extra_tags = extra_tags


class LoadOptions:
    """How ``tf.saved_model.load`` reads.

    Args:
      allow_partial_checkpoint: bool, whether variables without a saved value keep zeros.
      experimental_io_device: str; files are read by the host.
      experimental_skip_checkpoint: bool, whether variables keep zeros instead of their saved values.
      experimental_variable_policy: ``VariablePolicy`` or its name.
      experimental_load_function_aliases: bool, whether to set the attribute ``function_aliases``.
    """

    __slots__ = (
        "allow_partial_checkpoint", "experimental_io_device", "experimental_skip_checkpoint",
        "experimental_variable_policy", "experimental_load_function_aliases",
    )  # fmt: skip

    def __init__(
        self,
        allow_partial_checkpoint: bool = False,
        experimental_io_device: str | None = None,
        experimental_skip_checkpoint: bool = False,
        experimental_variable_policy: Any = None,
        experimental_load_function_aliases: bool = False,
    ) -> None:
        self.allow_partial_checkpoint = allow_partial_checkpoint
        self.experimental_io_device = experimental_io_device
        self.experimental_skip_checkpoint = experimental_skip_checkpoint
        self.experimental_variable_policy = VariablePolicy.from_obj(experimental_variable_policy)
        self.experimental_load_function_aliases = experimental_load_function_aliases
