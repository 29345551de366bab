"""notices: what the frame of a page says in whole sentences, by how they begin or what they hold.

Rules for comments, how to share a page, whom to tell of a wrong: they stand right below articles and read like
their last paragraph. Written as in ``surroundings``.
"""

from tasks.extract.kinds import Furniture, Kind

NOTICES: tuple[Furniture, ...] = (
    Furniture(
        Kind("comment_heading", "comment", 70, closing=160, opens=True),
        "应响",
        14,
        (
            r"(?:最新|网友|全部|发表|我要|查看|写|没有|尚无|暂无|目前|\d+ ?[条个则篇])*(?:回应|回响)\s*[(\[:]?\s*\d*\s*[)\]]?$",
        ),
    ),
    Furniture(
        Kind("comment_rules", "comment", 60, closing=160, opens=True),
        "承尊语遵冒攻权即需责辱沙写输",
        140,
        (
            r"(?:请[您你]?)?(?:注意语言文明,尊重|尊重(?:网上|网络)道德,(?:并承担|遵守)|文明上网、理性发言并?遵守|遵守中华人民共和国的?各项有关法律)",
            r"承担一切因[您你]的?(?:行为|言论)|参与本?\S{0,4}(?:评论|留言)即表明|(?:用户|网友)(?:需|须|应)对自己在使用",
            r"[^。]{0,30}管理人?员有权保留或删除|[^。]{0,40}本[站网报刊版]\S{0,3}有权\S{0,6}(?:删除|引用)[^。]{0,24}。?$",
            r"(?:赶快|快来)?(?:成为|做)第一个(?:评论|留言|发言)的人|快来抢沙发|写下[您你]的(?:想法|评论|留言)|(?:还能|最多|还?可以?)输入\s?\d+\s?个?字",
        ),
    ),
    Furniture(
        Kind("promotion", "promotion", 40, closing=60),
        "线费剩",
        140,
        (
            r"(?:如果?|若|欢迎|[您你]|凡)[^\s。]{0,12}(?<!没)(?<!没有)新闻线索[^。]{0,50}(?:热线|拨打|来电|邮箱|邮件|微信|报酬|酬谢|奖励|联系)",
            r"(?:本文|以下|下文|后续|剩余|余下)\S{0,4}(?:付费|会员|vip)(?:内容|专享|专属|阅读|文章|可见|部分)[,。]|剩余\s?[\d,.]+\s?[字%]\s?\S{0,12}(?:付费|会员|解锁|$)",
        ),
    ),
    Furniture(
        Kind("share_tip", "share", 40, closing=60),
        "微",
        100,
        (
            r"(?:请?用|打开)(?:手机)?微信[^。]{0,24}(?:扫一扫|发现)[^。]{0,40}(?:分享|朋友圈|打开网页)[^。]{0,12}。?$",
        ),
    ),
    Furniture(
        Kind("legal_notice", "legal", 70, closing=150, opens=True),
        "侵涉凡均载供尊n险",
        300,
        (
            r"如?发现本(?:网站?|站|平台)\S{0,10}(?:涉嫌|侵权|抄袭|违规|违法)|本(?:网站?|站)凡注明",
            r"[^。]{0,30}如(?:有|若|涉及|有涉及)?侵权\S{0,2}(?:请|烦请|敬请|联系|告知)[^。]{0,30}。?$",
            r"\(?本(?:网站?|站)\S{0,2}(?:内容|文章|资料|信息|新闻)均?(?:来自|来源于|转载自)\S{0,6}(?:网|媒体)",
            r"(?:[此该本]|以上)(?:信息|内容|文章|稿件)(?:系|均?为)?(?:转载自\S{0,8}(?:网|媒体)|仅供参考)|请尊重(?:智慧|知识)(?:财产权|产权)",
            r"notice\s?: the content above|风险提[示醒][:\]]\s?(?:$|.{0,80}(?:仅供|不构成|有风险|谨慎|无关|盈亏|据此|自负|自行|代表))",
        ),
    ),
)
