"""The map of a campaign: a slider over its weekends, in one HTML file that needs no internet."""

from collections.abc import Mapping
from typing import Any

from planner.analysis.campaign import Campaign, CampaignWeek
from planner.district import District, Venue
from planner.i18n.words import Words
from planner.plan import Plan
from planner.render.area_map import AreaMap
from planner.render.burn_down import BurnDown
from planner.render.campaign_summary import build_summary, kelurahan_title
from planner.render.escape import to_line
from planner.render.html import fill_macro, fill_template
from planner.render.map_layers import VAN_NAME_LENGTH
from planner.render.style import class_breaks, class_colour, style_route


def draw_campaign(district: District, campaign: Campaign) -> str:
    """People left in each kelurahan after every weekend to come, and its stops; as HTML."""
    words, chart = district.office.words, AreaMap(district)
    weeks, burn_down = campaign.weeks, BurnDown(campaign, columns=1)
    codes = [code for code in sorted(weeks[0].left_by_kelurahan) if code in chart.spots]
    breaks = class_breaks([people for week in weeks for people in _left(week, codes)])
    names = [kelurahan_title(district, code) for code in codes]
    areas = [
        chart.add(code, name, colour=class_colour(0, breaks), text=name, label=name)
        for code, name in zip(codes, names, strict=True)
    ]
    venues = district.venues_of(stop.site_id for w in weeks for _, stop in w.plan.stops())
    weekends = [
        {
            "title": f"{week.week} · {_dates(week.plan, words)}".removesuffix(" · "),
            "facts": fill_template("facts.html", facts=_facts(week, words)),
            "at": at,
            "left": _left(week, codes),
            "colours": [class_colour(people, breaks) for people in _left(week, codes)],
            "stops": _stops(week.plan, venues, words),
        }
        for week, at in zip(weeks, burn_down.ends, strict=True)
    ]
    return chart.draw(
        "campaign_panel.html",
        words("Campaign until everybody is recorded"),
        breaks,
        {"areas": areas, "names": names, "weekends": weekends},
        last=len(weeks) - 1,
        chart=burn_down.draw(words),
        told=build_summary(district, campaign, words),
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
