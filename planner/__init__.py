"""Plans where mobile civil-registration vans stand, when, and for how long."""

__version__ = "0.1.0"
