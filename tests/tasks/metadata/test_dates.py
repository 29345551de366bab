"""Printed dates: every form is read as printed, and what only looks like one is not."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tasks.article import read_article
from tasks.china_time import CHINA
from tasks.metadata.dates import UNSET, find_dates, read_date
from tasks.metadata.folding import fold


def first(text):
    return next(find_dates(fold(text)), None)


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("2018-08-22 07:47", "2018-08-22T07:47:00+08:00", "minute"),
        ("2018/8/2 7:47:05", "2018-08-02T07:47:05+08:00", "second"),
        ("2018.08.22", "2018-08-22T00:00:00+08:00", "day"),
        ("２０１８年０８月２２日　０７：４７", "2018-08-22T07:47:00+08:00", "minute"),
        ("2018年8月22日7时47分", "2018-08-22T07:47:00+08:00", "minute"),
        ("2018年8月22日 下午3点05分", "2018-08-22T15:05:00+08:00", "minute"),
        ("2018年8月22日 星期三 上午12:05", "2018-08-22T00:05:00+08:00", "minute"),
        ("2018年08月22日（周三）07:47", "2018-08-22T07:47:00+08:00", "minute"),
        ("2018 年 8 月 22 日", "2018-08-22T00:00:00+08:00", "day"),
        ("22 8 月, 2018", "2018-08-22T00:00:00+08:00", "day"),
        ("週三, 22 八月 2018 07:47", "2018-08-22T07:47:00+08:00", "minute"),
        ("2023 11/ 17 20:52:15", "2023-11-17T20:52:15+08:00", "second"),
        ("2018年8月", "2018-08-01T00:00:00+08:00", "month"),
        ("20180822", "2018-08-22T00:00:00+08:00", "day"),
        ("2018.08.2207:47河东晚报", "2018-08-22T07:47:00+08:00", "minute"),
        ("8/22/2018 7:47:05 PM", "2018-08-22T19:47:05+08:00", "second"),
        ("20180822074712", "2018-08-22T07:47:12+08:00", "second"),
        ("河东晚报2018/08/22 07:47", "2018-08-22T07:47:00+08:00", "minute"),
        ("07:47 2018/08/22", "2018-08-22T07:47:00+08:00", "minute"),
        ("發稿時間:110年5月13日 13:40", "2021-05-13T13:40:00+08:00", "minute"),
        ("民國107年8月22日", "2018-08-22T00:00:00+08:00", "day"),
        ("中華民國一〇七年八月二十二日", "2018-08-22T00:00:00+08:00", "day"),
        ("中　華　民　國　１０７　年　８　月　２２　日", "2018-08-22T00:00:00+08:00", "day"),
        ("中華民國一百零七年八月二十二日", "2018-08-22T00:00:00+08:00", "day"),
        ("民國一百年八月二十二日", "2011-08-22T00:00:00+08:00", "day"),
        ("2018年٨月2日", "2018-08-02T00:00:00+08:00", "day"),
        ("民國元年十月十日", "1912-10-10T00:00:00+08:00", "day"),
        ("107-08-22", "2018-08-22T00:00:00+08:00", "day"),
        ("8月 22, 2018", "2018-08-22T00:00:00+08:00", "day"),
        ("八月 22nd, 2018 7:47 上午", "2018-08-22T07:47:00+08:00", "minute"),
        ("时间: 十二月 2, 2018", "2018-12-02T00:00:00+08:00", "day"),
        ("发布时间：18-08-22 07:47", "2018-08-22T07:47:00+08:00", "minute"),
        ("18-08-22 07:47　来源：河东晨报", "2018-08-22T07:47:00+08:00", "minute"),
        ("18-08-22 07:47:12 稿源：河东晨报", "2018-08-22T07:47:12+08:00", "second"),
        ("发布时间：18-08-2207:47河东发布官方账号", "2018-08-22T07:47:00+08:00", "minute"),
        ("历史领域创作者18-08-2207:47", "2018-08-22T07:47:00+08:00", "minute"),
        ("18-08-2018:30", "2018-08-20T18:30:00+08:00", "minute"),
        ("6 min readAug 22, 2018", "2018-08-22T00:00:00+08:00", "day"),
        ("2018082207:47", "2018-08-22T07:47:00+08:00", "minute"),
        ("二〇一八年八月二十二日", "2018-08-22T00:00:00+08:00", "day"),
        ("二○一八年十二月三十一日", "2018-12-31T00:00:00+08:00", "day"),
        ("2018-08-22T07:47:12+00:00", "2018-08-22T07:47:12+00:00", "second"),
        ("2018-08-22T07:47:12.125Z", "2018-08-22T07:47:12+00:00", "second"),
        ("2018-08-22T07:47:12-0500", "2018-08-22T07:47:12-05:00", "second"),
        ("2018年8月22日, 格林尼治标准时间07:47", "2018-08-22T07:47:00+00:00", "minute"),
        ("Wednesday, August 22nd, 2018 7:47 pm", "2018-08-22T19:47:00+08:00", "minute"),
        ("Aug 22 Wed 2018 00:28", "2018-08-22T00:28:00+08:00", "minute"),
        ("Jun.12.2016 11:02", "2016-06-12T11:02:00+08:00", "minute"),
        ("2018 Aug 22", "2018-08-22T00:00:00+08:00", "day"),
        ("2018-08-22 Wed 07:47", "2018-08-22T07:47:00+08:00", "minute"),
        ("2018·08·22", "2018-08-22T00:00:00+08:00", "day"),
        ("二零一八年八月二十二日", "2018-08-22T00:00:00+08:00", "day"),
        ("22 August 2018", "2018-08-22T00:00:00+08:00", "day"),
        ("22/08/2018 - 12:11", "2018-08-22T12:11:00+08:00", "minute"),
        ("22.08.2018", "2018-08-22T00:00:00+08:00", "day"),
    ],
)
def test_form_is_read(text, moment, precision):
    """A printed date gives its moment, with its own zone or China's, and its precision."""
    date = first(text)
    assert date is not None
    assert date.moment() == datetime.fromisoformat(moment)
    assert date.moment().utcoffset() == datetime.fromisoformat(moment).utcoffset()
    assert date.precision == precision


