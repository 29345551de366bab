"""Outlets: the medium as printed, and everything that ends like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.metadata.folding import fold
from tasks.metadata.outlets import dateline_agency, is_outlet, labelled_outlet, outlet_beside_date


def label(text):
    found = labelled_outlet(text)
    return None if found is None else found[0]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("来源：河东晚报", "河东晚报"),
        ("來源: 河東時報", "河東時報"),
        ("来源：河东晚报 2019-11-08 07:35", "河东晚报"),
        ("2019-11-08 07:35来源：河东网", "河东网"),
        ("2019年11月08日 07:35 | 来源：河东网-民生频道 小字号", "河东网-民生频道"),
        ("来源：河东晚报 作者：孙玉 编辑：石磊", "河东晚报"),
        ("来源：河东晚报作者：孙玉", "河东晚报"),
        ("来源：河东晚报 | 作者：孙玉", "河东晚报"),
        ("来源：河东晚报 字号：大 中 小", "河东晚报"),
        ("来源：河东晚报 浏览次数：35", "河东晚报"),
        ("发布时间：2019-11-08 信息来源：县交通局 浏览：3", "县交通局"),
        ("張貼日期：2022-10-12 張貼單位：地方史研究室 點閱：412", "地方史研究室"),
        ("稿源：江海网 编辑：石磊", "江海网"),
        ("文章来源：江海网", "江海网"),
        ("信息来源：县水利局 文号：", "县水利局"),
        ("来源：标题周刊", "标题周刊"),
        ("来源：主题公园网 关键词：渡口", "主题公园网"),
        ("来源：名称网", "名称网"),
        ("稿件来源：江海网", "江海网"),
        ("（来源：江海网）", "江海网"),
        ("【来源：江海网】", "江海网"),
        ("来源于：东区办事处", "东区办事处"),
        ("来源 | 江海眼（ID：jianghai）", "江海眼"),
        ("来源｜江海眼", "江海眼"),
        ("来源:《河东日报》", "河东日报"),
        ("转自：江海网", "江海网"),
        ("转载自江海日报", "江海日报"),
        ("摘自《河东读本》2010年第5期", "河东读本"),
        ("（作者：孙玉玲　选自《江海》2010.5）", "江海"),
        ("（原载《河东晚报》2004年5月16日）", "河东晚报"),
        ("以下文章来源于河东切片 ，作者孙玉玲", "河东切片"),
        ("本文来源：江海科技报道 责任编辑：石磊_JH25", "江海科技报道"),
        ("来源：公众号“江海眼”", "江海眼"),
        ("Source: Hedong Daily", "Hedong Daily"),
        ("来源：本站原创 作者：宣传部", "本站原创"),
        ("来源：新华社/河东日报", "新华社/河东日报"),
        ("来源 河东日报", "河东日报"),
        ("来源：11月8日《河东日报》", "河东日报"),
        ("河东观察 | 来源", "河东观察"),
        ("本文由《河東週刊》授權提供", "河東週刊"),
        ("本文获河东周刊授权转载，有删节", "河东周刊"),
    ],
)
def test_label_names_the_outlet(text, outlet):
    """What stands behind 来源 and its sisters, up to the next label, date or mark."""
    assert label(text) == outlet


@pytest.mark.parametrize(
    "text",
    [
        "来源：",
        "来源：hd20191108",
        "信息来源： 关键词：",
        "信息来源：关键词：渡口 船",
        "来源：11月8日",
        "渡口 | 船 | 来源",
        "本文由作者授权",
        "本文獲作者授權刊登，未經同意請勿轉載。",
        "本文获原作者授权转载",
        "本文由三位船工口述，未经同意请勿转载",
        "本文获奖以后，作者授权三家刊物发表",
        "来源: | 发布时间: 2018-05-17",
        "来源：未知",
        "来源：不详",
        "图片来源：江海社",
        "圖片來源：江海社",
        "数据来源：河东镇统计站",
        "素材来源：网络",
        "视频来源：江海眼",
        "线索来源：读者",
        "收入来源多样",
        "资金来源有保障",
        "来源可靠的消息",
        "感染来源尚未查明",
        "来源 尚未查明",
        "水的来源和去向",
        "免责声明：凡注明“来源：乐居河东”的",
        "凡本网注明「來源：河東網」的作品",
        "凡注明“非本网来源：某某”的",
        "来自河东的孩子",
        "来自各地的客人",
        "转自治区",
        "转自行车道",
        "出处不明",
        "出处",
        "稿源广泛",
        "摘自传记",
        "开源软件",
        "能源：风与水",
        "资源：河东网",
        "起源：渡口",
        "根源：大雾",
        "渡口恢复夜间班船",
        "2019-11-08 07:35",
        "河东晚报 2019-11-08",
        "作者：孙玉",
        "编辑：石磊",
        "记者 孙玉",
        "（记者 孙玉）",
        "责任编辑：石磊",
        "open source software",
        "Resource: guide",
        "首发于河东",
        "原载",
        "转自",
        "供稿",
        "发布者：石磊",
        "来源：0",
        "本报讯",
        "来",
        "源：河东",
        "货源：充足",
        "客源：对岸",
        "消息",
        "来源地证明",
        "来源国",
        "本文摘自《渡口的一百年》一书",
        "节选自《渡口》",
        "他在《河东晚报》2004年5月16日的副刊上读到",
        "小说发表于《渡口》之前",
        "文章来源于网友的记忆",
        "转自《红楼梦》第三回的一句话",
    ],
)
def test_other_text_names_no_outlet(text):
    """Empty labels, other kinds of source, disclaimers and ordinary sentences name none."""
    assert label(text) is None


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("河东晚报 2019-11-08 07:35 大字", "河东晚报"),
        ("2019-11-08 07:35 河东社/ 江城8日电", "河东社"),
        ("2019-11-08 07:35 河東社／ 江城8日電", "河東社"),
        ("河东晚报2019/11/08 07:35", "河东晚报"),
        ("新頭殼newtalk 2019.11.08 孫玉玲/台北報導", "新頭殼newtalk"),
        ("2019年11月08日 07:35 参考消息", "参考消息"),
        ("http://ent.hedong.example 2009年11月09日11:30 江海音乐 我要评论(0)", "江海音乐"),
        ("2018-07-31 08:19聯合早報 記者孫玉玲／即時報導", "聯合早報"),
        ("2019-11-08 07:35 分享", None),
        ("2019-11-08 07:35 阅读 120", None),
        ("2019-11-08 07:35 社会新闻", None),
        ("2019-11-08 07:35 公司新闻", None),
        ("同人连载 2022-02-14 03:01--阅读 · --喜欢 · --评论", None),
        ("孙玉 2019-11-08 07:35", None),
        ("您的位置：首页 >精选资讯 > 渡口新闻 > 2019-11-08 07:35 来源：", None),
        ("发布时间：2019-11-08 07:35 字号：大 中 小", None),
        ("2019-11-08 07:35 编辑：河东晚报", None),
        ("河东晚报", None),
        ("2019-11-08 (河東日報報道)", "河東日報"),
        ("2019-11-08 (渡口報道)", None),
        ("孙玉 河东报导发布 2019-11-08", None),
        ("河东发布 2019-11-08", "河东发布"),
        ("2019-11-08 本刊编辑部", None),
    ],
)
def test_outlet_beside_a_date(text, outlet):
    """A medium on the date line counts without a label; columns and buttons do not."""
    assert outlet_beside_date(text) == outlet


@pytest.mark.parametrize(
    "name",
    [
        "收藏快报",
        "河东晚报",
        "河东青年报",
        "江海网",
        "中国经济网",
        "参考消息",
        "江海眼客户端",
        "河东电视台",
        "TVBS",
        "河东 评论",
        "江海文汇报",
        "Hedong Daily News",
    ],
)
def test_media_are_known_by_their_ending(name):
    """The name of a medium ends like one, or is known."""
    assert is_outlet(fold(name))


@pytest.mark.parametrize(
    "name",
    [
        "社会新闻",
        "公司新闻",
        "国内要闻",
        "最新消息",
        "孙玉",
        "字号",
        "分享",
        "热点",
        "行业资讯",
        "下载 相关 举报",
        "民生 教育 评论",
        "本刊编辑部",
        "• 河东专栏",
        "發短消息",
        "加入最爱专栏",
        "返回新闻频道",
        "工作通报",
        "渡口公司年报",
        "无评论",
        "暂无评论",
        "3条评论",
        "物联网",
        "简报",
        "快报",
        "通知",
        "首页",
        "体育频道",
        "即時新聞",
        "河东旅行社",
        "京港台",
        "河东琴行中心",
        "财经",
        "孙玉专栏",
        "孙玉明博客",
    ],
)
def test_columns_are_no_media(name):
    """Columns and sections end like media and are none."""
    assert not is_outlet(fold(name))


@given(st.text(max_size=60))
def test_any_line_is_read_without_error(text):
    """No line breaks the readers; what is found was printed."""
    found = labelled_outlet(text)
    assert found is None or found[0] in text
    beside = outlet_beside_date(text)
    assert beside is None or beside in text
    assert dateline_agency(text) is None or dateline_agency(text) in text


@pytest.mark.parametrize(
    ("line", "account"),
    [
        ("原创2021-09-27 19:08·小城书话", "小城书话"),
        ("原创 2021-09-27 19:08 · 河边的老郑", "河边的老郑"),
        ("2021-09-27 19:08·生活", None),
        ("原创2021-09-27 19:08·阅读 312", None),
        ("原创2021-09-27 19:08 · 阅读 8 分钟", None),
        ("原创2021-09-27 19:08", None),
    ],
)
def test_the_account_behind_the_hour(line, account):
    """On a platform, 原创, day, hour and a dot stand before the account; without 原创 a column may stand there."""
    assert outlet_beside_date(line) == account


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("河东网消息（记者孙玉明）入冬以后，渡口改班。", "河东网"),
        ("河东网柳镇4月26日消息 入冬以后，渡口改班。", "河东网"),
        ("河东在线消息：入冬以后，渡口改班。", "河东在线"),
        ("【河东网综合报道】入冬以后，渡口改班。", "河东网"),
        ("【河东网军事4月26日报道】入冬以后，渡口改班。", "河东网"),
        ("【河东网报道 记者 孙玉明】入冬以后，渡口改班。", "河东网"),
        ("【今日综合报道】入冬以后，渡口改班。", None),
        ("【渡口报道】入冬以后，渡口改班。", None),
        ("【一张网里的渡口报道】入冬以后，渡口改班。", None),
        ("本网消息（记者孙玉明）入冬以后，渡口改班。", None),
        ("据通报消息，入冬以后，渡口改班。", None),
        ("据本台消息，入冬以后，渡口改班。", None),
        ("河东网消息很多，渡口改班的只有一条。", None),
        ("他在网上看到消息，渡口改班。", None),
    ],
)
def test_a_dateline_may_say_that_it_is_news(text, agency):
    """消息 behind a medium, and before a mark or a bracket, is a dateline as 讯 is."""
    assert dateline_agency(text) == agency
