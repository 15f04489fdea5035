"""Reading: what a student wrote or displayed as HTML, for an instructor who is logged in where marks are made.

nbgrader's pages show the text cells of a notebook as they are, whatever the configuration says about outputs. A script
in an answer in words would then run in formgrader, and could do there what the instructor can. Of outputs nbconvert
takes away what runs, and leaves the names by which formgrader knows its own buttons. So these take the place of
nbconvert's two filters: the same Markdown, and of any HTML only what is read.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any, Final

from bleach.sanitizer import Cleaner
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

TEXT: Final = "a abbr b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img kbd li ol p pre s"
MORE: Final = "small span strong sub summary sup table tbody td tfoot th thead tr u ul"
TAGS: Final = frozenset([*TEXT.split(), *MORE.split()])
CARD: Final = re.compile("grader-card [a-z]+")  # the one class that is let through: of our own cards
ATTRIBUTES: Final = {
    "*": ["lang", "title"],  # no id, no other class: a button of formgrader is known by them
    "a": ["href"],
    "img": ["src", "alt", "width", "height"],
    "ol": ["start"],
    "td": ["align", "colspan", "rowspan"],
    "th": ["align", "colspan", "rowspan"],
}
TABLE: Final = '<table class="table table-condensed" style="width: auto">'  # Bootstrap, as the rest of these pages
PROTOCOLS: Final = frozenset({"http", "https", "mailto", "data"})  # the last, because a picture in a cell is one


@pass_context
def as_html(context: Context, source: str) -> str:
    """Return the HTML of a text cell, without anything that could run.

    Triangles and the space between columns are put back, which the style sheets of these pages take away.
    """
    cell: Any = context.get("cell", {})
    renderer = IPythonRenderer(escape=False, attachments=cell.get("attachments", {}), exclude_anchor_links=True)
    try:
        html = MarkdownWithMath(renderer=renderer).render(source)
    except Exception:  # noqa: BLE001 - a picture that is not there, endless nesting: the rest of the page is to be read
        html = f"<pre>{escape(source)}</pre>"
    return cleaned(html).replace("<summary>", "<summary>▸ ").replace("<table>", TABLE)


def cleaned(html: str | bytes) -> str:
    """Return HTML without anything that could run, or be taken for a part of the page that it stands in."""
    text = html.decode() if isinstance(html, bytes) else str(html)
    return str(Cleaner(tags=TAGS, attributes=_is_read, protocols=PROTOCOLS).clean(text))


def _is_read(tag: str, name: str, value: str) -> bool:
    known = name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, ())
    return known or (name == "class" and CARD.fullmatch(value) is not None)
