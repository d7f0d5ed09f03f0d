"""Why: why a place is left out, what would bring it in, and why a stop is as it is."""
