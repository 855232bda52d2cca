"""Reads JSON key by key, and gathers what is wrong with it, each with its place."""

from __future__ import annotations

from collections.abc import Callable

from .json_text import Json, shortened

REQUIRED = object()


class Node:
    """A mapping of the plan, and which of its keys were asked for."""

    def __init__(self, value: Json, place: str, mistakes: list[str]):
        self.place, self.mistakes = place, mistakes
        self.asked: set[str] = set()
        self.value = value if isinstance(value, dict) else {}
        self.is_mapping = isinstance(value, dict)
        if not self.is_mapping:
            mistakes.append(f"{place}: expected an object, found {shortened(value)}")

    def mistake(self, key: str, expected: str, found: Json) -> None:
        self.mistakes.append(f"{self.place}: {key}: expected {expected}, found {shortened(found)}")

    def any(self, key: str, default: Json = REQUIRED) -> Json:
        self.asked.add(key)
        if key in self.value:
            return self.value[key]
        if default is REQUIRED and self.is_mapping:
            self.mistakes.append(f"{self.place}: `{key}` is missing")
        return default

    def _typed(self, key: str, expected: str, is_right: Callable[[Json], bool], default: Json, empty: Json) -> Json:
        found = self.any(key, default)
        if found is REQUIRED or (found is default and key not in self.value):
            return empty if found is REQUIRED else found
        if is_right(found):
            return found
        self.mistake(key, expected, found)
        return empty

    def text(self, key: str, default: Json = REQUIRED) -> str:
        is_right = lambda value: isinstance(value, str) and (value != "" or default == "")
        return self._typed(key, "a string", is_right, default, "")

    def number(self, key: str, least: float, most: float, default: Json = REQUIRED) -> float:
        def is_right(value: Json) -> bool:
            return isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most

        return self._typed(key, f"a number from {least} to {most}", is_right, default, least)

    def mapping(self, key: str, default: Json = REQUIRED) -> dict[str, Json]:
        return self._typed(key, "an object", lambda value: isinstance(value, dict), default, {})

    def texts(self, key: str) -> dict[str, str]:
        def is_right(value: Json) -> bool:
            return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())

        return self._typed(key, "an object of strings", is_right, {}, {})

    def items(self, key: str, default: Json = REQUIRED) -> list[Node]:
        found = self._typed(key, "a list", lambda value: isinstance(value, list), default, [])
        return [Node(each, f"{self.place}: {key}[{index}]", self.mistakes) for index, each in enumerate(found)]

    def close(self) -> None:
        for key in sorted(set(self.value) - self.asked):
            self.mistakes.append(f"{self.place}: there is no key `{key}`; the keys are {', '.join(sorted(self.asked))}")
