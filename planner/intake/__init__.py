"""Takes in whatever tables an office has: reads, refuses persons, reconciles, and updates a folder.

Nothing here writes: what is to be written comes back as content by file name.
"""
