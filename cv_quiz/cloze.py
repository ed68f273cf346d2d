"""The blanks of a cloze text: `{{word}}` or `{{word::hint}}`; a word may hold a formula."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# What is typed for a sign that keyboards lack, and formula marks that nobody types.
_TYPED = str.maketrans({"−": "-", "–": "-", "×": "x", "·": "*", "’": "'", "$": "", "\\": "", "{": "", "}": ""})
# Traditional forms of characters that terms of the field are written with, and their simplified forms.
_TRADITIONAL = (
    "減質線連動內態與調學習驗證損傳變預測機樣數無關隨類間雜維報錯屬併並選應響滿對鏈個餘殘層單寬頻權訓練積"
    "總適當長寫訊號圖網絡優偽標籤檢區條離儀場準輸資錄處於從雙據視覺級聯結構過擬閾時頂點細計為麼這誤導熱壓"
    "縮轉換軟鬆後溫馬爾歐幾裡樹節陣徑強確稱讓實現環邊緣顯記憶隱歸傾邏輯淚遞則鄰負倆滅階採遺觀價啟勻鍵種補"
    "絕縱橫協組狀極約統續銳鋭題順須額顆驟貝貢獻範純紋藍綠紅彙匯較輕輪達遠運進還開閉際雖靜項頭風飽驅體齊齡"
    "衝沖決況幀幹廣異盡監盤碼禮穩窮簡緩義聲聽腦臉舊華虛術裝規設訪評詞試該語說請論識譯護讀購賴趨跡蹤車軸載"
    "輔農鏡錨鎖門問闊陽陰險難電靈頁顏飛魯黨側儲僅剛創劃劑勢勞務參吳員圓圍團執塊壞奪孫寶審將專尋島師帶幣庫"
    "廠彈徵復複憑擇擊擴擋揀搖敵斷曉東槓樂歷曆歲殺氣滾濾濃潛災煉營牆獨獲瑣畫"
)
_SIMPLIFIED = (
    "减质线连动内态与调学习验证损传变预测机样数无关随类间杂维报错属并并选应响满对链个余残层单宽频权训练积"
    "总适当长写讯号图网络优伪标签检区条离仪场准输资录处于从双据视觉级联结构过拟阈时顶点细计为么这误导热压"
    "缩转换软松后温马尔欧几里树节阵径强确称让实现环边缘显记忆隐归倾逻辑泪递则邻负俩灭阶采遗观价启匀键种补"
    "绝纵横协组状极约统续锐锐题顺须额颗骤贝贡献范纯纹蓝绿红汇汇较轻轮达远运进还开闭际虽静项头风饱驱体齐龄"
    "冲冲决况帧干广异尽监盘码礼稳穷简缓义声听脑脸旧华虚术装规设访评词试该语说请论识译护读购赖趋迹踪车轴载"
    "辅农镜锚锁门问阔阳阴险难电灵页颜飞鲁党侧储仅刚创划剂势劳务参吴员圆围团执块坏夺孙宝审将专寻岛师带币库"
    "厂弹征复复凭择击扩挡拣摇敌断晓东杠乐历历岁杀气滚滤浓潜灾炼营墙独获琐画"
)
_SIMPLER = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a cloze text; `blank` says whether it is to be filled in."""

    text: str
    blank: bool = False
    hint: str = ""


def pieces(cloze: str) -> list[Piece]:
    """The text cut at its blanks. Braces that never close are text."""
    found: list[Piece] = []
    position = 0
    while (start := cloze.find("{{", position)) >= 0 and (end := _end(cloze, start + 2)) >= 0:
        word, _, hint = cloze[start + 2 : end].partition("::")
        found += [Piece(cloze[position:start]), Piece(word, blank=True, hint=hint)]
        position = end + 2
    return [*found, Piece(cloze[position:])]


def open_blanks(cloze: str) -> str:
    """The text as it is asked: `[...]`, or the hint, for each blank."""
    return "".join(f"[{piece.hint or '…'}]" if piece.blank else piece.text for piece in pieces(cloze))


def filled_blanks(cloze: str, before: str = "", after: str = "") -> str:
    """The text as it is answered, each word between two marks."""
    return "".join(f"{before}{piece.text}{after}" if piece.blank else piece.text for piece in pieces(cloze))


def words(cloze: str) -> list[str]:
    """What belongs into the blanks, in order."""
    return [piece.text for piece in pieces(cloze) if piece.blank]


def matches(typed: str, word: str) -> bool:
    """Whether a typed word is the right one: width, case, blanks, formula marks, closing punctuation
    and traditional characters are forgiven.
    """
    return _folded(typed) == _folded(word)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_TYPED).translate(_SIMPLER)
    return "".join(plain.split()).rstrip(".,;:!?。、，；：！？")


def _end(cloze: str, start: int) -> int:
    """Where a blank that begins at `start` closes: the first `}}` outside of a formula; -1 where there is none."""
    in_formula = False
    for position in range(start, len(cloze) - 1):
        if cloze[position] == "$" and cloze[position - 1] != "\\":
            in_formula = not in_formula
        elif not in_formula and cloze.startswith("}}", position):
            # In `{{x_{1}}}` the blank closes with the last two braces.
            return position + 1 if cloze.startswith("}}}", position) and "{" in cloze[start:position] else position
    return -1
