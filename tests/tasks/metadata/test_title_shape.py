"""Shapes: which lines look like titles, and which are date, source or byline."""

import pytest

from tasks.metadata.folding import fold
from tasks.metadata.title_shape import is_metadata, shape_of

TITLE = "河东渡口恢复夜间班船 居民出行多一条路"
PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


@pytest.mark.parametrize(
    "text",
    [
        "2019-11-08 07:35",
        "来源：河东网 2019-11-08",
        "记者 孙玉玲",
        "责任编辑：石磊",
        "文/孙玉玲",
        "河东晚报2019/11/08 07:35",
        "发布时间：2019-11-08 浏览次数：35",
        "孙玉玲/河东晚报",
        "文/孙玉玲 | 2019-11-08发表",
        "更新：2012-06-04 字数：2331",
        "河东日报 2014年05月16日 星期五 第A03版：民生",
        "原创孙玉玲河东夜读2019-11-08",
        "河東新聞hedong | 孫玉玲 綜合報導",
        "河东新闻|孙玉玲 江城报道",
    ],
)
def test_metadata_lines_are_known(text):
    """Date, source and byline lines are metadata."""
    assert is_metadata(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        TITLE,
        "河东镇2019年客运量增长两成",
        "2018-2020年河东镇客运规划出台",
        "1-10月河东镇客运量稳步回升",
        "记者走基层：渡口的夜班船",
        "首页",
        "11月8日起恢复夜间班船",
        "作者与读者见面会",
        "编辑部的故事",
        "来源不明的包裹",
        PROSE,
        "图解：渡口三十年",
        "评论员文章：让渡口亮起来",
        "2019年11月8日，河东镇的渡口改成了一天四班船。",
        "第12届河东读书节",
        "文旅融合的新路",
        "2019-11-08发表会上的渡口故事说了三遍",
        "原创歌剧《渡口》2019年11月8日上演",
        "渡口更新计划2019年11月8日起实施",
    ],
)
def test_titles_and_sentences_are_no_metadata(text):
    """Titles with numbers, days or words like 记者, and sentences, are not metadata."""
    assert not is_metadata(fold(text))


def test_shape_prefers_titles():
    """A title scores above menus, sentences, captions and addresses."""
    others = [
        "首页 要闻 本地 专题 图片",
        "登录",
        "更多>>",
        "入冬以后，渡口改成四班船。",
        "渡船靠岸 资料图",
        "www.hedong.example",
    ]
    assert all(shape_of(TITLE) > shape_of(text) for text in others)


@pytest.mark.parametrize(
    "text",
    [
        "收听本文 00:00/03:21",
        "河东县人民检察院 谢若晴",
        "河东打开APP",
        "上一张下一张查看原图",
        "图片来源：河东视觉",
        "河东县人民政府门户网站",
        "河东县公共资源交易中心欢迎您访问！",
        "河东镇渡口小学欢迎您！",
        "《渡口》第四期",
        "《渡口》2012年第3期",
        "渡口文学 2012年第3期 散文",
        "2012年第3期（总第45期）",
        "今天是2012年5月6日 星期日 欢迎您访问渡口小学网站",
        "对象：河东渡口的三位老船工",
        "河东日报 2019年06月18日 星期二",
        "大河东 2018年4月22日 1.2k点阅",
        "河东网首页新闻财经评论",
        "河东日报特约评论员 谢若晴",
        "江南晚报数字报",
        "第A03版：渡口新闻",
        "A07版:民生",
        "河东县公安局",
        "来自 / 河东早报",
        "河鱼600克，青菜300克，大蒜2瓣",
        "主笔 / 孙玉玲",
        "阅读 2331 评论 12",
        "分享到微信朋友圈",
        "原创：阿水 河东青年报 6月4日",
        "文/孙玉玲（退休船工）",
        "罗宾·霍尔姆 河东中文记者",
        "编译 | 孙玉玲",
        "江上钓客 人气:20",
        "河东市委党校课题组",
        "Role, 河东台记者",
    ],
)
def test_words_of_a_frame_are_no_title(text):
    """Players, buttons, offices with a name, days of issue and menus score under any headline."""
    assert shape_of(fold(text)) < 0


