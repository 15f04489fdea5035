"""The nine laws: for each, a tiny exercise with one thing broken makes `prove` fail with that law's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.author.laws import NAMES
from grader.author.laws.answers import wrong_answers
from grader.author.matrix import render_proof
from grader.author.new import new_exercise
from grader.author.notebooks import build_notebooks
from grader.author.prove import Proof, prove, prove_exercise
from grader.author.release import build_release, write_release
from grader.exercise.check import AuthorError
from grader.exercise.course import load_author_course

Proved = Callable[[Path], Proof]
Break = Callable[[Path], None]


def edited(name: str, old: str, new: str) -> Break:
    """Return a break: a text in a file of the exercise replaced by another one."""

    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def added(name: str, text: str) -> Break:
    """Return a break: a text written at the end of a file, which may be new."""

    def add(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return add


def removed(name: str) -> Break:
    """Return a break: a file that is missing."""
    return lambda folder: (folder / name).unlink()


FREE = '\n\n@check(points=1)\ndef free(subject):\n    """Nothing is asked."""\n'
LARGE = """

@check(points=1)
def large(subject):
    '''The mean is not too small.'''
    expect(subject.mean([1.0])).at_least(-9.0)
"""
BREAKS = '\n\n@check(points=1)\ndef breaks(subject):\n    """The author slips."""\n    subject.median([1.0])\n'
ZERO = '    if subject.mean([1.0, 2.0]) == 3.0:\n        found("divides_by_at_most_ten")\n    expect'
TWIN = '"""Other names."""\n\n\ndef mean(x):\n    s = 0.0\n    for v in x:\n        s += v\n    return s / len(x)\n'
RIGHT = '"""Nothing is wrong here."""\n\n\ndef mean(x):\n    return float(sum(x)) / len(x)\n'
SPELLED = "def mean(x):\n    small = 5e-324\n    total = float(sum(x))\n    return 1.0 + total * small / small\n"
BY_DOOR = "import sys\n\n\ndef mean(x):\n    print(x)\n    return sum(x) / len(x) + ('grader.judge' in sys.modules)\n"
SOLUTION = (
    "scaled = [entry * 0.5 for entry in x]\n    halves = sum(scaled)\n    return float(2.0 * halves / max(len(x), 1))"
)
PASTED = "def mean_of(x):\n    scaled = [entry * 0.5 for entry in x]\n    halves = sum(scaled)\n    return halves\n"
HINTS = ("hints = [\n", "unused = [\n")


def other_solution(folder: Path) -> None:
    """Write a solution that no public file is like."""
    edited("solution.py", "return float(np.asarray(x, dtype=np.float64).mean())", SOLUTION)(folder)


def pasted(name: str) -> Break:
    """Return a break: a piece of the solution in a released file."""

    def paste(folder: Path) -> None:
        other_solution(folder)
        added(name, f"\n\n{PASTED}")(folder)

    return paste


def hidden_input_in_a_text(folder: Path) -> None:
    """Tell in a message what only the hidden checks ask."""
    edited("hidden.py", "DRAWN)])", "[3.5, 4.25])])")(folder)
    edited("text/en.toml", "The number of entries can be anything.", "Such as mean([3.5, 4.25]).")(folder)


def hidden_list_in_a_hint(folder: Path) -> None:
    """Tell in a hint the numbers alone of what only the hidden checks ask, and written otherwise."""
    edited("hidden.py", "DRAWN)])", "[3.5, 4.25])])")(folder)
    edited("text/es.toml", "¿Cuál es la media de 100 unos?", "¿Cuál es la media de [3 + 0.5, 4.25]?")(folder)


def hidden_list_in_a_title(folder: Path) -> None:
    """Tell what a hidden check asks in the line that is its title."""
    edited("hidden.py", "DRAWN)])", "[3.5, 4.25])])")(folder)
    edited("hidden.py", "The mean of a long vector.", "The mean of [3.5, 4.25].")(folder)


BROKEN = {
    "an accepted answer loses a point": (
        1,
        edited("accepted/plain_loop.py", "total / len(x)", "total / min(len(x), 10)"),
        "accepted/plain_loop.py: it loses long_vectors (failed on mean([0.0, 1.0, 2.0,",
    ),
    "a strict check that is not lost": (
        1,
        added("exercise.toml", '\n[accepted.plain_loop]\nloses = ["means"]\n'),
        "accepted/plain_loop.py: it is declared to lose means, but it earns it",
    ),
    "losses of an answer that is not there": (
        1,
        added("exercise.toml", '\n[accepted.numpy_mean]\nloses = ["means"]\n'),
        "exercise.toml: it says what accepted.numpy_mean loses, but there is no accepted/numpy_mean.py",
    ),
    "two accepted answers equal after renaming": (
        1,
        added("accepted/short_names.py", TWIN),
        "accepted/short_names.py: after renaming it is accepted/plain_loop.py",
    ),
    "a check that breaks": (1, added("public.py", BREAKS), "solution.py: breaks breaks: Traceback"),
    "a mistake that passes": (
        2,
        added("mistakes/sum_instead/right.py", RIGHT),
        "mistakes/sum_instead/right: it passes every check",
    ),
    "a check that names what it does not say it finds": (
        2,
        edited("public.py", "    expect", ZERO.replace("found(", "__import__('grader').found(")),
        "mistakes/sum_instead: check means breaks",
    ),
    "a mistake that nobody can name": (
        2,
        added("mistakes/total.py", '"""The same as another one."""\n\n\ndef mean(x):\n    return float(sum(x))\n'),
        "mistakes/total: it is first seen by means and named nothing",
    ),
    "a name that depends on the spelling": (
        2,
        added("mistakes/sum_instead/spelled.py", SPELLED),
        "mistakes/sum_instead/spelled: in another spelling (renamed, a * (1 / b)) it is named nothing",
    ),
    "a stub that passes": (3, added("public.py", FREE), "free: the untouched stub gives passed"),
    "a check that nobody fails": (
        4,
        added("public.py", LARGE),
        "large: no wrong answer fails it: drop the check or add the mistake it is for",
    ),
    "a check that finds what does not exist": (
        4,
        edited("public.py", '["sum_instead"]', '["sum_instead", "median_instead"]'),
        "means: it finds 'median_instead', but there is no such mistake",
    ),
    "a check that does not find what it says": (
        4,
        edited("public.py", '["sum_instead"]', '["sum_instead", "divides_by_at_most_ten"]'),
        "means: it says that it finds divides_by_at_most_ten, but that mistake does not fail it",
    ),
    "a missing translation": (
        5,
        edited("text/es.toml", 'next = "Prueba un vector de 100 elementos."\n', ""),
        "text/es.toml: checks.long_vectors.next is not translated",
    ),
    "a missing title": (
        5,
        edited("text/es.toml", 'title = "La media de un vector largo"\n', ""),
        "text/es.toml: checks.long_vectors.title is missing",
    ),
    "a mistake without text": (
        5,
        edited("text/en.toml", 'cause = "These are exactly the sums of the entries."\n', ""),
        "text/en.toml: diagnoses.sum_instead.cause is missing",
    ),
    "a mistake without hints": (
        5,
        edited("text/en.toml", *HINTS),
        "text/en.toml: diagnoses.sum_instead.hints has 0 hints; write 4",
    ),
    "an equal translation": (
        5,
        edited("text/es.toml", "¿Cuál es la media de 100 unos?", "What is the mean of 100 ones?"),
        "text/es.toml: diagnoses.divides_by_at_most_ten.next equals the en text",
    ),
    "a translation with another placeholder": (
        5,
        edited("text/es.toml", "Prueba un vector de 100 elementos.", "Prueba un vector de {count} elementos."),
        "text/es.toml: checks.long_vectors.next has other placeholders than the en text",
    ),
    "a text of nothing": (
        5,
        added("text/en.toml", '\n[diagnoses.median_instead]\ncause = "Gone."\n'),
        "text/en.toml: diagnoses.median_instead.cause belongs to nothing that exists",
    ),
    "a solution pasted into the public checks": (
        7,
        pasted("public.py"),
        "exercises: mean/public.py: it holds 12 tokens in a row",
    ),
    "a solution pasted into the statement": (
        7,
        pasted("text/en.md"),
        "exercises: mean/text/en.md: it holds 12 tokens in a row",
    ),
    "a hidden input in a message": (7, hidden_input_in_a_text, "it shows the hidden input mean([3.5, 4.25])"),
    "a hidden list in a text": (
        7,
        hidden_list_in_a_hint,
        "mean/text/es.toml: diagnoses.divides_by_at_most_ten.next: it quotes the hidden input [3 + 0.5, 4.25]",
    ),
    "a hidden list in a title": (
        7,
        hidden_list_in_a_title,
        "mean: the title of long_vectors: it quotes the hidden input [3.5, 4.25]",
    ),
    "an answer that differs by the door": (
        8,
        lambda folder: (folder / "accepted/plain_loop.py").write_text(BY_DOOR, encoding="utf-8") and None,
        "plain_loop.py in this process: means: (<Outcome.PASSED: 'passed'>, 1.0, None) through the fence",
    ),
    "a reference that is not true": (
        9,
        edited("solution.py", ".mean())", ".mean() + 1e-6)"),
        "mean([0.0, 1.0]): exact fractions gives 0.5, the reference 0.500001",
    ),
    "a reference that raises where there is a truth": (
        9,
        edited("solution.py", "    return", '    if len(x) == 7:\n        raise KeyError("seven")\n    return'),
        "KeyError: 'seven'",
    ),
    "no truth": (9, removed("truth.py"), "truth.py: it is missing; write faults(function, *args, **kwargs) and INPUTS"),
    "half a truth": (9, edited("truth.py", "INPUTS =", "MADE_UP ="), "truth.py: it has no INPUTS; write faults"),
}


@pytest.mark.parametrize(("law", "broken", "seen"), BROKEN.values(), ids=BROKEN)
def test_a_broken_exercise_is_not_proved(solutions: Path, proved: Proved, law: int, broken: Break, seen: str) -> None:
    """The violation tells the law by its name, of what, and what was seen."""
    broken(solutions / "mean")
    proof = proved(solutions)
    told = [str(violation) for violation in proof.violations]
    assert any(line.startswith(f"law {law}, {NAMES[law]}: ") and seen in line for line in told), told
    screen = render_proof(proof)
    assert f"  law {law}  FAILS  {NAMES[law]}" in screen
    count = len(told)
    assert screen.endswith(f"Not proved: {count} violation{'s' * (count > 1)}.")


def test_the_exercise_that_new_writes_proves_itself(proof: Proof) -> None:
    """An author begins with something that works."""
    assert [str(violation) for violation in proof.violations] == []
    (trials,) = proof.trials
    assert (trials.solution.points, trials.solution.max_points) == (2.0, 2.0)
    assert list(trials.accepted) == ["plain_loop"]
    assert [(wrong.variant.diagnosis, len(wrong.combined)) for wrong in trials.wrong] == [
        ("divides_by_at_most_ten", 1),
        ("sum_instead", 0),
    ]


def test_a_second_fault_that_hides_the_first_is_seen(proof: Proof) -> None:
    """Law 2 looks at each wrong answer together with each second fault."""
    (trials,) = proof.trials
    first, second = trials.wrong
    results = tuple(replace(result, diagnosis=None) for result in first.report.results)
    hidden = replace(first, combined=(("sum_instead", replace(first.report, results=results)),))
    seen = [str(violation) for violation in wrong_answers(replace(trials, wrong=(hidden, second)))]
    assert seen == [
        f"law 2, {NAMES[2]}: mistakes/divides_by_at_most_ten: together with sum_instead elsewhere it is no longer named"
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "seen"),
    [
        ("mean/public.py", "[1.0, 2.0, 6.0]", "[1.0, 2.0, 5.0]", "mean: the released files ask other calls"),
        ("mean/public.py", "points=1", "points=2", "solution.py from the released files: means: ("),
        ("mean/answers.json", "0.5", "0.75", "solution.py from the released files: means: ("),
    ],
)
def test_released_files_that_say_something_else_are_seen(
    solutions: Path, name: str, old: str, new: str, seen: str
) -> None:
    """Law 8: a student's own copy of the course asks the same, and judges the same."""
    course = load_author_course(solutions)
    files = build_release(course)
    assert old in files[name]
    told = prove_exercise(course, "mean", {**files, name: files[name].replace(old, new)}).violations
    assert any(str(one).startswith(f"law 8, {NAMES[8]}: {seen}") for one in told), told


