"""Write any number of varied Chinese articles: words by Zipf's law, stock phrases, names, numbers, dates.

    python tests/bench/written_articles.py --count 20000 --seed 1 > base.jsonl

The texts mean nothing. They have what duplicates depend on: frequent and rare 6-grams, stock phrases that
many articles share, quotes, paragraphs of several sentences, titles made of the article's own words.
"""

import argparse
import itertools
import json
import random
import sys
from collections.abc import Iterator

CHARS = (
    "安白百板办半包保报北备本比必边变标表别兵波步部材采参草层产常场车成城程持出初处川传船春词村大代单当党刀导道德灯地"
    "点电店定东动斗度段对队多儿发法反方房防放飞分风封峰服府复改干港高歌格各根更工公功共古谷骨故关观官光广规国果过海汉"
    "航合河核黑红后湖花华化画话环黄回会火货机基吉极级集计记技际济家价架间检见建江将交教角接街节结界金紧进京经精井景警静"
    "九久旧局举军开看康考科可课口库快矿来蓝老乐雷冷离李里理力历立利联良粮两亮林灵令流龙楼路旅绿轮论罗落马满毛贸美门米密"
    "面民名明命模木目牧南内能年农暖牌派盘培配批片票品平评坡普期齐旗企气器前钱强桥青轻清情庆秋球区渠全泉群然人任日容如入"
    "软三色森沙山商上少社设身深神生声省胜师施石时识食史使始市事式试室收手书数树双水顺思四松素速算台太谈探汤糖特体天田条铁"
    "厅庭停通同统头投图土团推外完万王网望位温文稳问午物西息习系细下先县现线乡相箱向项象小校效新信星兴行形型性修需序选学雪"
    "训压亚烟严研演样阳养药要业叶夜一医艺意阴音银引印英营影永优油友有右鱼与雨育域园原源远院约月云运在早造展战站张找照者真"
    "振整正政证支知直值职植指制质治致中终种众州周主住注专转装状准资字宗总走足组最左作座"
)
COMMON = """
的 了 在 是 和 对 将 从 把 也 都 为 与 等 及 就 还 又 表示 介绍 认为 指出 推进 加强 提高 促进 目前 进一步 重要 发展 开展 取得 问题 全面 积极
建设 解决 完善 实施 坚持 重点 工作 单位 活动 情况 能力 水平 努力 充分 通过 为了 以及 同时 近日 群众 孩子 老人 非常 许多 需要 使用 帮助 参加 增加
减少 首次 持续 有效 切实 记者 今年 去年 我们 他们 这个 一些 已经 可以 没有 因为 所以 如果 但是 其中 之后 之间 方面 部门 企业 项目 服务 管理 技术
经济 社会 文化 教育 生活 时间 地区 国家 城市 农村 市场 产品 公司 学校 学生 医院 医生 专家 居民 游客 道路 环境 安全
""".split()
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
PLACES = """
北京 上海 广东 江苏 浙江 山东 河南 四川 湖北 湖南 福建 安徽 河北 辽宁 陕西 江西 重庆 云南
""".split()
STOCK = """
据有关部门负责人介绍 在接受记者采访时 从目前的情况来看 引起了社会各界的关注 收到了良好的效果 得到了当地居民的好评 相关工作正在有序推进 具体办法将另行公布
为下一步工作打下了基础 成为当地的一道风景 在一定程度上缓解了压力 与去年同期相比 到今年年底 这已经不是第一次了 记者在现场看到 活动当天吸引了不少市民 有关人士提醒大家
数据显示 需要各方共同努力 让更多的人受益 走在了全省前列 起到了带头作用 还有很长的路要走 不能简单地一概而论
""".split()


def _vocabulary(rng: random.Random, size: int) -> list[str]:
    words = ["".join(rng.choices(CHARS, k=rng.choice((2, 2, 2, 3)))) for _ in range(size)]
    return list(dict.fromkeys(words))


class Writer:
    """Writes articles; the same seed writes the same ones."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"written/{seed}")
        rng = random.Random("vocabulary")
        self.words = _vocabulary(rng, 12_000)
        self.weights = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(self.words))))
        phrases = ["".join(rng.choices(self.words, k=3)) for _ in range(3000)]
        self.phrases = STOCK + phrases
        self.phrase_weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(self.phrases))))

    def articles(self, count: int) -> Iterator[dict[str, str]]:
        """Yield articles with id, title and text."""
        for number in range(count):
            yield self.article(number)

    def article(self, number: int) -> dict[str, str]:
        """Return one article of 300 to 4,000 characters."""
        rng = self.rng
        topic = rng.choices(self.words, k=12)
        target = min(4000, max(320, rng.lognormvariate(6.4, 0.55)))
        paragraphs, length = [], 0.0
        while length < target:
            paragraph = "".join(self.sentence(topic) for _ in range(rng.randint(1, 4)))
            paragraphs.append(paragraph)
            length += len(paragraph)
        words = rng.choices(topic, k=rng.randint(3, 6)) + rng.choices(COMMON, k=rng.randint(1, 3))
        rng.shuffle(words)
        title = "".join(words)
        if rng.random() < 0.3:
            title = title[: len(title) // 2] + rng.choice(" ：，") + title[len(title) // 2 :]
        return {"id": f"w{number:07d}", "title": title, "text": "\n".join(paragraphs)}

    def sentence(self, topic: list[str]) -> str:
        """Return a sentence of one to five clauses."""
        rng = self.rng
        clauses = [self.clause(topic) for _ in range(rng.choice((1, 2, 2, 3, 3, 4, 5)))]
        return "，".join(clauses) + rng.choice("。。。。。；！？")

    def clause(self, topic: list[str]) -> str:
        """Return a clause: words of the topic and of the language, a phrase, a number or a person."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.08:
            return rng.choices(self.phrases, cum_weights=self.phrase_weights)[0]
        parts = [
            rng.choice(topic)
            if rng.random() < 0.25
            else rng.choice(COMMON)
            if rng.random() < 0.4
            else rng.choices(self.words, cum_weights=self.weights)[0]
            for _ in range(rng.randint(2, 6))
        ]
        if kind < 0.22:
            unit = rng.choice(("年", "月", "日", "个", "名", "亿元", "%", "公里", "万吨", "次"))
            number = rng.choice(
                (rng.randint(1, 30), rng.randint(10, 999), rng.randint(1990, 2026), rng.randint(10, 99999))
            )
            parts.insert(rng.randint(0, len(parts)), f"{number}{unit}")
        elif kind < 0.30:
            parts.insert(
                0,
                rng.choice(SURNAMES) + "".join(rng.choices(CHARS, k=2)) + rng.choice(("说", "表示", "介绍")),
            )
        elif kind < 0.36:
            parts.insert(rng.randint(0, len(parts)), rng.choice(PLACES))
        return "".join(parts)


def main() -> None:
    """Print articles as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for article in Writer(options.seed).articles(options.count):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