@pytest.mark.parametrize(
    "text",
    [
        "河东队与江南队战至深夜 比分定格在2:12",
        "夜间班船时刻：18:00至21:30每小时一班",
        "河东县人民检察院 公开听证一起渡口案件",
        "河东县人民检察院为渡口立规矩",
        "市交通局 十件实事全部办结",
        "一打开手机就能买到河东渡口的船票",
        "上一代人的渡口 下一代人的桥",
        "从一张原图看三十年前的渡口",
        "谁在图片里寻找渡口的来源",
        "河东县政府门户网站全新改版上线",
        "河东渡口欢迎您回家过年",
        "6月18日星期二起渡口停航三天",
        "渡口直播吸引三万人气",
        "百度首页改版引发网友争议",
        "河东网首页改版上线 市民点赞",
        "特约评论员眼中的渡口三十年",
        "江南晚报数字报平台今日上线",
        "一封写给评论员的读者来信",
        "第三期目录公布 渡口入选",
        "《渡口》第四期里的三个故事",
        "渡口安全检查简报2012年第3期",
        "双色球2012年第35期 开奖结果",
        "今天是你的生日，渡口",
        "《渡口》2012年第3期刊出三封旧信",
        "《渡口》杂志出到第100期",
        "对象难找的渡口青年",
        "对象是谁：一张船票引出的误会",
        "新渡口欢迎您来坐船",
        "渡口欢迎你的方式很特别",
        "功能完备的新渡口今天启用",
        "工分换船票 老渡口有了新办法",
        "综合整治让渡口换新颜",
        "两千人走过的老渡口",
        "渡口水位只需一部手机就能查看",
        "渡口旁边开了家邮局",
        "老渡口布下一盘新棋局",
        "两代船工的不同结局",
        "渡口搬进一间大客厅",
        "新版渡口地图今起发放",
        "3版船票同时在渡口使用",
        "阅读节的最后一个摊位",
        "阅读是渡口孩子们的夜课",
        "分享经济开进河东渡口",
        "更新换代的渡船今起下水",
        "原创话剧《渡口》今晚首演",
        "原创歌曲唱响河东渡口",
        "发表会上的渡口故事",
        "主笔谈渡口三十年的变化",
        "编译局旧址变身江边书店",
        "渡口人气旺 摊主说多亏夜班船",
        "课题组揭开渡口淤积之谜",
        "口述渡口三十年水路变迁",
        "整理渡口老照片的退休教师",
        "采访渡口最后一位船工的夜晚",
        "摄影师镜头里的河东渡口",
        "来自渡口的一封家书",
        "发布会说清停航三问",
        "渡口卖出3斤河鱼 老船工只收一元",
        "600克黄金沉在渡口三十年",
        "3杯茶2根烟聊出一条新航线",
        "2片瓦3根梁的老渡口",
        "我们邀请五位船工谈渡口三十年",
        "我们邀请老师傅修船的那一天",
    ],
)
def test_headlines_with_words_of_a_frame_stay(text):
    """The same words within a headline take nothing from it."""
    assert shape_of(fold(text)) > 0


@pytest.mark.parametrize(
    "text",
    [
        "传华星 Nova 70 最快 10 月亮相",
        "手机圈又热闹了！Nova 12 跳票，蓝芯缺货，Pico 5 提前亮相",
        "编辑精选：我们最喜欢的渡口一日游",
        "编辑推荐/渡口边的七家小店",
        "微博变味了！一个老用户的告别信",
        "电话骗案|“儿子”索要保释金 警方拘捕收钱男",
        "电话那头的渡口：一个接线员的三十年",
    ],
)
def test_headlines_with_models_and_lead_words(text):
    """A model and its number are no words of a menu; 编辑精选 and 手机 may open a headline."""
    assert shape_of(fold(text)) >= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "May 13, 2019 · 4 min read",
        "浏览 8213 次 匿名用户 回答 12 条",
        "我们邀请执业律师解答上述提问，您可以进行追问",
        "12 主题 0 好友 842 积分",
        "首页 要闻 本地 3C 视频 论坛",
        "编辑推荐：",
        "编辑：石磊",
        "手机看新闻！扫码",
        "微信扫一扫，分享到朋友圈",
        "今日 首页 -往期报纸",
        "电话：0735-2288110 传真：0735-2288111",
        "电话咨询 在线留言 投诉建议",
        "本文来源: 河东网",
        "文章来源：河东晚报",
    ],
)
def test_counters_menus_and_sources_stay_what_they_are(text):
    """Figures between blanks make no headline of counters, English days and menus; a source is a source."""
    assert shape_of(fold(text)) < 0.6 or is_metadata(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "渡口夜话|十二位船工的一次没有终点的追踪报道",
        "深度 | 三个渡口的冬天与一份报道",
        "河东观察 | 夜班船为什么总是晚点？",
        "渡口边的老人学会了用同名的微博",
    ],
)
def test_headlines_with_a_bar_or_a_report_are_titles(text):
    """A bar, and the words 报道 and 同名, are in headlines, too."""
    assert shape_of(fold(text)) >= 0.6
    assert not is_metadata(fold(text))


def test_where_else_somebody_writes_is_no_title():
    """What writers print below their name tells where else they are found."""
    assert shape_of(fold("古渡修缮 | 微信公众号同名")) < 0
