"""How many people sites can record together, where people may come to more than one of them.

A site has people of its own, and draws some of each group. Who would come to a site that draws
fewer of a group would also come to one that draws more of it, so the sites S together record at
most f(S) people: their own, and of each group the largest draw in S. All who are recorded can be
different persons if and only if no set of sites records more than f of it (Edmonds 1970);
docs/model.md has the proof. All is counted in thousandths of a person.
"""

from planner.catchments.allocation import PERSON, Allocation
from planner.catchments.catchments import BrokenSet, Catchments
