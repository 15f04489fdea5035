"""A student's files as modules: their sources arrive as bytes, so no path of theirs is ever opened.

Each is a module under its exercise's name, as if the student had all files in one folder: an exercise may import
another by that name. If that other one is broken, the error says which file is to blame. Nothing else of theirs
can be imported.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.util
import linecache
import re
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType

from .text import refuse_no_text
from .traces import blame

SCIPY = re.compile(rb"import.*scipy|scipy.*import")
GLOBAL = re.compile(rb"random(?!\s*\()")  # the module, by whatever name: a call is a method of some generator


def draws_unasked(source: bytes) -> bool:
    """Return whether code can draw from the global generators, itself or through scipy.

    Where none does, seeding them before each call is wasted time.
    """
    return GLOBAL.search(source) is not None or SCIPY.search(source) is not None


class Student(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds and runs a student's own modules."""

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        self.sources = dict(sources)
        self.files = frozenset(f"{slug}.py" for slug in sources)  # the file names that appear in tracebacks
        self._loaded: dict[str, ModuleType] = {}
        self._trees: dict[str, ast.Module] = {}  # of files that were parsed and have not run yet

    def install(self) -> None:
        """Let the files import each other."""
        sys.meta_path.append(self)

    def knows(self, slug: str) -> bool:
        """Return whether there is a file for an exercise."""
        return slug in self.sources

    def draws(self, slug: str) -> bool:
        """Return whether a file, or one that it imports, can draw from the global generators."""
        seen, todo = {slug}, [slug]
        while todo:
            source = self.sources.get(todo.pop(), b"")
            named = b"\n".join(line for line in source.split(b"\n") if b"import" in line)
            if draws_unasked(source):
                return True
            found = [other for other in self.sources if other not in seen and other.encode() in named]
            seen.update(found)
            todo += found
        return False

    def parse(self, slug: str) -> ast.Module:
        """Parse one file, from bytes, so that byte order marks and declared encodings work."""
        self._trees[slug] = ast.parse(self._text(slug), f"{slug}.py")
        return self._trees[slug]

    def load(self, slug: str) -> ModuleType:
        """Return the module of an exercise, running its file when it is first asked for.

        Another file may have imported it; and what was loaded once is not run again, whatever became of `sys.modules`.
        """
        module = self._loaded.get(slug) or sys.modules.get(slug)
        if module is not None and module.__spec__ is not None and module.__spec__.loader is self:
            return module
        spec = self.find_spec(slug, None)
        if spec is None:
            raise ModuleNotFoundError(f"there is no {slug}.py", name=slug)
        module = importlib.util.module_from_spec(spec)
        sys.modules[slug] = module
        try:
            self.run(module, slug)
        except BaseException:
            sys.modules.pop(slug, None)
            raise
        self._loaded[slug] = module
        return module

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of one of the student's own modules."""
        del target
        if path is not None or fullname not in self.sources:
            return None
        spec = ModuleSpec(fullname, self, origin=f"{fullname}.py")
        spec.has_location = True
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave the making of the module to Python."""
        del spec

    def exec_module(self, module: ModuleType) -> None:
        """Run another of the student's files, and name it if it is broken."""
        try:
            self.run(module, module.__name__)
        except Exception as error:
            file = f"{module.__name__}.py{blame(error, self.files)}"
            raise ImportError(f"{file} cannot be imported: {error!r}"[:500], name=module.__name__) from error

    def run(self, module: ModuleType, slug: str) -> None:
        """Run a file as a module."""
        linecache.cache[f"{slug}.py"] = self._lines(slug)
        exec(self._compiled(slug), module.__dict__)  # noqa: S102 - this is the place where a student's code runs

    def get_source(self, fullname: str) -> str:
        """Return the text, for `inspect`."""
        return importlib.util.decode_source(self.sources[fullname])

    def _text(self, slug: str) -> bytes:
        refuse_no_text(self.sources[slug], f"{slug}.py")
        return self.sources[slug]

    def _compiled(self, slug: str) -> CodeType:
        code: CodeType = compile(
            self._trees.pop(slug, None) or self._text(slug), f"{slug}.py", "exec", dont_inherit=True
        )  # a file that was parsed is not parsed again
        return code

    def _lines(self, slug: str) -> tuple[int, None, list[str], str]:
        try:
            text = self.get_source(slug)
        except (SyntaxError, UnicodeError, LookupError):
            text = ""
        return len(text), None, text.splitlines(keepends=True), f"{slug}.py"
