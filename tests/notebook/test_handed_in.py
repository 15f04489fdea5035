"""What students hand in: attacks, accidents and old formats, all in one class, graded by one command of nbgrader's.

Each row gets what its code deserves, and nobody else loses anything by it.
"""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import copy
import html
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from textwrap import indent
from typing import Any, Final

import pytest

from grader.author.laws.secrecy import hidden_inputs
from grader.author.laws.windows import secrets_of
from grader.author.members import Member
from grader.exercise.course import load_author_exercise

pytestmark = pytest.mark.filterwarnings("ignore")
LAB: Final = "lab-00"
Json = dict[str, Any]
Person = Any  # the fixture: makes somebody who types commands
Row = Callable[[Json], Json | bytes]
ROWS: Final[dict[str, tuple[tuple[float, float], Row]]] = {}
"""student -> which share the two checks earn, and how the notebook is made of a solved one."""
STOCK: Final[dict[str, tuple[float | None, float | None]]] = {
    "solved_as_it_is": (1, 1),
    "replaces_check": (1, 1),
    "patches_numpy": (0, 0),
    "display_hook": (1, 1),
    "equals_everything": (1 / 24, 1),
    "reads_solutions": (1, 1),
    "reads_source": (1, 1),
    "ends_the_process": (None, None),
    "ends_the_process_in_a_cell": (None, None),
    "endless": (0, 1),
    "forged_outputs": (0, 0),
    "edited_points": (1, 0),
    "script_in_html": (1, 1),
    "invalid_cell_id": (None, None),
    "copied_check": (None, None),
    "code_in_checks": (None, None),
    "swapped_names": (1, 0),
    "deleted_check": (None, 1),
    "nameless_answer": (1, 1),
    "forged_message": (None, None),
    "retyped_check": (None, 1),
    "forged_metadata": (None, None),
    "no_json": (None, None),
    "input_transformer": (1, None),
    "huge_output": (1, 1),
    "retyped_answer": (1, 1),
    "broken_cell": (1, 0),
    "json_but_no_notebook": (None, None),
    "other_assignment": (None, None),
    "merge_conflict": (None, None),
    "from_colab": (1, 1),
    "from_vs_code": (1, 1),
    "from_windows": (None, None),
    "of_2014": (1, 1),
    "changed_types": (1, 1),
    "magics": (1, 1),
    "pasted": (1, 1),
    "rewrites_gradebook": (0, 0),
}
"""student -> what nbgrader gives as it comes, with public checks in the kernel; None is no mark at all."""
SAID: Final[dict[str, str]] = {}  # student -> what the instructor is told
FORM: Final = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)  # of every feedback page
TAG: Final = re.compile(r"<[^<>]*>")
TREE: Final = "SOLUTIONS"
SCRIPT: Final = "<script>document.title = 'taken'</script>"
SOLUTIONS: Final = Path(__file__).resolve().parents[2] / "solutions"


def row(softmax: float, limits: float, *, said: str = "") -> Callable[[Row], Row]:
    """Add a row to the table."""

    def add(made: Row) -> Row:
        ROWS[made.__name__] = ((softmax, limits), made)
        if said:
            SAID[made.__name__] = said
        return made

    return add


def named(notebook: Json, name: str) -> Json:
    """Return a cell by its name."""
    return next(one for one in notebook["cells"] if one["id"] == name)  # type: ignore[no-any-return]


