"""The date of publication among all the dates of a page."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata.published import find_published
from tasks.metadata.zones import find_zones

BODY = [
    "入冬以后，河东镇的渡口改成了一天四班船，坐船的多是放学的孩子和赶集的菜农。",
    "2016年的大雾让渡船停了整整三天，从那以后渡口配上了雷达和对讲机。",
]


def date_of(head, tail=(), above=(), meta=None, url=None, is_html=False, json_ld=None):
    texts = [*above, "河东渡口恢复夜间班船", *head, *BODY, *tail]
    labels = ["navigation"] * len(above) + ["title"] + ["metadata"] * len(head) + ["body"] * 2
    labels += ["boilerplate"] * len(tail)
    page = Page([PageLine(i, t) for i, t in enumerate(texts, 1)], is_html, meta=meta, json_ld=json_ld)
    found = find_published(find_zones(texts, labels, len(above)), page, url)
    return None if found is None else found.date.printed()


@pytest.mark.parametrize(
    ("head", "options", "day"),
    [
        (["2019-11-08 07:35"], {}, "2019-11-08"),
        (["更新时间：2020-03-01", "发布时间：2019-11-08"], {}, "2019-11-08"),
        (["发布时间：2019-11-08 最后更新：2020-03-01"], {}, "2019-11-08"),
        (["更新时间：2020-03-01"], {}, "2020-03-01"),
        (["浏览：167 发布日期：2019-11-08 11:42:00"], {}, "2019-11-08"),
        (["有效期至：2020-12-31 发布日期：2019-11-08"], {}, "2019-11-08"),
        (["成文日期：2019-11-01", "发布日期：2019-11-08"], {}, "2019-11-08"),
        (["2019", "11/08", "19:02"], {}, "2019-11-08"),
        (["发文日期：", "2019年11月01日", "发布日期：", "2019年11月08日"], {}, "2019-11-08"),
        (["发文日期：2019-11-01", "发布日期：2019-11-08"], {}, "2019-11-08"),
        (["发文日期：", "2019年11月08日"], {}, "2019-11-08"),
        (["截止日期：", "2019年12月08日", "2019年11月08日"], {}, "2019-11-08"),
        (["2019-11-08 河滩散人", "本帖最后由 河滩散人 于 2020-3-1 21:14 编辑"], {}, "2019-11-08"),
        (["本帖最后由 河滩散人 于 2020-3-1 21:14 编辑"], {}, "2020-03-01"),
        ([], {"above": ["2019年11月08日 星期五"]}, "2019-11-08"),
        ([], {"above": ["今天是2020年1月1日", "Saturday, September 10th, 2005 10:56 am"]}, "2005-09-10"),
        ([], {"tail": ["发布日期：2019-11-08 责任编辑：石磊"]}, "2019-11-08"),
        ([], {"tail": ["2019年11月8日"]}, "2019-11-08"),
        ([], {"tail": ["《 河东日报 》（ 2019年11月08日 02 版）"]}, "2019-11-08"),
        ([], {"tail": ["《河东日报》2019年11月8日第A12版"]}, "2019-11-08"),
        (["2019-11-09 07:35"], {"tail": ["《河东日报》（2019年11月08日02版）"]}, "2019-11-09"),
        (["11-08 07:35"], {"url": "http://a.example/2019/11/08/1.html"}, "2019-11-08"),
        (["11-08 07:35"], {"url": "http://a.example/20191108/1.html"}, "2019-11-08"),
        (["11-08 07:35"], {"meta": {"article:published_time": "2019-11-08T07:35:00+08:00"}}, "2019-11-08"),
        (["11-08 07:35"], {"url": "http://a.example/2018/03/08/1.html"}, "11-08"),
        (["11-08 07:35"], {"url": "file:///saved/2018/11/08/1.html"}, "11-08"),
        (["2019-11-07", "2019-11-08"], {"meta": {"pubdate": "2019-11-08 07:35"}}, "2019-11-08"),
        (
            [],
            {"tail": ["相关", "a", "b", "c", "2019-11-08"], "meta": {"pubdate": "2019-11-08"}},
            "2019-11-08",
        ),
    ],
)
def test_day_of_publication(head, options, day):
    """The printed day of publication; markup and address choose among printed days and give the year."""
    assert date_of(head, **options) == day


@pytest.mark.parametrize(
    ("head", "options"),
    [
        ([], {}),
        (["3小时前"], {"meta": {"article:published_time": "2019-11-08T07:35:00+08:00"}}),
        (["昨天 07:35"], {"json_ld": [{"datePublished": "2019-11-08T07:35:00+08:00"}]}),
        ([], {"url": "http://a.example/2019/11/08/1.html"}),
        (["阅读 2019"], {}),
        (["报名截止：2019-11-08"], {}),
        (["有效期至2019-11-08"], {}),
        (["2019年11月8日以前的版本"], {}),
        ([], {"above": ["今天是2020年1月1日 星期三"]}),
        ([], {"above": ["现在时间：2020-01-01 10:11"]}),
        ([], {"above": ["2020 年 1 月 1 日 10 时 11 分 01 秒"]}),
        ([], {"tail": ["Copyright 2019-11-08 版权所有"]}),
        ([], {"tail": ["© 2012-2019 河东网"]}),
        ([], {"tail": ["京ICP备20191108号"]}),
        ([], {"tail": ["渡口停航通告 2019-11-02"]}),
        ([], {"tail": ["原载《河东日报》2019年11月8日02版"]}),
        ([], {"tail": ["参考资料：《河东日报》2019年11月8日02版"]}),
        ([], {"tail": ["《河东志》（2019年11月8日修订版）"]}),
        ([], {"tail": ["《渡口》（2019年11月8日首映）"]}),
        ([], {"tail": ["[1]张三.渡口[N].《河东日报》,2019年11月8日,第2版"]}),
        ([], {"tail": ["《渡口停航通告》2019年11月2日"]}),
        ([], {"tail": ["网友评论", "渡客 2019-12-01 10:11:12"]}),
        ([], {"tail": ["渡客 2019-12-01 10:11:12 回复"]}),
        ([], {"tail": ["相关新闻", "2019-12-01"]}),
        ([], {"tail": ["上一篇：渡口停航通告 2019-11-02 06:10"]}),
        ([], {"tail": ["电话：010-20191108"]}),
        ([], {"tail": ["渡口停航通告", "2019-11-02", "大雾黄色预警", "2019-11-01"]}),
        ([], {"tail": ["2019-11-02", "渡口停航通告", "2019-11-01", "大雾黄色预警"]}),
        (["2012-05-01注册会员"], {"above": ["注册：2011-05-01"]}),
        ([], {"tail": ["2019年11月2日 15点00分", "2019年11月1日 10点00分"]}),
        (["报名截止时间：", "2019年12月08日"], {}),
        (["会议时间：", "2019年12月08日"], {}),
        (["浏览次数：", "20191208"], {}),
    ],
)
def test_nothing_is_invented(head, options):
    """Counters, deadlines, clocks of the day, footers, comments and other articles give no date."""
    assert date_of(head, **options) is None


def test_days_inside_sentences_do_not_count():
    """A day told in the text is not the day of publication."""
    assert date_of([]) is None
