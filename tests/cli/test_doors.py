"""The command line as a whole: a file is a door, and whatever goes wrong is one sentence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.exercise.check import AuthorError
from grader.fence import FenceError

Program = Callable[..., subprocess.CompletedProcess[str]]


def failing(error: Exception) -> click.Command:
    """Return a command that fails in this way."""

    @click.command("fails")
    def command() -> None:
        raise error

    return command


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_door_has_help(name: str) -> None:
    """Each command says what it does, and the list of commands says it in a line."""
    shown = CliRunner().invoke(main, [name, "--help"])
    listed = CliRunner().invoke(main, ["--help"]).output
    assert (shown.exit_code, shown.output.startswith(f"Usage: main {name}")) == (0, True)
    line = next(line for line in listed.splitlines() if line.startswith(f"  {name} "))
    assert line.endswith(".") or len(line) > 60


def leaves(command: click.Command, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with the words that call it."""
    yield names, command
    for name, inner in command.commands.items() if isinstance(command, click.Group) else ():
        yield from leaves(inner, *names, name)


def test_help_holds_words_for_people_only() -> None:
    """No mark of click's own is left in it, and it is no wider than a terminal."""
    for names, _ in leaves(main):
        shown = CliRunner().invoke(main, [*names, "--help"], terminal_width=80).output
        assert "\\" not in shown
        assert "\b" not in shown
        assert max(map(len, shown.splitlines())) <= 80


def test_what_cannot_be_read_is_told_by_us() -> None:
    """Click's own answer shows how a command is used, which was right."""
    places = [one.type for _, command in leaves(main) for one in command.params if isinstance(one.type, click.Path)]
    assert places
    assert [place for place in places if place.readable] == []


def test_help_is_quick_to_load() -> None:
    """To list the commands, neither numpy nor rich is imported."""
    script = "import sys; from grader.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert {"numpy", "scipy", "rich", "pytest"} & set(run.stdout.splitlines()[-1].split()) == set()


def test_a_check_loads_no_scipy_and_no_author(small_project: Path) -> None:
    """What a student runs loads neither scipy nor a door where solutions are read."""
    script = (
        "import sys; from grader.cli import main; main(['check', 'mean'], standalone_mode=False); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=small_project, capture_output=True, text=True, check=True)
    loaded = set(run.stdout.splitlines()[-1].split())
    assert {"scipy", "pytest", "grader.author", "grader.classroom"} & loaded == set()


def test_a_mistyped_command_is_answered_with_the_right_one(program: Program, tmp_path: Path) -> None:
    """Usage errors exit with 2 and say what was probably meant."""
    run = program("chekc", cwd=tmp_path)
    assert run.returncode == 2
    assert "Did you mean 'check'?" in run.stderr


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (AuthorError("the file is missing; write it"), 2, "grader: the file is missing; write it\n"),
        (FenceError("The sandbox did not start."), 4, "grader: The sandbox did not start.\n"),
        (
            ModuleNotFoundError("No module named 'hypothesis'", name="hypothesis"),
            2,
            "grader: this needs hypothesis, which is not installed: pip install hypothesis\n",
        ),
        (KeyboardInterrupt(), 130, "grader: stopped\n"),
    ],
)
def test_a_known_error_is_its_sentence(
    error: Exception, code: int, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback is shown, and no file is written."""
    monkeypatch.setitem(main.commands, "check", failing(error))
    run = CliRunner().invoke(main, ["check"])
    assert (run.exit_code, run.output) == (code, sentence)


def test_an_unknown_error_is_written_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the file, and the file has the traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(main.commands, "grade", failing(OSError(28, "No space left on device", "out")))
    run = CliRunner().invoke(main, ["grade"])
    written = next((tmp_path / ".grader").glob("fault-*.txt"))
    sentence = "grader: the grader itself failed: No space left on device: out. "
    assert (run.exit_code, run.output) == (4, f"{sentence}Details: .grader/{written.name}\n")
    assert "Traceback" in written.read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "words"), [("en", "costs nothing"), ("es", "no te cuesta nada")])
def test_a_student_is_told_that_it_is_not_their_fault(
    language: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours is told to a student in their language, without a word of Python."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADER_LANG", language)
    monkeypatch.setitem(main.commands, "check", failing(ValueError("boom")))
    run = CliRunner().invoke(main, ["check"])
    assert run.exit_code == 4
    assert words in run.output
    assert "boom" not in run.output
    assert next((tmp_path / ".grader").iterdir()).name in run.output


def test_a_fault_is_written_somewhere_if_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where .grader cannot be made, the folder for temporary files is used."""
    (tmp_path / ".grader").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setitem(main.commands, "grade", failing(ValueError("boom")))
    assert CliRunner().invoke(main, ["grade"]).exit_code == 4
    assert "boom" in next(tmp_path.glob("fault-*.txt")).read_text(encoding="utf-8")
