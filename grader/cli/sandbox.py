"""``grader sandbox``: list what confines students' code here, and what a real child tried in vain."""

from __future__ import annotations

import sys

import click

from grader.cli import _options


@click.command()
@_options.sandbox("best")
@_options.language
def command(*, sandbox: str, lang: str | None) -> None:
    """Start a sandbox, let a real child try each forbidden thing, and list what came of it.

    The names are those of the status line, which is printed, and stored with each mark, when code is graded.
    """
    from grader.fence import Policy, Sandbox  # noqa: PLC0415 - numpy is loaded only now
    from grader.report.confined import render_confined, without_bubblewrap  # noqa: PLC0415
    from grader.report.look import look_at, show  # noqa: PLC0415

    look = look_at(sys.stdout, language=lang)
    with Sandbox(policy=Policy(sandbox)) as started:
        seen = started.confinement
    layers = [(layer.name, layer.detail, layer.on) for layer in seen.layers]
    show(render_confined(look, layers, seen.verified, seen.possible), look, sys.stdout)
    if _options.lacks_bubblewrap(sandbox):
        click.echo()
        show(without_bubblewrap(look), look, sys.stdout)
