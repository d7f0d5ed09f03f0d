"""The map of progress: people left in each kelurahan, in one HTML file that needs no internet."""

from itertools import starmap

from planner.analysis.progress import ELSEWHERE, AreaProgress, Progress
from planner.district import District
from planner.i18n.words import Words
from planner.render.area_map import AreaMap
from planner.render.html import fill_macro
from planner.render.progress_page import format_share
from planner.render.progress_tables import area_name
from planner.render.style import class_breaks, class_colour


def draw_progress(district: District, progress: Progress) -> str:
    """People left by kelurahan on a map, with both shares behind each; as HTML."""
    words, areas = district.office.words, [a for a in progress.areas if a.code != ELSEWHERE]
    breaks, chart = class_breaks([area.left for area in areas]), AreaMap(district)
    for area in areas:
        if area.code in chart.spots:
            name, facts = area_name(area, words), _facts(area, words)
            chart.add(
                area.code,
                name,
                colour=class_colour(area.left, breaks),
                text=f"{name}: " + ", ".join(starmap("{} {}".format, facts)),
                label=f"{name} · {words.number(area.left)}",
                popup=fill_macro("popup", name, facts),
            )
    title = words("Progress of recording, {day}", day=words.letter_date(progress.day))
    facts = _facts(progress.total, words)
    return chart.draw("progress_panel.html", title, breaks, {}, facts=facts)


def _facts(area: AreaProgress, words: Words) -> list[tuple[str, str]]:
    facts = [(words("Left"), words.number(area.left))]
    facts.append((words("Recorded by vans"), words.number(area.by_vans)))
    if area.eligible is not None:
        facts.append((words("Wajib KTP"), words.number(area.eligible)))
        facts.append((words("Official"), format_share(area.official, words)))
        facts.append((words("Of the reachable"), format_share(area.of_reachable, words)))
    facts.append((words("Recorded, not printed"), words.number(area.not_printed)))
    facts.append((words("Stops"), words.number(area.visits)))
    return facts
