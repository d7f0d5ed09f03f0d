"""Figures of a plan, verdicts on two plans, what a change is worth."""
