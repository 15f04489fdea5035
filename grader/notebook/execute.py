"""Execute: a student's cells run anew, for courses that want fresh outputs, in a kernel that bubblewrap confines.

It decides no mark: checks are never run here, and if the kernel ends, the submission is graded all the same. What the
kernel can see and use of this machine is said in `walls`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbgrader.preprocessors import Execute
from traitlets import Bool, Integer

from grader.fence import FenceError
from grader.notebook.note import note
from grader.notebook.outputs import Kept
from grader.notebook.released import CHECK
from grader.notebook.walls import confined, own_user

Node = Any  # neither nbclient nor nbgrader is typed
KERNEL: Final = ("-m", "ipykernel_launcher", "-f", "{connection_file}")


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
            Path(folder).chmod(0o777)  # where root grades, the kernel is somebody else
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
        self.user = own_user()

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """Return the command that starts it."""
        spec: Node = self.kernel_spec
        spec.argv = [sys.executable, *KERNEL]
        spec.interrupt_mode = "message"  # a signal would only reach bubblewrap
        if self.user is not None:
            os.chown(self.connection_file, self.user, -1)  # it holds a key, so nobody else may read it
        return [*confined(self.folder, self.user), *super().format_kernel_cmd(extra_arguments)]
