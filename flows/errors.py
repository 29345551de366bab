"""The two errors of the command line; every other one comes from tasks or warehouse."""


class UsageError(Exception):
    """The command line asks for something that cannot be meant; exit code 2."""


class CommandError(Exception):
    """A command could not do what it was asked; the message says what, where and what to do."""
