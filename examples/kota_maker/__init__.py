"""Makes examples/kota-contoh: a fictional kota with its streets, people and places to stand.

Every random draw is keyed by what it is for (see `ground.dice`), so changing one street or one
row leaves the rest of the town as it was.
"""
