"""names: personal names in a byline, also those printed without a mark between them.

Source   surnames of the Hundred Family Surnames and of the 2020 census report, with the compound
         ones; folded characters (traditional names meet the same table)
"""

import re
from typing import Final

from tasks.metadata.folding import fold

_FREQUENT: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚"
    "沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
_OTHER: Final = (
    "兰芦冼邝禤迟郗逯檀庹傅康温施洪安易文樊庞欧阮倪殷俞章申柴牛颜翟葛齐鲁庄岳尚季祝左柳毕耿伍路焦舒包裴宁盛霍涂聂关詹单霍梅管谷"
    "冉曲辛房车全游凌麦岑冷娄查童甘费应桂成喻蒙邢乔阎褚卫尤华戚窦云昌苗凤花酆鲍柏水葛奚郎酒滕罗毕乐皮卞齐伏"
    "元卜平和穆萧湛汪祁禹狄米贝明臧计成谈茅项屈纪闵席麻强蓝危颜郭骆支昝卢莫经裘缪干解宗宣贲郁杭诸钮嵇滑荣"
    "羊惠甄家封芮羿储靳汲邴糜松井富巫乌巴弓牧隗山谷宓蓬班仰秋仲伊宫仇栾暴甘厉戎祖符景詹束幸司韶蓟薄印宿怀"
    "蒲台从鄂索咸籍赖卓蔺屠蒙池阴胥能苍双闻莘党贡劳逄姬扶堵冉宰郦雍璩桑濮扈冀郏浦农别晏充慕茹习宦艾鱼容古"
    "慎戈庾终暨居衡步都满弘匡国寇广禄阙东沃利蔚越夔隆师巩厍晁勾敖融訾辛阚那简饶空母沙乜养鞠须丰巢蒯相查后"
    "荆红竺权逯盖益桓公仝仉肖佟佘付代仵伦冒侴初卞占叱同呼哈喜塔奉官宾尉尧展岩帅年底库店弋律恽折揭敬斯於旷昂"
    "晋智曲朴来来楼歧殴税洛涂淡渠漆潭火燕牟玄玉生由甫种突竹笪粟线练綦缑翁翦肇胖臧苑苟荀蒿蔄蔚褟衣裔要覃言訾"
    "剡操矫亢苌钊庹郐缐邬铙笃斛忻苟佴郗逯亓鞠綦粱"
    "诗谌豆贠赏赫连逯邸郇郜郄鄢鄯针钭铁锁门问闪阙院隋雒靖顿风候刁麴黑亓尔辜粘柯涂池"
)
COMPOUND_SURNAMES: Final = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 "
    "拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 完颜 纳兰 叶赫 张简 范姜 欧阳".split()
)
FREQUENT_SURNAMES: Final = frozenset(_FREQUENT)
"""The hundred and more surnames that most people have."""
SURNAMES: Final = frozenset(_FREQUENT + _OTHER)
"""Every surname of one character."""
_RANK: Final = {**dict.fromkeys(_OTHER, 1.0), **dict.fromkeys(_FREQUENT, 0.0)}

NAME_LENGTHS: Final = range(2, 5)
"""Characters of a Chinese name: two to four."""

_COST: Final = {2: 1.0, 3: 0.8, 4: 6.0}
"""Cost of a name of 2, 3, 4 characters when a run is split: three are the rule, four without a
compound surname nearly always are two names. Found on lists of names joined and split again."""

PLACES: Final = (
    "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|"
    "台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台北|新北|桃园|台中|台南|高雄|基隆|新竹|苗栗|彰化|南投|云林|嘉义|屏东|宜兰|花莲|台东|澎湖|金门|马祖|"
    "石家庄|太原|沈阳|长春|哈尔滨|南京|杭州|合肥|福州|南昌|济南|郑州|武汉|长沙|广州|海口|成都|贵阳|昆明|西安|兰州|西宁|呼和浩特|南宁|拉萨|银川|"
    "乌鲁木齐|大连|青岛|宁波|厦门|深圳|珠海|苏州|无锡|佛山|东莞|洛阳|温州|烟台|华盛顿|纽约|伦敦|巴黎|东京|首尔|莫斯科|柏林|日内瓦|联合国|"
    "布鲁塞尔|罗马|马德里|悉尼|堪培拉|曼谷|新加坡|吉隆坡|雅加达|新德里|开罗|洛杉矶|旧金山|芝加哥|多伦多|渥太华|维也纳|平壤|河内|马尼拉"
)
"""Places named in datelines: provinces, their capitals, the counties of Taiwan, seats of bureaus abroad."""
PLACE_NAMES: Final = frozenset(PLACES.split("|"))

_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff]+")
_LATIN_NAME: Final = re.compile(r"[A-Za-z][A-Za-z.'’ -]{1,39}")
_DOTTED_NAME: Final = re.compile(r"[\u3400-\u9fffA-Za-z.]+(?:·[\u3400-\u9fffA-Za-z.]+)+")


