"""Other engines, each with the best encoding it allows: ``plan(instance, seconds, seed)``."""
