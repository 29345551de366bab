"""articles: made-up Chinese news pages as text dumps, for measuring.

Deterministic by seed. Every sentence is put together from the word lists below, so the text has
rare and common character sequences in about the proportion of real news; a page has what
real dumps have around the text: navigation, date line, byline, teasers, footer, and now and then
traditional characters, pinyin notes, a hard-wrapped body or a spam line.

    python tests/bench/articles.py --count 1000 --out DIR             a folder of pages
    python tests/bench/articles.py --count 1000 --out x.jsonl         rows with id, url, title, text
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

PLACES = (
    "临江 东岭 青石 北湾 南屏 桐山 白鹭 云栖 长汀 海曙 石桥 柳河 梅溪 金沙 双塔 清水 望湖 龙泉 "
    "安宁 广德 西津 沙洲 松原 河口 茶园 铜鼓 丹霞 花溪 乌兰 嘉禾"
).split()
UNITS = "市 县 区 镇 街道 新区 开发区".split()
BODIES = (
    "农业农村局 水务局 教育局 交通运输局 图书馆 中心医院 第二中学 气象台 文化馆 生态环境局 消防救援大队 "
    "供电公司 自来水厂 公交集团 档案馆 博物馆 疾控中心 人民法院 税务局 园林处"
).split()
SURNAMES = "何唐沈潘石姚江孔汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛韦"
GIVEN = "清远书河谷雨川宁立春晓棠望舒行简知秋景明怀瑾守仁青禾向阳若谷念之长安星野鹿鸣岳峰海棠"
SUBJECTS = (
    "灌溉渠道 旧城改造 夜间公交 春季播种 校园食堂 河道清淤 村级卫生室 社区养老 防汛演练 古籍修复 "
    "苹果收购 光伏屋顶 快递驿站 冬季供暖 湿地保护 图书漂流 职业培训 垃圾分类 高温预警 马拉松赛 "
    "桥梁检测 茶叶加工 渔船休渔 电梯加装 儿童疫苗 山火监测 菜市场改造 乡村公路 花灯巡游 数字档案"
).split()
VERBS = (
    "完成 启动 推进 公布 检查 调整 开放 延长 试行 验收 评估 改建 恢复 扩大 登记 抽查 培训 配送 更换 清理"
).split()
OBJECTS = (
    "工程 方案 线路 名单 标准 设备 场地 项目 流程 数据 材料 管网 站点 资料 设施 样本 合同 账目 器材 清单"
).split()
TIMES = (
    "今年以来 上周 本月初 近日 去年底 截至目前 入冬以后 连续三天 国庆期间 每天清晨 第二季度 汛期之前".split()
)
LINKS = "同时 此外 不过 据介绍 随后 另一方面 在此基础上 值得一提的是 与往年相比 按照计划".split()
REASONS = (
    "为了方便居民 考虑到天气变化 由于原有设施老化 针对群众反映的问题 为缩短等候时间 在专家建议下 "
    "因为报名人数超出预期 为避免重复施工"
).split()
QUALITIES = "明显 稳定 有限 复杂 顺利 充足 紧张 细致 可靠 平稳 迅速 均衡 突出 零散".split()
OUTCOMES = (
    "运行情况良好 居民反映等候时间缩短了一半 剩余部分将在下月完成 费用由两级财政分担 "
    "相关记录可在服务窗口查询 首批用户已经收到通知 具体时间另行公告 专家组给出了合格的结论 "
    "部分路段仍需绕行 志愿者轮流值守到深夜 价格比去年略有下降 孩子们第一次走进了实验室"
).split()
QUOTES = (
    "以前要跑三趟的事 现在一趟就办好了 | 我们先把最难的一段修通 | 数据每小时更新一次 | "
    "账算清楚了 大家心里就踏实 | 设备不贵 难的是有人天天管 | 老人最关心的还是看病方便不方便 | "
    "下雨天水不再倒灌 这条街终于安静了 | 图纸改了七遍 最后一遍是居民画的"
).split(" | ")
SITES = (
    ("临江新闻网", "news.linjiang.example"),
    ("东岭在线", "www.dongling.example"),
    ("青石日报", "epaper.qingshi.example"),
    ("北湾发布", "bw.gov.example"),
    ("海曙晚报", "hs.wanbao.example"),
)
HEADINGS = (
    "先修路再谈产业 把账本晒出来 窗口前移一公里 从看得见的地方改起 慢一点也要稳一点 数字背后的人".split()
)


def _sentence(rng: random.Random) -> str:
    place = rng.choice(PLACES) + rng.choice(UNITS)
    who = f"{place}{rng.choice(BODIES)}"
    what = f"{rng.choice(VERBS)}了{rng.choice(SUBJECTS)}的{rng.choice(OBJECTS)}"
    number = rng.randint(2, 9800)
    forms = (
        f"{rng.choice(TIMES)}，{who}{what}，共涉及{number}户居民，进展{rng.choice(QUALITIES)}。",
        f"{rng.choice(REASONS)}，{who}{what}，{rng.choice(OUTCOMES)}。",
        f"{rng.choice(LINKS)}，{rng.choice(SUBJECTS)}的投入达到{number}万元，比原计划{rng.choice('多少')}了"
        f"{rng.randint(1, 60)}%，{rng.choice(OUTCOMES)}。",
        f"“{rng.choice(QUOTES)}。”{rng.choice(PLACES)}村村民{name(rng)}说。",
        f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日上午，记者在{place}看到，{rng.choice(SUBJECTS)}现场"
        f"{rng.choice(OUTCOMES)}，{name(rng)}正在核对第{rng.randint(1, 400)}号{rng.choice(OBJECTS)}。",
        f"{who}负责人{name(rng)}表示，{rng.choice(SUBJECTS)}与{rng.choice(SUBJECTS)}将分{rng.randint(2, 6)}批"
        f"{rng.choice(VERBS)}，每批{rng.randint(3, 90)}天，质量要求{rng.choice(QUALITIES)}。",
    )
    return rng.choice(forms)


def name(rng: random.Random) -> str:
    """Return a person's name of two or three characters."""
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.randint(1, 2)))