@pytest.mark.parametrize(
    ("text", "printed"),
    [("11-08 07:35", "11-08"), ("8月22日", "08-22"), ("03/07 12:00", "03-07")],
)
def test_no_year_is_invented(text, printed):
    """Without a printed year there is a day and a month, and no moment."""
    date = first(text)
    assert date is not None
    assert date.moment() is None
    assert date.printed() == printed


@pytest.mark.parametrize(
    "text",
    [
        "0512-67489816",
        "电话：010-2018082",
        "申请号 CN20211012905.1",
        "来自 社会 1970-01-01 08:00 的文章",
        "400-6533-789",
        "浏览次数：2019 次",
        "渡口 22 8月 2018年的水位",
        "共 22 条 8 月 2018",
        "2018-2020年行动计划",
        "1999-2005",
        "1-10月",
        "第16-18页",
        "比分 3-2",
        "邮编：120000",
        "2018年13月40日",
        "2018-02-30",
        "2018/19赛季",
        "国内统一刊号 CN54-0002",
        "ISBN 978-7-2018-0822-1",
        "v2.18.08",
        "192.168.10.12",
        "24小时",
        "GB/T 2018-08",
        "1080-1920",
        "价格 20180元",
        "下午三点",
        "3小时前",
        "昨天 07:47",
        "刚刚",
        "本周三",
        "上世纪八十年代",
        "二十四节气",
        "一百零八将",
        "三月里的小雨",
        "May the fourth",
        "march on",
        "1/2",
        "A4-12-3B",
        "QQ：2018082277",
        "2018082277001",
        "京ICP备12018082号-1",
        "版本 2018.8",
        "12:30",
        "100-200元",
        "五月花号",
        "十一黄金周",
        "2018",
        "2018年",
        "2018年度",
        "9.11",
        "1·28",
        "3·15晚会",
        "7x24",
        "百分之二〇",
        "零八年",
        "00-00",
        "99-99",
        "31-31",
        "13-40 号",
        "no. 12-345",
        "Y-1234-56",
        "二〇一八",
        "民国时期",
        "民国风",
        "民国元三年八月二日",
        "二〇一八年元三月五日",
        "农历八月十五",
        "http://www.hedong.example/2018/08/22/1.html",
        "?d=2018-08-22",
        "2018 May be late",
        "18-08-22 07:47",
        "电话：18-08-22",
        "型号：18-08-2207",
        "时间：98-08-22",
        "比分：12-08-22",
        "8月 22 2018",
        "13月 2, 2018",
        "第8月 32, 2018",
        "八月 22",
        "2018082207:4",
        "8月 22人, 2018",
        "时间：18-13-22",
        "18-08-220:47",
        "18-08-22 07:47 河东晨报",
        "38-08-22 07:47 来源：河东晨报",
        "38-08-2207:47",
        "18-08-4207:47",
    ],
)
def test_look_alike_is_no_date(text):
    """Telephone numbers, counters, spans, versions, scores and holidays are no dates."""
    assert first(text) is None


