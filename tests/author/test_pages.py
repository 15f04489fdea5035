"""Pages and pictures: released by name, linked to the exercises that exist, signed, and alike in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.author.laws.freshness import released_files_fresh
from grader.author.laws.pages import pages_complete
from grader.author.laws.secrecy import files_of, nothing_secret
from grader.author.pages import build_pages
from grader.author.pictures import draw_pictures, same_picture
from grader.author.prove import prove
from grader.author.release import build_release, write_release
from grader.exercise.check import AuthorError
from grader.exercise.course import load_author_course
from grader.exercise.texts import LANGUAGES

COURSE = Path(__file__).resolve().parents[2] / "solutions"
RELEASED = COURSE.parent / "exercises"
DRAW = """\
def line(figure):
    figure.subplots().plot([1, 2], [3, 4])


PICTURES = {"line": line}
"""
MATHS = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.DOTALL)
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


@pytest.fixture
def paged(solutions: Path) -> Path:
    """Return a course with a reading path in two languages, and a picture."""
    pages = solutions / "pages"
    pages.mkdir()
    (pages / "reading.en.md").write_text(
        "# Read\n\n[[mean]], [[median]]\n\n![A](pictures/line.svg)\n", encoding="utf-8"
    )
    (pages / "reading.es.md").write_text("# Lee\n\n[[mean]], [[median]]\n\n![A](pictures/line.svg)\n", encoding="utf-8")
    (pages / "pictures.py").write_text(DRAW, encoding="utf-8")
    (pages / "notes.md").write_text("Not for students.\n", encoding="utf-8")
    return solutions


def released(course: Path) -> dict[str, str]:
    """Return what is released beside the exercise."""
    files = build_release(load_author_course(course))
    return {name: text for name, text in files.items() if not name.startswith(("mean/", "course.json"))}


def of_law_five(files: dict[str, str]) -> list[str]:
    """Return what law 5 says of pages."""
    return [str(violation).removeprefix("law 5, every text in every language: ") for violation in pages_complete(files)]


def test_pages_are_released_by_name(paged: Path) -> None:
    """English as GitHub shows it, other languages beside it, pictures in a folder, and nothing else."""
    assert list(released(paged)) == ["README.es.md", "README.md", "pictures/line.svg"]


def test_a_page_links_to_the_exercises_that_exist(paged: Path) -> None:
    """Each in its own language; the others are named."""
    files = released(paged)
    assert "\n[`mean`](mean/text/en.md), `median`\n" in files["README.md"]
    assert "\n[`mean`](mean/text/es.md), `median`\n" in files["README.es.md"]


def test_pages_decide_no_mark(paged: Path) -> None:
    """A corrected sentence does not make the results of a class stale, neither here nor at a student's."""
    before, shown = load_author_course(paged).suite, build_release(load_author_course(paged))["course.json"]
    (paged / "pages" / "reading.en.md").write_text("# Read this\n", encoding="utf-8")
    assert load_author_course(paged).suite == before
    assert build_release(load_author_course(paged))["course.json"] == shown


