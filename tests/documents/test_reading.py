"""Bytes become lines, whatever the encoding; what is no text is refused with the place that says so."""

from __future__ import annotations

import codecs

import pytest

from cv_quiz.documents import import_document, read_document
from cv_quiz.errors import DocumentError

TEXT = "## 什么是感受野？\n\n输出上的一个点能看到的输入区域，随着层数变大。\n\n## 为什么要填充？\n\n保持大小。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    document = read_document(data, "notes.md")
    assert document.encoding == encoding
    assert "\n".join(document.lines) == TEXT
    assert bool(document.notes) == (encoding != "utf-8")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends(ends: str) -> None:
    document = read_document(TEXT.replace("\n", ends).encode(), "notes.md")
    assert "\n".join(document.lines) == TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        ("\ufeff\u200b\n".encode(), "empty"),
        (b"%PDF-1.7\n1 0 obj", "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        (bytes(range(32)) * 200, "not a text file"),
        (b"## What?\n\nabc \xff\xfe\xfd def\n", "Byte 14"),
        (codecs.BOM_UTF8 + b"abc\xff", "byte 6"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "byte"),
        ("## Was ist los?\n\nGr\xfc\xdfe aus M\xfcnchen\n".encode("latin-1"), "Byte 19"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(data, "notes.md")
    assert said in caught.value.text.en
    assert "notes.md" in caught.value.text.zh


def test_marks_that_hide_or_turn_text_are_dropped() -> None:
    document = read_document("a\u202eb\x00c\ufeffd\u200be\u0007f\u2066g".encode(), "notes.md")
    assert document.lines == ("abcdefg",)


def test_radicals_and_ligatures_become_characters() -> None:
    assert read_document("⽹络⻓度 conﬁdence ⾯".encode(), "n").lines == ("网络长度 confidence 面",)


@pytest.mark.parametrize("name", ["notes/b.md", "C:\\notes\\b.md", "b.md"])
def test_a_source_names_the_file_not_its_folder(name: str) -> None:
    result = import_document(read_document(TEXT.encode(), name))
    assert result.deck.id == "b"
    assert {card.sources[0].document for card in result.deck.cards} == {"b.md"}


def test_no_question_is_said_with_a_way_out() -> None:
    with pytest.raises(DocumentError) as caught:
        import_document(read_document(b"Just some words.\nNothing is asked here.\n", "notes.md"))
    assert "--marker" in caught.value.text.en