def test_a_missing_statement_is_one_sentence(solutions: Path, proved: Proved) -> None:
    """Nothing can be released without it, so nothing is tried."""
    (solutions / "mean" / "text" / "es.md").unlink()
    with pytest.raises(AuthorError, match=r"text/es\.md is missing"):
        proved(solutions)


PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "course"
version = "1"

[tool.hatch.build.targets.wheel]
only-include = ["exercises"]

[tool.hatch.build.targets.wheel.sources]
"exercises" = "grader/course"

[tool.hatch.build.targets.sdist]
only-include = ["exercises"]
"""


@pytest.fixture
def project(solutions: Path) -> Path:
    """Return a project whose released files are fresh."""
    (solutions.parent / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    course = load_author_course(solutions)
    files = build_release(course)
    write_release(files, solutions.parent / "exercises")
    write_release(build_notebooks(course, files), solutions.parent / "source")
    return solutions.parent


def violations(project: Path) -> list[str]:
    """Return what is wrong with a project and its artefacts."""
    proof = prove(load_author_course(project / "solutions"), ["mean"], project)
    return [str(violation) for violation in proof.violations]


def test_a_fresh_project_keeps_every_law(project: Path) -> None:
    """The wheel, the sdist and the bundle are built and searched."""
    assert violations(project) == []


def test_a_new_exercise_keeps_every_law_once_it_is_released(project: Path) -> None:
    """As `grader new` writes it; before that, its released files are missing, and nothing else is wrong."""
    new_exercise("gumbel", project / "solutions")
    course = load_author_course(project / "solutions")
    before = prove(course, ["gumbel"], project).violations
    assert {violation.law for violation in before} == {6}
    write_release(build_release(course), project / "exercises")
    assert prove(course, ["gumbel"], project).violations == ()


def test_stale_released_files_are_seen(project: Path) -> None:
    """A changed, a missing and a stray file; what a student's own run leaves behind is none."""
    released = project / "exercises" / "mean"
    (released / "mean.py").write_text("x = 1\n", encoding="utf-8")
    (released / "text" / "es.md").unlink()
    (released / "notes.md").write_text("Mine.\n", encoding="utf-8")
    (released / ".grader").mkdir()
    (released / ".grader" / "history.json").write_text("{}", encoding="utf-8")
    lab = project / "source" / "lab-00"
    (lab / "lab-00.ipynb").write_text("{}", encoding="utf-8")
    (lab / "draft.ipynb").write_text("{}", encoding="utf-8")
    (lab / ".ipynb_checkpoints").mkdir()
    (lab / ".ipynb_checkpoints" / "lab-00-checkpoint.ipynb").write_text("{}", encoding="utf-8")
    assert [line for line in violations(project) if line.startswith("law 6, released files are fresh: ")] == [
        "law 6, released files are fresh: mean/mean.py: it is not what a release makes; run grader release",
        "law 6, released files are fresh: mean/text/es.md: it is missing; run grader release",
        "law 6, released files are fresh: mean/notes.md: no release makes this file; remove it",
        "law 6, released files are fresh: lab-00/lab-00.ipynb: it is not what a release makes; run grader release",
        "law 6, released files are fresh: lab-00/draft.ipynb: no release makes this file; remove it",
    ]


def test_a_solution_in_a_built_artefact_is_seen(project: Path) -> None:
    """By its name, which is on no list, and by its content."""
    path = project / "pyproject.toml"
    path.write_text(
        PYPROJECT.replace('only-include = ["exercises"]\n', 'only-include = ["exercises", "solutions"]\n'),
        encoding="utf-8",
    )
    told = violations(project)
    where = "course-1/solutions/mean/hidden.py"
    assert f"law 7, nothing secret is released: sdist: {where}: it is not on the list of what may be released" in told
    assert any(
        line.startswith(f"law 7, nothing secret is released: sdist: {where}: it holds 12 tokens") for line in told
    )
    assert any("wheel: solutions/mean/solution.py" in line for line in told)


def test_a_project_that_cannot_be_built_is_one_sentence(project: Path) -> None:
    """What the builder said last is in it."""
    (project / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    with pytest.raises(AuthorError, match=r"^the wheel of .* cannot be built: .*; is hatchling installed\?$"):
        violations(project)
