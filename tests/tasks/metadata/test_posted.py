"""Who posted, from the words beside the day: any name will do there, and nothing else does."""

import pytest

from tasks.metadata.folding import fold
from tasks.metadata.posted import on_date_line


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("原创 慢船渡河 最后发布于2019-11-02 10:33:12 阅读数 2031 收藏", "慢船渡河"),
        ("慢船渡河 于 2019-11-02 10:33:12 发布 2031 收藏 3", "慢船渡河"),
        ("慢船渡河 发表于 2019-11-02", "慢船渡河"),
        ("由 river77 发表于 2019-11-02 10:33", "river77"),
        ("2019年11月2日 由 慢船渡河 发布", "慢船渡河"),
        ("posted @ 2019-11-02 10:11 慢船渡河 阅读(1203) 评论(3) 编辑 收藏", "慢船渡河"),
        ("2019-11-02 12:03·慢船渡河", "慢船渡河"),
        ("2019-11-02 12:03 · 慢船渡河", "慢船渡河"),
        ("慢船渡河 @ 2019.11.02 , 09:08", "慢船渡河"),
        ("by 慢船渡河 | 2019-11-02 | 随笔", "慢船渡河"),
        ("By 慢船渡河 / Nov 2, 2019 / 随笔 / 0 Comments", "慢船渡河"),
        ("2019-11-02 · 3 min read · 慢船渡河", "慢船渡河"),
        ("2019年11月2日 · 3 分钟 · 521 字 · 慢船渡河", "慢船渡河"),
        ("2019-11-02 · 3 min read", None),
        ("2019-11-02 · 3 分钟 · 521 字", None),
        ("Published on 2019年11月2日 By Leo Carter", "Leo Carter"),
        ("2019年11月2日 by 慢船渡河", "慢船渡河"),
        ("Published on 2019年11月2日 By Admin", None),
        ("2019年11月2日 By The Hedong News", None),
        ("2019年11月2日 Leo Carter", None),
        ("Posted on 2019-11-02 by admin", None),
        ("Posted on 2019-11-02 by 河东日报", None),
        ("原创：阿水 河东青年报 6月4日", "阿水"),
        ("原创：河东青年报 6月4日", None),
        ("1# 发表于 2019-11-02 10:33", None),
        ("2楼 发表于 2019-11-02 10:33", None),
        ("By / Nov 2, 2019", None),
        ("2019-11-02 · 3 分钟 · 河东晚报", None),
        ("Posted by 慢船渡河 on 2019年11月02日 Comments (12)", "慢船渡河"),
        ("来自: 慢船渡河(不着急) 2019-11-02 22:51:30", "慢船渡河"),
        ("本条目发布于2019年11月2日。属于攻略分类。作者是慢船渡河。", "慢船渡河"),
        ("2019-11-02 08:14 乔振海 河东文艺 2019年6期", "乔振海"),
        ("2019-11-02 08:14 乔振海 《河东文艺》 2019年第6期", "乔振海"),
        ("2019-11-02 08:14 乔振海 看了 2019年6期", "乔振海"),
        ("2019-11-02 08:14 高清图 河东文艺 2019年6期", None),
        ("2019-11-02 08:14 乔振海 河东文艺", None),
        ("2019-11-02 08:14 乔振海 2019年6期", None),
        ("来自: 河东晚报 2019-11-02", None),
        ("来自: 手机 2019-11-02 的消息说渡口停航", None),
        ("本条目发布于2019年11月2日。属于攻略分类。作者是admin。", None),
        ("阿漆 · 2019-11-02 · 1.2万阅读", "阿漆"),
        ("社会 · 2019-11-02 · 1.2万阅读", None),
        ("河东观察 · 2019-11-02 · 1.2万阅读", None),
        ("posted @ 2019-11-02 10:11", None),
        ("河东晚报 @ 2019-11-02", None),
        ("by admin | 2019-11-02", None),
        ("最后发布于2019-11-02 10:33:12", None),
        ("本文 发表于 2019-11-02", None),
        ("文章 编辑于 2019-11-02", None),
        ("由 admin 发表于 2019-11-02", None),
        ("2019年11月2日 由 admin 发布", None),
        ("2019年11月2日 由 河东日报 发布", None),
        ("河东晚报 发布于 2019-11-02", None),
        ("2019-11-02 12:03·阅读 233", None),
        ("2019-11-02 12:03 · 3分钟", None),
        ("2019-11-02 12:03·河东晚报", None),
        ("posted @ 2019-11-02 10:11 阅读(1203) 评论(3)", None),
        ("2019-11-02 10:11 慢船渡河", None),
        ("慢船渡河 2019-11-02 10:11", None),
        ("渡口 恢复 2019-11-02 10:11", None),
        ("2019-11-02 由镇里发布通告后", None),
        ("更新于 2019-11-02", None),
    ],
)
def test_who_posted(line, name):
    """于, 由, ``posted @`` and a dot behind the day say who posted; counters, media and other words do not."""
    assert on_date_line(fold(line), line, set()) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("2023.02.14 03:00河东时报方纬伦", "方纬伦"),
        ("2023.02.14 03:00渡口方纬伦", None),
        ("2023.02.14 03:00河东时报", None),
    ],
)
def test_a_name_glued_to_its_outlet(line, name):
    """Behind day and outlet without a gap, the name that markup knows is the author; behind another word it is not."""
    assert on_date_line(fold(line), line, {"方纬伦"}) == name
