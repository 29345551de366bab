"""option_values: what options cannot be."""

import argparse

from flows.errors import UsageError


def refuse_below_one(arguments: argparse.Namespace, *names: str) -> None:
    """Raise ``UsageError`` for a number below 1; ``None`` stands for the default."""
    for name in names:
        value = getattr(arguments, name)
        if value is not None and value < 1:
            raise UsageError(
                f"--{name.replace('_', '-')} {value}: a number from 1 is wanted. Nothing was done."
            )
