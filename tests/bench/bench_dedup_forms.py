"""Measure which pages of one form are taken for copies of each other, and whether their reprints are found.

    python tests/bench/bench_dedup_forms.py [--pages 40] [--batches 3]

Seven forms (award, obituary, forecast, vacancy, judgment, flat, appointment), filled in with other names and, where
the form has them, numbers: as they are, and with 700 characters of set text between their paragraphs. A line tells of
each form how many pairs of its pages were merged, and of reprints (a frame around them, cut to four fifths, in the
script and words of Taiwan) how many met their original. Everything is made up; the same on every run.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import opencc
from written_articles import Writer

sys.path.insert(0, str(Path(__file__).parents[2]))

from tasks.dedupe import ArticleText, assign, fingerprint
from warehouse.dedup import DedupIndex

SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗", "安柏彬波晨达芳峰国海涵和红辉慧嘉江洁立敏"
TOWNS = "青石 云桥 临江 松坪 河湾 望岭 南渡 石塘 平沙 柳泉 长坪 东屏 梅溪 古城 新塘 安丰".split()
FIRMS = "宏达 远景 嘉禾 鼎盛 恒泰 博雅 瑞丰 同创 万象 祥云".split()
JOBS = "会计 出纳 施工员 仓库保管员 文秘 电工 司机 厨师 质检员 收银员".split()
WORKS = "道路照明 污水管网 校园围墙 桥梁加固 河道清淤 食堂承包 消防改造 广场绿化".split()
SKY = "晴 多云 阴 小雨 阵雨 中雨".split()
AGES = "七十九 八十一 八十五 九十 九十二".split()

FORMS = {
    "award": (
        "{town}县{work}项目中标结果公告",
        "项目编号：{code}。项目名称：{town}县{work}项目。\n中标供应商：{town2}{firm}有限公司，中标金额{money}万元。评审专家：{one}、{two}。\n"
        "公告期限为一个工作日。各有关当事人对中标结果有异议的，可以在公告期限届满之日起七个工作日内，以书面形式向采购人提出"
        "质疑，逾期不再受理。采购人：{town}县教育局，联系人：{three}。",
    ),
    "obituary": (
        "{one}同志逝世",
        "{town}县供销社离休干部{one}同志，因病医治无效，不幸逝世，终年{age}岁。\n{one}同志早年参加工作，先后当过文书、干事、股长和"
        "副主任，离休以后仍旧关心家乡的建设和下一代的成长。他一生勤勤恳恳，任劳任怨，待人和气，对子女要求严格。\n"
        "遵照{one}同志生前的愿望，丧事一切从简，不举行告别仪式，谢绝花圈。",
    ),
    "forecast": (
        "{town}今日天气预报",
        "今天白天{sky}转{sky2}，最高气温{high}度；夜间{sky3}，最低气温{low}度。\n近期早晚温差较大，市民出门要适时增减衣物，谨防"
        "感冒；驾车出行请注意交通安全，遇到雾天请减速慢行并保持车距；老人和儿童尽量减少户外活动的时间。明天{sky2}，后天{sky3}。",
    ),
    "vacancy": (
        "{town}{firm}有限公司招聘{job}",
        "{town}{firm}有限公司因为生意扩大，现在向社会招聘{job}若干名。\n要求身体健康，品行端正，吃苦耐劳，会和同事商量，有同样工作"
        "经历的优先，能适应加班和出差，服从公司安排。录用以后签订合同，按月发工资，逢年过节有补贴，包吃住，每年安排体检。\n"
        "请将简历和身份证复印件送到公司办公室{one}处，合则约见，资料恕不退还。工作地点：{town2}。",
    ),
    "judgment": (
        "{one}与{two}借款纠纷一审民事判决书",
        "原告：{one}，住{town}县{town2}镇。被告：{two}，住{town}县。\n原告{one}与被告{two}借款纠纷一案，本院立案受理后，依法适用简易"
        "程序，公开开庭进行了审理。原告到庭参加诉讼，被告经传票传唤无正当理由没有到庭。本院认为，当事人对自己提出的主张有责任"
        "提供证据。\n判决如下：被告{two}于本判决生效之日起十日内偿还原告{one}{money}万元。不服本判决的，可以在判决书送达之日起"
        "十五日内提出上诉。审判员 {three}",
    ),
    "flat": (
        "{town}花园{rooms}室出售",
        "小区名称：{town}花园。户型：{rooms}室，建筑面积{area}平方米。总价：{price}万元。\n本房采光充足，格局方正，通风良好，没有遮挡，"
        "业主诚心出售，价格可谈，看房方便，税费少。小区绿化好，环境安静，有人值班巡逻。\n周边学校、医院、超市、公园一应俱全，"
        "多条公交线路直达。欢迎来电咨询，联系人{one}。",
    ),
    "appointment": (
        "关于拟任{one}等人职务的公示",
        "按照有关规定，经过会议讨论，现将拟任人选予以公示。\n{one}，{town2}人，现任{town}县水利局副局长，拟任正科级领导职务。\n公示期间，"
        "单位和个人可以通过来信、来电、来访等方式反映公示对象存在的问题。反映情况应当实事求是，署上真实姓名，以便联系和核实。"
        "受理部门对反映人和反映的内容严格保密，对借机造谣的依照规定处理。",
    ),
}  # fmt: skip


def facts_of(draw: random.Random) -> dict[str, object]:
    """Return what one page of any form says anew."""
    people = [draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN) for _ in range(3)]
    return {
        **dict(zip(("one", "two", "three"), people, strict=True)),
        **dict(zip(("town", "town2"), draw.sample(TOWNS, 2), strict=True)),
        **dict(zip(("sky", "sky2", "sky3"), draw.choices(SKY, k=3), strict=True)),
        "firm": draw.choice(FIRMS),
        "job": draw.choice(JOBS),
        "work": draw.choice(WORKS),
        "age": draw.choice(AGES),
        "code": f"{draw.randint(2015, 2024)}-{draw.randint(100, 999)}",
        "money": f"{draw.randint(20, 900)}.{draw.randint(10, 99)}",
        "high": draw.randint(15, 35),
        "low": draw.randint(-5, 14),
        "rooms": draw.randint(1, 4),
        "area": draw.randint(60, 180),
        "price": draw.randint(40, 400),
    }


def pages_of(form: str, count: int, between: str) -> list[tuple[str, str]]:
    """Return (title, text) of pages of one form, with a text between their paragraphs."""
    title, text = FORMS[form]
    first, *rest = text.split("\n")
    draw = random.Random(form)
    filled = (facts_of(draw) for _ in range(count))
    template = "\n".join([first, *([between] if between else []), *rest])
    return [(title.format(**facts), template.format(**facts)) for facts in filled]


def cluster(documents: list[tuple[str, str]], batches: int) -> list[str]:
    """Return the cluster of each document, loaded in batches into an empty index."""
    ids = [f"{number:032x}" for number in range(len(documents))]
    articles = [ArticleText(name, text, title) for name, (title, text) in zip(ids, documents, strict=True)]
    size = -(-len(articles) // batches)
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = DedupIndex(Path(folder))
        for start in range(0, len(articles), size):
            batch = fingerprint(articles[start : start + size])
            rows = assign(batch, index).memberships
            index.apply(batch, rows, start + 1)
            found.update(zip(rows["article_id"].to_pylist(), rows["cluster_id"].to_pylist(), strict=True))
    return [found[name] for name in ids]


def main() -> None:
    """Print one line for each form, short and long, and one for each kind of reprint."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=40, help="pages of each form (40)")
    parser.add_argument("--batches", type=int, default=3, help="batches they are loaded in (3)")
    options = parser.parse_args()
    taiwan = opencc.OpenCC("s2twp").convert
    changes: dict[str, Callable[[str], str]] = {
        "in a frame": lambda text: f"首页 新闻 公告 服务 互动\n{text}\n上一篇 下一篇 返回顶部 版权所有",
        "four fifths": lambda text: text[: len(text) * 4 // 5],
        "Taiwan": taiwan,
    }
    print("form          pairs  merged: short  long   reprints found: " + ", ".join(changes))
    for form in FORMS:
        between = "".join(each["text"] for each in Writer(form).articles(3)).replace("\n", "")[:700]
        pairs = options.pages * (options.pages - 1) // 2
        merged = []
        for text in ("", "".join(char for char in between if not char.isdigit())):
            pages = pages_of(form, options.pages, text)
            clusters = cluster(pages, options.batches)
            merged.append(sum(count * (count - 1) // 2 for count in Counter(clusters).values()))
        found = []
        for change in changes.values():
            pages = pages_of(form, options.pages, "")
            reprints = [(taiwan(t) if change is taiwan else t, change(x)) for t, x in pages]
            clusters = cluster([*pages, *reprints], 2)
            found.append(sum(a == b for a, b in zip(clusters, clusters[len(pages) :], strict=False)))
        print(
            f"{form:12} {pairs:6} {merged[0]:14} {merged[1]:5}   "
            + ", ".join(f"{n}/{options.pages}" for n in found)
        )


if __name__ == "__main__":
    main()
