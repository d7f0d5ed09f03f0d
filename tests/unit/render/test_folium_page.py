"""What goes into a map is escaped there, whoever forgot it."""

import pytest
from markupsafe import Markup

from planner.render.folium_page import (
    FeatureGroup,
    PageScript,
    Pin,
    ShadedArea,
    new_map,
    render_page,
)
from tests.unit.render.hostile import TEXTS


@pytest.mark.parametrize("text", [text for text in TEXTS if set(text) & set("<>{}$`\\")])
def test_no_text_reaches_the_page_as_it_is(text: str) -> None:
    """As a mark, a popup, a tip, in the script, and as the title."""
    layer = FeatureGroup()
    layer.add_child(Pin(-7.0, 110.0, Markup("<b>1</b>"), pane="stops", popup=text))
    layer.add_child(Pin(-7.0, 110.0, text, pane="stops"))  # type: ignore[arg-type]
    layer.add_child(ShadedArea((-7.0, 110.0), "#fff", text))
    chart = new_map({"stops": 620})
    chart.add_child(layer)
    chart.add_child(PageScript({"places": [{"label": text}], "layers": {"a": layer}}))
    page = render_page(chart, title=text, language="id", panel=Markup("<p></p>"))
    assert text not in page
    assert "\\u003cb\\u003e1" in page


def test_elements_are_named_by_their_order() -> None:
    """The same map twice, whose names Folium draws by lot."""
    pages = {
        render_page(new_map({"stops": 620}), title="", language="id", panel=Markup(""))
        for _ in range(2)
    }
    assert len(pages) == 1
