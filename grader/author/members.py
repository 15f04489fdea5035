"""Members: what is inside an artefact, with archives in archives opened, so that nothing hides in a wrapping."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an artefact."""

    name: str
    content: bytes


def members(artefact: Member) -> Iterator[Member]:
    """Yield the files in an artefact; what is no archive is its own only member."""
    stream = io.BytesIO(artefact.content)
    if zipfile.is_zipfile(stream):
        with zipfile.ZipFile(stream) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield from members(Member(info.filename, archive.read(info)))
    elif _is_tar(artefact.content):
        with tarfile.open(fileobj=io.BytesIO(artefact.content)) as archive:
            for entry in archive:
                stream_of = archive.extractfile(entry)
                if stream_of is not None:
                    yield from members(Member(entry.name, stream_of.read()))
    elif artefact.content.startswith(GZIP):
        yield from members(Member(artefact.name.removesuffix(".gz"), gzip.decompress(artefact.content)))
    else:
        yield artefact


def _is_tar(content: bytes) -> bool:
    """Return whether this is a tar, packed or not; its name may say anything."""
    try:
        return tarfile.is_tarfile(io.BytesIO(content))
    except EOFError:  # a gzip that holds less than a header
        return False
