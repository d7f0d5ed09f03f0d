"""Weekends one after another, and what finishing takes; docs/campaign.md has the mathematics."""
