"""Characters that nobody sees or means, as word processors, web pages and phones leave them."""

import re
from unicodedata import normalize

# Joiners inside other scripts than Latin shape letters, and stay.
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_SIGNS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4`\uff07", "'")
    | dict.fromkeys("\u201c\u201d\u2033\uff02", '"')
)


def clean_text(text: str) -> str:
    """A text without characters that cannot be seen, letters with their accents in one piece."""
    return text if text.isascii() else _INVISIBLE.sub("", normalize("NFC", text))


def plain_signs(text: str) -> str:
    """A text with the minus, apostrophe and quotation mark of a keyboard."""
    return text.translate(_SIGNS)
