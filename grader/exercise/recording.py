"""Recordings: replies as JSON, so that a course can be checked where its solutions are not.

Numbers keep all their digits; nan and inf are spelled out, so that any JSON reader can read the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from grader.exercise.bank import Bank, Mistake
from grader.exercise.reply import Opaque, Raised, Reply, Status

SPELLED = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}


def reply_to_json(reply: Reply) -> dict[str, Any]:
    """Return a reply without what differs from run to run."""
    made: dict[str, Any] = {}
    if reply.status is Status.VALUE:
        made["value"] = value_to_json(reply.value)
    elif reply.raised is not None:
        made["raised"] = [reply.raised.kind, list(reply.raised.family)]
    else:
        made["status"] = str(reply.status)
    if reply.changed:
        made["changed"] = list(reply.changed)
    return made


def reply_from_json(tree: Mapping[str, Any]) -> Reply:
    """Return the reply that was written by `reply_to_json`."""
    changed = tuple(tree.get("changed", ()))
    if "value" in tree:
        return Reply(Status.VALUE, value_from_json(tree["value"]), changed=changed)
    if "raised" in tree:
        kind, family = tree["raised"]
        return Reply(Status.RAISED, raised=Raised(kind, tuple(family), ""), changed=changed)
    return Reply(Status(tree["status"]), changed=changed)


def value_to_json(value: object) -> Any:  # noqa: ANN401 - JSON
    """Return a plain value as JSON; arrays say their dtype and shape."""
    if isinstance(value, np.ndarray):
        flat = [value_to_json(item) for item in value.ravel().tolist()]
        return {"array": flat, "dtype": str(value.dtype), "shape": list(value.shape)}
    if isinstance(value, float) and not np.isfinite(value):
        return {"number": str(value)}
    if isinstance(value, complex):
        return {"complex": [value_to_json(value.real), value_to_json(value.imag)]}
    if isinstance(value, tuple):
        return {"tuple": [value_to_json(item) for item in value]}
    if isinstance(value, list):
        return [value_to_json(item) for item in value]
    if isinstance(value, dict):
        return {"dict": [[value_to_json(key), value_to_json(item)] for key, item in value.items()]}
    if isinstance(value, Opaque):
        return {"opaque": value.type_name}
    return value


def value_from_json(tree: Any) -> object:  # noqa: ANN401 - JSON
    """Return the plain value that was written by `value_to_json`."""
    if isinstance(tree, list):
        return [value_from_json(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    if "array" in tree:
        flat = [value_from_json(item) for item in tree["array"]]
        return np.array(flat, dtype=tree["dtype"]).reshape(tree["shape"])
    if "number" in tree:
        return SPELLED[tree["number"]]
    if "complex" in tree:
        real, imaginary = (float(str(value_from_json(part))) for part in tree["complex"])
        return complex(real, imaginary)
    if "tuple" in tree:
        return tuple(value_from_json(item) for item in tree["tuple"])
    if "dict" in tree:
        return {value_from_json(key): value_from_json(item) for key, item in tree["dict"]}
    return Opaque(tree["opaque"])


def bank_to_json(mistakes: Iterable[Mistake]) -> dict[str, Any]:
    """Return the recorded wrong answers; equal replies of many of them are kept once, and numbered."""
    numbers: dict[str, int] = {}
    listed = []
    for mistake in mistakes:
        spelled = {name: json.dumps(reply_to_json(reply)) for name, reply in mistake.replies.items()}
        said = {name: numbers.setdefault(text, len(numbers)) for name, text in spelled.items()}
        listed.append({"diagnosis": mistake.diagnosis, "variant": mistake.variant, "said": said})
    return {"replies": [json.loads(text) for text in numbers], "mistakes": listed}


def bank_from_json(tree: Mapping[str, Any]) -> Bank:
    """Return the bank that was written by `bank_to_json`."""
    replies = [reply_from_json(reply) for reply in tree["replies"]]
    return Bank(
        tuple(
            Mistake(item["diagnosis"], item["variant"], {name: replies[at] for name, at in item["said"].items()})
            for item in tree["mistakes"]
        )
    )
