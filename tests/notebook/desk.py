"""Runs commands of nbgrader one after another in one process, as it would be typed; imports cost seconds, once.

Reads a JSON list from standard input: ``{"at": folder, "run": [argument, ...]}`` runs nbgrader,
``{"write": path, "text": text}`` writes a file. Writes a JSON list of exit codes and what was said.
"""

from __future__ import annotations

import io
import json
import logging
import os
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from jupyter_core.application import NoStart
from nbgrader.apps import NbGraderApp
from nbgrader.validator import Validator


def run(arguments: list[str], at: str) -> dict[str, Any]:
    """Run one command line of nbgrader."""
    os.chdir(at)
    said = io.StringIO()
    NbGraderApp.clear_instance()
    app = NbGraderApp.instance()
    code: Any = 0
    Validator.stream = said
    with redirect_stdout(said), redirect_stderr(said):
        try:
            app.initialize(arguments)
            app.init_logging(logging.StreamHandler, [said], color=False, subapps=True)
            app.start()
        except NoStart:  # how it ends after a subcommand
            pass
        except SystemExit as end:
            code = end.code or 0
        finally:
            app.deinit_logging()
    return {"code": code, "said": said.getvalue()}


def main() -> None:
    """Do everything that is asked for."""
    warnings.simplefilter("ignore")  # nbgrader's libraries warn about each other
    answers = []
    for wish in json.load(sys.stdin):
        if "write" in wish:
            Path(wish["write"]).write_text(wish["text"], encoding="utf-8")
        else:
            answers.append(run(wish["run"], wish["at"]))
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
