"""From bytes to lines: which encoding, which line ends, and what is no text at all."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import PurePath

from cv_quiz.documents.characters import clean
from cv_quiz.errors import DocumentError
from cv_quiz.language import Text

# Mark, codec without the mark, name. Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
)
_SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class Document:
    """A document as lines without line ends; `lines[0]` is line 1. `notes` says what reading it took."""

    name: str
    lines: tuple[str, ...]
    encoding: str = "utf-8"
    notes: tuple[Text, ...] = field(default=())

    @property
    def file_name(self) -> str:
        """The last part of the name: what a card's source calls the document."""
        return PurePath(self.name.replace("\\", "/")).name or self.name


def read_document(data: bytes, name: str) -> Document:
    """The lines of a document, whatever encoding it is in.

    Raises DocumentError where the bytes are no text, are in no known encoding, or hold nothing to read.
    """
    if not data.strip():
        raise DocumentError(EMPTY.format(name=name))
    if data.startswith(_SIGNATURES):
        raise DocumentError(BINARY.format(name=name))
    text, encoding = _decode(data, name)
    if _is_binary(text[:_SAMPLE]):
        raise DocumentError(BINARY.format(name=name))
    lines = tuple(clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    if not any(not line.isspace() and line for line in lines):
        raise DocumentError(EMPTY.format(name=name))
    notes = () if encoding == "utf-8" else (READ_AS.format(encoding=encoding.upper()),)
    return Document(name, lines, encoding, notes)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for mark, codec, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, len(mark), codec, name), encoding
    if wide := _wide_encoding(data[:_SAMPLE]):
        return _decode_marked(data, 0, wide, name), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _decode_national(data, error.start, name)


def _decode_marked(data: bytes, start: int, codec: str, name: str) -> str:
    try:
        return data[start:].decode(codec)
    except UnicodeDecodeError as error:
        raise DocumentError(BROKEN.format(name=name, encoding=codec.upper(), byte=start + error.start)) from None


def _decode_national(data: bytes, failed_at: int, name: str) -> tuple[str, str]:
    """GB18030 takes nearly any bytes, so its result must also look like Chinese."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise DocumentError(UNKNOWN.format(name=name, byte=failed_at)) from None
    if not _looks_chinese(text[:_SAMPLE]):
        raise DocumentError(UNKNOWN.format(name=name, byte=failed_at))
    return text, "gb18030"


def _looks_chinese(text: str) -> bool:
    """Whether the characters beyond ASCII are mostly those of everyday Chinese."""
    foreign = [character for character in text if character > "\x7f"]
    return sum(map(_is_usual_chinese, foreign)) >= 0.8 * len(foreign)


def _is_usual_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fa5" or "\u3000" <= character <= "\u301f" or "\uff00" <= character <= "\uff5e"


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: there are zero bytes, and read that way nearly all is ASCII or everyday Chinese."""
    if b"\x00" not in sample:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(codec, "replace")
        usual = sum(
            character in "\n\r\t" or " " <= character <= "~" or _is_usual_chinese(character) for character in text
        )
        if text and usual >= 0.95 * len(text):
            return codec
    return None


def _is_binary(sample: str) -> bool:
    """Text has hardly any control characters besides white space."""
    controls = sum(character < " " and character not in "\t\n\r\f\v" for character in sample)
    return controls > max(8, (len(sample) - sample.count("\r")) // 10)


EMPTY = Text("{name} 是空的，没有可导入的内容。", "{name} is empty: there is nothing to import.")
BINARY = Text("{name} 不是文本文件。请先转换成 Markdown 或纯文本。",
              "{name} is not a text file. Convert it to Markdown or plain text first.")  # fmt: skip
BROKEN = Text("{name} 标明是 {encoding}，但第 {byte} 个字节不合法。请另存为 UTF-8。",
              "{name} is marked as {encoding}, but byte {byte} is not. Save it as UTF-8.")  # fmt: skip
UNKNOWN = Text("{name} 的编码无法识别：第 {byte} 个字节不是 UTF-8，整体也不像 GB18030。请另存为 UTF-8。",
               "{name}: unknown encoding. Byte {byte} is not UTF-8, and it does not read as GB18030. Save it as UTF-8.")  # fmt: skip
READ_AS = Text("按 {encoding} 编码读取", "read as {encoding}")
