"""Accounts of platforms beside the day; words of share boxes and sorts alone name none."""

import pytest

from tasks.metadata.accounts import account_beside_date
from tasks.metadata.zones import find_zones

PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


@pytest.mark.parametrize(
    ("head", "account"),
    [
        (["2019-11-08 07:35", "河东眼", "企鹅号"], "河东眼"),
        (["2019-11-08 07:35", "河东渡口官方账号"], "河东渡口"),
        (["河東渡口", "官方帳號", "2019-11-08 07:35"], "河東渡口"),
        (["河东书话", "微信号hedongshuhua", "功能介绍", "每晚一段旧事。", "2019-11-08"], "河东书话"),
        (["河东書話", "微信號：hedong_shu", "2019-11-08"], "河东書話"),
        (["微信号hedongshuhua", "2019-11-08"], None),
        (["河东书话", "微信号改版了", "2019-11-08"], None),
        (["分享到", "微信号hedongshuhua", "2019-11-08"], None),
        (["河东书话", "微信号hedongshuhua", "一", "二", "三", "四", "2019-11-08"], None),
        (["2019-11-08 07:35", "企鹅号"], None),
        (["2019-11-08 07:35", "微信公众号", "头条号"], None),
        (["2019-11-08 07:35", "分享到", "百家号"], None),
        (["2019-11-08 07:35", "优质官方账号"], None),
        (["2019-11-08 07:35", "新闻", "网易号"], None),
        (["2019-11-08 07:35", "渡口停航，班船改道", "搜狐号"], None),
        (["2019-11-08 07:35", "渡口街12号"], None),
        (["河东眼", "企鹅号"], None),
        (["2019-11-08 07:35", "一", "二", "三", "四", "河东眼", "企鹅号"], None),
    ],
)
def test_the_account_of_a_platform(head, account):
    """The name above the sort of account, or against it, close to the day."""
    texts = ["河东渡口恢复夜间班船", *head, PROSE]
    zones = find_zones(texts, ["title", *["metadata"] * len(head), "body"], 0)
    date_at = next((i for i, text in enumerate(texts) if text.startswith("2019")), -1)
    found = account_beside_date(zones, date_at)
    assert (None if found is None else found[0]) == account
