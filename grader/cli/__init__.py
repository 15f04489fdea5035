"""The command line: one file, one door. A command's module is imported when it is asked for.

So `grader check` pays for nothing that only `grader grade` needs. What goes wrong ends as one sentence on stderr
and an exit code, never as a traceback.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator, MutableMapping

import click

from grader.cli import _faults

__all__ = ["main"]


class Doors(MutableMapping[str, click.Command]):
    """The commands by name: each public module beside this one, with its object ``command``."""

    def __init__(self) -> None:
        self._names = sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_"))
        self._opened: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._opened:
            self._opened[name] = importlib.import_module(f"{__name__}.{name}").command
        return self._opened[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._opened[name] = command

    def __delitem__(self, name: str) -> None:
        self._names.remove(name)


class Grader(click.Group):
    """A group of commands that tells its faults in sentences."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by the first lines of their modules, which are read and not imported."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_line(name)) for name in self.commands])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; whatever it could not deal with is told, and its exit code answered."""
        _faults.write_what_the_stream_can()
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            click.echo("grader: stopped", err=True)
            ctx.exit(_faults.INTERRUPTED)
        except Exception as error:  # noqa: BLE001 - this is the top; below it nothing is caught so widely
            ctx.exit(_faults.tell(error, ctx.invoked_subcommand))


def _first_line(name: str) -> str:
    """Return what a command's module says of it: "``grader check``: run the checks." gives "Run the checks."."""
    source = pkgutil.get_data(__name__, f"{name}.py") or b""
    said = (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0].partition(": ")[2]
    return said[:1].upper() + said[1:]


@click.group(cls=Grader, commands=Doors(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="softmax-grader", prog_name="grader")
def main() -> None:
    """Check your own code, grade a class, or write an exercise."""
