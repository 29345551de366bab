"""The two exceptions a step raises on purpose; bad input is a ``Reason``, not an exception.

WencangError
├── TransientError   the same call may succeed later: the batch is tried again
└── ContractError    a promise between steps is broken: the run stops
"""


class WencangError(Exception):
    """Root of the exceptions raised on purpose; the message says what, where and what to do."""


class TransientError(WencangError):
    """A passing fault (time-out, lock, 503): try the batch again."""


class ContractError(WencangError):
    """A step got or made something its contract excludes: stop and say so."""
