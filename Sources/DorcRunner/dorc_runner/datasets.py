"""The items of a Map: from the state's data, or by an ItemReader from files (guide, "ItemReader (Map)")."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator

from .buckets import READER_FAILED, Buckets
from .errors import RunFailed, StateFailed
from .execution import Visit
from .expressions import Values
from .json_text import Json, parse as parsed

# Bytes of a header (guide, "ItemReader (Map)").
MOST_HEADER = 10 << 10
DELIMITERS = {"COMMA": ",", "PIPE": "|", "SEMICOLON": ";", "SPACE": " ", "TAB": "\t"}


def as_items(value: Iterable, **more: Json) -> Iterator[dict[str, Json]]:
    """Each as `$states.context.Map.Item`."""
    if isinstance(value, dict):
        for index, (key, each) in enumerate(value.items()):
            yield {"Index": index, "Key": key, "Value": each} | more
    else:
        for index, each in enumerate(value):
            yield {"Index": index, "Value": each} | more


def read(visit: Visit, values: Values) -> Iterator[dict[str, Json]]:
    reader = visit.state["ItemReader"]
    action = reader["Resource"].rpartition(":")[2]
    arguments = values.resolve(reader.get("Arguments", {}), "ItemReader/Arguments")
    config = values.resolve(reader.get("ReaderConfig", {}), "ItemReader/ReaderConfig")
    buckets = Buckets(visit.run.buckets, visit.step)
    bucket, most = arguments.get("Bucket", ""), config.get("MaxItems")
    if action == "listObjectsV2":
        found = list_objects(visit, buckets, bucket, arguments.get("Prefix", ""), config)
    elif action == "getObject":
        key = arguments.get("Key", "")
        found = as_items(parse(visit, buckets.read(bucket, key), config), Source=f"S3://{bucket}/{key}")
    else:
        raise RunFailed(f"`{visit.step}` reads its items by {reader['Resource']}, which the runner does not know", visit.step)
    return itertools.islice(found, int(most)) if most else found


def list_objects(
    visit: Visit, buckets: Buckets, bucket: str, prefix: str, config: dict[str, Json]
) -> Iterator[dict[str, Json]]:
    listed = buckets.list(bucket, prefix)
    if config.get("Transformation", "NONE") != "LOAD_AND_FLATTEN":
        yield from as_items(listed, Source=f"S3://{bucket}")
        return
    index = itertools.count()
    for each in listed:
        for item in as_items(parse(visit, buckets.read(bucket, each["Key"]), config), Source=f"S3://{bucket}/{each['Key']}"):
            yield item | {"Index": next(index)}


def parse(visit: Visit, text: str, config: dict[str, Json]) -> list | dict:
    kind = config.get("InputType")
    try:
        if kind == "CSV":
            return list(rows(text, config))
        if kind == "JSONL":
            return [parsed(line) for line in text.splitlines() if line.strip()]
        if kind == "JSON":
            return pointed(parsed(text), config.get("ItemsPointer", ""))
    except (ValueError, KeyError, IndexError, TypeError, csv.Error) as problem:
        raise StateFailed(READER_FAILED, f"{visit.place}. Attempting to parse the {kind} file failed: {problem}") from None
    raise RunFailed(f"`{visit.step}` reads items of the type {kind}; the runner knows CSV, JSON and JSONL (JSON lines)", visit.step)


def rows(text: str, config: dict[str, Json]) -> Iterator[dict[str, str]]:
    """All values are texts; what a row lacks is an empty text, and what it has too many is left out."""
    delimiter = DELIMITERS[config.get("CSVDelimiter", "COMMA")]
    lines = (line for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, escapechar="\\") if line)
    header = config["CSVHeaders"] if config.get("CSVHeaderLocation") == "GIVEN" else next(lines, [])
    if len(",".join(header).encode("utf-8", "surrogatepass")) > MOST_HEADER:
        raise ValueError("the header has more than 10 KiB")
    for line in lines:
        yield dict(itertools.zip_longest(header, line[: len(header)], fillvalue=""))


def pointed(value: Json, pointer: str) -> list | dict:
    """By a JSON pointer (RFC 6901)."""
    for part in pointer.split("/")[1:]:
        part = part.replace("~1", "/").replace("~0", "~")
        value = value[int(part)] if isinstance(value, list) else value[part]
    if not isinstance(value, (list, dict)):
        raise ValueError("expected an array or an object")
    return value
