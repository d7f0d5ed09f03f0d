"""All commands in the order of a coordinator's week, and where each is found.

A command needs a part of the program only, and starts sooner without the other parts: who solves a
bare instance draws no map.
"""

from collections.abc import Mapping

from planner.i18n.messages import Message, say

COMMANDS: Mapping[str, tuple[str, Message]] = {
    "demo": ("planner.cli.demo:demo", say("Plan and draw the example weekend in a new folder.")),
    "init": (
        "planner.cli.folder:init",
        say("Write empty tables and settings that explain themselves."),
    ),
    "check": (
        "planner.cli.folder:check",
        say("Read every table, name every problem, say what was understood."),
    ),
    "roads": ("planner.cli.roads:roads", say("Make roads ready.")),
    "plan": ("planner.cli.plan:plan", say("Decide where each van stands.")),
    "map": ("planner.cli.map:map_", say("Draw the plan of a week.")),
    "whatif": ("planner.cli.whatif:whatif", say("Compare plans with changes.")),
    "explain": ("planner.cli.explain:explain", say("Say why a place is left out of the plan.")),
    "print": ("planner.cli.paper:print_", say("Print a sheet per van and day.")),
    "publish": ("planner.cli.paper:publish", say("Write what is sent out.")),
    "repair": ("planner.cli.repair:repair", say("Mend a plan made by hand.")),
    "replan": ("planner.cli.replan:replan", say("Plan the rest of a weekend.")),
    "diff": ("planner.cli.diff:diff", say("Say what changed.")),
    "solve": ("planner.cli.bare:solve", say("Plan a bare instance.")),
    "verify": ("planner.cli.bare:verify", say("Check a plan against every rule.")),
}
"""Where each command is, and what it does, as its own page says too."""
