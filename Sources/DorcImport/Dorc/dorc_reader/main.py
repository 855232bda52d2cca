"""The program: a JSON file that its argument names -> JSON on standard output."""

import json
import sys

from dorc_reader.facts import Facts


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        texts = json.load(file)["files"]
    json.dump(Facts({path: text.encode("latin-1") for path, text in texts.items()}).all(), sys.stdout)


if __name__ == "__main__":
    main()
