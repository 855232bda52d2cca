"""Map: items side by side, and Distributed Maps over files that stand for S3."""

from __future__ import annotations

import gzip
import json
import os
import sys
import threading
import time

import pytest
from dorc_runner.errors import RunFailed, StateFailed
from making import chain, definition, play, task


def mapped(items, state: dict | None = None, mode: str = "INLINE", **more) -> dict:
    processor = {"ProcessorConfig": {"Mode": mode}, "StartAt": "i", "States": {"i": state or task("f", End=True)}}
    return {"Type": "Map", "ItemProcessor": processor} | ({} if items is None else {"Items": items}) | more


def distributed(items, **more) -> dict:
    return mapped(items, mode="DISTRIBUTED", Label="big", **more)


def same(event):
    return event


def choosy(event):
    if event == 2 or event == {"Items": [2]} or (isinstance(event, dict) and 2 in event.get("Items", [])):
        raise StateFailed("Choosy", "not 2")
    return event


def run(state: dict, event=None, function=same, **options):
    return play(chain(("m", state)), event, {"f": function}, **options)


def test_outputs_are_in_the_order_of_the_items():
    def slow(event):
        time.sleep((5 - event) / 50)
        return event

    assert run(mapped("{% [1..5] %}"), function=slow).output == [1, 2, 3, 4, 5]
    assert run(mapped([])).output == []
    assert run(mapped(None), [7]).output == [7]


def test_items_know_their_place():
    state = {
        "Type": "Pass",
        "Output": ["{% $states.context.Map.Item.Index %}", "{% $states.context.Map.Item.Value %}", "{% $states.input %}"],
        "End": True,
    }
    selector = {"item": "{% $states.context.Map.Item.Value %}", "all": "{% $states.input %}"}
    found = run(mapped(["a", "b"], state, ItemSelector=selector), 9)
    assert found.output == [[0, "a", {"item": "a", "all": 9}], [1, "b", {"item": "b", "all": 9}]]


def test_an_object_has_its_members_as_items():
    state = {"Type": "Pass", "Output": ["{% $states.context.Map.Item.Key %}", "{% $states.input %}"], "End": True}
    assert run(mapped("{% {'a': 1} %}", state)).output == [["a", {"Key": "a", "Value": 1}]]


def test_no_more_items_at_once_than_max_concurrency():
    lock, now, most = threading.Lock(), [0], [0]

    def count(event):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.02)
        with lock:
            now[0] -= 1

    run(mapped("{% [1..20] %}", MaxConcurrency=3), function=count)
    assert most == [3]
    most[0] = 0
    run(mapped("{% [1..60] %}"), function=count)
    assert 20 < most[0] <= 40


def test_where_the_system_starts_no_more_threads_fewer_do_the_work(monkeypatch):
    start, room = threading.Thread.start, [5]

    def limited(self):
        if not room[0]:
            raise RuntimeError("can't start new thread")
        room[0] -= 1
        start(self)

    monkeypatch.setattr(threading.Thread, "start", limited)
    assert run(mapped("{% [1..30] %}")).output == list(range(1, 31))
    with pytest.raises(RunFailed, match="no more threads"):
        run(mapped("{% [1..30] %}"))


def test_an_item_that_fails_ends_the_map():
    found = run(mapped("{% [1..100] %}", MaxConcurrency=1), function=choosy)
    assert (found.error, found.calls) == ("Choosy", [("f", 1), ("f", 2)])


def test_items_of_a_distributed_map_are_runs_of_their_own():
    state = {"Type": "Pass", "End": True, "Output": {
        "name": "{% $states.context.StateMachine.Name %}", "input": "{% $states.context.Execution.Input %}",
        "map": "{% $exists($states.context.Map) %}", "x": "{% $exists($x) %}"}}  # fmt: skip
    machine = chain(("a", {"Type": "Pass", "Assign": {"x": 1}}), ("m", mapped([5], state, "DISTRIBUTED", Label="big")))
    assert play(machine).output == [{"name": "demo-dev-raw-p/big", "input": 5, "map": False, "x": False}]


