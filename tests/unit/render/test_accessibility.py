"""PDFs are made so that a screen reader reads them: structure, alternative texts, language."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf
import pytest

from planner.analysis.itinerary import Itinerary
from planner.render.letters import typeset_letters
from planner.render.poster import typeset_posters
from planner.render.route_sheets import maps_link, typeset_sheets
from tests.builders.horizons import horizon, result

ITINERARY = Itinerary(horizon(), result().plan)


@pytest.fixture(scope="module")
def papers() -> dict[str, pypdf.PdfReader]:
    """Every kind of PDF."""
    files = {
        **typeset_sheets(ITINERARY),
        **typeset_posters(ITINERARY, drafts=False),
        **typeset_letters(ITINERARY),
    }
    names = ("sheets.pdf", "schedule.pdf", "letters.pdf", "assignments.pdf")
    return {name: pypdf.PdfReader(BytesIO(files[name])) for name in names}


def elements(paper: pypdf.PdfReader) -> list[dict[str, Any]]:
    """All elements of the structure, in the order they are read."""
    return list(_below(paper.root_object["/StructTreeRoot"]))


def _below(element: Any) -> Iterator[dict[str, Any]]:
    children = element.get("/K", ())
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from _below(found)


def kinds(paper: pypdf.PdfReader) -> list[str]:
    return [element["/S"] for element in elements(paper)]


def test_papers_say_that_they_are_tagged_and_in_which_language(
    papers: dict[str, pypdf.PdfReader],
) -> None:
    """PDF/UA-1; a window shows the title in place of the file's name."""
    for paper in papers.values():
        root: Any = paper.root_object
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "id"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
        assert paper.metadata is not None
        assert paper.metadata.title


def test_pictures_have_words(papers: dict[str, pypdf.PdfReader]) -> None:
    """The map names its stops, a code its place."""
    for paper in papers.values():
        assert all(found["/Alt"] for found in elements(paper) if found["/S"] == "/Figure")
    sheets = [found["/Alt"] for found in elements(papers["sheets.pdf"]) if "/Alt" in found]
    assert "Peta rute: 1 Nama P1, 2 Nama S1" in sheets
    assert "Peta Nama P1" in sheets


def test_every_table_names_its_columns(papers: dict[str, pypdf.PdfReader]) -> None:
    """Header cells stand in a head of the table; grids that only align are no tables."""
    for name, paper in papers.items():
        tables = [found for found in elements(paper) if found["/S"] == "/Table"]
        assert bool(tables) == (name != "letters.pdf")
        for table in tables:
            inside = [found["/S"] for found in _below(table)]
            assert inside[:3] == ["/THead", "/TR", "/TH"]
            assert inside.count("/TH") > 1


def test_pages_have_headings(papers: dict[str, pypdf.PdfReader]) -> None:
    """A sheet a heading of the first level and one for the directions; a schedule one per day."""
    assert kinds(papers["sheets.pdf"]).count("/H1") == len(ITINERARY.routes)
    assert kinds(papers["sheets.pdf"]).count("/H2") == len(ITINERARY.routes)
    assert kinds(papers["schedule.pdf"]).count("/H1") == 1
    assert kinds(papers["schedule.pdf"]).count("/H2") == 2


def test_links_lead_where_the_codes_do(papers: dict[str, pypdf.PdfReader]) -> None:
    """Without the signs that let long words break."""
    links = [
        note.get_object()["/A"]["/URI"]
        for page in papers["sheets.pdf"].pages
        for note in page.get("/Annots", ())
    ]
    assert links == [maps_link(at.venue) for at in ITINERARY.all_stops()]


def test_what_to_bring_is_read_out(papers: dict[str, pypdf.PdfReader]) -> None:
    """It stands at the foot of the schedule, where artifacts stand, which are passed over."""
    schedule = papers["schedule.pdf"]
    content = schedule.pages[0].get_contents()
    passed_over, inside = [], 0
    for operands, operator in pypdf.generic.ContentStream(content, schedule).operations:
        if operator in {b"BDC", b"BMC"}:
            inside += 1
            if operands[0] == "/Artifact":
                passed_over.append(inside)
        elif operator == b"EMC":
            if passed_over and passed_over[-1] == inside:
                passed_over.pop()
            inside -= 1
        elif operator in {b"Tj", b"TJ"}:
            assert not passed_over
