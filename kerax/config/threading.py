"""``tf.config.threading``: XLA sizes its thread pools at start-up; the numbers are kept."""

_threads = {"inter": 0, "intra": 0}


def get_inter_op_parallelism_threads() -> int:
    """What was set; 0 means the system's choice."""
    return _threads["inter"]


def get_intra_op_parallelism_threads() -> int:
    """What was set; 0 means the system's choice."""
    return _threads["intra"]


def set_inter_op_parallelism_threads(num_threads: int) -> None:
    """Accepted, without effect on values."""
    _threads["inter"] = num_threads


def set_intra_op_parallelism_threads(num_threads: int) -> None:
    """Accepted, without effect on values."""
    _threads["intra"] = num_threads