def article(rng: random.Random) -> dict[str, object]:
    """Return one article: title, paragraphs, reporter, date, site, host."""
    site, host = rng.choice(SITES)
    paragraphs: list[str] = []
    for _ in range(rng.randint(4, 14)):
        if paragraphs and rng.random() < 0.12:
            paragraphs.append(rng.choice(HEADINGS))
        paragraphs.append("".join(_sentence(rng) for _ in range(rng.randint(1, 4))))
    place = rng.choice(PLACES)
    return {
        "title": f"{place}{rng.choice(UNITS)}{rng.choice(VERBS)}{rng.choice(SUBJECTS)}{rng.choice(OBJECTS)} "
        f"{rng.choice(OUTCOMES)}",
        "paragraphs": paragraphs,
        "reporter": name(rng),
        "date": f"{rng.randint(2005, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "time": f"{rng.randint(6, 22):02}:{rng.randint(0, 59):02}",
        "site": site,
        "host": host,
    }


def page(found: dict[str, object], rng: random.Random) -> str:
    """Return the article as the text dump of a whole page, with what stands around it."""
    site = found["site"]
    sections = rng.sample(("新闻", "时政", "民生", "教育", "文化", "财经", "体育", "专题"), 5)
    paragraphs = [str(each) for each in found["paragraphs"]]  # type: ignore[attr-defined]
    teasers = [f"{rng.choice(PLACES)}{rng.choice(SUBJECTS)}{rng.choice(VERBS)}在即" for _ in range(5)]
    lines = [
        " ".join(sections),
        f"首页 > {sections[0]} > 正文",
        "",
        str(found["title"]),
        "",
        f"来源：{site} {found['date']} {found['time']}  字号：大 中 小",
        "",
        *(line for each in paragraphs for line in (f"　　{each}", "")),
        f"（记者 {found['reporter']}）",
        "",
        f"责任编辑：{name(rng)}",
        "分享到：微信 微博 QQ空间",
        "",
        "相关新闻",
        *teasers,
        "",
        "关于我们 | 版权声明 | 联系我们 | 网站地图",
        f"Copyright © {rng.randint(2006, 2025)} {site} 版权所有",
    ]
    return "\n".join(lines)


def pages(count: int, seed: int = 1) -> Iterator[tuple[dict[str, object], str]]:
    """Yield ``count`` articles with their pages; the same seed gives the same pages."""
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        found = article(rng)
        yield found, page(found, rng)


def main() -> None:
    """Write pages to a folder or to one JSONL file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    if chosen.out.suffix == ".jsonl":
        with chosen.out.open("w", encoding="utf-8") as file:
            for number, (found, text) in enumerate(pages(chosen.count, chosen.seed)):
                row = {
                    "id": f"{chosen.seed}-{number}",
                    "url": f"https://{found['host']}/{number}.html",
                    "text": text,
                }
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    chosen.out.mkdir(parents=True, exist_ok=True)
    for number, (_, text) in enumerate(pages(chosen.count, chosen.seed)):
        (chosen.out / f"{number:07d}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
