"""Pictures: a figure that differs, beside the one expected, in a file that a student can open: ``.grader/<slug>.svg``.

The file is of the last run only. Where it cannot be written, the screen names none.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from grader.report.look import Look
from grader.report.picture import ENDING, draw_picture
from grader.student.checking import Checked
from grader.student.place import shown


def keep_picture(checked: Checked, look: Look, folder: Path) -> str:
    """Write the picture of a run, or remove that of an earlier one, and return its path as a student would type it."""
    path = folder / f"{checked.exercise.slug}.{ENDING}"
    with suppress(OSError):
        picture = draw_picture(checked.report, look)
        if picture:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(picture, encoding="utf-8")
            return shown(path)
        path.unlink(missing_ok=True)
    return ""
