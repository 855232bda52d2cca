"""What a handler returns -> the text of the answer; and of what cannot be one, where it is and what to write instead.

Its text is given to Python before that of `worker`, in the process of the function: it imports nothing when it is loaded.
"""


def marshalled(result) -> str:
    """As Lambda's runtime writes it (awslambdaric, lambda_runtime_marshaller.py): by simplejson, which writes NaN and Infinity as such
    (`allow_nan=True`, pull request 152 there; before it that was simplejson's default), and from Python 3.12 on no escapes
    (`ensure_ascii=False`). Bytes as a whole are the answer itself. Whether it is JSON, only who reads it finds out.
    """
    import json

    if isinstance(result, bytes):
        return result.decode("utf-8", "replace")
    return json.dumps(plain(result, set()), ensure_ascii=False)


def marshalled_by_job(result) -> str:
    """As dorc's runner in a container writes it (job_runner.py, `encode`)."""
    import json

    def other(value):
        if type(value).__name__ == "Decimal":
            return float(value)
        raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")

    text = json.dumps(result, ensure_ascii=False, allow_nan=False, default=other)
    text.encode()
    return text


def plain(value, around: set):
    """What `json` writes otherwise than simplejson does: named tuples are objects, bytes are strings, a Decimal is a number."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, (dict, list, tuple)) or has_names(value):
        if id(value) in around:
            raise ValueError("Circular reference detected")
        around.add(id(value))
        members = value._asdict() if has_names(value) else value
        if isinstance(members, dict):
            found = {key.decode() if isinstance(key, bytes) else key: plain(each, around) for key, each in members.items()}
        else:
            found = [plain(each, around) for each in members]
        around.discard(id(value))
        return found
    if type(value).__name__ == "Decimal":
        if value.is_nan():
            return float("nan")
        return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    return value


def has_names(value) -> bool:
    """As simplejson tells a named tuple."""
    return not isinstance(value, (dict, list, type)) and callable(getattr(value, "_asdict", None))


def cure(result, is_job: bool) -> "str | None":
    """Of the first value that is not JSON: where it is, and what to write. None where none is found."""
    try:
        found = wrong(result, "result", is_job, set())
    except Exception:
        # Whatever the classes of a handler do when they are asked.
        return None
    return f"`{found[0]}` {found[1]}" if found else None


def wrong(value, place: str, is_job: bool, around: set) -> "tuple[str, str] | None":
    if value is None or isinstance(value, (str, int)):
        return None
    if isinstance(value, float) or type(value).__name__ == "Decimal":
        if float("-inf") < float(value) < float("inf"):
            return None
        name = "NaN" if float(value) != float(value) else "infinite"
        return place, f"is {name}, which JSON does not have: return None instead. In a DataFrame, {NONE_IN_A_TABLE} does that"
    if isinstance(value, bytes) and not is_job:
        return wrong_bytes(value, place)
    has_members = isinstance(value, (dict, list, tuple)) or (has_names(value) and not is_job)
    if not has_members:
        return place, advice(value)
    if id(value) in around:
        return place, "contains itself"
    around.add(id(value))
    members = value._asdict() if has_names(value) and not is_job else value
    for key, each in members.items() if isinstance(members, dict) else enumerate(members):
        if not isinstance(key, (str, int, float, type(None))) and (is_job or not isinstance(key, bytes)):
            return place, f"has the key {key!r:.60}: keys are strings, `{{str(key): value for ...}}`"
        found = wrong(each, f"{place}[{key!r:.60}]".replace("'", '"'), is_job, around)
        if found:
            return found
    around.discard(id(value))
    return None


def wrong_bytes(value: bytes, place: str) -> "tuple[str, str] | None":
    import json

    try:
        if place != "result":
            value.decode()
            return None
        json.loads(value)
        return None
    except UnicodeDecodeError:
        return place, SAID["bytes"]
    except ValueError:
        return place, "is bytes, which Lambda answers as they are, and they are not JSON: return a dict, a list or a string"


NONE_IN_A_TABLE = "`df.astype(object).where(df.notna(), None)`"
# By the name of the type; of numpy and pandas too, whether or not they are there.
SAID = {
    "bytes": "is bytes: return `base64.b64encode(...).decode()`, or `.decode()` if they are text",
    "bytearray": "is a bytearray: return `base64.b64encode(...).decode()`, or `.decode()` if it is text",
    "coroutine": "is a coroutine: Lambda calls a plain `def handler`, and in it `asyncio.run(...)` runs what is `async`",
    "DataFrame": 'is a DataFrame: return `.to_dict("records")` (pandas) or `.to_dicts()` (polars), or write it to S3 and return its place',
    "Series": "is a Series: return `.tolist()` (pandas) or `.to_list()` (polars)",
    "ndarray": "is an array: return `.tolist()`",
    "NaTType": "is NaT, no time: return None instead",
    "NAType": "is NA: return None instead",
    "datetime64": "is a datetime64: return `str(...)`",
    "timedelta": "is a timedelta: return `.total_seconds()`",
    "Timedelta": "is a Timedelta: return `.total_seconds()`",
    "UUID": "is a UUID: return `str(...)`",
    "complex": "is a complex number: return a list of its `.real` and `.imag`",
    "Response": "is a Response: return its `.json()` or `.text`",
}
LISTED = ("generator", "map", "filter", "zip", "range", "dict_keys", "dict_values", "dict_items", "deque", "reversed", "enumerate")


def advice(value) -> str:
    kind = type(value)
    name, package = kind.__name__, kind.__module__.partition(".")[0]
    if name in SAID:
        return SAID[name]
    article = "an" if name[:1].lower() in "aeiou" else "a"
    if isinstance(value, (set, frozenset)):
        return f"is a {name}: return `list(...)`, or `sorted(...)`, so that its order is the same each time"
    if callable(getattr(value, "isoformat", None)):
        return f"is {article} {name}: return `.isoformat()`"
    if package == "numpy":
        return f"is {article} {name}: return `.item()`"
    if name in LISTED:
        return f"is {article} {name}: return `list(...)`"
    if hasattr(value, "__fspath__"):
        return f"is {article} {name}: return `str(...)`"
    if hasattr(kind, "__members__"):
        return f"is {article} {name}: return its `.value`"
    if hasattr(kind, "model_dump"):
        return f'is {article} {name}: return `.model_dump(mode="json")`'
    if hasattr(kind, "__dataclass_fields__"):
        return f"is {article} {name}: return `dataclasses.asdict(...)`"
    return f"is {article} {name}: a handler returns what JSON has, dict, list, str, int, float, bool or None"