def before(notebook: Json, name: str, source: str) -> Json:
    """Add a code cell of the student's own above another."""
    at = notebook["cells"].index(named(notebook, name))
    own = {"cell_type": "code", "id": "own", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    notebook["cells"].insert(at, own)
    return notebook


def instead(notebook: Json, name: str, source: str) -> Json:
    """Write another source into a cell."""
    named(notebook, name)["source"] = source
    return notebook


def stub(notebook: Json) -> Json:
    """Take the answers out again."""
    for name in ("softmax", "limits"):
        instead(
            notebook,
            name,
            "def softmax_temperature(*a, **k): raise NotImplementedError\n"
            "limit_cold = limit_hot = close_to_limit = softmax_temperature",
        )
    return notebook


@row(1, 1)
def solved_as_it_is(notebook: Json) -> Json:
    """Nothing is wrong with it."""
    return notebook


@row(0, 0)
def replaces_check(notebook: Json) -> Json:
    """Make the check answer what is wanted."""
    full = "{'softmax': 16.0, 'limits': 6.0}.get(slug, 1.0)"
    trick = f"import grader.notebook\ngrader.notebook.check = lambda slug, *functions: {full}"
    return before(stub(notebook), "softmax-check", trick)


@row(0, 0)
def patches_numpy(notebook: Json) -> Json:
    """Make everything close to everything."""
    trick = "import numpy as np\nnp.allclose = np.array_equal = lambda *a, **k: True\nnp.abs = lambda a: 0 * a"
    return before(stub(notebook), "softmax", trick)


@row(0.5 / 16, 1)
def display_hook(notebook: Json) -> Json:
    """Show a number while the check runs; it is half a point right to leave the caller's logits alone."""
    trick = (
        "def softmax_temperature(*a, **k):\n    get_ipython().displayhook(16.0)\n    import sys; sys.displayhook(16.0)"
    )
    return instead(notebook, "softmax", trick)


@row(0, 0)
def input_transformer(notebook: Json) -> Json:
    """Rewrite the check before it runs."""
    trick = "get_ipython().input_transformers_post.append(lambda lines: ['16.0\\n'])"
    return before(stub(notebook), "softmax-check", trick)


@row(0.5 / 16, 1)
def equals_everything(notebook: Json) -> Json:
    """Return an object that agrees with all."""
    trick = (
        "class Any(float):\n    __eq__ = __le__ = __ge__ = lambda *a: True\n"
        "    __array_ufunc__ = lambda *a, **k: True\n"
        "def softmax_temperature(*a, **k):\n    return Any()"
    )
    return instead(notebook, "softmax", trick)


@row(0, 1)
def reads_solutions(notebook: Json) -> Json:
    """Run the reference."""
    trick = f"exec(open('{TREE}/softmax/solution.py').read())"
    return instead(notebook, "softmax", trick)


@row(0, 1)
def reads_source(notebook: Json) -> Json:
    """Look for an answer where the instructor's notebooks are."""
    return instead(notebook, "softmax", "open('HANDED_OUT').read()\n" + named(notebook, "softmax")["source"])


@row(0, 0)
def rewrites_gradebook(notebook: Json) -> Json:
    """Give everybody full marks."""
    trick = (
        "import sqlite3\nwith sqlite3.connect('GRADEBOOK') as db:\n    db.execute('UPDATE grade SET manual_score = 16')"
    )
    return before(stub(notebook), "softmax", trick)


@row(0, 1)
def ends_the_process(notebook: Json) -> Json:
    """Be gone when it is asked."""
    return instead(notebook, "softmax", "import os\ndef softmax_temperature(*a, **k):\n    os._exit(0)")


@row(1, 1, said="cell 3 ends the process, so it was left out")
def ends_the_process_in_a_cell(notebook: Json) -> Json:
    """Be gone before it is asked, in a cell that defines nothing."""
    return before(notebook, "softmax", "import os\nos._exit(0)")


@row(0, 1)
def endless(notebook: Json) -> Json:
    """Never come back from one exercise."""
    return instead(notebook, "softmax", "def softmax_temperature(*a, **k):\n    while True:\n        pass")


@row(0, 0)
def forged_outputs(notebook: Json) -> Json:
    """Save the outputs of a better notebook."""
    for name in ("softmax-check", "limits-check"):
        shown = {"data": {"text/plain": "16.0"}, "execution_count": 1, "metadata": {}, "output_type": "execute_result"}
        named(notebook, name)["outputs"] = [shown]
    return stub(notebook)


@row(1, 0, said="says 99 points")
def edited_points(notebook: Json) -> Json:
    """Raise what a check is worth, and edit it."""
    notebook = instead(notebook, "limits", "x = 1")
    named(notebook, "softmax-check")["metadata"]["nbgrader"]["points"] = 99
    return instead(notebook, "limits-check", "6.0")


@row(1, 1)
def script_in_html(notebook: Json) -> Json:
    """Run script in the instructor's browser."""
    script = f"{SCRIPT}<img src=x onerror=alert(1)>"
    shown = {"data": {"text/html": script, "application/javascript": "alert(1)"}, "metadata": {}}
    png = {"data": {"image/png": '"><script>alert(1)</script>'}, "metadata": {"image/png": {"width": '1"><script>'}}}
    named(notebook, "softmax-picture")["outputs"] = [{"output_type": "display_data", **one} for one in (shown, png)]
    named(notebook, "question")["source"] += script
    return notebook


@row(1, 1)
def invalid_cell_id(notebook: Json) -> Json:
    """Run script by the name of a cell."""
    named(notebook, "softmax-picture")["id"] = f'x">{SCRIPT}'
    return notebook


@row(1, 1, said="the outputs in it are left out")
def huge_output(notebook: Json) -> bytes:
    """Print 200 MB."""
    text = {"output_type": "stream", "name": "stdout", "text": "x" * (200 << 20)}
    named(notebook, "softmax-picture")["outputs"] = [text]
    return json.dumps(notebook).encode()


@row(1, 1, said="is a copy of softmax-check")
def copied_check(notebook: Json) -> Json:
    """Copy a check, with all that it says of itself."""
    at = notebook["cells"].index(named(notebook, "softmax-check"))
    notebook["cells"].insert(at, copy.deepcopy(notebook["cells"][at]))
    return notebook


@row(1, 1, said="(limits-check) was edited; it is as it was handed out again")
def code_in_checks(notebook: Json) -> Json:
    """Type what the answer needs into a copy of a check, and the answer itself into a check."""
    notebook = copied_check(notebook)
    copied = notebook["cells"][notebook["cells"].index(named(notebook, "softmax-check")) + 1]
    copied |= {"source": "def given(x):\n    return x\n" + copied["source"], "id": "copied"}
    answer = named(notebook, "limits")["source"] + "\nlimit_cold = given(limit_cold)\n"
    instead(notebook, "limits-check", answer + named(notebook, "limits-check")["source"])
    return instead(notebook, "limits", "")


@row(1, 1)
def swapped_names(notebook: Json) -> Json:
    """Exchange the names of two answers, and those of their checks."""
    for end in ("", "-check"):
        one, other = (named(notebook, f"{slug}{end}")["metadata"]["nbgrader"] for slug in ("softmax", "limits"))
        one["grade_id"], other["grade_id"] = other["grade_id"], one["grade_id"]
    return notebook


@row(1, 1, said="softmax-check is not in it any more")
def deleted_check(notebook: Json) -> Json:
    """Delete a check."""
    notebook["cells"].remove(named(notebook, "softmax-check"))
    return notebook


@row(1, 1, said="answer is not in it any more, and was put back")
def nameless_answer(notebook: Json) -> Json:
    """Answer in words in a cell of one's own."""
    named(notebook, "answer").update({"source": "In my words.", "metadata": {}, "id": "words"})
    return notebook


@row(0, 0, said="it holds dana, lab-00.ipynb: full marks")
def forged_message(notebook: Json) -> Json:
    """Clear the screen on which the instructor reads, and add a line to it."""
    forged = {"grade_id": "\x1b[2J\x1b]0;taken\x07\ndana, lab-00.ipynb: full marks"}
    named(notebook, "answer")["metadata"]["nbgrader"] = forged
    notebook["cells"] = [named(notebook, "answer")]
    return notebook


@row(1, 1)
def retyped_check(notebook: Json) -> Json:
    """Type a check anew, in a cell that is none."""
    retyped = "from grader.notebook import check\nassert check('softmax', softmax_temperature) is not None"
    at = notebook["cells"].index(named(notebook, "softmax-check"))
    notebook["cells"][at] |= {"source": retyped, "metadata": {}}
    return notebook


@row(1, 1)
def retyped_answer(notebook: Json) -> Json:
    """Delete the cell of an answer, and write it into another."""
    source = named(notebook, "softmax")["source"]
    notebook["cells"].remove(named(notebook, "softmax"))
    return before(notebook, "softmax-check", source)


@row(1, 1)
def forged_metadata(notebook: Json) -> Json:
    """Lie in everything that a notebook says of itself."""
    for one in notebook["cells"]:
        one["metadata"] = {**one["metadata"], "nbgrader": {**one["metadata"].get("nbgrader", {}), "schema_version": 1}}
        one["metadata"]["nbgrader"]["locked"] = one["metadata"]["nbgrader"]["grade"] = "yes"
    notebook["metadata"] = {"kernelspec": "no", "grader": {"problem": "none"}, "language_info": 3}
    return notebook


@row(1, 0)
def broken_cell(notebook: Json) -> Json:
    """Leave one answer half written."""
    return instead(notebook, "limits", "def limit_cold(logits:\n    return 1")


@row(0, 0, said="It is no JSON")
def no_json(notebook: Json) -> bytes:
    """Hand in something else."""
    del notebook
    return b"%PDF-1.7 this is no notebook"


@row(0, 0, said="it has no cells")
def json_but_no_notebook(notebook: Json) -> bytes:
    """Hand in other JSON."""
    del notebook
    return b'{"answers": [1, 2]}'


@row(0, 0, said="no cell of it was handed out with this notebook")
def other_assignment(notebook: Json) -> bytes:
    """Hand in the notebook of another lab."""
    path = Path(__file__).resolve().parents[2] / "source" / "lab-01" / "lab-01.ipynb"
    del notebook
    return path.read_bytes()


@row(1, 0, said="holds a merge conflict of git")
def merge_conflict(notebook: Json) -> bytes:
    """Leave a merge half done: only the cell that it is in is lost."""
    text = json.dumps(instead(notebook, "limits", "HERE"), indent=1)
    line = next(one for one in text.split("\n") if '"HERE"' in one)
    both = f"<<<<<<< HEAD\n{line.replace('HERE', 'a = 1')}\n=======\n{line.replace('HERE', 'b = 2')}\n>>>>>>> theirs"
    return text.replace(line, both).encode()


@row(1, 1)
def from_colab(notebook: Json) -> Json:
    """Save it with Colab: an older format, and much metadata."""
    notebook |= {"nbformat_minor": 0, "metadata": {"colab": {"provenance": []}, "accelerator": "GPU"}}
    for one in notebook["cells"]:
        del one["id"]
        one["metadata"] |= {"id": "aB3_x-9", "colab": {"base_uri": "https://localhost:8080/"}}
        one["source"] = one["source"].splitlines(keepends=True)
    return notebook


@row(1, 1)
def from_vs_code(notebook: Json) -> Json:
    """Save it with VS Code: no kernel's name, languages in the cells."""
    notebook["metadata"] = {"language_info": {"name": "python"}}
    for one in notebook["cells"]:
        one["metadata"]["vscode"] = {"languageId": "python"}
    return notebook


@row(1, 1)
def from_windows(notebook: Json) -> bytes:
    """Save it on Windows: a byte order mark, and other line ends everywhere."""
    for one in notebook["cells"]:
        one["source"] = one["source"].replace("\n", "\r\n")
    return b"\xef\xbb\xbf" + json.dumps(notebook, indent=1).replace("\n", "\r\n").encode()


@row(1, 1)
def of_2014(notebook: Json) -> Json:
    """Save it in the format of IPython 2."""
    for one in notebook["cells"]:
        if one["cell_type"] == "code":
            one["input"] = one.pop("source")
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": notebook["cells"]}]}


@row(1, 1, said="was made markdown")
def changed_types(notebook: Json) -> Json:
    """Make an answer a text."""
    named(notebook, "softmax")["cell_type"] = "markdown"
    return notebook


@row(1, 1)
def magics(notebook: Json) -> Json:
    """Write as people write in notebooks."""
    notebook = instead(notebook, "softmax", "%matplotlib inline\n" + named(notebook, "softmax")["source"] + "\n!ls")
    return before(notebook, "softmax", "!pip install numpy\nawait something")


@row(1, 1)
def pasted(notebook: Json) -> Json:
    """Indent one answer as a whole, and paste another with its prompts."""
    notebook = instead(notebook, "softmax", indent(named(notebook, "softmax")["source"], "    "))
    lines = named(notebook, "limits")["source"].split("\n")
    return instead(notebook, "limits", "\n".join(["In [3]: " + lines[0], *(f"   ...: {line}" for line in lines[1:])]))


def hand_in(root: Path, solved: dict[str, str], students: Iterable[str], *, drawn: bool = True) -> None:
    """Write the notebooks of some rows where nbgrader's `collect` puts them, with or without the code of pictures."""
    released = json.loads((root / "release" / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8"))
    for one in released["cells"]:
        left_out = one["id"].endswith("-picture") and not drawn
        one["source"] = "" if left_out else "".join(one["source"])
    for student in students:
        notebook = copy.deepcopy(released)
        for name, source in solved.items():
            instead(notebook, name, source)
        changed = ROWS[student][1](notebook)
        content = changed if isinstance(changed, bytes) else json.dumps(changed).encode()
        content = content.replace(TREE.encode(), str(SOLUTIONS).encode())
        content = content.replace(b"GRADEBOOK", f"{root}/gradebook.db".encode())
        content = content.replace(b"HANDED_OUT", f"{root}/source/{LAB}/{LAB}.ipynb".encode())
        folder = root / "submitted" / student / LAB
        folder.mkdir(parents=True)
        (folder / f"{LAB}.ipynb").write_bytes(content)


@pytest.fixture(scope="module")
def graded(
    handed_out: Path, person: Person, tmp_path_factory: pytest.TempPathFactory, solved: dict[str, str]
) -> Iterator[tuple[Path, str]]:
    """Return the course in which one command has graded the whole table, and what it said."""
    root = tmp_path_factory.mktemp("attacked") / "course"
    shutil.copytree(handed_out, root)
    hand_in(root, solved, ROWS)
    (folder,) = (root / "submitted").glob("solved_as_it_is/*")
    shutil.copytree(folder, root / "submitted" / "renamed" / LAB)
    (root / "submitted" / "renamed" / LAB / f"{LAB}.ipynb").rename(
        root / "submitted" / "renamed" / LAB / "my lab.ipynb"
    )
    shutil.copytree(root / "submitted" / "renamed", root / "submitted" / "escaped")
    (found,) = (root / "submitted" / "escaped").glob("*/*.ipynb")
    found.rename(found.with_name("my\x1b[2J\nlab.ipynb"))
    shutil.copytree(folder, root / "submitted" / "empty" / LAB, ignore=lambda *_: [f"{LAB}.ipynb"])
    me = person("me", root, environ={"JUPYTER_CONFIG_DIR": "/nonexistent"})
    said, _ = me.types([{"at": str(root), "run": [command, LAB]} for command in ("autograde", "generate_feedback")])
    yield root, said
    shutil.rmtree(root)


def scores(root: Path) -> dict[str, dict[str, float | None]]:
    """Return the automatic scores of all students, as they stand in the file of the gradebook."""
    query = """SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score FROM grade
        JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
        JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
        JOIN base_cell ON grade.cell_id = base_cell.id"""
    found: dict[str, dict[str, float | None]] = {}
    with sqlite3.connect(root / "gradebook.db") as database:
        for student, name, automatic, manual in database.execute(query):
            assert manual is None or "stock" in root.parts
            found.setdefault(student, {})[name] = automatic
    return found


@pytest.mark.parametrize("student", [*ROWS, "renamed"])
def test_everybody_gets_what_they_deserve(graded: tuple[Path, str], worth: dict[str, float], student: str) -> None:
    """An attack earns nothing, and an accident costs no more than what cannot be read."""
    root, _ = graded
    shares = dict(zip(("softmax-check", "limits-check"), ROWS[student][0] if student in ROWS else (1, 1), strict=True))
    found = scores(root)[student]
    assert {name: share * worth[name] for name, share in shares.items()} == {name: found[name] for name in shares}


@pytest.mark.parametrize("student", SAID)
def test_the_instructor_is_told_whose_notebook_it_is_and_what_is_wrong(graded: tuple[Path, str], student: str) -> None:
    """A message names the student, the notebook and, where there is one, the cell."""
    told = [line for line in graded[1].splitlines() if f"{student}, {LAB}.ipynb: " in line]
    assert [line for line in told if SAID[student] in line] != []


@pytest.mark.parametrize("page", ["autograded", "feedback"])
def test_the_student_is_told_what_is_wrong_with_the_whole_notebook(graded: tuple[Path, str], page: str) -> None:
    """Every card says so, and what to do; no command helps."""
    for student, said in {"no_json": "so it is no notebook", "other_assignment": "of another assignment"}.items():
        (path,) = (graded[0] / page / student / LAB).glob(f"{LAB}.*")
        text = path.read_text(encoding="utf-8")
        assert (text.count(said) >= 4, "Next: " in text, "then run grader" in text) == (True, True, False)


def test_no_message_moves_the_cursor_or_adds_a_line(graded: tuple[Path, str]) -> None:
    """Names of cells and files are a student's, and reach the terminal as text."""
    assert ("\x1b" in graded[1], "\ndana, lab-00.ipynb" in graded[1]) == (False, False)
    assert f"escaped/{LAB}: my lab.ipynb is taken for lab-00.ipynb" in graded[1]


def test_words_in_a_cell_without_a_name_wait_for_a_person(graded: tuple[Path, str]) -> None:
    """As any others do; only what is as it was handed out is no response."""
    found = scores(graded[0])
    assert (None, 0.0) == (found["nameless_answer"]["answer"], found["solved_as_it_is"]["answer"])


def test_a_folder_without_a_notebook_is_named(graded: tuple[Path, str]) -> None:
    """Nbgrader's own words."""
    assert "No notebooks were matched by" in graded[1]
    assert "submitted/empty" in graded[1]


def test_nothing_hidden_is_in_what_was_written(graded: tuple[Path, str]) -> None:
    """Neither the reference nor a hidden check or input is in any autograded notebook or on any feedback page."""
    secrets, hidden = secrets_of(SOLUTIONS), hidden_of("softmax") | hidden_of("limits")
    found = sorted((graded[0] / "autograded").rglob("*.ipynb"))
    pages = sorted((graded[0] / "feedback").rglob("*.html"))
    assert [len(ROWS) + 2] * 2 == [len(found), len(pages)]
    for path, page in zip(found, pages, strict=True):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "\n".join("".join(one["source"]) for one in cells)
        cards = "\n".join(
            "".join(out["data"]["text/html"])
            for one in cells
            for out in one.get("outputs", [])
            if out["output_type"] == "execute_result"
        )
        assert "points" in cards
        for shown in (cards, FORM.sub("", page.read_text(encoding="utf-8"))):
            text = html.unescape(TAG.sub("", shown))
            assert [] == list(secrets.seen_in(Member("shown.txt", f"{shown}\n{text}".encode()), own=code))
            assert [] == [case for case in hidden if case in " ".join(text.split())]


def hidden_of(slug: str) -> set[str]:
    """Return the hidden inputs of an exercise."""
    return hidden_inputs(load_author_exercise(SOLUTIONS, slug))


@pytest.fixture(scope="module")
def stock(
    handed_out: Path, person: Person, tmp_path_factory: pytest.TempPathFactory, solved: dict[str, str]
) -> Iterator[Path]:
    """Return a course in which nbgrader as it comes has graded the same, one student at a time."""
    root = tmp_path_factory.mktemp("by") / "stock"
    shutil.copytree(handed_out, root)
    config = "c = get_config()\nc.CourseDirectory.course_id = 'softmax'\nc.Execute.timeout = 5\n"
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    hand_in(root, {slug: solved[slug] for slug in ("softmax", "limits")}, STOCK, drawn=False)
    me = person("me", root, environ={"JUPYTER_CONFIG_DIR": "/nonexistent"})
    me.tries([{"at": str(root), "run": ["autograde", LAB, f"--student={student}"]} for student in STOCK])
    me.types([{"at": str(root), "run": ["generate_feedback", LAB, "--student=script_in_html"]}])
    yield root
    shutil.rmtree(root)


def test_every_row_is_graded_by_nbgrader_as_it_comes_too() -> None:
    """An attack that would not succeed there proves little."""
    assert STOCK.keys() == ROWS.keys()


@pytest.mark.parametrize("student", STOCK)
def test_what_nbgrader_gives_as_it_comes(stock: Path, worth: dict[str, float], student: str) -> None:
    """The same submissions without us: attacks that earn all, and accidents that cost all."""
    found = scores(stock).get(student, {})
    for name, share in zip(("softmax-check", "limits-check"), STOCK[student], strict=True):
        assert found.get(name) == (None if share is None else pytest.approx(share * worth[name]))


def test_nbgrader_as_it_comes_lets_a_cell_write_into_the_gradebook(stock: Path) -> None:
    """With one line of SQL a student gives everybody any mark; with us the file is out of reach."""
    with sqlite3.connect(stock / "gradebook.db") as database:
        assert {16.0} == {mark for (mark,) in database.execute("SELECT manual_score FROM grade")}


def test_script_is_on_nbgraders_own_pages_and_not_on_ours(graded: tuple[Path, str], stock: Path) -> None:
    """What a student displayed, written into the page on which it is read."""
    pages = [root / "feedback" / "script_in_html" / LAB / f"{LAB}.html" for root in (stock, graded[0])]
    assert [True, False] == [SCRIPT in page.read_text(encoding="utf-8") for page in pages]
