"""Promises of the line rules: furniture is named; text that begins alike is in test_text_lines and test_text_credits."""

import pytest

from tasks.extract.fold import fold
from tasks.extract.rules import RULES
from tasks.extract.signs import find_signs
from tasks.extract.vocabulary import _BY_SIGN as BY_SIGN
from tasks.extract.vocabulary import _SIGNS as SIGNS
from tasks.extract.vocabulary import FURNITURE, kind_of, words_of

NAMED = [
    ("相关阅读：", "related"), ("猜你喜欢", "related"), ("延伸閱讀", "related"), ("热点排行 更多>>", "related"),
    ("上一篇：雨夜", "related"), ("下一篇 没有了", "related"), ("更多體育報導", "related"), ("24小时热文", None),
    ("网友评论(12)", "comment"), ("3 条评论", "comment"), ("發表留言", "comment"), ("我来说两句", "comment"),
    ("登录后才能评论", "comment"), ("引用 支持(2) 反对(0)", "comment"), ("已有 5 条评论", "comment"),
    ("版权声明：本文为博主原创文章", "legal"), ("Copyright © 2019 甲", "legal"), ("蜀ICP备00000001号", "legal"),
    ("20150527075030199", "boilerplate"), ("W020140212345678.jpg", "boilerplate"), ("IMG_2034.JPG", "boilerplate"),
    ("请注意语言文明，尊重网络道德，并承担一切因您的行为引起的责任。", "comment"), ("小河网留言管理员有权保留或删除其管辖留言。", "comment"),
    ("歡迎發表意見，違者本站有權刪除。", "comment"), ("沒有留言:", "comment"), ("張貼留言", "comment"), ("目前尚無回應", "comment"),
    ("打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。", "share"), ("看了這篇文章的人，也看了", "related"),
    ("如发现本站有涉嫌抄袭的内容，请发邮件举报，本站将立刻删除。", "legal"), ("渡口照片来自网络，如有侵权请联系删除。", "legal"),
    ("风险提示：", "legal"), ("风险提示：本文观点不构成建议，买船有风险。", "legal"), ("（本站新闻均来源于各大新闻网站）", "legal"), ("此信息系转载自合作媒体，仅作为信息传递之用。", "legal"),
    ("1.png", "boilerplate"), ("local0e2f87659f9a4a9cb8843b6e2124770b", "boilerplate"), ("發表回應", "comment"), ("回應(8)", "comment"),
    ("2# 發表於 2016-8-14 11:20 PM", "comment"), ("1# 發表於 2016-8-14 11:20 PM", "metadata"), ("→渡口全景", "caption"),
    ("+5", "boilerplate"), ("出版：更新：", "metadata"),
    ("未经本站书面授权不得转载", "legal"), ("本文仅代表作者个人观点", "legal"), ("【免責聲明】", "legal"),
    ("责任编辑：王小满", "byline"), ("（編輯：林一）", "byline"), ("编辑 王小满 校对 李二", "byline"), ("審核／陳三", "byline"),
    ("采写：本报记者林小舟 何之远", "byline"), ("文/图 林小舟", "byline"), ("本报记者 林小舟 通讯员 何之远", "byline"),
    ("〔記者陳小美／嘉義報導〕", "byline"), ("楼主：小城旧事", "byline"), ("作者：林小舟", "byline"),
    ("来源：江畔晨报", "metadata"), ("2019-01-02 08:00 来源：晚报", "metadata"), ("发布时间：2019年1月2日", "metadata"),
    ("2019年01月02日 08:00", "metadata"), ("字号：大 中 小", "share"), ("浏览次数：312", "metadata"),
    ("标签：菜市场 读书", "metadata"), ("[关键词]菜市场、读书", "metadata"), ("最佳答案", "boilerplate"), ("滿意回答：", "boilerplate"), ("【关键字】夜班船", "metadata"), ("December 5th, 2011 9:30 am", "metadata"),
    ("分享到：", "share"), ("收藏 12", "share"), ("【打印】【关闭】", "share"), ("複製連結", "share"), ("返回顶部", "share"),
    ("扫描二维码关注我们", "promotion"), ("下载客户端，看更多精彩", "promotion"), ("点击上方蓝字关注我们", "promotion"),
    ("请继续往下阅读...", "promotion"), ("长按识别二维码", "promotion"), ("欢迎关注微信公众号", "promotion"),
    ("首页 > 新闻 > 正文", "navigation"), ("您的位置：首页", "navigation"), ("关于我们 | 联系我们 | 网站地图", "navigation"),
    ("【1】【2】【3】", "navigation"), ("下一页", "navigation"), ("首頁", "navigation"),
    ("电话：0571-00000000", "contact"), ("郵箱：a@example.com", "contact"), ("0512-00000000", "contact"),
    ("▲大橋合龍現場。", "caption"), ("图为合龙现场。林小舟 摄", "caption"), ("合龙现场（资料图）", "caption"),
    ("图注：合龙现场", "caption"), ("摘要", "summary"), ("核心提示：", "summary"),
    ("国产精品无码_毛片在线观看免费", "spam"),
    ("浏览大图", "boilerplate"), ("查看其它图片", "boilerplate"), ("Loading...", "boilerplate"), ("展开剩余95%", "boilerplate"),
    ("《渡口章程.docx》由会员分享，可在线阅读，更多相关内容请搜索。", "boilerplate"), ("渡口章程.pdf_第3页", "boilerplate"),
    ("我是廣告 請繼續往下閱讀", "boilerplate"), ("廣告 廣告", "boilerplate"), ("請輸入廣告位代碼", "boilerplate"),
    ("點我加渡口好友，接收更多消息。", "promotion"),
    ("图1历年水位变化", "caption"), ("图为孩子们在井台边写生。", "caption"),
    ("我們的採訪需要您的支持", "promotion"), ("我要捐款", "promotion"), ("立即贊助本文 >", "promotion"),
    ("您的打赏是我写下去的动力", "promotion"), ("本站文章採用 CC BY-NC 4.0 授權", "legal"), ("本文依 CC 創用姓名標示授權條款釋出", "legal"), ("Share Tweet WhatsApp", "share"), ("电邮 Facebook Twitter 复制链接", "share"), ("推 噗 讚", "share"), ("河東視界網站提供平台予作家發表文章，文章內容均為作者個人的觀點與經驗，並不代表本站立場。", "legal"), ("※ 發信站: 河東實業坊(hedong.example)", "metadata"), ("※ 文章代碼(AID): #1NVqkK2s (lifetips)", "metadata"), ("出处：http://a.example 转载请保留", "legal"),
    ("友情提示：以上内容仅供参考，请遵医嘱。", "legal"), ("林小舟律师 好评率98%", "byline"), ("聽新聞", "boilerplate"), ("會員專享", "boilerplate"),
    ("請以月捐支持我們的運作", "promotion"), ("我是小舟，记得关注，每天一个菜谱", "promotion"), ("喜欢的话点个赞再走吧", "promotion"),
    ("手机用户请浏览 m.hedong.example 阅读", "boilerplate"), ("【更多新聞】渡口停航", "related"), ("視頻加載中...", "boilerplate"),
    ("此内容为河畔财经原创，著作权归河畔财经所有，未经授权不得使用。", "legal"), ("河畔财经广告合作，请点击这里", "promotion"),
    ("ADVERTISEMENT", "boilerplate"), ("赞助内容", "boilerplate"), ("繼續閱讀", "boilerplate"), ("点击进入专题：老城", "promotion"), ("【在线咨询】", "promotion"),
    ("编者注：本文为来稿，不代表本刊立场。", "legal"), ("本文由 小舟 发表，转载请注明来源！", "legal"), ("本文由渡口新闻网-河东船工俱乐部网整理发布，如需转载请注明来源及出处！", "legal"), ("本文由河东网小编整理，转载请保留出处。", "legal"), ("2016-03-04，信息来源：", "metadata"), ("2016年3月4日 发布：", "metadata"), ("图片来自网络", "caption"), ("正文已结束", "boilerplate"),
    ("互动话题：你家的井还在吗？", "promotion"), ("孩子咳嗽怎么办？点击咨询在线专家", "promotion"), ("上一首：雨巷", "related"),
    ("本站为河畔居民交流平台，发帖请留意言辞。", "legal"), ("温馨提示：理财有风险，投入需谨慎。", "legal"),
    ("本页内容仅供订户，请通过《河畔晨报》客户端浏览。", "promotion"), ("我们重视每一次在线询盘。", "promotion"),
    ("根據「電腦網路內容分級處理辦法」，本網已標示級別。", "legal"), ("2016-03-04 河畔晨报 content_40231.html 1", "boilerplate"),
    ("★河东新闻网提醒您：用电请注意安全", "legal"), ("版权作品，未经河东网书面授权，严禁转载。", "legal"), ("给我们写信发表评论请寄：a@hedong.example", "promotion"),
    ("林小舟是本报记者，欢迎在推特上关注他。", "promotion"), ("点击查看本文英文版。", "promotion"),
    ("抱歉，我們並不支援您的瀏覽器。", "boilerplate"), ("如有問題，歡迎電郵至 a@example.com 查詢。", "boilerplate"),
    ("您已阅读12%（180字），订阅以继续阅读全文。", "promotion"), ("【河畔新聞網】", "byline"), ("本篇文章161字，读完约1分钟", "metadata"),
    ("2016-03-04 渡口停航一天 2016-03-03 桥灯亮起来了 2016-03-02 面馆换了招牌", "related"),
    ("►延伸閱讀", "related"), ("➤推薦閱讀", "related"), ("◤相關新聞", "related"), ("船工秦川（左）把缆绳递给徒弟。", "caption"),
    ("乔宇（右二）在渡口等船。", "caption"), ("二、本裁判文书库提供的信息仅供查询。", "legal"),
    ("※提醒您：飲酒過量，有害健康", "legal"), ("喝酒不開車、開車不喝酒。", "legal"), ("吸菸有害健康 拒絕毒品 珍惜生命", "legal"),
    ("订阅渡口晚报请登录渡口晚报网或拨打0000；惊喜多多。", "promotion"), ("往下看更多文章", "related"),
    ("想爆料？请登录《河东连线》、拨打热线，或登录官方微博提供线索。", "promotion"),
    ("此条目发表在杂记分类目录。将固定链接加入收藏夹。", "boilerplate"),
    ("本条目发布于2014年11月20日。属于杂记分类。", "boilerplate"), ("廣告（請繼續閱讀本文）", "boilerplate"),
    ("本文最后更新于 120 天前，其中的信息可能已经有所发展或是发生改变。", "boilerplate"), ("词条标签：渡口 渔歌", "metadata"),
    ("这个帖子发布于2年零130天前，其中的信息可能已发生改变。", "boilerplate"), ("本文写的是三年前的事，可能没有人记得了。", None),
    ("此帖发出三天前，渡口还没有灯。", None), ("文章代表作者个人观点，本站仅对排版略作修改。", "boilerplate"), ("文章代表作者想说的话", None),
    ("以上就是养鹅的全部要点，希望对您有帮助，更多养鹅知识请关注河东养殖网。", "promotion"), ("以上是今年的账，更多的在下一页。", None),
    ("以上就是养鹅的全部要点，希望对您有帮助。", None), ("[编辑]", "boilerplate"), ("[编辑 | 编辑源代码]", "boilerplate"), ("编辑部]", None), ("编辑源代码要三个月", None),
    ("投推荐票 上一章 ← 章节目录 → 下一章 加入书签", "navigation"), ("←上一回 返回目录 下一回→", "navigation"),
    ("小提示：按 回车[Enter]键 返回书目，按 ←键 返回上一页", "navigation"), ("按下回车，等了一刻钟", None),
    ("这一回说的是渡口，上一章说的是老街，下一章再说桥。", None), ("上一章写得好。下一章呢", None), ("小提示：按老规矩开船", None),
    ("取自“https://wiki.hedong.example/渡口”", "boilerplate"), ("来自“河东”号的船工", None),
    ("如果您认为本词条还有待完善，请编辑词条", "boilerplate"), ("本条目对我有帮助 12", "boilerplate"), ("如果您认为本地的船慢，就走桥", None),
    ("本条目录得最全", None), ("本站所有小说为转载作品", "legal"), ("本站所有船只", None), ("实用信息", None), ("实用资讯", "related"),
    ("编辑本段", "boilerplate"), ("编辑本段文字的人", None), ("本段编辑", None), ("嵌入 分享", "boilerplate"), ("The code has been copied to your clipboard.", "boilerplate"),
    ("推 bunny99: 名字取得真好 03/02 22:50", "comment"), ("→ hayman: 記得分籠 03/03 00:11", "comment"),
    ("未加载完，请刷新重试。", "boilerplate"), ("收藏网址：www.hedong.example", "boilerplate"),
    ("本文獲作者授權刊登，未經同意請勿轉載。", "legal"), ("本文为小舟的船上日记，不得转载。", "legal"), ("作者簡介", "byline"), ("【关于作者】", "byline"),
    ("訂閱河東電子報，掌握渡口第一手消息", "promotion"), ("往下看更多新聞！", "promotion"), ("推薦 列印 轉寄給朋友", "share"),
    ("微信号hedongshu", "boilerplate"), ("功能介绍每周五晚上讲一段渡口的旧事。", "boilerplate"), ("（http://www.hedong.example）", "metadata"),
    ("喜歡我的文章嗎？別忘了給點支持，讓我知道有你陪伴。", "promotion"), ("#渡口#老城#夜班船", "metadata"),
    ("本刊載內容版權為河東刊所有，未經授權，請勿轉載或複製。", "legal"), ("我們不拿財團的廣告，需要您的訂閱支持。", "promotion"),
    ("渡口旧事课程，现正募资中！", "promotion"), ("收藏分享", "share"),
    ("8/31/2009 11:12:22 AM", "metadata"), ("本报2013年4月22日河东讯，林小舟报导", "metadata"), ("本报河东讯，林小舟、何之远报道", "byline"),
    ("本文由 林小舟 授权 河东评论 发表，并经河东评论编辑。转载此文章须经作者同意。", "legal"), ("本文已获作者授权发布", "legal"),
    ("如果您有新闻线索，欢迎拨打本报热线0512-00000000，线索一经采用，即付报酬。", "promotion"), ("欢迎提供新闻线索，拨打24小时热线。", "promotion"),
    ("本文为付费内容，以下还有1,203字。", "promotion"), ("剩余 62% 需付费阅读", "promotion"),
    ("文章目录", "navigation"), ("目录导航 [隐藏]", "navigation"),
    ("页面功能 【我来说两句】【我要“揪”错】【推荐】【字体：大 中 小】【打印】 【关闭】", "boilerplate"),
    ("船工们在渡口挂灯笼。河东晨报记者 黄小舟 摄", "caption"), ("渡口【甲】【乙】两处，灯【一】盏", None), ("渡口的字 【第一】【第二】", None),
    ("#渡口 #夜班船", "metadata"), ("#渡口 #夜班船 看更多", "metadata"), ("#1 渡口", None), ("夜班船 #1 #", None),
    ("大字体 小字体 分享到：", "share"), ("大字体的招牌挂在渡口", None),
    ("评论 分享到：微信 朋友圈 微博打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。", "share"),
    ("评论员打开微信，发现渡口的照片已经有人看过。", None),
]  # fmt: skip
"""A line and the label its words give it; None: no rule speaks of it yet."""


