"""Writes `TimeZones+Data.swift` from the PyPI package `tzdata`:

python Sources/Schedules/time_zones.py > Sources/Schedules/TimeZones+Data.swift
"""

import collections
import importlib.metadata
import importlib.resources
import struct
import textwrap

# Nobody asks for the starts of an earlier day: 2026-01-01, UTC.
FIRST = 1767225600
WIDTH = 112


def main():
    package = importlib.resources.files("tzdata")
    names = [name for name in (package / "zones").read_text().split() if name != "Factory"]
    rules, exceptions = collections.defaultdict(list), collections.defaultdict(list)
    for name in sorted(names):
        rule, first, changes = read((package / "zoneinfo" / name).read_bytes())
        rules[rule].append(name)
        if changes:
            exceptions[" ".join([str(first)] + [f"{time // 60}:{offset // 60}" for time, offset in changes])].append(name)
    version = importlib.metadata.version("tzdata")
    release = __import__("tzdata").IANA_VERSION
    print(f"// Written by time_zones.py from the PyPI package `tzdata` {version} (IANA release {release}); see there.\n")
    print("extension TimeZones {")
    print("    /// After each rule, written with a `=`, the zones that have it.")
    print_text("table", [f"={rule} {' '.join(zones)}" for rule, zones in sorted(rules.items())])
    print()
    print("    /// Zones whose clocks do not follow their rule yet: after the names, written with a `=`, the offset in seconds on")
    print("    /// 1 January 2026, and from then on the changes, with the offset after each; both in minutes.")
    texts = []
    for changes, zones in sorted(exceptions.items(), key=lambda item: item[1]):
        first, *rest = changes.split()
        texts.append(f"={','.join(zones)} {first} {' '.join(rest)}")
    print_text("exceptions", texts)
    print("}")


def print_text(name, texts):
    print(f'    static let {name} = """')
    for text in texts:
        for line in textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False):
            print("        " + line)
    print('        """')


def read(data):
    """The rule; the offset at FIRST; the changes after it, as (time, offset), if the rule does not say the same."""
    counts = struct.unpack(">6l", data[20:44])
    universal, standard, leaps, times, types, letters = counts
    data = data[44 + times * 5 + types * 6 + letters + leaps * 8 + standard + universal :]
    universal, standard, leaps, times, types, letters = struct.unpack(">6l", data[20:44])
    moments = struct.unpack_from(f">{times}q", data, 44)
    kinds = struct.unpack_from(f">{times}B", data, 44 + 8 * times)
    start = 44 + 9 * times
    offsets = [struct.unpack_from(">l", data, start + 6 * index)[0] for index in range(types)]
    end = start + 6 * types + letters + leaps * 12 + standard + universal
    rule = data[end:].strip().decode()
    first, changes = offsets[0], []
    last = first
    for moment, kind in zip(moments, kinds):
        if moment < FIRST:
            first = offsets[kind]
        elif offsets[kind] != last:
            changes.append((moment, offsets[kind]))
        last = offsets[kind]
    return rule, first, changes


main()
