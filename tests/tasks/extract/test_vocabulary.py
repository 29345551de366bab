"""Promises of the line rules: furniture is named, text that begins alike is not."""

import pytest

from tasks.extract.fold import fold
from tasks.extract.rules import RULES
from tasks.extract.vocabulary import _BY_SIGN as BY_SIGN
from tasks.extract.vocabulary import FURNITURE, kind_of, signs_of

NAMED = [
    ("相关阅读：", "related"), ("猜你喜欢", "related"), ("延伸閱讀", "related"), ("热点排行 更多>>", "related"),
    ("上一篇：雨夜", "related"), ("下一篇 没有了", "related"), ("更多體育報導", "related"), ("24小时热文", None),
    ("网友评论(12)", "comment"), ("3 条评论", "comment"), ("發表留言", "comment"), ("我来说两句", "comment"),
    ("登录后才能评论", "comment"), ("引用 支持(2) 反对(0)", "comment"), ("已有 5 条评论", "comment"),
    ("版权声明：本文为博主原创文章", "legal"), ("Copyright © 2019 甲", "legal"), ("蜀ICP备00000001号", "legal"),
    ("20150527075030199", "boilerplate"), ("W020140212345678.jpg", "boilerplate"), ("IMG_2034.JPG", "boilerplate"),
    ("+5", "boilerplate"), ("出版：更新：", "metadata"),
    ("未经本站书面授权不得转载", "legal"), ("本文仅代表作者个人观点", "legal"), ("【免責聲明】", "legal"),
    ("责任编辑：王小满", "byline"), ("（編輯：林一）", "byline"), ("编辑 王小满 校对 李二", "byline"), ("審核／陳三", "byline"),
    ("采写：本报记者林小舟 何之远", "byline"), ("文/图 林小舟", "byline"), ("本报记者 林小舟 通讯员 何之远", "byline"),
    ("〔記者陳小美／嘉義報導〕", "byline"), ("楼主：小城旧事", "byline"), ("作者：林小舟", "byline"),
    ("来源：江畔晨报", "metadata"), ("2019-01-02 08:00 来源：晚报", "metadata"), ("发布时间：2019年1月2日", "metadata"),
    ("2019年01月02日 08:00", "metadata"), ("字号：大 中 小", "share"), ("浏览次数：312", "metadata"),
    ("标签：菜市场 读书", "metadata"), ("December 5th, 2011 9:30 am", "metadata"),
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
    ("您的打赏是我写下去的动力", "promotion"), ("本站文章採用 CC BY-NC 4.0 授權", "legal"), ("出处：http://a.example 转载请保留", "legal"),
    ("友情提示：以上内容仅供参考，请遵医嘱。", "legal"), ("林小舟律师 好评率98%", "byline"), ("聽新聞", "boilerplate"), ("會員專享", "boilerplate"),
    ("請以月捐支持我們的運作", "promotion"), ("我是小舟，记得关注，每天一个菜谱", "promotion"), ("喜欢的话点个赞再走吧", "promotion"),
    ("手机用户请浏览 m.hedong.example 阅读", "boilerplate"), ("【更多新聞】渡口停航", "related"), ("視頻加載中...", "boilerplate"),
    ("ADVERTISEMENT", "boilerplate"), ("赞助内容", "boilerplate"), ("繼續閱讀", "boilerplate"), ("点击进入专题：老城", "promotion"), ("【在线咨询】", "promotion"),
    ("编者注：本文为来稿，不代表本刊立场。", "legal"), ("本文由 小舟 发表，转载请注明来源！", "legal"), ("图片来自网络", "caption"), ("正文已结束", "boilerplate"),
    ("互动话题：你家的井还在吗？", "promotion"), ("孩子咳嗽怎么办？点击咨询在线专家", "promotion"), ("上一首：雨巷", "related"),
    ("未加载完，请刷新重试。", "boilerplate"), ("收藏网址：www.hedong.example", "boilerplate"),
]  # fmt: skip
"""A line and the label its words give it; None: no rule speaks of it yet."""