@pytest.mark.parametrize(("line", "label"), NAMED)
def test_furniture_is_named(line: str, label: str | None) -> None:
    """A line that says what it is gets that label, in either script and width."""
    kind = kind_of(fold(line))

    assert (kind.label if kind else None) == label


def test_every_rule_has_a_version() -> None:
    """Each kind of the tables is in RULES."""
    assert {entry.kind.rule for entry in FURNITURE} <= RULES.keys()


@pytest.mark.parametrize(("line", "label"), [(line, label) for line, label in NAMED if label])
def test_keys_reach_their_patterns(line: str, label: str) -> None:
    """No key check hides a line from the patterns of its label."""
    folded = fold(line)
    signs = int(find_signs(f"{folded}\n", SIGNS).signs[0])
    own = [sign for sign, (match, kind) in BY_SIGN.items() if kind.label == label and match(folded)]

    assert not own or any(signs & sign for sign in own)


def test_lines_together_say_what_each_says_alone() -> None:
    """Nothing that spares lines of a page the patterns hides one from them, whatever stands around it."""
    lines = [fold(line) for line, _ in NAMED] + ["", "▶", "𠮷", "字" * 500, "大字 中", "正文"]
    text = "".join(f"{line}\n" for line in lines)

    assert words_of(text, lines).kinds == [kind_of(line) for line in lines]
