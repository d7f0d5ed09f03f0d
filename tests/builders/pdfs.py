"""What a PDF says."""

from io import BytesIO

import pypdf


def text_of(pdf: bytes) -> str:
    """All its text on one line."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())
