"""Traditional text that a converter made character by character."""

import pytest

from tasks.clean.mirror.machine_made import machine_made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("關于這個問題,由于時間不夠,后來才說明;至于里面有什么,最后也沒有人問。", True, id="kept"),
        pytest.param(
            "關於這個問題,由於時間不夠,後來才說明;至於裡面有什麼,最後也沒有人問。", False, id="written"
        ),
        pytest.param(
            "关于这个问题,由于时间不够,后来才说明;至于里面有什么,最后也没有人问。", False, id="simplified"
        ),
        pytest.param(
            "皇后站在窗前看雲,公里之外的隊伍後來才到,至於為什麼,於今沒有人說得清。", False, id="real-forms"
        ),
        pytest.param("關于這個。", False, id="too-little"),
    ],
)
def test_kept_simplified_forms_tell_machine_made_text(text, expected):
    """Five characters or more, seven of ten of them kept."""
    assert machine_made(text) is expected