def test_a_picture_is_the_same_bytes_each_time(paged: Path, tmp_path: Path) -> None:
    """No date and no chance; its texts are paths, so that it needs no font."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "pictures.py").write_text(DRAW, encoding="utf-8")
    (picture,) = draw_pictures(other / "pictures.py", other).values()
    assert picture == released(paged)["pictures/line.svg"]
    assert "<dc:date>" not in picture
    assert "<text" not in picture


def test_another_machine_may_draw_other_bytes(paged: Path) -> None:
    """But only from the same code, and nobody may touch what it drew."""
    fresh = released(paged)["pictures/line.svg"]
    assert same_picture(fresh, fresh)
    assert not same_picture(fresh, fresh.replace("<path", "<path ", 1))
    assert not same_picture(fresh, "")
    (paged / "pages" / "pictures.py").write_text(DRAW.replace("4", "5"), encoding="utf-8")
    assert not same_picture(fresh, released(paged)["pictures/line.svg"])


@pytest.mark.parametrize(
    ("old", "new", "fresh"),
    [
        ("<path", "<path", True),
        ("<path", "<path ", False),
        ("code ", "code 0", False),
        ("picture ", "picture 0", False),
    ],
)
def test_law_six_sees_a_picture_that_was_touched(
    paged: Path, tmp_path: Path, old: str, new: str, fresh: object
) -> None:
    """A drawing, or one of its two hashes."""
    files = build_release(load_author_course(paged))
    write_release(files, tmp_path / "exercises")
    path = tmp_path / "exercises" / "pictures" / "line.svg"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert (list(released_files_fresh(files, tmp_path / "exercises", load_author_course(paged))) == []) is fresh


def test_law_six_lets_another_matplotlib_draw(paged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version drew from the same code is fresh as it is."""
    files = build_release(load_author_course(paged))
    with monkeypatch.context() as patch:
        patch.setattr("grader.author.pictures.SIZE", (3, 3))  # stands for all that a machine may do otherwise
        draw_pictures.__globals__["_drawn"].cache_clear()
        write_release(build_release(load_author_course(paged)), tmp_path / "exercises")
    assert (tmp_path / "exercises" / "pictures" / "line.svg").read_text(encoding="utf-8") != files["pictures/line.svg"]
    assert list(released_files_fresh(files, tmp_path / "exercises", load_author_course(paged))) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("from ..mean.solution import mean\n", "imports a file beside it"),
        ("PICTURES = {'../line': print}\n", "'../line' is no name for a picture"),
        ("1 / 0\n", "cannot be imported: ZeroDivisionError"),
        ("def\n", "cannot be imported: SyntaxError"),
    ],
)
def test_pictures_that_cannot_be_drawn_are_the_author_s_fault(paged: Path, code: str, said: str) -> None:
    """One sentence that names the file."""
    (paged / "pages" / "pictures.py").write_text(code, encoding="utf-8")
    with pytest.raises(AuthorError, match=rf"pictures\.py.*{said}"):
        released(paged)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("reading.es.md", None, "", "README.es.md: it is missing, but there is README.md"),
        ("reading.en.md", None, "", "README.md: it is missing, but there is README.es.md"),
        ("reading.es.md", "# Lee", "# Lee\n\n## Más", "README.es.md: it has other headings than the English page"),
        ("reading.es.md", "# Lee", "# Read", None),
        (
            "reading.es.md",
            "![A](pictures/line.svg)",
            "",
            "only one of it and the English page links to pictures/line.svg",
        ),
        ("reading.en.md", "line.svg", "lines.svg", "README.md: it links to pictures/lines.svg, which is not released"),
        ("reading.en.md", "# Read", "# Read\n\n```text\n# no heading\n```", ""),
        ("reading.en.md", "# Read", "# Read\n\n[x](https://example.org) [y](#read)", "links to https://example.org"),
    ],
)
def test_law_five_compares_the_languages(paged: Path, name: str, old: str | None, new: str, said: str | None) -> None:
    """Pages that exist in one language only, are built differently, or link to nothing."""
    path = paged / "pages" / name
    assert of_law_five(build_release(load_author_course(paged))) == []
    if old is None:
        path.unlink()
    else:
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    seen = of_law_five(build_release(load_author_course(paged)))
    assert any(said in line for line in seen) if said else seen == []


def test_an_untranslated_page_is_seen(paged: Path) -> None:
    """It equals the English one but for its links."""
    files = released(paged)
    files["README.es.md"] = files["README.md"]
    assert "README.es.md: it equals the English page" in of_law_five(files)


def test_proving_looks_at_pages(paged: Path) -> None:
    """Law 5 of pages is among the laws, and law 7 knows their names."""
    (paged / "pages" / "reading.es.md").unlink()
    proof = prove(load_author_course(paged), [], None)
    assert [violation.law for violation in proof.violations] == [5]


