"""Reading a pipelines document, and telling what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

VERSION = 1

T = TypeVar("T")


class PipelineError(Exception):
    """A document that cannot become DAGs; the text names the pipeline and what is wrong."""


class Fields:
    """A map of the document, whose fields are asked for by type."""

    def __init__(self, value: Any, place: str) -> None:
        if not isinstance(value, dict):
            raise PipelineError(f"{place}: got {shown(value)}, expected a map")
        self._value: dict[str, Any] = value
        self._place = place

    def text(self, name: str) -> str:
        return self._typed(name, str, "a text")

    def number(self, name: str) -> int:
        return self._typed(name, int, "a whole number")

    def flag(self, name: str) -> bool:
        return self._typed(name, bool, "true or false")

    def map(self, name: str) -> dict[str, Any]:
        return self._typed(name, dict, "a map")

    def texts(self, name: str) -> list[str]:
        found: list[Any] = self._typed(name, list, "a list of texts")
        if not all(isinstance(item, str) for item in found):
            raise self.fault(name, "a list of texts")
        return found

    def has(self, name: str) -> bool:
        """Whether the field is there; what a pipeline does not ask for is not in the document."""
        return name in self._value

    def each(self, name: str) -> Iterator[Fields]:
        """The maps of a list, each placed by its id."""
        for item in self._typed(name, list, "a list of maps"):
            key = item.get("id") if isinstance(item, dict) else None
            yield Fields(item, f"{self._place}: {name}.{key}")

    def fault(self, name: str, allowed: str) -> PipelineError:
        """The error that says what a field holds and what it may hold."""
        got = shown(self._value[name]) if name in self._value else "nothing"
        return PipelineError(f"{self._place}: {name}: got {got}, expected {allowed}")

    def refused(self, error: Exception) -> PipelineError:
        """The error that says why Airflow does not take what the map stands for."""
        return PipelineError(f"{self._place}: {type(error).__name__}: {error}")

    def _typed(self, name: str, kind: type[T], allowed: str) -> T:
        value = self._value.get(name)
        # True is a whole number to Python, and not to anybody else.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fault(name, allowed)
        return value


def shown(value: Any) -> str:
    """The value in a message: short, whatever it is."""
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def read_dags(path: Path, only: str | None) -> tuple[Fields, Iterator[Fields]]:
    """The head of a document and its DAGs.

    Each DAG stands on a line of its own, so that the one that a task needs is read without the others.
    """
    # Bytes, as a task that starts decodes no more than the one line that it needs.
    content = path.read_bytes()
    if only is None:
        document = _parsed(content, path.name)
        head, dags = Fields(document, path.name), Fields(document, path.name).map("dags")
    else:
        start, _, rest = content.partition(b'"dags":{\n')
        head = Fields(_parsed(start + b'"dags":{}}', path.name), path.name)
        line = _line_of(rest, only)
        dags = {} if line is None else _parsed(b"{" + line + b"}", path.name)
    if head.number("version") != VERSION:
        raise head.fault("version", f"{VERSION}: this factory and the document are of different versions")
    return head, (_dag(value, key, path.name) for key, value in dags.items())


def _line_of(lines: bytes, dag: str) -> bytes | None:
    key = f"{json.dumps(dag)}:".encode()
    start = 0 if lines.startswith(key) else lines.find(b"\n" + key) + 1
    if start == 0 and not lines.startswith(key):
        return None
    end = lines.find(b"\n", start)
    return lines[start:end].rstrip(b",")


def _dag(value: Any, key: str, file: str) -> Fields:
    pipeline = value.get("pipeline") if isinstance(value, dict) else None
    return Fields(value, f"pipelines.{pipeline} (DAG {key} in {file})")


def _parsed(text: bytes, file: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise PipelineError(f"{file}: no JSON: {error}") from error
