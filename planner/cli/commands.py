"""All commands in the order of a coordinator's week, and where each is found.

A command needs a part of the program only, and starts sooner without the other parts: who solves a
bare instance draws no map.
"""

from collections.abc import Mapping

from planner.i18n.messages import Message, say

COMMANDS: Mapping[str, tuple[str, Message]] = {
    "demo": ("planner.cli.demo:demo", say("Plan and draw the example weekend in a new folder.")),
    "init": (
        "planner.cli.init_and_check:init",
        say("Create a district folder with empty tables and commented settings."),
    ),
    "import": (
        "planner.cli.import_files:import_",
        say("Take tables of other programs into a district folder."),
    ),
    "check": (
        "planner.cli.init_and_check:check",
        say("Read all tables, report all problems, and summarise the district."),
    ),
    "roads": ("planner.cli.roads:roads", say("Prepare the road network.")),
    "plan": ("planner.cli.plan:plan", say("Plan where vans stand in a week.")),
    "map": ("planner.cli.map:map_", say("Draw the plan of a week on a map.")),
    "whatif": ("planner.cli.whatif:whatif", say("Compare plans with and without changes.")),
    "campaign": (
        "planner.cli.campaign:campaign",
        say("Plan weekends in sequence."),
    ),
    "explain": ("planner.cli.explain:explain", say("Explain why a place is left out of the plan.")),
    "permit": (
        "planner.cli.permit:permit",
        say("Keep what hosts said, and list whom to call."),
    ),
    "print": (
        "planner.cli.paper:print_",
        say("Print a route sheet for each van and day."),
    ),
    "publish": (
        "planner.cli.paper:publish",
        say("Write posters, texts and letters to send out."),
    ),
    "tally": ("planner.cli.tally:tally", say("Take in what a week has done.")),
    "progress": ("planner.cli.progress:progress", say("Report progress to 100 %.")),
    "repair": ("planner.cli.repair:repair", say("Repair a plan made by hand.")),
    "replan": ("planner.cli.replan:replan", say("Replan the rest of a week.")),
    "versions": ("planner.cli.versions:versions", say("List the versions of plans.")),
    "diff": ("planner.cli.diff:diff", say("Compare two plans stop by stop.")),
    "batch": ("planner.cli.batch:batch", say("Plan or check many districts side by side.")),
    "solve": ("planner.cli.instance_files:solve", say("Solve an instance file.")),
    "verify": ("planner.cli.instance_files:verify", say("Check a plan against every rule.")),
}
"""Where each command is, and what it does, as its own page says too."""
