"""``keras.callbacks.RemoteMonitor``."""

from __future__ import annotations

import json
import warnings
from typing import Any

import numpy as np

from kerax.keras.callbacks.callback import Callback


class RemoteMonitor(Callback):
    """Posts the logs of every epoch to a server, as JSON. Needs the package ``requests``.

    Args:
      root: str, the server's address.
      path: str, path to post to.
      field: str, name of the form field, unless ``send_as_json``.
      headers: dict of HTTP headers, or None.
      send_as_json: bool, whether the request's content type is application/json.
    """

    def __init__(
        self,
        root: str = "http://localhost:9000",
        path: str = "/publish/epoch/end/",
        field: str = "data",
        headers: dict[str, str] | None = None,
        send_as_json: bool = False,
    ) -> None:
        super().__init__()
        self.root = root
        self.path = path
        self.field = field
        self.headers = headers
        self.send_as_json = send_as_json

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        try:
            import requests
        except ImportError:
            raise ImportError("RemoteMonitor requires the `requests` library.") from None
        send: dict[str, Any] = {"epoch": epoch}
        for name, value in (logs or {}).items():
            send[name] = value.item() if isinstance(value, (np.ndarray, np.generic)) else value
        try:
            if self.send_as_json:
                requests.post(self.root + self.path, json=send, headers=self.headers)
            else:
                requests.post(self.root + self.path, {self.field: json.dumps(send)}, headers=self.headers)
        except requests.exceptions.RequestException:
            warnings.warn(f"Could not reach RemoteMonitor root server at {self.root}", stacklevel=2)