TEXT = """
网友评论称，这条路早该修了。
商家的二维码昨夜被人换了。
二维码贴错了地方
打赏主播的人
赞助商退场以后
记者手记
以上就是关于夯土墙的介绍，希望对您有所帮助。
更多报道说明，那年的水并没有漫过桥面。
他每周三下午在乡卫生院免费咨询台坐诊。
点击率并不能说明一条新闻的分量。
看完这篇文章，他把烟掐灭了，起身去找村长。
推广新品种的第一年，只有四户人家肯种。
隐藏在山里的老粮仓改成了民宿。
阅读全文需要二十分钟，我读了一个下午。
视频加载得很慢，画面停在他转身的一刻。
继续阅读下去，才知道信是写给谁的。
转载请求被他拒绝了三次，第四次他点了头。
互动话剧把观众请上了台。
这份文件不代表本地居民的意愿。
赞助内容写进了合同的第三条。
外省客商点赞小城夜市
他说他只是关注着河水的涨落。
手机响了三遍，他才看见那条短信。
我是第三个到的，前面已经站着两个人。
上一首诗写在三年前的冬天。
捐来的棉衣支持他们过完了那个冬天。
他们一年里收到四十多笔捐款，大的三万，小的五块。
赞助商把名字印在了每一张门票上。
打赏主播花掉了他大半年的工资。
署名权和修改权不可以转让。
作者认为，版权保护不应妨碍课堂上的引用。
知识并不因为共享而变少。
客人的满意度写在每天的晨会纪要里。
听新闻长大的一代人，记得那时的开播音乐。
会员们凑钱修好了活动室的屋顶。
提示音响过三遍，仍然没有人下车。
创造条件让老人就近看病。
出处不明的药材一律不收。
作者总是把雨写得很轻。
作者不是不知道结局，只是不肯说。
相关负责人表示，工程将在年底完工。
相关部门已经介入调查。
来源于生活的故事，总能打动人。
作者在书里写了三个人的一生。
编辑部里只剩下一盏灯。
责任重于泰山。
分享会上，他讲了两个小时。
分享快乐，快乐就多了一倍。
收藏家老周有三百只茶壶。
推荐信是校长亲手写的。
评论家们意见不一。
评论说，这是十年来最好的一场球。
留言簿上写满了名字。
回复信件花去了他整个下午。
版权意识正在增强。
声明发表之后，双方恢复了谈判。
免责条款应当用醒目的字体印出来。
未经风雨的苗长不成大树。
本文要讨论的问题有三个。
以上三点缺一不可。
电话响了三声，没有人接。
地址写错了，信退了回来。
传真机还在用，只是没有人记得怎么换纸。
记者从会上获悉，新桥将于月底通车。
记者看到，路边的积水已经退去。
记者问他后不后悔，他摇摇头。
摄影师在山顶等了一夜。
摄影展持续到月底。
文字是他唯一的武器。
图为什么这样画，他没有解释。
图书馆周一闭馆。
下载速度比去年快了一倍。
下载完成之后，记得备份。
扫描仪扫出来的字有些模糊。
点击率不能说明一切。
关注民生，是这次会议的主题。
关注老人，就是关注我们自己的明天。
欢迎来到这座没有围墙的学校。
欢迎仪式在广场举行。
更多的人选择了留下。
更多年轻人回到村里。
请你把灯关上。
请假条放在桌上，他人已经走了。
打印店的老板姓唐。
打印出来的地图有两米长。
返回营地的时候，天已经黑了。
返程高峰预计出现在周日。
关闭阀门，再打开后盖。
首页写着一行小字：给我的母亲。
登录平台后，可以看到自己的排队号码。
注册资本为五百万元。
首先，要把水位降下来。
标签上的价格被划掉了。
分类投放之后，垃圾少了三成。
专题会议研究了三件事。
摘要只有两百字，他改了十一遍。
导读的老师来自中学。
提示音响了一下。
下一页是空白的，什么也没有写。
上一篇文章说到船，这一篇说灯塔，我们从灯塔的灯说起。
第三章讲的是雨季。
来稿近千件，入选的只有四十件。
热线开通第一天，接到来电一百三十个。
热门景点人满为患，冷门的山村却很清静。
最新的数据显示，候鸟比去年早到六天。
精彩的是最后十分钟。
友情链接起两座城市。
视频里，孩子们在雪地上奔跑。
图片上的老人是他的外公。
资料显示，这口井有四百年历史。
今年2月8日，他收到了回信。
2019年1月2日，大桥合龙。
2019年，他回到家乡。
08:00，第一班渡轮离岸。
1988年的冬天特别冷
三十年，一条路
“相关手续办好了吗？”他问。
“作者是谁？”
“分享一下你的看法吧。”
（一）申请人应当提交下列材料：
一、总体要求
二、版权保护
1. 打开设置，选择语言。
他说：“来源不明的东西不要吃。”
主持人：欢迎各位来到现场。
小区里的邻居都叫他老周。
水利局局长林安介绍了工程的情况
为了提高速度，他们改了三次图纸。
您的孩子今天吃早饭了吗？
本站是这条线路的终点，请各位乘客下车。
本网由三百块渔网拼成，挂在博物馆的大厅里。
转载了这批货物的卡车半夜才到。
技术支持了创新，制度保护了创新。
主办方准备了三百份早餐。
许可证下来的那天，全村放了鞭炮。
编织、刺绣和印染是当地的三项手艺。
校对清单之后，他发现少了一箱。
策划了半年的演出取消了。
监制这部影片的是一位退休教师。
原标题党的做法，读者已经不买账了。
喜欢下雨的人不多，他是一个。
赞助商提供了两千瓶水。
顶着烈日，他们走了三个小时。
踩着石头过河，是村里人的老办法。
字号这么小，老人看不清。
大中小学都在今天开学。
好友从远方来，带了一坛酒。
以后的门票不限于二维码，刷脸也能进。二维码坏了的时候，刷脸就派上用场了，这是管理员的说法。
二维码贴在每一棵古树上，扫一扫就能读到树的身世。镇上的老人起初不会用，后来是孙子教会的。
他扫描了三百份旧报纸，又把每一份都分享给了研究地方志的人。这件事花了他两个冬天。
查看大图需要先登录，他懒得登录，就走了。
图1显示，水位在七月达到最高。
图2是修缮以后的井台。
图3中的老人姓周。
图为难以辨认的拓片，文字已经模糊。
广告牌被风吹倒了两块。
请家长关注孩子睡前的情绪。
请广大渔民关注风浪预报，不要冒险出海。
请下载附件中的表格，填好后交到村委会。
打开浏览器，输入网址，点击下载按钮即可。
欢迎新同学加入我们的合唱团，排练在每周三晚上。
关注我们身边的老人，是每个人的责任。
更多的细节，请看下文。
来源：这些木料来自上游的林场，经过三次检验。
返回首页，再点一次搜索。
分类：红的放左边，绿的放右边，分不清的先放着。
小说写的是一个博彩公司的会计，他把时时彩的账算错了一位。
当年的百家乐和老虎机，如今都进了博物馆。
我是广告公司的学徒，头一年只管刷浆糊。
由会员分享的种子长出了三十种番茄。
这份名单由用户自己填写。
亲手做的风筝飞得最高。
请输入的人把字写清楚。
点我名字的是一位老师。
浏览大图之外的小图，也能看出笔法。
展开剩余的画卷，可以看到落款。
加载中断了三次，他索性关了电脑。
尝试更换水源之后，鱼苗才活下来。
收藏网址导航的年代过去了。
他说：“珍惜眼前的幸福生活，我们才有美好的明天。”
孩子们记录春天，热爱家乡，懂得幸福的生活来之不易，也懂得我们脚下的土地要靠一代一代人去守望和耕种才有收成。
最新网址的域名变了，老读者找不到门。
11月8日下午3点，活动开始。
1、报名(时间：2016年4月9日上午)
截止时间：2016年4月1日下午5:00
二、比赛时间：2016年4月9日至12日
13800000000
201504
2015052707
6222020015052707503
logo.png
figure2.jpg
封面图片2015.jpg
+5℃
出版：他把这两个字写在纸上，想了很久才动笔，后来那本书印了三千册，卖了十年，他自己只留了一册，放在床头，翻得书角都卷了。
原图保存为IMG_2034.JPG
""".strip().split("\n")
"""Lines of articles that begin or look like furniture and are none."""


@pytest.mark.parametrize(("line", "label"), NAMED)
def test_furniture_is_named(line: str, label: str | None) -> None:
    """A line that says what it is gets that label, in either script and width."""
    kind = kind_of(fold(line))

    assert (kind.label if kind else None) == label


@pytest.mark.parametrize("line", TEXT)
def test_text_is_left_alone(line: str) -> None:
    """A line of an article that begins like furniture has no firm kind."""
    kind = kind_of(fold(line))

    assert kind is None or not kind.firm


def test_every_rule_has_a_version() -> None:
    """Each kind of the tables is in RULES."""
    assert {entry.kind.rule for entry in FURNITURE} <= RULES.keys()


@pytest.mark.parametrize(("line", "label"), [(line, label) for line, label in NAMED if label])
def test_keys_reach_their_patterns(line: str, label: str) -> None:
    """No key check hides a line from the patterns of its label."""
    folded = fold(line)
    signs = signs_of([folded])[0][0]
    own = [sign for sign, (match, kind) in BY_SIGN.items() if kind.label == label and match(folded)]

    assert not own or any(signs & sign for sign in own)
