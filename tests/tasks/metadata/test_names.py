"""Names: with a mark between them, without one, and what is no name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.metadata.names import COMPOUND_SURNAMES, has_surname, is_likely_name, split_run
from tasks.metadata.people import read_credits


@pytest.mark.parametrize(
    ("run", "names"),
    [
        ("孙玉乔振海", ["孙玉", "乔振海"]),
        ("孙玉乔海", ["孙玉", "乔海"]),
        ("孙玉玲乔振海", ["孙玉玲", "乔振海"]),
        ("孙玉乔海李山", ["孙玉", "乔海", "李山"]),
        ("欧阳雪司马长风", ["欧阳雪", "司马长风"]),
        ("欧阳雪飞", ["欧阳雪飞"]),
        ("孙玉", ["孙玉"]),
        ("孙玉玲", ["孙玉玲"]),
        ("格桑卓玛", ["格桑卓玛"]),
        ("对此文亦有贡献", ["对此文亦有贡献"]),
        ("了解到的情况", ["了解到的情况"]),
        ("综合新华社消息", ["综合新华社消息"]),
    ],
)
def test_run_is_divided_at_surnames(run, names):
    """Names printed without a mark are divided where surnames stand; anything else stays whole."""
    ends = split_run(run)
    assert [run[a:b] for a, b in zip([0, *ends], ends, strict=False)] == names


SURNAME = st.sampled_from(["王", "李", "张", "刘", "陈", "赵", "周", "徐", "孙", "欧阳", "司马", "诸葛"])
GIVEN = st.sampled_from(["玉玲", "建国", "晓棠", "思远", "静怡", "子涵", "海波", "丽娜"])


@given(
    st.lists(st.tuples(SURNAME, GIVEN).map("".join), min_size=1, max_size=4),
    st.sampled_from(["、", " ", "，", "　"]),
)
def test_separated_names_come_back(names, mark):
    """Names with any mark between them are read back, in order, each once."""
    found = read_credits("记者：" + mark.join(names))
    assert found.authors == list(dict.fromkeys(names))
    assert found.is_whole


@given(SURNAME, GIVEN, SURNAME, GIVEN)
def test_two_glued_names_come_back(a, b, c, d):
    """Two usual names without a mark are divided into the two."""
    names = [a + b, c + d]
    ends = split_run("".join(names))
    assert ends[-1] == len("".join(names))
    if len(set(map(len, names))) == 1 and not any(n[:2] in COMPOUND_SURNAMES for n in names):
        assert ends == [len(names[0]), len("".join(names))]


def test_likely_names_need_a_surname():
    """A known surname and two or three characters; compound surnames three or four."""
    assert is_likely_name("孙玉玲")
    assert is_likely_name("欧阳雪飞")
    assert not is_likely_name("渡口")
    assert not is_likely_name("孙玉玲飞")
    assert not is_likely_name("欧阳")
    assert has_surname("司马长风")