def test_batches_are_lists_of_items():
    assert run(distributed("{% [1..5] %}", ItemBatcher={"MaxItemsPerBatch": 2})).output == [
        {"Items": [1, 2]},
        {"Items": [3, 4]},
        {"Items": [5]},
    ]
    batcher = {"MaxItemsPerBatch": "{% 1 %}", "BatchInput": {"day": "{% $states.input %}"}}
    assert run(distributed([1], ItemBatcher=batcher), "mon").output == [{"BatchInput": {"day": "mon"}, "Items": [1]}]
    by_bytes = {"MaxInputBytesPerBatch": 30}
    assert run(distributed(["x" * 10, "y", "z" * 9], ItemBatcher=by_bytes)).output == [
        {"Items": ["x" * 10, "y"]},
        {"Items": ["z" * 9]},
    ]


# fields, how many of the items 1 to 4 may fail: whether the map succeeds.
TOLERATED = [
    ({}, False),
    ({"ToleratedFailureCount": 1}, True),
    ({"ToleratedFailurePercentage": 25}, True),
    ({"ToleratedFailurePercentage": 24.9}, False),
    ({"ToleratedFailureCount": "{% 0 %}"}, False),
    ({"ToleratedFailureCount": 1, "ToleratedFailurePercentage": 10}, False),
    ({"ToleratedFailureCount": 1, "ItemBatcher": {"MaxItemsPerBatch": 2}}, False),
    ({"ToleratedFailureCount": 2, "ItemBatcher": {"MaxItemsPerBatch": 2}}, True),
]


@pytest.mark.parametrize("fields, succeeds", TOLERATED)
def test_tolerated_failures(fields, succeeds):
    found = run(distributed([1, 2, 3, 4], **fields), function=choosy)
    if not succeeds:
        cause = "The specified tolerated failure threshold was exceeded"
        assert (found.error, found.cause) == ("States.ExceedToleratedFailureThreshold", cause)
    elif "ItemBatcher" in fields:
        assert [each.get("Error") for each in found.output] == ["Choosy", None]
    else:
        assert [each if isinstance(each, int) else (each["Status"], each["Error"], each["Cause"], each["Input"]) for each in found.output] == [
            1, ("FAILED", "Choosy", "not 2", "2"), 3, 4,
        ]  # fmt: skip


@pytest.fixture
def buckets(tmp_path):
    landing = tmp_path / "landing"
    for key, content in {
        "census/b.csv": b"name,rows\nx,1\n",
        "census/a.csv": 'name,rows\n"a, b",1\nshort\nlong,2,3\n"say ""hi""",4\n'.encode(),
        "census/deep/c.jsonl": b'{"a": 1}\n\n[2]\n"\xc3\xa9"\n',
        "census.json": b'{"in": {"list": [1, null]}}',
        "other/d": b"",
    }.items():
        (landing / key).parent.mkdir(parents=True, exist_ok=True)
        (landing / key).write_bytes(content)
    (landing / "z.jsonl.gz").write_bytes(gzip.compress(b"1\n2\n"))
    return tmp_path


def reader(action: str, config: dict | None = None, **arguments) -> dict:
    found = {"Resource": f"arn:aws:states:::s3:{action}", "Arguments": {"Bucket": "landing"} | arguments}
    return {"ItemReader": found | ({"ReaderConfig": config} if config else {})}


def test_objects_are_listed_by_their_prefix_in_order(buckets):
    found = run(distributed(None, **reader("listObjectsV2", Prefix="census/")), buckets=buckets).output
    assert [each["Key"] for each in found] == ["census/a.csv", "census/b.csv", "census/deep/c.jsonl"]
    assert set(found[0]) == {"Etag", "Key", "LastModified", "Size", "StorageClass"}
    assert found[1]["Size"] == 14 and found[1]["Etag"].startswith('"') and isinstance(found[1]["LastModified"], int)
    assert len(run(distributed(None, **reader("listObjectsV2")), buckets=buckets).output) == 6
    assert len(run(distributed(None, **reader("listObjectsV2", {"MaxItems": 2})), buckets=buckets).output) == 2


