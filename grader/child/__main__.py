"""Start of the warm server: ``python -s -P -S <this folder>``.

Python puts this folder on ``sys.path``, where a student could import `wire` as if it were a library. So the folder
is made a package under a name of its own, ``fence_child``, and leaves the path again. `grader` is never importable.

The first frame on standard input says where numpy lies; only then can the modules that need it be imported.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import socket
import sys
from pathlib import Path
from typing import Any, Final

PACKAGE: Final = "fence_child"
FAILED: Final = 70


def main() -> int:
    """Make the package and run its server."""
    _make_package(Path(__file__).resolve().parent)
    frames = importlib.import_module(f"{PACKAGE}.frames")
    control = socket.socket(fileno=os.dup(0))
    first = frames.receive(control.fileno())
    if first is None:
        return 0
    try:
        _serve(control, first[0])
    except Exception as error:  # noqa: BLE001 - whatever it is, the trusted side must hear of it
        control.sendall(frames.pack({"error": f"{type(error).__name__}: {error}"[:2000]}))
        return FAILED
    return 0


def _make_package(folder: Path) -> None:
    spec = importlib.util.spec_from_file_location(
        PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"no package can be made of {folder}")
    package = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = package
    spec.loader.exec_module(package)
    sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != folder]


def _serve(control: socket.socket, setup: dict[str, Any]) -> None:
    importlib.import_module(f"{PACKAGE}.packages").offer(setup["packages"])
    importlib.import_module(f"{PACKAGE}.server").serve(control, setup)


if __name__ == "__main__":
    sys.exit(main())
