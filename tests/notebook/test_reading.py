"""What a student writes between the cells, or displays: shown as it was meant, and nothing runs or is a button."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from nbconvert import HTMLExporter
from traitlets.config import Config

from grader.notebook.autograde import configure
from grader.notebook.reading import ATTRIBUTES, CARD, TAGS

Show = Callable[..., str]
ATTACKS = [
    "<script>document.title = 'taken'</script>",
    "Words, and then <img src=x onerror=\"document.title='taken'\">",
    "<details open ontoggle=alert(1)>more</details>",
    "[here](javascript:alert(1))",
    "<a href='java&#10;script:alert(1)'>here</a>",
    "![x](javascript:alert(1))",
    "```mermaid\n</pre><img src=x onerror=alert(1)><pre>\n```",
    "$x</span><svg onload=alert(1)>$ <math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<button class='full-credit' id='answer'>Full credit</button>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><style>body { display: none }</style>",
    "![x](attachment:gone.png) <script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<div class='nbgrader_cell'><span id='softmax-check'></span><a class='full-credit'>click</a></div>",
    "<div class='grader-card full-credit'><b class='grader-card full-credit'></b></div><b class='grader-card\nx'></b>",
]


SHOWN = {
    "text": "markdown2html | strip_files_prefix",
    "text/html": "clean_html",
    "text/markdown": "markdown2html | clean_html",
}
"""How nbgrader's pages show text cells, and two kinds of outputs."""


class Seen(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, attrs))


@pytest.fixture(scope="module")
def show() -> Show:
    """Return a function that shows a text as nbgrader's pages do, with our line of configuration or without."""
    config = Config()
    configure(config)
    engines = {True: HTMLExporter(config=config).environment, False: HTMLExporter(config=Config()).environment}
    pages = {
        (ours, kind): engine.from_string(f"{{{{ cell.source | {filters} }}}}")
        for ours, engine in engines.items()
        for kind, filters in SHOWN.items()
    }

    def shown(source: str, *, ours: bool = True, kind: str = "text", **cell: object) -> str:
        return pages[ours, kind].render(cell={"source": source, **cell})

    return shown


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("kind", SHOWN)
def test_nothing_that_a_student_writes_or_displays_can_run(show: Show, attack: str, kind: str) -> None:
    """Only what is read is left, no address runs anything, and nothing is named like a button of formgrader."""
    for tag, attributes in Seen(show(attack, kind=kind)).tags:
        assert tag in TAGS
        for name, value in attributes:
            assert name in [*ATTRIBUTES["*"], *ATTRIBUTES.get(tag, [])] or CARD.fullmatch(value or "")
            assert "script:" not in (value or "")
            assert "full-credit" not in (value or "")


def test_as_it_comes_an_answer_in_words_runs_in_formgrader(show: Show) -> None:
    """What nbconvert has for text cells lets it through, whatever is configured for outputs."""
    assert ["<script>" in show(ATTACKS[0], ours=False), "onerror=" in show(ATTACKS[1], ours=False)] == [True, True]


def test_as_it_comes_an_output_is_a_button_of_formgrader(show: Show) -> None:
    """What nbconvert has for outputs takes scripts away, and leaves the names of buttons."""
    assert '<a class="full-credit">' in show(ATTACKS[-2], ours=False, kind="text/html")


def test_a_card_and_displayed_markdown_are_shown_as_they_are(show: Show) -> None:
    """The class of a card is let through, and tags of Markdown are no text."""
    card = '<div class="grader-card good" lang="en">Points</div>'
    assert [show(card, kind="text/html"), show("*a*", kind="text/markdown")] == [card, "<p><em>a</em></p>\n"]


def test_what_is_written_to_be_read_is_shown(show: Show) -> None:
    """Headings, tables, code, formulas, folded parts, and a picture that is in the cell."""
    picture = {"a.png": {"image/png": "iVBORw0KGgo="}}
    table = "## Why\n\n| a | b |\n| --- | --- |\n| 1 | $x<y$ |\n\n"
    text = "```python\nz / tau\n```\n\n![A curve](attachment:a.png)\n\n"
    folded = "<details lang='es'>\n<summary>Por qué</summary>\n\n*Porque* sí.\n\n</details>"
    html = show(table + text + folded, attachments=picture)
    tags = [tag for tag, _ in Seen(html).tags]
    assert {"h2", "table", "th", "td", "pre", "img", "details", "summary", "em"} <= set(tags)
    assert "$x&lt;y$" in html
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in html
    assert '<details lang="es">\n<summary>▸ Por qué</summary>' in html
