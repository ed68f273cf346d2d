"""Questions that another deck asks too, and what their answers disagree on."""

from __future__ import annotations

import pytest

from cv_quiz.documents import find_duplicates
from cv_quiz.language import Language
from cv_quiz.model import Card, Deck


def deck(ident: str, *questions: str, language: Language = "zh", answer: str = "") -> Deck:
    return Deck(ident, ident, language, tuple(Card(f"{ident}-{n}", one, answer) for n, one in enumerate(questions)))


@pytest.mark.parametrize(
    ("mine", "theirs", "likeness"),
    [
        ("什么是感受野？", "什么是感受野", "words"),
        ("Focal  Loss", "focal loss", "words"),
        ("NMS 怎样实现的", "什么是非极大值抑制（NMS）？", "topic"),
        ("解释一下 RPN 网络的工作原理？", "RPN是怎么做的", "topic"),
        ("如何解决数据不平衡问题", "类别不均衡问题怎么解决", "topic"),
        ("说一说常见的正则化手段，L1和L2正则化的不同", "L1 正则化与 L2 正则化的区别", "topic"),
    ],
)
def test_the_same_question(mine: str, theirs: str, likeness: str) -> None:
    found = find_duplicates(deck("a", mine), [deck("b", "完全无关的问题", theirs)])
    assert [(one.card.question, one.other.question, one.deck, one.likeness) for one in found] == [
        (mine, theirs, "b", likeness)
    ]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("BN 的作用", "手写 BN 的反向传播"),
        ("BN 在训练和测试时的区别", "BN 的优缺点"),
        ("什么是周期学习率？", "几种学习率衰减方法"),
        ("1×1 卷积有什么用", "卷积网络怎么压缩"),
        ("什么样的数据集不适合深度学习", "关于数据集的一些知识点"),
        ("介绍 Faster R-CNN", "介绍 Mask R-CNN"),
    ],
)
def test_another_question(mine: str, theirs: str) -> None:
    assert find_duplicates(deck("a", mine), [deck("b", theirs)]) == ()


def test_english() -> None:
    shipped = deck(
        "b",
        "What are the complete steps of non-maximum suppression (NMS)?",
        "Why does DETR need no NMS?",
        language="en",
    )
    found = find_duplicates(deck("a", "How does NMS work?", "What is gradient descent?", language="en"), [shipped])
    assert [(one.card.id, one.other.id) for one in found] == [("a-0", "b-0")]


def test_other_languages_and_the_deck_itself_are_left_out() -> None:
    mine = deck("a", "Focal loss")
    assert find_duplicates(mine, [deck("b", "Focal loss", language="en"), mine]) == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("实验发现 gamma 为 2 最优", "γ 一般取 5", [("gamma", "2", "5")]),
        ("gamma 为 2.0", "gamma = 2", []),
        ("$P = \\frac{TP}{TP + FP}$", "$P = \\frac{TP}{TP+FN}$", [("P", "\\fracTPTP+FP", "\\fracTPTP+FN")]),
        ("$R = \\dfrac{a}{b}$ 且 recall 是 90%", "recall 为 0.9", []),
        ("```python\nlr = 0.1\n```", "lr = 0.2", []),
        ("beta = 0.9，beta = 0.99", "beta 取 0.9", []),
    ],
)
def test_facts_that_differ(mine: str, theirs: str, expected: list[tuple[str, str, str]]) -> None:
    found = find_duplicates(deck("a", "Focal loss", answer=mine), [deck("b", "Focal loss", answer=theirs)])
    assert [(one.of, one.mine, one.theirs) for one in found[0].differences] == expected
