"""Message templates: Django's syntax with Klaviyo's tags and filters, safe for text by anyone.

The language is that of semantics B.13. Importing this package imports Django.
"""

from flows.templates.compiled import render
from flows.templates.errors import TemplateProblemError
from flows.templates.occasion import Occasion
from flows.templates.values import About, opened
from flows.templates.variables import Variable, variables

__all__ = [
    "About",
    "Occasion",
    "TemplateProblemError",
    "Variable",
    "opened",
    "render",
    "variables",
]
