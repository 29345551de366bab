"""What a person sees while a run works: one line on a terminal, few lines elsewhere, never in the way."""

import io

import pytest

from flows.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO) -> list[str]:
    """Lines as they stand on a screen: what comes after a carriage return overwrites."""
    lines = []
    for line in stream.getvalue().split("\n"):
        screen = ""
        for part in line.split("\r"):
            screen = part + screen[len(part) :]
        lines.append(screen.rstrip())
    return lines


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


def test_what_is_printed_after_it_has_a_line_of_its_own(terminal: Terminal) -> None:
    """The summary of a run does not stand behind the last state on one line."""
    progress = Progress(stream=terminal)
    progress.show("wencang: 3 documents", force=True)
    progress.clear()
    terminal.write("3 documents: 3 new")

    assert shown(terminal) == ["3 documents: 3 new"]


def test_a_shorter_state_leaves_nothing_of_a_longer_one(terminal: Terminal) -> None:
    """Each state overwrites the one before; a line that stays takes its place."""
    progress = Progress(stream=terminal)
    progress.show("wencang: a long state", force=True)
    progress.show("wencang: short", force=True)
    assert shown(terminal) == ["wencang: short"]
    progress.say("wencang: a batch failed")
    assert shown(terminal) == ["wencang: a batch failed", ""]


def test_a_state_wider_than_the_terminal_is_cut(terminal: Terminal) -> None:
    """A line that wraps could not be overwritten: each state would stay, one below the other."""
    Progress(stream=terminal).show("x" * 200, force=True)

    assert len(shown(terminal)[0]) == 79


def test_elsewhere_lines_are_few() -> None:
    """A log gets no state sooner than ten seconds after the last, and nothing to overwrite; quiet is quiet."""
    log, silent = io.StringIO(), io.StringIO()
    progress = Progress(stream=log)
    progress.show("one", force=True)
    progress.show("two")
    progress.clear()
    Progress(stream=silent, quiet=True).say("three")

    assert log.getvalue() == "one\n"
    assert silent.getvalue() == ""
