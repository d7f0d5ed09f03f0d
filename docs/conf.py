"""The documentation as a site: sphinx-build -W docs site."""

from planner import __version__

project = "Jemput bola planner"
release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["schema"]
html_theme = "furo"
html_title = f"Jemput bola planner {release}"
html_show_sphinx = False
html_show_copyright = False

myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
