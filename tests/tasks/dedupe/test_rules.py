"""What two texts share -> whether one is a copy of the other; figures as they were measured on such pairs."""

import numpy as np
import pytest

from tasks.dedupe.compare import Likeness
from tasks.dedupe.rules import is_copy

ALIKE = {
    "shared": 90.0,
    "jaccard": 0.95,
    "contained": 0.98,
    "rare_jaccard": 0.95,
    "rare_contained": 0.98,
    "rarity": 1.0,
    "ratio": 0.98,
    "spread_a": 1.0,
    "spread_b": 1.0,
    "hole": 0.0,
    "dense": 1.0,
    "title": 1.0,
    "numbers": 1.0,
    "number_count": 4.0,
    "telling": 1.0,
    "telling_count": 1.0,
}

NO_NUMBER = {"numbers": 0.0, "number_count": 5.0, "telling": 0.0, "telling_count": 2.0}
SHARE_60 = {"jaccard": 0.4, "rare_jaccard": 0.4, "contained": 0.62, "rare_contained": 0.62}
SHARE_75 = {"jaccard": 0.58, "rare_jaccard": 0.58, "contained": 0.75, "rare_contained": 0.75}
PART = {"ratio": 0.8, "spread_a": 0.7, "spread_b": 0.55}
FORM = {"shared": 46.0, "spread_a": 0.9, "spread_b": 0.9, "ratio": 1.0}
REVISED = {**FORM, "shared": 58.0, "dense": 0.8}
FAR = {"jaccard": 0.14, "rare_jaccard": 0.14, "contained": 0.27, "rare_contained": 0.27, "dense": 0.3}
SCAN = {**FAR, "shared": 14.0, "ratio": 0.9, "spread_a": 0.56, "spread_b": 0.6, "hole": 3.0, "title": 0.7}
HALF = {"jaccard": 0.34, "rare_jaccard": 0.34, "contained": 0.51, "rare_contained": 0.51, "shared": 54.0}
HALF |= {"ratio": 1.0, "spread_a": 0.56, "spread_b": 0.56, "title": 0.6, "numbers": 0.0, "number_count": 1.0}
NAMES = {"jaccard": 0.7, "rare_jaccard": 0.7, "contained": 0.9, "rare_contained": 0.9, "title": 0.5}
NONE = {"numbers": 0.0, "number_count": 0.0, "telling": 0.0, "telling_count": 0.0}
SLOGAN = {"hole": 5.0, "dense": 0.3, "title": 0.0, "spread_a": 0.4, "spread_b": 0.4}


def likeness(*facts: dict[str, float]) -> Likeness:
    known = dict(ALIKE)
    for each in facts:
        known |= each
    return Likeness(**{name: np.array([value]) for name, value in known.items()})


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param((), id="whole"),
        pytest.param((NO_NUMBER, {"title": -1.0}), id="all but the numbers"),
        pytest.param((SHARE_60, PART, NO_NUMBER), id="half of it in a frame with numbers"),
        pytest.param((SHARE_75, REVISED, NO_NUMBER), id="other facts, 240 characters"),
        pytest.param((SCAN,), id="a bad scan of a short text, all numbers the same"),
        pytest.param(
            (SCAN, {"number_count": 0.0, "numbers": 0.0}), id="a bad scan of a text without numbers"
        ),
        pytest.param((HALF, {"title": 1.0}), id="half of it under its title"),
        pytest.param((HALF, {"dense": 0.72}), id="half of it, all over, under a scanned title"),
        pytest.param(
            (NAMES, NONE, {"contained": 0.99}), id="not a word of it is another, under half its title"
        ),
        pytest.param((NAMES, NONE, {"title": 0.8}), id="other words, under one title"),
        pytest.param((NAMES, NONE, {"title": 0.0}), id="other words, under a title of its own"),
        pytest.param((NAMES, NONE, {"title": -1.0}), id="other words, without a title"),
        pytest.param((NAMES, {"shared": 50.0}), id="other words, the same numbers, under half its title"),
        pytest.param((NAMES, NONE, {"contained": 0.75}), id="many other words, long, under half its title"),
    ],
)
def test_these_are_copies(facts):
    """The same text, or its better part, whatever was put around it or into it."""
    assert is_copy(likeness(*facts), np.zeros(1, bool))[0]


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param((SHARE_75, FORM, NO_NUMBER, {"dense": 0.82}), id="two notices of one form and name"),
        pytest.param((SHARE_75, FORM, NO_NUMBER, {"title": 0.82}), id="two notices of one form, two towns"),
        pytest.param((SHARE_75, REVISED, NO_NUMBER, {"rarity": 0.5}), id="a form that is known as one"),
        pytest.param((NAMES, NONE, {"shared": 50.0}), id="two obituaries of one form"),
        pytest.param((NAMES, NO_NUMBER, {"title": 0.85}), id="two tenders on one form, no number the same"),
        pytest.param((NAMES, NONE), id="two long notices of one form, other names"),
        pytest.param((HALF,), id="two judgments on one form, other parties and other facts"),
        pytest.param((SHARE_60, PART, NO_NUMBER, {"dense": 0.6}), id="shared here and there"),
        pytest.param((SHARE_60, PART, NO_NUMBER, {"title": 0.3}), id="a long quotation"),
        pytest.param((SHARE_60, PART, NO_NUMBER, {"shared": 20.0}), id="a short quotation"),
        pytest.param((SHARE_60, SLOGAN, NO_NUMBER), id="slogans all over"),
        pytest.param((SHARE_75, SLOGAN, {"rarity": 0.2}), id="a site's frame"),
        pytest.param((SCAN, {"numbers": 0.5}), id="like a scan, other numbers"),
        pytest.param((SCAN, {"title": 0.4}), id="like a scan, another title"),
        pytest.param((SCAN, {"rarity": 0.8}), id="like a scan, of common words"),
        pytest.param((SCAN, {"ratio": 0.7}), id="like a scan, another length"),
    ],
)
def test_these_are_no_copies(facts):
    """Forms, quotations, slogans and frames make no copies."""
    assert not is_copy(likeness(*facts), np.zeros(1, bool))[0]


@pytest.mark.parametrize("facts", [(SHARE_60, PART, NO_NUMBER), (SHARE_75, REVISED, NO_NUMBER)])
def test_a_title_that_many_use_tells_nothing(facts):
    """What only the title decided is open again when it is a column's name."""
    assert not is_copy(likeness(*facts), np.ones(1, bool))[0]