DAYS = st.dates(min_value=datetime(1950, 1, 1).date(), max_value=datetime(2099, 12, 31).date()).filter(  # noqa: DTZ001
    lambda day: (day.year, day.month, day.day) != UNSET
)
FORMS = ["{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}年{1}月{2}日", "{0}.{1:02}.{2:02}", "{0}年{1:02}月{2:02}日"]
LEADS = ["", "发布时间：", "来源：河东网 ", "（", "河东晚报"]


@given(DAYS, st.sampled_from(FORMS), st.sampled_from(LEADS), st.integers(0, 23), st.integers(0, 59))
def test_day_and_time_come_back(day, form, lead, hour, minute):
    """A day and a time printed in any form are read back, whatever is printed before them."""
    text = f"{lead}{form.format(day.year, day.month, day.day)} {hour:02}:{minute:02}"
    date = first(text)
    assert date is not None
    assert date.moment() == datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)
    assert date.start == len(lead)
    assert date.end == len(text)


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2099, 12, 31)), st.integers(-11, 14))  # noqa: DTZ001
def test_iso_round_trip(moment, hours):
    """An ISO time with a zone is read back to the second; day 0 of Unix time stands for none."""
    assume((moment.year, moment.month, moment.day) != UNSET)
    moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    date = read_date(fold(moment.isoformat()))
    assert date is not None
    assert date.moment() == moment


NUMERALS = "〇一二三四五六七八九"


def han(number):
    if number < 10:
        return NUMERALS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


@given(DAYS)
def test_han_numerals_come_back(day):
    """A day in Chinese numerals, and in years of the Republic, is read back."""
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
    date = first(f"{year}年{han(day.month)}月{han(day.day)}日")
    assert date is not None
    assert date.moment() == datetime(day.year, day.month, day.day, tzinfo=CHINA)
    republic = first(f"民國{day.year - 1911}年{day.month}月{day.day}日")
    assert republic is not None
    assert republic.moment() == date.moment()


@given(st.text(max_size=60))
def test_any_text_is_read_without_error(text):
    """No text breaks the reader, and every date it gives lies inside the text."""
    folded = fold(text)
    for date in find_dates(folded):
        assert 0 <= date.start < date.end <= len(folded)


@given(st.text(max_size=80))
def test_fold_keeps_length(text):
    """Folding changes characters one for one, so spans stay where they are."""
    assert len(fold(text)) == len(text)


def test_utc_is_kept():
    """A printed zone is kept, not turned into China's."""
    date = first("2012-12-10T09:24:01+00:00")
    assert date is not None
    assert date.moment().tzinfo == UTC or date.moment().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("printed", "minutes"),
    [("2019-03-05T07:14:00Z", 0), ("2019-03-05T07:14:00+08:00", 480), ("2019-03-05T07:14:00+05:30", 330),
     ("2019-03-05T07:14:00-0330", -210), ("2019-03-05 07:14", 480)],
)  # fmt: skip
def test_a_printed_zone_is_kept(printed: str, minutes: int) -> None:
    """With its minutes; without one a time is China's."""
    page = f"<h1>小镇昨夜下了今年第一场雪</h1><p>{printed}</p><p>天亮以后,清扫街道的人先到了,他们把路口的雪堆到树下。</p>"
    published = read_article(page.encode()).published_at

    assert published is not None
    assert published.utcoffset() == timedelta(minutes=minutes)
    assert (published.hour, published.minute) == (7, 14)
