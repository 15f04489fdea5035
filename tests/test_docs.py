"""The pages keep their word: what they name exists, and what they show is what the program prints.

Prose goes stale in silence. So commands, targets and links are read out of the pages, and looked up.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import shlex
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from grader.author.new import template_files

REPOSITORY = Path(__file__).resolve().parent.parent
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/nbgrader.md"]
FOLDERS = "benchmarks|docs|examples|exercises|grader|solutions|source|tests"
LONGEST_README = 150
MOST_COMMANDS_AT_A_DOOR = 5


def read(page: str) -> str:
    """Return a page's text."""
    return (REPOSITORY / page).read_text(encoding="utf-8")


def shell_lines(text: str) -> list[str]:
    """Return the commands of a text's sh blocks, without their comments."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line.split(" #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def commands(text: str) -> set[str]:
    """Return the subcommands of `grader` that a text names, in blocks and in backticks."""
    shown = "\n".join([*shell_lines(text), *re.findall(r"`([^`\n]+)`", text)])
    return set(re.findall(r"(?m)(?:^|&& |/)grader ([a-z]+)", shown))


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    """Return docs/refresh.py, loaded by its path: it is a script, and in no package."""
    spec = importlib.util.spec_from_file_location("refresh", REPOSITORY / "docs" / "refresh.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES)
def test_shown_output_is_what_the_program_prints(page: str, refresh: ModuleType) -> None:
    """Each block of output on a page equals a fresh run of its command."""
    text = read(page)
    assert refresh.same(refresh.refreshed(text, refresh.on_the_desk), text)


@pytest.mark.parametrize("page", PAGES)
def test_named_commands_exist(page: str) -> None:
    """Each `grader` command that a page names is one that the program has."""
    program = importlib.import_module("grader.cli").main
    assert commands(read(page)) - set(program.commands) == set()


@pytest.mark.parametrize("page", PAGES)
def test_named_targets_exist(page: str) -> None:
    """Each `make` target that a page names is in the Makefile."""
    shown = "\n".join([*shell_lines(read(page)), *re.findall(r"`([^`\n]+)`", read(page))])
    named = set(re.findall(r"(?m)^make ([a-z-]+)", shown))
    assert named - set(re.findall(r"(?m)^([a-z-]+):", read("Makefile"))) == set()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Each relative link on a page is a file of the repository."""
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", read(page)) if "://" not in link]
    assert [link for link in links if not (REPOSITORY / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_named_paths_exist(page: str) -> None:
    """Each path below a folder of the repository that a page names is there."""
    named = set(re.findall(rf"(?<![\w./-])(?:{FOLDERS})/[\w./-]*\w", read(page)))
    assert {path for path in named if "SLUG" not in path and not (REPOSITORY / path).exists()} == set()


def test_a_wheel_is_called_as_it_is_built() -> None:
    """The pages name the wheel of the version that there is."""
    project = tomllib.loads(read("pyproject.toml"))["project"]
    named = {name for page in PAGES for name in re.findall(r"softmax_grader-[\w.]+-[\w-]+\.whl", read(page))}
    assert {f"softmax_grader-{project['version']}-py3-none-any.whl"} == named


def test_each_file_of_a_new_exercise_is_explained() -> None:
    """`grader new` writes nothing of which the steps for authors do not speak."""
    text = read("CONTRIBUTING.md")
    assert [name for name in template_files("mean") if f"`{name.partition('/')[0]}" not in text] == []


def test_the_readme_is_short() -> None:
    """A person reads the README in one go."""
    assert len(read("README.md").splitlines()) < LONGEST_README


@pytest.mark.parametrize("door", ["Students", "Instructors", "Authors"])
def test_a_door_has_few_commands(door: str) -> None:
    """A student, an instructor or an author needs at most five commands to begin."""
    text = read("README.md")
    shown = shell_lines(text[text.index(f"**{door}**") :].split("```\n", 2)[0] + "```\n")
    assert 0 < len(shown) <= MOST_COMMANDS_AT_A_DOOR
    assert all(shlex.split(line) for line in shown)


def test_the_readme_names_debians_packages() -> None:
    """The apt line of the README names what `.ci/run` installs."""
    needed = set(re.findall(r"missing\+=\(([^)]*)\)", read(".ci/run")))
    line = next(line for line in shell_lines(read("README.md")) if line.startswith("apt-get"))
    assert {name for names in needed for name in names.split()} - {"python3"} == set(shlex.split(line)[3:])


def test_a_block_is_written_anew(refresh: ModuleType) -> None:
    """A refreshed block holds the command's output, its prompt only in a console."""
    page = "<!-- output: say hello -->\n```{}\nold\n```\n<!-- end -->\n"
    fresh = "<!-- output: say hello -->\n```{}\n{}hello\n```\n<!-- end -->\n"
    answer = {"say hello": "hello\n\n"}.__getitem__
    assert refresh.refreshed(page.format("text"), answer) == fresh.format("text", "")
    assert refresh.refreshed(page.format("console"), answer) == fresh.format("console", "$ say hello\n")


def test_a_stale_page_is_reported_and_then_made_fresh(refresh: ModuleType, tmp_path: Path) -> None:
    """--check answers 1 and writes nothing; without it the page is written, once."""
    page = tmp_path / "page.md"
    stale = "<!-- output: echo new -->\n```text\nold\n```\n<!-- end -->\n"
    page.write_text(stale, encoding="utf-8")
    assert refresh.main([str(page), "--check"]) == 1
    assert page.read_text(encoding="utf-8") == stale
    assert refresh.main([str(page)]) == 0
    assert page.read_text(encoding="utf-8") == stale.replace("old", "new")
    assert refresh.main([str(page), "--check"]) == 0


def test_a_command_that_fails_stops_the_refresh(refresh: ModuleType) -> None:
    """Only 0 and 1 are answers of a command that works."""
    with pytest.raises(SystemExit, match="answered 2"):
        refresh.on_the_desk("ls /nonexistent-folder")


def test_durations_do_not_make_a_page_stale(refresh: ModuleType) -> None:
    """Two screens that differ in seconds only are the same."""
    assert refresh.same("checked in 0.21 s", "checked in 0.35 s")
    assert not refresh.same("2 of 5", "3 of 5")
