"""Solvers: each makes a plan that keeps the rules of `planner.check`."""
