"""Promises of the notices in whole sentences: sentences of articles that are like them are left alone."""

import pytest

from tasks.extract.fold import fold
from tasks.extract.vocabulary import kind_of

TEXT = """
市民打开微信，用“扫一扫”就能在渡口买票，不用再排队等售票员。
打开微信“扫一扫”，船票就到了手机里，老人们也学会了。
尊重网络道德，文明上网，是每个网民都该记住的话。
论坛管理员有权删除违规的帖子，但要向发帖的人说明理由。
他说，如果侵权，公司应当联系作者并删除照片。
法院认为，平台有权删除不实的评论。
【风险提示】船价下跌超出预期、桐油供应不足
风险提示：水位上涨；客流不及预期。
风险提示：春汛比往年来得早
风险提醒：新船交货推迟，木料涨价
承担一切后果的，是那个没有系缆绳的船工。
镇里至今没有回应
码头上的回响
他发现本站台的座椅少了一条腿，就自己钉了一条。
请尊重知识，也请尊重修船的手艺。
喜欢此地的人越来越多
较新的那条船先靠了岸
遵守有关法律法规，是船主拿到执照的第一个条件。
以上内容写在一张发黄的船票背面，字是用铅笔写的。
他最多输入两个字，机器就认出了船名。
没有留言的那一年，邮筒生了锈
本文由三封信写成，转载的两段都已经注明是谁写的。
本文由船工口述，转载到河东时注明了年月。
""".strip().split("\n")
"""Sentences and headlines with words of rules for comments, of notices and of tips to share a page."""


@pytest.mark.parametrize("line", TEXT)
def test_sentences_with_words_of_a_notice_are_text(line: str) -> None:
    """What an article says of comments, rights and messengers has no firm kind."""
    kind = kind_of(fold(line))

    assert kind is None or not kind.firm
