"""Measures the planner against other engines and public instances; run by hand."""