def test_links_that_lead_nowhere_are_no_objects_and_loops_end(buckets):
    folder = buckets / "landing/census"
    (folder / "gone").symlink_to(folder / "nowhere")
    (folder / "self").symlink_to("self")
    (folder / "deep/up").symlink_to(folder, target_is_directory=True)
    (folder / "far").symlink_to(buckets / "landing/other", target_is_directory=True)
    os.mkfifo(folder / "pipe")
    found = run(distributed(None, **reader("listObjectsV2", Prefix="census/")), buckets=buckets).output
    assert [each["Key"] for each in found] == ["census/a.csv", "census/b.csv", "census/deep/c.jsonl", "census/far/d"]


CSV = {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}
FILES = [
    ("census/a.csv", CSV, [{"name": "a, b", "rows": "1"}, {"name": "short", "rows": ""}, {"name": "long", "rows": "2"}, {"name": 'say "hi"', "rows": "4"}]),
    ("census/b.csv", CSV | {"CSVHeaderLocation": "GIVEN", "CSVHeaders": ["p", "q"]}, [{"p": "name", "q": "rows"}, {"p": "x", "q": "1"}]),
    ("census/deep/c.jsonl", {"InputType": "JSONL"}, [{"a": 1}, [2], "é"]),
    ("census.json", {"InputType": "JSON", "ItemsPointer": "/in/list"}, [1, None]),
    ("census.json", {"InputType": "JSON"}, [{"Key": "in", "Value": {"list": [1, None]}}]),
    ("z.jsonl.gz", {"InputType": "JSONL"}, [1, 2]),
]  # fmt: skip


@pytest.mark.parametrize("key, config, items", FILES)
def test_items_of_a_file(buckets, key, config, items):
    state = distributed(None, **reader("getObject", config, Key="{% '" + key + "' %}"))
    assert run(state, buckets=buckets).output == items


def test_files_are_loaded_and_flattened(buckets):
    config = CSV | {"Transformation": "LOAD_AND_FLATTEN"}
    selector = [
        "{% $states.context.Map.Item.Source %}",
        "{% $states.context.Map.Item.Index %}",
        "{% $states.context.Map.Item.Value.name %}",
    ]
    state = distributed(None, ItemSelector=selector, **reader("listObjectsV2", config, Prefix="census/b"))
    assert run(state, buckets=buckets).output == [["S3://landing/census/b.csv", 0, "x"]]


@pytest.mark.parametrize(
    "arguments", [{"Key": "nope"}, {"Bucket": "nope", "Key": "x"}, {"Key": "../secret"}, {"Key": "census/deep/c.jsonl"}]
)
def test_a_file_that_is_missing_or_wrong_is_the_error_that_aws_gives(buckets, arguments):
    (buckets / "secret").write_text("[1]")
    state = distributed(None, **reader("getObject", {"InputType": "JSON"}, **arguments))
    assert run(state, buckets=buckets).error == "States.ItemReaderFailed"


def test_what_cannot_be_read_here_says_so(buckets):
    (buckets / "landing/x.jsonl.zst").write_bytes(b"x")
    (buckets / "landing/x.jsonl.gz").write_bytes(gzip.compress(b"[1]" * 1000)[:-20])
    with pytest.raises(RunFailed, match="items of the type PARQUET; the runner knows CSV, JSON and JSONL"):
        run(distributed(None, **reader("getObject", {"InputType": "PARQUET"}, Key="other/d")), buckets=buckets)
    if sys.version_info < (3, 14):
        with pytest.raises(RunFailed, match="Zstandard, which Python reads from version 3.14 on"):
            run(distributed(None, **reader("getObject", {"InputType": "JSONL"}, Key="x.jsonl.zst")), buckets=buckets)
    found = run(distributed(None, **reader("getObject", {"InputType": "JSONL"}, Key="x.jsonl.gz")), buckets=buckets)
    assert found.error == "States.ItemReaderFailed"
    (buckets / "landing/wide.csv").write_text(",".join(f"column{index}" for index in range(2000)) + "\n")
    found = run(distributed(None, **reader("getObject", CSV, Key="wide.csv")), buckets=buckets)
    assert found.error == "States.ItemReaderFailed" and "10 KiB" in found.cause