def has_surname(folded: str) -> bool:
    """Tell whether a folded text begins with a surname."""
    return folded[:1] in SURNAMES or folded[:2] in COMPOUND_SURNAMES


def is_likely_name(folded: str) -> bool:
    """Tell whether a folded text is a Chinese name with a known surname: two to four characters.

    Wrong for words that begin with a surname (高速, 文化); ask where a name is expected.
    """
    if _HAN_RUN.fullmatch(folded) is None or not has_surname(folded):
        return False
    return len(folded) <= 3 if folded[:2] not in COMPOUND_SURNAMES else 3 <= len(folded) <= 4


_BETWEEN: Final = re.compile(r"[\s、，,；;/]+")


def split_names(printed: str) -> list[str]:
    """Return the names of a text that holds nothing else, else the text as one.

    >>> split_names("林晚 秦朗"), split_names("江上 钓客")
    (['林晚', '秦朗'], ['江上 钓客'])
    """
    words = [word for word in _BETWEEN.split(printed) if word]
    return words if len(words) > 1 and all(is_likely_name(fold(word)) for word in words) else [printed]


_TIBETAN: Final = (
    "扎西|次仁|才仁|卓玛|边巴|尼玛|达娃|格桑|洛桑|旦增|丹增|多吉|索朗|央金|拉姆|德吉|普布|巴桑|平措|顿珠|罗布|旺堆|仁青|仁增|桑珠|白玛|贡嘎|强巴|曲珍|曲扎|米玛|拉巴|加措|嘉措|才让|才旦|旺姆"
    "|群培|坚参|益西|土登|阿旺|晋美|玉珍|措姆|贡布|旺扎|旺久|次旺|次珍|伦珠|赤列|云旦"
)
_TRANSCRIBED: Final = re.compile(
    rf"(?:{_TIBETAN})(?:{_TIBETAN}|[觉吉杰普珍]){{1,2}}"
    r"|(?=[\u3400-\u9fff]{3,8}$)[\u3400-\u9fff]*(?:阿卜杜|阿布都|阿不都|买买提|麦麦提|吐尔逊|吐尔洪|艾力|古丽|木拉提|努尔|热依|依明|玉素甫|帕提|克里木|"
    r"热合曼|沙吾提|库尔班|巴特尔|乌云|娜仁|其其格|图雅|苏日|呼和|阿拉腾|敖登|高娃|朝鲁|那日|格日|毕力格|萨仁|塔娜|斯琴|娜木拉)[\u3400-\u9fff]*"
)
"""Names of Tibetan, Uyghur and Mongolian people in Chinese characters, by the parts they are made of."""


def is_transcribed(folded: str) -> bool:
    """Tell whether a folded text is a Tibetan, Uyghur or Mongolian name: 边巴次仁. Ask where a name is expected."""
    return _TRANSCRIBED.fullmatch(folded) is not None


def is_plain_name(folded: str, is_reporter: bool) -> bool:
    """Tell whether a name may stand against its label without a space: 记者孙玉, not 撰稿要求."""
    return is_likely_name(folded) and (is_reporter or folded[0] in FREQUENT_SURNAMES)


def _cost(folded: str) -> float | None:
    """Return what it costs to take a piece for one name, ``None`` when it cannot be one."""
    if folded[:2] in COMPOUND_SURNAMES and len(folded) in (3, 4):
        return 0.5
    if folded[0] not in _RANK:
        return None
    return _COST[len(folded)] + _RANK[folded[0]]


def split_run(folded: str) -> list[int]:
    """Return the ends of the names in a run of characters printed without a mark.

    The cheapest division wins; a run that no division explains stays whole.

    >>> split_run("孙玉乔振海")
    [2, 5]
    """
    size = len(folded)
    if size <= 3:
        return [size]
    best: list[tuple[float, int] | None] = [(0.0, 0)] + [None] * size
    for end in range(2, size + 1):
        for length in NAME_LENGTHS:
            before = best[end - length] if end >= length else None
            cost = _cost(folded[end - length : end]) if before else None
            if before is None or cost is None:
                continue
            total = before[0] + cost
            known = best[end]
            if known is None or total < known[0]:
                best[end] = (total, end - length)
    if best[size] is None:
        return [size]
    ends: list[int] = []
    rare = 0
    end = size
    while end:
        ends.append(end)
        step = best[end]
        assert step is not None
        end = step[1]
        rare += folded[end] not in _FREQUENT and folded[end : end + 2] not in COMPOUND_SURNAMES
    return ends[::-1] if rare <= len(ends) / 2 else [size]


def is_foreign_name(folded: str) -> bool:
    """Tell whether a folded text is a name with a middle dot or in Latin letters."""
    return _DOTTED_NAME.fullmatch(folded) is not None or _LATIN_NAME.fullmatch(folded) is not None
