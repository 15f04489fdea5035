"""A small exercise with texts in both languages, and one report for each state that a screen can show."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from rich.text import Text

from grader.exercise.bank import Bank
from grader.exercise.check import Check
from grader.exercise.drawing import Drawing, Line
from grader.exercise.exercise import Exercise
from grader.exercise.reference import Recorded
from grader.exercise.reply import Facts, FunctionFacts, Place, Problem, Raised
from grader.exercise.texts import LANGUAGES, read_texts
from grader.judge.outcome import Outcome
from grader.judge.report import Finding, Report, Result, Row
from grader.report.card import render_card
from grader.report.look import Look
from grader.report.screen import render_check

State = tuple[Report, Mapping[str, object]]

HERE = Path(__file__).parent
TITLES = {
    "one_each": "One probability for each logit",
    "sums": "The probabilities add up to 1",
    "tau_one": "tau = 1 is the ordinary softmax",
    "tau_two": "Raising tau flattens the distribution",
    "tau_small": "Tau close to 0 picks the largest logit",
    "huge": "Huge logits stay finite",
}
SOURCE = (
    '"""Softmax."""',
    "",
    "import math",
    "",
    "",
    "def softmax(z, tau):",
    '    """Return probabilities."""',
    "    top = max(z)",
    "    scaled = [(x - top) * tau for x in z]",
    "",
    "    while total < 1.0:",
    "        exps = [math.exp(s) for s in scaled]",
    "    total = sum(exps)",
    "    return [e / total for e in exps",
)
SOFTMAX = FunctionFacts(6, ("z", "tau"), {"z": (8, 9), "tau": (9,)})
FACTS = Facts("softmax.py", {"softmax": SOFTMAX}, ("math",), source=SOURCE)
OTHER_NAME = replace(FACTS, functions={"soft_max": SOFTMAX})


def fails(kind: str, **fields: object) -> Finding:
    """Return a finding, on the smallest call unless another is given."""
    return replace(Finding(kind, case="softmax([0.0, 1.0], tau=2.0)"), **fields)


def raises(kind: str, message: str, line: int, **local_values: str) -> Raised:
    """Return an exception of the student's code."""
    return Raised(kind, (kind,), message, (Place("softmax.py", line, "softmax", local_values),))


def named(check: str, outcome: Outcome, finding: Finding | None = None, diagnosis: str | None = None) -> Result:
    """Return the result of one check."""
    points = 2.0 if outcome is Outcome.PASSED else 0.0
    return Result(check, "public", outcome, points, 2.0, diagnosis, finding)


def reported(*others: Result) -> Report:
    """Return a report in which every check passes, but for the given ones."""
    known = {result.check: result for result in others}
    return Report("softmax", tuple(known.get(name) or named(name, Outcome.PASSED) for name in TITLES), FACTS)


def all_of(outcome: Outcome, finding: Finding | None = None) -> Report:
    """Return a report in which every check ends in the same way."""
    return reported(*(named(name, outcome, finding) for name in TITLES))


def unloaded(problem: Problem, outcome: Outcome = Outcome.CRASHED) -> State:
    """Return the report of a file that could not be loaded."""
    return replace(all_of(outcome), facts=Facts("softmax.py", problem=problem, source=SOURCE)), {}


