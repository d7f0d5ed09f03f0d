"""Plans a weekend of the example district and draws it: weekend.html, to open in a browser."""

from pathlib import Path

import planner

district = planner.read_district(planner.copy_example("kota-contoh"))
plan = planner.plan_week(district, "2026-W48", search=planner.Search(time_limit_s=10))
for route, stop in plan.plan.stops():
    print(route.date, route.van_id, plan.venues[stop.site_id].name, stop.people, sep="; ")
print(f"{plan.result.people} people recorded; no plan records more than {plan.result.people_bound}")
Path("weekend.html").write_text(planner.draw(plan), encoding="utf-8")
