"""Arguments of optimizers: checks, and the forms of older Keras."""

from __future__ import annotations

import warnings
from typing import Any

from kerax.core.config import legacy_keras


class OptimizerSettings:
    """What the constructor of ``Optimizer`` checks."""

    _takes_decay = False  # the legacy optimizers do

    def _old_arguments(self, kwargs: dict[str, Any], learning_rate: Any) -> Any:
        """Takes older arguments out of ``kwargs`` and returns the learning rate.

        Raises:
          ValueError: an argument that no Keras knows.
        """
        if "lr" in kwargs:
            warnings.warn("The `lr` argument is deprecated, use `learning_rate` instead.", stacklevel=4)
            learning_rate = kwargs.pop("lr")
        decay = kwargs.pop("decay", None)
        if decay and not self._takes_decay:
            if legacy_keras():
                raise ValueError(
                    "decay is deprecated in the new Keras optimizer, please check the docstring for valid "
                    "arguments, or "
                    f"use the legacy optimizer, e.g., tf.keras.optimizers.legacy.{type(self).__name__}."
                )
            warnings.warn("Argument `decay` is no longer supported and will be ignored.", stacklevel=4)
        kwargs.pop("jit_compile", None)  # every step is compiled
        kwargs.pop("is_legacy_optimizer", None)
        if kwargs:
            error = TypeError if legacy_keras() else ValueError
            raise error(f"Argument(s) not recognized: {kwargs}")
        return learning_rate

    def _check_arguments(
        self,
        clipnorm: Any,
        clipvalue: Any,
        global_clipnorm: Any,
        use_ema: bool,
        ema_momentum: float,
        ema_overwrite_frequency: Any,
        gradient_accumulation_steps: Any,
    ) -> None:
        if gradient_accumulation_steps and not gradient_accumulation_steps >= 2:
            raise ValueError(
                "`gradient_accumulation_steps` must be an integer >= 2. Received: "
                f"gradient_accumulation_steps={gradient_accumulation_steps}"
            )
        if use_ema:
            if ema_momentum > 1 or ema_momentum < 0:
                raise ValueError(f"`ema_momentum` must be in the range [0, 1]. Received: ema_momentum={ema_momentum}")
            frequency = ema_overwrite_frequency
            if frequency and (not isinstance(frequency, int) or frequency < 1):
                raise ValueError(
                    "`ema_overwrite_frequency` must be an integer >= 1 or None. Received: "
                    f"ema_overwrite_frequency={frequency}"
                )
        exclusive = (clipnorm, global_clipnorm, *(() if legacy_keras() else (clipvalue,)))
        if sum(argument is not None for argument in exclusive) > 1:
            raise ValueError(
                "Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. Received: "
                f"clipnorm={clipnorm}, clipvalue={clipvalue}, global_clipnorm={global_clipnorm}"
            )
