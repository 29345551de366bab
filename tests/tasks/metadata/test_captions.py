"""Captions: who took the picture, when the line says so."""

import pytest

from tasks.metadata.captions import read_caption


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("渡船靠岸。本报记者 沈洁 摄", ["沈洁"]),
        ("渡船靠岸。 江海社记者沈洁、袁莉摄", ["沈洁", "袁莉"]),
        ("▲渡船靠岸。（圖／記者沈潔儀攝）", ["沈潔儀"]),
        ("渡船靠岸 沈洁/摄", ["沈洁"]),
        ("渡船靠岸。", []),
        ("渡船靠岸。资料图", []),
        ("渡船靠岸，网友供图", []),
        ("这是一场关于摄影的展览，许多人到场观摩拍摄", []),
        ("气温升到三十摄", []),
        ("渡船靠岸（受访者供图）", []),
        ("渡船靠岸 翻攝畫面", []),
        ("河东镇组织居民参观摄影", []),
    ],
)
def test_caption_gives_its_photographer(text, names):
    """The name before 摄 at the end of a caption is the photographer; other endings give none."""
    assert read_caption(text) == names
