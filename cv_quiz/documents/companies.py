"""Companies named in front of a question (`腾讯优图--常见损失函数`, `[Google] How …`), as tags."""

from __future__ import annotations

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


def _head(question: str) -> str:
    for opening, closing in (("[", "]"), ("【", "】"), ("(", ")"), ("（", "）")):
        if question.startswith(opening) and (end := question.find(closing, 1, _LONGEST_HEAD)) > 0:
            return question[1:end]
    cuts = [at for mark in ("--", "—", "–", "：", ": ", "-") if (at := question.find(mark, 0, _LONGEST_HEAD)) > 0]
    return question[: min(cuts)] if cuts else ""
