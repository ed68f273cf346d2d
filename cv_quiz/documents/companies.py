"""Tags of what a document says about a question: the company that asks it (`腾讯优图--常见损失函数`, `[Google] How …`, or a
column of a table), and how hard it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents.sections import tag_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = {
    "腾讯": "tencent", "阿里": "alibaba", "蚂蚁": "ant-group", "海康": "hikvision", "百度": "baidu", "字节": "bytedance",
    "华为": "huawei", "美团": "meituan", "京东": "jd", "滴滴": "didi", "商汤": "sensetime", "旷视": "megvii", "依图": "yitu",
    "云从": "cloudwalk", "网易": "netease", "小米": "xiaomi", "快手": "kuaishou", "拼多多": "pinduoduo", "大疆": "dji",
    "小红书": "xiaohongshu", "携程": "ctrip", "虾皮": "shopee", "微软": "microsoft", "谷歌": "google", "英伟达": "nvidia",
    "google": "google", "microsoft": "microsoft", "amazon": "amazon", "facebook": "meta", "meta": "meta", "apple": "apple",
    "nvidia": "nvidia", "tesla": "tesla", "uber": "uber", "netflix": "netflix", "intel": "intel", "bytedance": "bytedance",
}  # fmt: skip
_LONGEST_HEAD = 24


def company_tags(question: str) -> tuple[str, ...]:
    """`company/tencent` where the question's head, cut off by a dash, colon or bracket, names the company."""
    head = _head(question).lower()
    return tuple(dict.fromkeys(f"company/{slug}" for name, slug in _NAMES.items() if name in head))


def named_companies(names: Iterable[str]) -> tuple[str, ...]:
    """`company/google` for every name in a table's column of companies."""
    slugs = (_NAMES.get(name.lower()) or tag_of(name) for name in names)
    return tuple(dict.fromkeys(f"company/{slug}" for slug in slugs if slug))


def difficulty_tags(words: str) -> tuple[str, ...]:
    """`difficulty/medium` for a word such as `Medium` or `中等`; stars and single characters say too little for a tag."""
    tag = tag_of(words)
    return (f"difficulty/{tag}",) if len(tag) >= 2 and not tag.isdecimal() else ()


def _head(question: str) -> str:
    for opening, closing in (("[", "]"), ("【", "】"), ("(", ")"), ("（", "）")):
        if question.startswith(opening) and (end := question.find(closing, 1, _LONGEST_HEAD)) > 0:
            return question[1:end]
    cuts = [at for mark in ("--", "—", "–", "：", ": ", "-") if (at := question.find(mark, 0, _LONGEST_HEAD)) > 0]
    return question[: min(cuts)] if cuts else ""
