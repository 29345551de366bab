"""Promises of ``wencang show``: one article to read, in any script, with or without the marks of its page."""

from typing import Any


def test_an_article_is_shown_to_be_read(loaded: Any, rows: Any) -> None:
    """Title and text have full-width marks; ``--as-printed`` gives what ``articles`` holds."""
    (mirror,) = rows("select article_id, title, text from all_articles where uri like '%mirror%'")
    shown = loaded("show", mirror["article_id"])

    assert shown.code == 0
    assert shown.out.startswith(mirror["title"] + "\n2023-01-20\n\n")
    assert "。“機器壓的架子輕，可風一吹就散。”周師傅把一根竹篾彎成圓環" in shown.out
    printed = loaded("show", mirror["article_id"], "--as-printed", "--json").json
    assert printed["text"] == mirror["text"]
    assert "架子輕,可風" in printed["text"]


def test_an_article_is_shown_in_any_script(loaded: Any, rows: Any) -> None:
    """Title and text come in the characters asked for."""
    (mirror,) = rows("select article_id from all_articles where uri like '%mirror%'")
    for script, word in (("original", "燈籠"), ("hans", "灯笼"), ("tw", "燈籠"), ("hk", "燈籠")):
        shown = loaded("show", mirror["article_id"], "--script", script, "--json").json
        assert word in shown["title"]
        assert word in shown["text"]
        assert shown["published"] == "2023-01-20"


def test_an_unknown_id_is_wrong_usage(loaded: Any) -> None:
    """One sentence, exit code 2."""
    answer = loaded("show", "nothing")
    assert (answer.code, answer.out) == (2, "")
    assert "has the id nothing" in answer.err
