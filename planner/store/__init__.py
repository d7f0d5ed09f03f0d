"""Where a plan lies, and how files are written whole."""
