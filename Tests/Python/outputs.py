"""Output folders that the program has written, and what is in them."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path

FORMS = ("yaml", "json")
NOT_TEMPLATES = {"manifest.json", "docker-bake.json"}


@dataclass(frozen=True)
class Output:
    """One output folder: `root`, which is `<case>/<form>` below `parent`."""

    parent: Path
    root: Path

    @property
    def form(self) -> str:
        return self.root.name

    @property
    def name(self) -> str:
        return self.root.relative_to(self.parent).as_posix()

    @property
    def twin(self) -> Output:
        """The same output in the other form."""
        return Output(self.parent, self.root.with_name("json" if self.form == "yaml" else "yaml"))

    def files(self) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())

    def templates(self) -> list[str]:
        return [file for file in self.files() if file.endswith("." + self.form) and file not in NOT_TEMPLATES]

    def manifest(self) -> dict:
        return load_json(self.root / "manifest.json")

    def template(self, file: str) -> dict:
        return load_template(self.root / file)


def image_tags(folder: Path) -> list[str]:
    """The tags of all images, in their order: each is in the bake file, and nowhere else but in the templates."""
    targets = load_json(folder / "docker-bake.json")["target"].values()
    return [tag.rpartition(":")[2] for target in targets for tag in target["tags"]]


def load_json(path: Path):
    """JSON in which a key that stands twice in one object is an error."""

    def unique(pairs):
        loaded = dict(pairs)
        if len(loaded) != len(pairs):
            keys = [key for key, _ in pairs]
            raise ValueError(f"{path.name}: key stands twice: {sorted({key for key in keys if keys.count(key) > 1})}")
        return loaded

    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique)


@functools.cache
def load_template(path: Path) -> dict:
    """A template as the AWS CLI reads it."""
    if path.suffix == ".json":
        return load_json(path)
    from awscli.customizations.cloudformation.yamlhelper import yaml_parse

    return yaml_parse(path.read_text(encoding="utf-8"))
