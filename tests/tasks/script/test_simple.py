"""Tests of tasks/script/simple.py."""

from tasks.script.simple import simple_characters


def test_traditional_characters_have_their_simplified_one():
    """Each by itself; what is simplified, or the same in both, is not in the table."""
    table = simple_characters()
    assert "國際體育記者".translate(table) == "国际体育记者"
    assert not set(map(ord, "国际人山水")) & table.keys()


def test_characters_stay_in_the_plane_that_is_printed():
    """A name character whose simplified form nobody can print stays as it is; common ones change."""
    table = simple_characters()
    assert not set(map(ord, "暐勣")) & table.keys()
    assert max(table.values()) < 0x10000
    assert table[ord("瑋")] == ord("玮")
