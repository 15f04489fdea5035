"""Execute: a student's cells run anew, for courses that want fresh outputs, in a kernel that bubblewrap confines.

It decides no mark: checks are never run here, and if the kernel ends, the submission is graded all the same. The kernel
sees Python, its packages and this one, read-only, and a folder in memory; no other file, no other process, no network.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbgrader.preprocessors import Execute
from traitlets import Bool, Integer

import grader
from grader.fence import FenceError
from grader.notebook.note import note
from grader.notebook.outputs import Kept
from grader.notebook.released import CHECK

Node = Any  # neither nbclient nor nbgrader is typed
SYSTEM: Final = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")
LIMITED: Final = 'ulimit -v "$0" && ulimit -f 1048576 && exec "$@" >/dev/null 2>&1'  # prints come as messages
KERNEL: Final = ("-m", "ipykernel_launcher", "-f", "{connection_file}")
MOST: Final = 8 << 20  # kB of address space


class ExecuteInside(Execute):  # type: ignore[misc]  # nbgrader is not typed
    """Runs every cell but the checks in a confined kernel."""

    enabled = Bool(default_value=False, help="Whether students' cells are run anew, for their outputs.").tag(
        config=True
    )
    timeout = Integer(30, allow_none=True, help="Seconds that one cell may take.").tag(config=True)

    def preprocess(self, nb: Node, resources: Node, km: Node = None) -> tuple[Node, Node]:
        """Return the notebook with fresh outputs, as far as its kernel came."""
        told = resources["nbgrader"]
        if ended := self.run_anew(nb, resources, km):
            self.log.warning("%s", note(f"{told['student']}, {told['notebook']}.ipynb", ended))
        return nb, resources

    def run_anew(self, nb: Node, resources: Node, km: Node = None) -> str:
        """Give the cells of a notebook fresh outputs, and return what ended its kernel early, if anything did."""
        ended = ""
        with tempfile.TemporaryDirectory(prefix="kernel-") as folder:
            Path(folder).chmod(0o777)  # as root, the kernel is somebody else
            self.kernel_manager_class = type("ConfinedThere", (Confined,), {"folder": Path(folder)})
            try:
                super().preprocess(nb, resources, km)
            except FenceError:
                raise
            except Exception as error:  # noqa: BLE001 - a kernel may end, or send what no client can take
                said = f"{type(error).__name__}: {error}".partition("\n")[0]
                ended = f"the kernel ended ({said})"
        kept = Kept()  # what came from the kernel was the student's to send
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = [nbformat.from_dict(output) for output in kept.outputs(cell.outputs)]
                cell.execution_count = cell.execution_count if isinstance(cell.execution_count, int) else None
        nb.metadata.pop("widgets", None)
        return ended

    def preprocess_cell(self, cell: Node, resources: Node, index: int) -> tuple[Node, Node]:
        """Run a cell, unless it is a check."""
        if cell.metadata.get("nbgrader", {}).get("grade_id", "").endswith(CHECK):
            return cell, resources
        return super().preprocess_cell(cell, resources, index)  # type: ignore[no-any-return]


class Confined(AsyncKernelManager):
    """A kernel that is reached through files, since it has no network; ``folder`` is where it and we meet."""

    folder: Path

    def __init__(self, **given: Node) -> None:
        super().__init__(**given)
        self.transport = "ipc"
        self.ip = str(self.folder / "k")
        self.connection_file = str(self.folder / "c.json")

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """Return the command that starts it."""
        spec: Node = self.kernel_spec
        spec.argv = [sys.executable, *KERNEL]
        spec.interrupt_mode = "message"  # a signal would only reach bubblewrap
        return [*confined(self.folder), *super().format_kernel_cmd(extra_arguments)]


def bubblewrap() -> str:
    """Return where bubblewrap is; without it no cell is run anew."""
    program = shutil.which("bwrap")
    if program is None:
        raise FenceError("To run cells anew, bubblewrap is needed: install it, or grade without running them.")
    return program


def confined(folder: Path) -> list[str]:
    """Return the command to start a kernel under; ``folder`` is where it and we meet."""
    program = bubblewrap()
    options = ["--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    options += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    for path in SYSTEM:
        options += ["--ro-bind-try", path, path]
    options += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108 - its own, in memory
    for path in dict.fromkeys(_ours()):
        options += ["--ro-bind", path, path]
    for name, value in _environment().items():
        options += ["--setenv", name, value]
    options += ["--bind", str(folder), str(folder), "--chdir", "/tmp", "--"]  # noqa: S108 - the same
    return [program, *options, "/bin/sh", "-c", LIMITED, str(MOST)]


def _ours() -> Iterator[str]:
    """Return Python, its packages, and this package with the exercises that it carries."""
    yield from (sys.base_prefix, sys.prefix, sysconfig.get_path("purelib"))
    package = Path(grader.__file__).resolve().parent
    yield str(package)
    if (package.parent / "exercises").is_dir():  # an editable install reads them there
        yield str(package.parent / "exercises")


def _environment() -> dict[str, str]:
    package = str(Path(grader.__file__).resolve().parents[1])
    return {
        "PATH": f"{sysconfig.get_path('scripts')}:{os.defpath}",
        "HOME": "/tmp",  # noqa: S108 - its own, in memory
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": package,
    }