def test_law_seven_knows_the_names_of_pages(paged: Path) -> None:
    """Pictures are drawings, in their own folder, in every artefact; the code that drew them is in none."""
    files = files_of({**released(paged), "pictures/line.py": "", "pages/pictures.py": "", "pictures.svg": ""})
    seen = {violation.subject for violation in nothing_secret({"exercises": files}, paged) if violation.law == 7}
    assert seen == {f"exercises: {name}" for name in ("pictures/line.py", "pages/pictures.py", "pictures.svg")}


def test_the_code_of_a_picture_is_secret_but_not_its_words(paged: Path) -> None:
    """A page may say what is written in a picture, and show none of the code that drew it."""
    words = r"$\mathrm{softmax}(z)^{1/\tau}$ or $\mathrm{softmax}(z/\tau)$"
    code = "rows = [weights[k] / sum(weights) for k in range(len(weights))]\n"
    (paged / "pages" / "pictures.py").write_text(
        f"{DRAW}WORDS = {words!r}\n\n\ndef f(weights):\n    {code}", encoding="utf-8"
    )
    for said, kept in ((words, True), (code, False)):
        files = files_of({"README.md": said})
        assert (list(nothing_secret({"exercises": files}, paged)) == []) is kept


@pytest.fixture(scope="module")
def course_pages() -> dict[str, str]:
    """Return the released pages of the course that is here."""
    course = load_author_course(COURSE)
    statements = {f"{exercise.slug}/text/{language}.md": "" for exercise in course.exercises for language in LANGUAGES}
    return {**dict(build_pages(course)), **statements}


def test_the_course_has_its_errata_and_its_reading_path(course_pages: dict[str, str]) -> None:
    """In both languages, with every picture shown, and no exercise left as a mark-up."""
    pages = {name: text for name, text in course_pages.items() if "/" not in name and name.endswith(".md")}
    assert sorted(pages) == ["ERRATA.es.md", "ERRATA.md", "README.es.md", "README.md"]
    assert of_law_five(course_pages) == []
    pictures = {name for name in course_pages if name.startswith("pictures/")}
    assert pictures == set(re.findall(r"!\[[^\]]{20,}\]\(([^)]+)\)", pages["README.md"]))
    assert not any("[[" in CODE.sub("", text) for text in pages.values())


@pytest.mark.parametrize("name", ["ERRATA.md", "ERRATA.es.md", "README.md", "README.es.md"])
def test_every_exercise_is_on_the_reading_path(course_pages: dict[str, str], name: str) -> None:
    """A link to each of them from the path; from the errata only links that lead somewhere."""
    slugs = {path.parent.name for path in COURSE.glob("*/exercise.toml")}
    linked = set(re.findall(r"\]\((\w+)/text/\w+\.md\)", course_pages[name]))
    assert linked == slugs if name.startswith("README") else linked <= slugs


@pytest.mark.parametrize("name", ["ERRATA.md", "ERRATA.es.md", "README.md", "README.es.md"])
def test_links_into_a_page_lead_to_a_heading(course_pages: dict[str, str], name: str) -> None:
    """GitHub makes them of the heading: lower case, without punctuation, with dashes for spaces."""
    for target, anchor in re.findall(r"\]\(([\w.]*)#([^)]+)\)", course_pages[name]):
        headings = re.findall(r"^#+ (.+)$", CODE.sub("", course_pages[target or name]), flags=re.MULTILINE)
        assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", sorted(path.relative_to(RELEASED).as_posix() for path in RELEASED.rglob("*.md")))
def test_mathematics_renders_on_github_and_in_jupyter(released: dict[str, str], name: str) -> None:
    r"""Between dollars, never \( \); Markdown eats a backslash before punctuation, and a table is cut at each bar.

    GitHub refuses the macro \operatorname: github.com/github/markup/issues/1688.
    """
    text = CODE.sub("", released[name])
    formulas = [block or line for block, line in MATHS.findall(text)]
    assert [formula for formula in formulas if re.search(r"\\[^a-zA-Z]|\||\\$", formula)] == []
    assert r"\operatorname" not in text
    assert "$" not in MATHS.sub("", text)
    assert all(formula.count("{") == formula.count("}") for formula in formulas)
    assert not re.search(r"\\[()\[\]]", text)
    assert all(formula == formula.strip() for formula in formulas)