MULTIPLIED = fails(
    "values",
    rows=(
        Row((0,), 0.0, 0.3775406687981454, 0.11920292202211755, wrong=True),
        Row((1,), 1.0, 0.6224593312018546, 0.8807970779778825, wrong=True),
    ),
    entries=2,
    wrong=2,
    error=0.26,
    allowed=1e-12,
    tried=24,
    measures={"before": 0.46211715726, "after": 0.76159415595, "gap": 0.244918662},
)
LONG = fails(
    "values",
    case="softmax(np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]), tau=1.0)",
    rows=tuple(
        Row((i,), i / 10, 0.05 + i / 100, 0.05 + i / 100 + (3e-7 if i == 4 else 0), wrong=i == 4) for i in range(2, 7)
    ),
    entries=11,
    wrong=3,
    error=3e-7,
    allowed=1e-12,
    warned=("RuntimeWarning: overflow encountered in exp",),
)
CRASH = fails(
    "raised",
    case="softmax([710.0], tau=1.0)",
    raised=raises("OverflowError", "math range error", 12, s="710.0", scaled="[710.0]"),
)
SLOW = fails(
    "timeout", place=Place("softmax.py", 11, "softmax", {"total": "0.25"}), limit=2.0, reference_seconds=0.00412
)
HURRIED = replace(SLOW, limit=0.2)
WAITING = replace(SLOW, seconds=0.0312, waited=20.013)
UNRUN = fails("timeout", note="not run: the time for this exercise ran out", limit=0.0, reference_seconds=0.00412)
REFUSED = fails("not_refused", case="softmax([0.0], tau=0.0)", expected="ValueError", measures={"refused": 3, "of": 4})
WRONG_ERROR = fails(
    "wrong_refusal", expected="ValueError", got="TypeError", raised=raises("TypeError", "tau must be a float", 9)
)
UNWRITTEN = fails("raised", raised=raises("NotImplementedError", "", 9))
A_DICT = fails("type", expected="float 1.0", got="dict dict with keys ['p', 'sum']")
NOT_AN_ARRAY = fails("type", expected="float64 array of shape (2,)", got="NoneType None")
WORD = fails(
    "word",
    case="compare_stages([0.0, 1.0], tau=2.0)",
    key="['power'][3]",
    expected="'same'",
    got="'different'",
    measures={"sum": 1.0, "from_inside": 1.1e-16, "between": 0.5},
)
CHOICE = fails("choice", key="['power'][3]", expected="'same', 'no effect', 'different'", got="'Same'")
KEYS = fails("keys", expected="'power', 'top_p_after'", got="'top_p'")
WITNESS = fails("property", case="precision_witness()", measures={"before": 0.46, "entropy_true": 3.43, "sum": 0.0})
LARGE = fails("memory", place=Place("softmax.py", 9, "softmax"))
CURVE = Line("line", "entropy", np.array([0.1, 1.0, 10.0]), np.array([0.0, 0.58, 0.69]), 3, "-")
LEVEL = Line("horizontal", "log V", np.array([0.0, 1.0]), np.array([0.69, 0.69]), 2, "--")
UPRIGHT = Line("vertical", "", np.array([1.0, 1.0]), np.array([0.0, 1.0]), 2, "-")
WANTED = Drawing("log", "linear", "temperature tau", "entropy in nats", lines=(CURVE, LEVEL))
DRAWN = fails(
    "values",
    case="softmax(plt.figure().add_subplot(), [0.0, 1.0])",
    key="lines[0].ydata",
    rows=(Row((0,), None, 0.58, 0.84, wrong=True), Row((1,), None, 0.69, 1.0, wrong=True)),
    entries=2,
    wrong=2,
    error=0.31,
    allowed=1e-10,
    drawn=(WANTED, replace(WANTED, xscale="linear", xlabel="", lines=(replace(CURVE, label=""), UPRIGHT, LEVEL))),
)
SHARES = fails(
    "law",
    case="softmax([0.0, 1.0, -np.inf], 2.0, 4000, np.random.default_rng(3))",
    rows=(
        Row((0,), 0.0, 0.3775406687981454, 0.11925, wrong=True),
        Row((1,), 1.0, 0.6224593312018546, 0.88075, wrong=True),
        Row((2,), -np.inf, 0.0, 0.0, wrong=False),
    ),
    entries=3,
    wrong=2,
    measures={"p": 1.2e-248, "least": 1e-6, "draws": 4000},
)
ALIKE = fails(
    "neighbours",
    rows=(Row((), None, 0.53, 0.9995, wrong=True),),
    entries=1,
    wrong=1,
    measures={"p": 0.0, "least": 1e-6, "draws": 4000, "same": 0.9995, "chance": 0.53},
)
SCALED = fails("word", case=DRAWN.case, expected="'log'", got="'linear'", drawn=DRAWN.drawn)
FORGED = fails("tampered", note="a message of 3 bytes")
ONE = {"name": "softmax.py"}
KEPT_OUT = (
    Problem("symbolic link", "", why="link_to_file", given=ONE),
    Problem("symbolic link", "", why="link_to_folder", given={"name": "softmax"}),
    *(Problem("no file", "", why=kind, given=ONE) for kind in ("folder", "pipe", "socket", "device")),
    Problem("too large", "", why="too_large", given={**ONE, "most": "1"}),
    Problem("misnamed", "", why="misnamed", given={"name": "Softmax.py"}),
    Problem("two files", "", why="two_files", given={**ONE, "other": "softmax/softmax.py"}),
    Problem("unreadable", "Permission denied", why="unopened", given=ONE),
)
GIVEN = {"size": "600", "most": "512", "count": "2000", "holds": "entropy, entropy_slope, sweep"}
NOTEBOOKS = (
    *(
        Problem("unreadable", "Expecting value" if why == "no_json" else "", why=why, given=GIVEN)
        for why in (
            *("no_text", "no_file", "large", "large_alone", "much_output", "no_json", "no_notebook", "no_cells"),
            *("many_cells", "conflict", "conflict_of_cells"),
        )
    ),
    Problem("other notebook", "", why="other_notebook", given=GIVEN),
)
UNCLOSED = Problem("SyntaxError", "'[' was never closed", 14, 12)
NO_TORCH = Problem("ModuleNotFoundError", "No module named 'torch'", trace=(Place("softmax.py", 3),))

