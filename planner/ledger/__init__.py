"""What happened: counts imported, versions published, permissions, tallies, people struck off.

Rows are only ever added; one that corrects another names it. Nothing else in the planner knows SQL.

`find_ledger` gives the ledger of a district if there is one, `open_ledger` makes it where there is
none. A `Ledger` reads

- ``counts()``: imports of counts per unit, by the day they are of;
- ``publications()``: versions sent out, with their stops and who was expected where;
- ``tallies()``: one per stop, corrections applied; ``tally_history()`` has all of them;
- ``struck_off()``: people struck off beside tallies, with reasons;
- ``permissions()``: the last word on each place and date; ``permission_history()`` has all of them;

as the plain data of `planner.backlog`, which says what follows of it: `attribute`, `balances`,
`reconcile`, `check_tally`. It writes with ``add_...``, each of which is whole or not at all, is on
the disk when it returns, and changes nothing where the ledger knows all of it already.
"""

from planner.ledger.connection import FILE, find_ledger, open_ledger
from planner.ledger.ledger import Added, Ledger, Owner, Source
