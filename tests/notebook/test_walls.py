"""What a kernel that runs a student's cells can use of the machine."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from nbformat import v4

from grader.notebook.execute import ExecuteInside
from grader.notebook.walls import MOST_PROCESSES, confined, own_user

BUBBLEWRAP = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
pytestmark = pytest.mark.filterwarnings("ignore")  # of nbgrader's libraries
FORKS = """\
import os, time
made = 0
try:
    for _ in range(1500):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        made += 1
except BlockingIOError:
    print("refused", end=" ")
print(made)
"""


@BUBBLEWRAP
@pytest.mark.skipif(
    shutil.which("bwrap") is not None and os.getuid() == 0 and own_user() is None,
    reason="root, which can give the kernel no user of its own here, bounds no processes",
)
def test_a_cell_that_forks_without_end_is_refused_most_of_it() -> None:
    """The kernel, which has threads, goes on: the next cell runs, with numpy, and writes where it may."""
    after = "import numpy\nopen('own.txt', 'w').close()\nprint(numpy.ones((9, 9)).sum())"
    notebook = v4.new_notebook(cells=[v4.new_code_cell(FORKS), v4.new_code_cell(after)])
    ended = ExecuteInside().run_anew(notebook, {"metadata": {}})
    first, last = ("".join(one.text for one in cell.outputs if one.get("name") == "stdout") for cell in notebook.cells)
    assert ("", "refused", "81.0\n") == (ended, first.split()[0], last)
    assert 0 < int(first.split()[1]) < MOST_PROCESSES


@BUBBLEWRAP
def test_where_linux_counts_all_processes_of_a_user_those_that_run_are_not_taken_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Else no kernel would start on a busy desktop of before Linux 5.14; this process is one of them."""
    limits = []
    for version in ((5, 13), (5, 14)):
        monkeypatch.setattr("grader.notebook.walls.LINUX", version)
        limits.append(int(confined(tmp_path, None)[-1].partition("ulimit -u ")[2].split()[0]))
    assert [True, MOST_PROCESSES] == [limits[0] > MOST_PROCESSES, limits[1]]
