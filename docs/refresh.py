"""Run the commands that a page shows, and put what they print into the page.

A block of output is fenced, and stands between two comments:

    <!-- output: grader check softmax -->
    (a fenced block, made by this script)
    <!-- end -->

Prose that no test reads goes stale, so no output is typed by hand: `make docs` writes it, and `tests/test_docs.py`
fails when a fresh run differs. Commands run on a desk of their own: a copy of the public exercises, with the files
of `docs/desk/` laid over it, so that a page can show a student's half-right answer and nobody's real work is touched.

A block whose command does not exist yet says `pending:` in place of `output:`. It is left as it is.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from pathlib import Path

__all__ = ["main", "on_the_desk", "refreshed", "same"]

REPOSITORY = Path(__file__).resolve().parent.parent
BLOCK = re.compile(
    r"(?P<open><!-- output: (?P<command>[^\n]+?) -->\n```(?P<language>\w*)\n)"
    r"(?P<body>.*?)"
    r"(?P<close>```\n<!-- end -->)",
    re.DOTALL,
)
DURATION = re.compile(r"\b\d+\.\d+ s\b")  # the one thing on a screen that differs from run to run


def refreshed(page: str, answer: Callable[[str], str]) -> str:
    """Return the page with what `answer` says of each command in the command's block."""

    def block(match: re.Match[str]) -> str:
        prompt = f"$ {match['command']}\n" if match["language"] == "console" else ""
        return match["open"] + prompt + answer(match["command"]).rstrip() + "\n" + match["close"]

    return BLOCK.sub(block, page)


def same(page: str, other: str) -> bool:
    """Say whether two pages differ in durations at most."""
    return DURATION.sub("0.0 s", page) == DURATION.sub("0.0 s", other)


def on_the_desk(command: str) -> str:
    """Return what a command prints, on a fresh desk and a plain terminal of 80 columns."""
    with tempfile.TemporaryDirectory(prefix="desk-") as folder:
        desk = Path(folder)
        for layer in (REPOSITORY / "exercises", REPOSITORY / "docs" / "desk"):
            shutil.copytree(layer, desk, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".grader"))
        run = subprocess.run(  # noqa: S603 - the commands are those of our own pages
            shlex.split(command), cwd=desk, env=_environment(), capture_output=True, text=True, check=False
        )
    if run.returncode not in (0, 1):  # 1 is what a failing check answers
        raise SystemExit(f"`{command}` answered {run.returncode}:\n{run.stderr}")
    return run.stdout


def _environment() -> dict[str, str]:
    ours = sysconfig.get_path("scripts")
    path = os.pathsep.join([ours, os.environ.get("PATH", os.defpath)])
    return {"PATH": path, "HOME": "/nonexistent", "LANG": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1"}


def main(arguments: list[str] | None = None) -> int:
    """Refresh the pages; with --check, write nothing and answer 1 if one is stale."""
    parser = argparse.ArgumentParser(description="Put the output of the commands that a page shows into the page.")
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing; answer 1 if a page is stale")
    options = parser.parse_args(arguments)
    stale = [page for page in options.pages if not _settle(page, write=not options.check)]
    for page in stale:
        print(f"{page} is stale: run `make docs`" if options.check else f"{page} is fresh again")
    return 1 if stale and options.check else 0


def _settle(page: Path, *, write: bool) -> bool:
    text = page.read_text(encoding="utf-8")
    fresh = refreshed(text, on_the_desk)
    if same(text, fresh):
        return True
    if write:
        page.write_text(fresh, encoding="utf-8")
    return False


if __name__ == "__main__":
    sys.exit(main())