def test_a_large_file_is_listed_without_being_read(buckets):
    with open(buckets / "landing/large", "wb") as file:
        file.truncate(20 << 20)
    (item,) = run(distributed(None, **reader("listObjectsV2", Prefix="large")), buckets=buckets).output
    assert item["Size"] == 20 << 20 and item["Etag"].endswith('-3"')


def test_without_a_folder_for_s3_the_message_says_which_option_is_missing():
    with pytest.raises(RunFailed, match="--s3 DIR"):
        run(distributed(None, **reader("listObjectsV2")))


def writer(config: dict | None = None) -> dict:
    found = {"Resource": "arn:aws:states:::s3:putObject", "Arguments": {"Bucket": "out", "Prefix": "loaded"}}
    return {"ResultWriter": found | ({"WriterConfig": config} if config else {})}


def test_results_are_written_as_aws_writes_them(buckets):
    config = {"OutputType": "JSONL", "Transformation": "COMPACT"}
    found = run(distributed([1, 2, 3], ToleratedFailureCount=1, **writer(config)), function=choosy, buckets=buckets).output
    assert set(found) == {"MapRunArn", "ResultWriterDetails"}
    assert found["MapRunArn"].startswith("arn:aws:states:eu-west-2:111122223333:mapRun:demo-dev-raw-p/big:")
    key = found["ResultWriterDetails"]["Key"]
    folder = key.removesuffix("/manifest.json")
    assert found["ResultWriterDetails"]["Bucket"] == "out" and folder.startswith("loaded/")
    manifest = json.loads((buckets / "out" / key).read_text())
    assert manifest["DestinationBucket"] == "out" and manifest["MapRunArn"] == found["MapRunArn"]
    assert manifest["ResultFiles"]["SUCCEEDED"] == [{"Key": f"{folder}/SUCCEEDED_0.jsonl", "Size": 4}]
    assert (buckets / "out" / folder / "SUCCEEDED_0.jsonl").read_text() == "1\n3\n"
    failed = json.loads((buckets / "out" / folder / "FAILED_0.jsonl").read_text())
    assert (failed["Status"], failed["Error"], failed["Input"]) == ("FAILED", "Choosy", "2")


def test_results_have_their_metadata_where_nothing_is_said(buckets):
    found = run(distributed([[1]], **writer()), buckets=buckets).output
    folder = (buckets / "out" / found["ResultWriterDetails"]["Key"]).parent
    (record,) = json.loads((folder / "SUCCEEDED_0.json").read_text())
    assert (record["Input"], record["Output"], record["Status"]) == ("[1]", "[1]", "SUCCEEDED")
    flat = run(
        distributed([[1, 2], 3], ResultWriter={"WriterConfig": {"OutputType": "JSON", "Transformation": "FLATTEN"}})
    ).output
    assert flat == [1, 2, 3]


def test_results_are_written_though_too_many_items_failed(buckets):
    found = run(distributed([1, 2], MaxConcurrency=1, **writer()), function=choosy, buckets=buckets)
    assert found.error == "States.ExceedToleratedFailureThreshold"
    assert {path.name for path in (buckets / "out").rglob("*.json")} == {"manifest.json", "FAILED_0.json", "SUCCEEDED_0.json"}


def test_results_that_cannot_be_written_are_the_error_that_aws_gives(buckets):
    (buckets / "out").write_text("no folder")
    assert run(distributed([1], **writer()), buckets=buckets).error == "States.ResultWriterFailed"


def test_a_map_within_a_map_within_a_parallel():
    inner = mapped("{% [$states.input..$states.input + 1] %}")
    outer = mapped([1, 5], inner | {"End": True})
    machine = chain(
        (
            "p",
            {
                "Type": "Parallel",
                "Branches": [definition({"o": outer | {"End": True}}), chain(("w", {"Type": "Wait", "Seconds": 1}))],
            },
        )
    )
    outer["ItemProcessor"]["States"]["i"]["ItemProcessor"] = {"StartAt": "j", "States": {"j": task("f", End=True)}}
    assert play(machine, 0, {"f": same}).output == [[[1, 2], [5, 6]], 0]
