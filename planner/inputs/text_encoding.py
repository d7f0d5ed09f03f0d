"""The text in a file, whichever encoding a spreadsheet gave it."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from planner.errors import Mistake
from planner.i18n.messages import say

_SAMPLE = 4096
_OF_WINDOWS = "cp1252"


def decode_text(content: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding is guessed: 'CSV' of Excel is that of Windows.

    UTF-16 is known by its mark, or by every second byte of its beginning being zero.

    Raises
    ------
    Mistake
        Where it is none.
    """
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff"), encoding == _OF_WINDOWS
    raise Mistake(say("is not UTF-8 text"), say("save it as 'CSV UTF-8'"))


def _encodings(content: bytes) -> tuple[str, ...]:
    head = content[:_SAMPLE]
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ("utf-16",)
    if head.count(0) > len(head) // 4:
        return ("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be",)
    return "utf-8-sig", _OF_WINDOWS
