"""The map of a campaign: a slider over its weekends, in one HTML file that needs no internet."""

from collections.abc import Mapping
from typing import Any

from planner.analysis.campaign import Campaign, CampaignWeek
from planner.district import District, Venue
from planner.i18n.words import Words
from planner.plan import Plan
from planner.render.burn_down import BurnDown
from planner.render.campaign_summary import build_summary, kelurahan_title
from planner.render.escape import to_line
from planner.render.folium_page import (
    Border,
    FeatureGroup,
    Page,
    PageScript,
    Pin,
    ShadedArea,
    new_map,
    render_page,
)
from planner.render.html import fill_macro, fill_template
from planner.render.map_layers import VAN_NAME_LENGTH, area_rings
from planner.render.plan_map import PANES, page_words
from planner.render.progress_map import area_bounds, area_spots
from planner.render.style import RAMP, class_breaks, class_colour, style_route


def draw_campaign(district: District, campaign: Campaign) -> str:
    """People left in each kelurahan after every weekend to come, and its stops; as HTML."""
    words, spots = district.office.words, area_spots(district)
    weeks, burn_down = campaign.weeks, BurnDown(campaign, columns=1)
    codes = [code for code in sorted(weeks[0].left_by_kelurahan) if code in spots]
    breaks = class_breaks([people for week in weeks for people in _left(week, codes)])
    borders = {area.code: area for area in district.kelurahan}
    layer, lines = FeatureGroup(), FeatureGroup()
    areas: list[ShadedArea] = []
    places: list[Page] = []
    for code in codes:
        name, border = kelurahan_title(district, code), borders.get(code)
        shape = area_rings(border.shape) if border else spots[code]
        areas.append(ShadedArea(shape, class_colour(0, breaks), name))
        layer.add_child(areas[-1])
        if border:
            lines.add_child(Border(area_rings(border.shape)))
        pin = Pin(*spots[code], fill_macro("area_label", name), pane="names")
        lines.add_child(pin)
        places.append(
            {"label": name, "marker": pin, "layer": lines, "box": "kelurahan", "is_stop": True}
        )
    chart = new_map(PANES)
    chart.add_child(layer)
    chart.add_child(lines)
    venues = district.venues_of(stop.site_id for w in weeks for _, stop in w.plan.stops())
    page = {
        "places": places,
        "routes": [],
        "lines": [],
        "bounds": area_bounds(district, spots),
        "layers": {"choropleth": layer, "kelurahan": lines},
        "attribution": "",
        "words": page_words(words),
        "areas": areas,
        "names": [kelurahan_title(district, code) for code in codes],
        "weekends": [
            {
                "title": f"{week.week} · {_dates(week.plan, words)}".removesuffix(" · "),
                "facts": fill_template("facts.html", facts=_facts(week, words)),
                "at": at,
                "left": _left(week, codes),
                "colours": [class_colour(people, breaks) for people in _left(week, codes)],
                "stops": _stops(week.plan, venues, words),
            }
            for week, at in zip(weeks, burn_down.ends, strict=True)
        ],
    }
    chart.add_child(PageScript(page))
    title = words("Campaign until everybody is recorded")
    return render_page(
        chart,
        title=f"{district.office.name} · {title}",
        language=words.language,
        panel=fill_template(
            "campaign_panel.html",
            words=words,
            office=district.office.name,
            title=title,
            last=len(weeks) - 1,
            chart=burn_down.draw(words),
            told=build_summary(district, campaign, words),
            ramp=list(zip(RAMP, [1, *(high + 1 for high in breaks)], breaks, strict=False)),
        ),
    )


def _left(week: CampaignWeek, codes: list[str]) -> list[int]:
    return [week.left_by_kelurahan.get(code, 0) for code in codes]


def _dates(plan: Plan, words: Words) -> str:
    return ", ".join(words.short_date(day) for day in sorted({route.date for route in plan.routes}))


def _facts(week: CampaignWeek, words: Words) -> list[tuple[str, str]]:
    return [
        (words("Recorded"), words.number(week.people)),
        (words("Left"), words.number(week.left)),
        (words("Van-days"), words.number(week.van_days)),
        (words("People per van-hour"), words.number(week.people_per_h, 1)),
    ]


def _stops(plan: Plan, venues: Mapping[str, Venue], words: Words) -> list[list[Any]]:
    """Where each stop is, its mark and what a click on it tells."""
    marks = []
    for route in plan.routes:
        style, van = style_route(plan, route), to_line(route.van_id, VAN_NAME_LENGTH)
        for number, stop in enumerate(route.stops, start=1):
            venue = venues[stop.site_id]
            rows = [
                (words("Date"), words.long_date(route.date)),
                (words("Van"), route.van_id),
                (words("Service"), words.hours(stop.serve_s, stop.packup_s)),
                (words("People"), words.number(stop.people)),
            ]
            mark = fill_macro("stop", f"{van}{number}", style, False, "")
            popup = fill_macro("popup", venue.name, rows)
            marks.append([round(venue.lat, 6), round(venue.lon, 6), mark, popup])
    return marks
