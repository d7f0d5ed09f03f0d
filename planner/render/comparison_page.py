"""Scenarios on one page that opens without internet: charts, the table, and the maps in pairs."""

from collections.abc import Iterator, Sequence
from importlib.resources import files

from planner.analysis.comparison import (
    Case,
    Verdict,
    case_name,
    headers,
    people_verdict,
    row,
    signed,
    worth_verdict,
)
from planner.analysis.itinerary import Itinerary
from planner.district import Venue
from planner.i18n.words import Words
from planner.render.comparison_charts import bar, key, scale_end, scatter
from planner.render.escape import to_html
from planner.render.plan_picture import MapSeries, draw_base_map, draw_plan, fit_series

POLICY = (
    '<meta http-equiv="Content-Security-Policy"'
    " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)
OPEN_MAPS = 3
"""Of so many scenarios the maps are seen at once."""

LONGEST = 1000
"""Characters of a paragraph."""

NAMES = 8
"""Places named one by one; of more, the number."""


def draw_comparison(base: Case, cases: Sequence[Case]) -> str:
    """The plan without changes beside each scenario, as HTML without scripts."""
    office = base.horizon.district.office
    words = office.words
    title = to_html(f"{office.name} · {base.horizon.week}")
    style = files("planner.render").joinpath("assets", "comparison.css").read_text("utf-8")
    body = [
        f"<h1>{title}</h1>",
        *_notes(base, cases, words),
        f"<h2>{to_html(words('People recorded'))}</h2>",
        *_bars(base, cases, words),
        f"<h2>{to_html(words('What it takes'))}</h2>",
        scatter((base, *cases), words),
        f"<h2>{to_html(words('All numbers'))}</h2>",
        _table(base, cases, words),
        f"<h2>{to_html(words('Maps'))}</h2>",
        *_maps(base, cases, words),
    ]
    return (
        f'<!DOCTYPE html><html lang="{words.language}"><head><meta charset="utf-8">{POLICY}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{style}</style></head><body>{''.join(body)}</body></html>\n"
    )


def _notes(base: Case, cases: Sequence[Case], words: Words) -> Iterator[str]:
    told = words(
        "{count} scenarios beside the plan without changes, which records {people} people.",
        count=len(cases),
        people=words.number(base.result.people),
    )
    yield f"<p>{to_html(told)}</p>"
    yield f"<p>{to_html(_verdicts(base, cases, words))}</p>"
    if base.horizon.travel.straight:
        note = words("Straight-line estimate: there is no road file")
        yield f'<p class="note">{to_html(note)}</p>'


def _verdicts(base: Case, cases: Sequence[Case], words: Words) -> str:
    found = [people_verdict(base, case) for case in cases]
    return words(
        "More people, proven: {more}. Fewer, proven: {fewer}. Undecided: {undecided}, as better"
        " plans than those found could turn the difference round.",
        more=found.count(Verdict.MORE),
        fewer=found.count(Verdict.FEWER),
        undecided=found.count(Verdict.UNDECIDED),
    )


def _bars(base: Case, cases: Sequence[Case], words: Words) -> Iterator[str]:
    end = scale_end((base, *cases))
    yield '<div class="bars">'
    for number, case in enumerate((base, *cases)):
        name = case_name(case, words)
        count = words.number(case.result.people)
        if case is not base:
            proven = people_verdict(base, case)
            difference = signed(case.result.people - base.result.people, words)
            count += f' <span class="{proven.value}">{difference} {to_html(words(proven.value))}'
            count += "</span>"
        yield (
            f'<div class="name">{number}. {to_html(name)}</div>'
            f'<div class="count">{count}</div>{bar(case, base, end)}'
        )
    yield f"</div>{key(words)}"


def _table(base: Case, cases: Sequence[Case], words: Words) -> str:
    head = "".join(f"<th>{to_html(text)}</th>" for text in headers(base, words))
    rows = []
    for number, case in enumerate((base, *cases)):
        name, *cells = row(base, case, words)
        kind = ' class="base"' if case is base else ""
        told = "".join(f"<td>{to_html(cell)}</td>" for cell in cells)
        rows.append(f"<tr{kind}><td>{number}. {to_html(name)}</td>{told}</tr>")
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _maps(base: Case, cases: Sequence[Case], words: Words) -> Iterator[str]:
    plans = [Itinerary(case.horizon, case.result.plan) for case in (base, *cases)]
    if not any(plan.routes for plan in plans):
        return
    series = fit_series(plans)
    before = plans[0]
    yield (
        '<svg width="0" height="0" style="position:absolute" aria-hidden="true">'
        f'<symbol id="ground" viewBox="{series.box}">{draw_base_map(base.horizon, series)}'
        f'</symbol><symbol id="base" viewBox="{series.box}">'
        f"{draw_plan(before, series, gained=(), lost=())}</symbol></svg>"
    )
    hint = words("A ring: a new stop. A cross: no stop any more. A colour per van, a dash per day.")
    yield f'<p class="hint">{to_html(hint)}</p>'
    opened = " open" if len(cases) <= OPEN_MAPS else ""
    for number, (case, plan) in enumerate(zip(cases, plans[1:], strict=True), 1):
        difference = signed(case.result.people - base.result.people, words)
        told = words("{difference} people", difference=difference)
        verdicts = words(
            "people: {people}; worth of the plan: {worth}",
            people=words(people_verdict(base, case).value),
            worth=words(worth_verdict(base, case).value),
        )
        yield (
            f"<details{opened}><summary>{number}. {to_html(case.name)}"
            f" <span>· {to_html(told)} · {to_html(verdicts)}</span></summary><div>"
            f"{''.join(_changes(before, plan, words))}"
            f'<div class="pair">{_figure(words("without changes"), series, "base", "")}'
            f"{_figure(case.name, series, '', _picture(before, plan, series))}"
            "</div></div></details>"
        )


def _changes(before: Itinerary, after: Itinerary, words: Words) -> Iterator[str]:
    """Which places get a stop and which lose theirs."""
    old, new = _visited(before), _visited(after)
    gained = [new[key] for key in new if key not in old]
    lost = [old[key] for key in old if key not in new]
    if gained:
        yield _paragraph(words("new stops: {names}", names=_names(gained, words)))
    if lost:
        yield _paragraph(words("stops no more: {names}", names=_names(lost, words)))


def _paragraph(text: str) -> str:
    return f"<p>{to_html(text, LONGEST)}</p>"


def _names(venues: Sequence[Venue], words: Words) -> str:
    names = ", ".join(venue.name for venue in venues[:NAMES])
    more = len(venues) - NAMES
    return words("{names} and {count} more", names=names, count=more) if more > 0 else names


def _picture(before: Itinerary, after: Itinerary, series: MapSeries) -> str:
    old, new = _visited(before), _visited(after)
    lost = [(venue.lat, venue.lon) for key, venue in old.items() if key not in new]
    return draw_plan(after, series, gained=new.keys() - old.keys(), lost=lost)


def _visited(itinerary: Itinerary) -> dict[str, Venue]:
    return {at.venue.id: at.venue for at in itinerary.all_stops()}


def _figure(title: str, series: MapSeries, symbol: str, body: str) -> str:
    use = f'<use href="#{symbol}"/>' if symbol else body
    return (
        f'<figure><figcaption>{to_html(title)}</figcaption><svg viewBox="{series.box}"'
        f' role="img" aria-label="{to_html(title)}" font-family="Noto Sans, Arial, sans-serif">'
        f'<use href="#ground"/>{use}</svg></figure>'
    )