FAILING = reported(
    named("tau_two", Outcome.FAILED, MULTIPLIED, "tau_multiplied"),
    replace(named("tau_small", Outcome.SKIPPED), waits_for=("tau_two",)),
)
PARTIAL = reported(replace(named("sums", Outcome.PARTIAL, REFUSED), points=1.5))
SECOND_OF_SIX = {"position": (2, 6), "run": 7, "seconds": 0.21}
RUNS = {"tau_one": ("fixed",), "tau_two": ("same", 3)}
BROKEN = {"huge": ("broken",), "sums": ("same", 1)}
FAULT = {"fault_file": ".grader/fault-20261123-1204.txt"}

STATES: dict[str, State] = {
    "failing": (FAILING, {**SECOND_OF_SIX, "changes": RUNS}),
    "todo": (all_of(Outcome.TODO, UNWRITTEN), {"position": (2, 6), "run": 1}),
    "crash": (reported(named("huge", Outcome.CRASHED, CRASH, "overflow")), {**SECOND_OF_SIX, "changes": BROKEN}),
    "ended": (reported(named("huge", Outcome.CRASHED, fails("crashed", note="signal 11"))), {}),
    "slow": (reported(named("sums", Outcome.TIMEOUT, SLOW)), {}),
    "hurried": (reported(named("sums", Outcome.TIMEOUT, HURRIED)), {}),
    "waiting": (reported(named("sums", Outcome.TIMEOUT, WAITING)), {}),
    "unrun": (
        reported(named("sums", Outcome.TIMEOUT, UNRUN), named("huge", Outcome.CRASHED, UNRUN)),
        {"show_all": True},
    ),
    "memory": (reported(named("sums", Outcome.MEMORY, LARGE)), {}),
    "missing": (replace(all_of(Outcome.MISSING, fails("missing")), facts=OTHER_NAME), {}),
    "tampered": (reported(named("sums", Outcome.TAMPERED, FORGED)), {}),
    "partial": (PARTIAL, {}),
    "all_pass": (reported(), {**SECOND_OF_SIX, "next_exercise": "stable", "changes": {"tau_two": ("fixed",)}}),
    "unreadable": unloaded(UNCLOSED),
    "no_import": unloaded(NO_TORCH),
    "no_file": unloaded(Problem("missing", ""), Outcome.MISSING),
    **{f"refused_{problem.why}": unloaded(problem, Outcome.MISSING) for problem in KEPT_OUT},
    "left_out": (replace(unloaded(Problem("missing", ""), Outcome.MISSING)[0], optional=True), {}),
    "endless_import": unloaded(Problem("timeout", "more than 2 s of CPU time"), Outcome.TIMEOUT),
    "ending_import": unloaded(Problem("crashed", "the process ended with exit code 0")),
    "parser_ended": unloaded(Problem("SyntaxError", "SIGSEGV", why="parser_ended")),
    "fault": (all_of(Outcome.ERROR), FAULT),
    "part_fault": (reported(named("huge", Outcome.ERROR)), {}),
    "long": (
        reported(named("tau_one", Outcome.FAILED, LONG), named("sums", Outcome.FAILED, fails("property"))),
        {"show_all": True},
    ),
    "shape": (reported(named("one_each", Outcome.FAILED, fails("shape", expected="2", got="2 x 2"))), {}),
    "dtype": (reported(named("one_each", Outcome.FAILED, fails("dtype", expected="float64", got="float32"))), {}),
    "type": (reported(named("one_each", Outcome.FAILED, NOT_AN_ARRAY)), {}),
    "dict": (reported(named("one_each", Outcome.FAILED, A_DICT)), {}),
    "word": (reported(named("tau_one", Outcome.FAILED, WORD)), {}),
    "choice": (reported(named("tau_one", Outcome.FAILED, CHOICE)), {}),
    "keys": (reported(named("tau_one", Outcome.FAILED, KEYS)), {}),
    "added_key": (reported(named("tau_one", Outcome.FAILED, replace(KEYS, expected=""))), {}),
    "witness": (reported(named("tau_one", Outcome.FAILED, WITNESS)), {}),
    "too_large": (
        reported(named("one_each", Outcome.FAILED, replace(NOT_AN_ARRAY, got="ndarray", note="an array of 80 bytes"))),
        {},
    ),
    "refusal": (reported(named("huge", Outcome.FAILED, WRONG_ERROR)), {}),
    "figure": (reported(named("tau_one", Outcome.FAILED, DRAWN)), {}),
    "scale": (reported(named("tau_one", Outcome.FAILED, replace(SCALED, key="xscale"))), {}),
    "empty_figure": (
        reported(named("tau_one", Outcome.FAILED, fails("property", drawn=(WANTED, Drawing("linear", "linear"))))),
        {},
    ),
    "law": (reported(named("tau_two", Outcome.FAILED, SHARES, "tau_multiplied")), {}),
    "neighbours": (reported(named("huge", Outcome.FAILED, ALIKE)), {}),
    "range": (reported(named("huge", Outcome.FAILED, fails("range", expected="0 to 1", got="2"))), {}),
    "arguments": (reported(named("huge", Outcome.FAILED, fails("arguments", got="0"))), {}),
}
LOOKS = {
    f"{language}-{form}": Look(language, plain=form == "plain", ascii=form == "ascii")
    for language in LANGUAGES
    for form in ("colour", "plain", "ascii")
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once for each state, look or language that it asks for."""
    if "state" in metafunc.fixturenames:
        metafunc.parametrize("state", list(STATES))
    if "look" in metafunc.fixturenames:
        metafunc.parametrize("look", LOOKS.values(), ids=LOOKS)
    if "tongue" in metafunc.fixturenames:
        metafunc.parametrize("tongue", [Look(language) for language in LANGUAGES], ids=LANGUAGES)


@pytest.fixture
def exercise() -> Exercise:
    """Return the small exercise."""
    checks = tuple(
        Check(
            name,
            title,
            2.0,
            print,
            about="tau" if "tau" in name else None,
            finds=("tau_multiplied",) if name == "tau_two" else (),
        )
        for name, title in TITLES.items()
    )
    texts = {language: read_texts(HERE / "text" / f"{language}.toml", language) for language in LANGUAGES}
    return Exercise("softmax", 2, ("softmax",), checks, (), texts, Recorded({}), Bank())


@pytest.fixture
def unread(exercise: Exercise) -> Mapping[str, Callable[[Look], str]]:
    """Return what makes the card of each notebook of which nothing could be read, by the reason."""
    reports = {problem.why: unloaded(problem, Outcome.MISSING)[0] for problem in NOTEBOOKS}
    return {why: partial(render_card, exercise, report, path="lab-00.ipynb") for why, report in reports.items()}


@pytest.fixture
def states() -> Mapping[str, Report]:
    """Return the report of each state."""
    return {state: report for state, (report, _) in STATES.items()}


@pytest.fixture
def shown(exercise: Exercise) -> Callable[[str, Look], Text]:
    """Return what makes the screen of a state."""
    return lambda state, look: render_check(exercise, STATES[state][0], look, **STATES[state][1])


@pytest.fixture
def printed() -> Callable[[Text, Look], str]:
    """Return what a terminal is sent for a text, with escape characters made visible."""

    def print_to(text: Text, look: Look) -> str:
        stream = io.StringIO()
        colours = None if look.plain or look.ascii else "standard"
        console = Console(file=stream, force_terminal=True, color_system=colours, no_color=False, legacy_windows=False)
        console.print(text, soft_wrap=True, highlight=False, markup=False)
        return stream.getvalue().replace("\x1b", "␛")

    return print_to
