"""Texts that are made of texts, where what depends on the environment stays a part."""

import ast
import re
import string

from dorc_reader.limits import LONGEST_TEXT

# What has one text in each environment.
OF_ENVIRONMENT = ("setting", "stack", "project", "chosen", "conditional")
PLACE = re.compile(r"%(?:\((?P<name>[^)]*)\))?(?P<kind>.)", re.DOTALL)
# Methods of texts without a setting in them.
PLAIN_METHODS = {"lower": 0, "upper": 0, "strip": 0, "lstrip": 0, "rstrip": 0, "title": 0, "capitalize": 0, "replace": 2,
                 "removeprefix": 1, "removesuffix": 1}


class Texts:
    """Needs `value`, `unknown` and the files' own methods."""

    def value_JoinedStr(self, file, node, local, depth):
        parts = []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                if part.format_spec is not None or part.conversion not in (-1, ord("s")):
                    return None
                part = part.value
            parts.append(self.value(file, part, local, depth))
        return self.joined(file, node, parts)

    def joined(self, file, node, parts):
        """Texts become one; what depends on the environment stays a part. None where a part is not known."""
        result = []
        for part in parts:
            if part["kind"] == "joined":
                inner = part["parts"]
            elif part["kind"] == "text" or part["kind"] in OF_ENVIRONMENT:
                inner = [part]
            elif part["kind"] == "number" and "." not in part["value"]:
                inner = [dict(part, kind="text")]
            elif part["kind"] in ("boolean", "none"):
                inner = [dict(part, kind="text", value=str(part.get("value")))]
            else:
                return None
            for piece in inner:
                if piece["kind"] == "text" and not piece["value"]:
                    continue
                if piece["kind"] == "text" and result and result[-1]["kind"] == "text":
                    result[-1] = dict(result[-1], value=result[-1]["value"] + piece["value"])
                else:
                    result.append(piece)
            if sum(len(piece.get("value", "")) for piece in result) > LONGEST_TEXT or len(result) > 100:
                return self.unknown(file, node, "it is too long")
        if not result:
            return {"kind": "text", "at": file.at(node), "value": ""}
        if len(result) == 1 and result[0]["kind"] == "text":
            return dict(result[0], at=file.at(node))
        return {"kind": "joined", "at": file.at(node), "parts": result}

    def formatted(self, file, node, local, depth):
        """`"a-{}".format(b)`."""
        template = self.value(file, node.func.value, local, depth)
        if template["kind"] != "text" or any(isinstance(item, ast.Starred) for item in node.args):
            return None
        if any(keyword.arg is None for keyword in node.keywords):
            return None
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        parts, number = [], 0
        try:
            pieces = list(string.Formatter().parse(template["value"]))
        except ValueError:
            return None
        for text, field, specification, conversion in pieces:
            parts.append(dict(template, value=text))
            if field is None:
                continue
            if specification or conversion not in (None, "s"):
                return None
            if field == "":
                field, number = str(number), number + 1
            source = node.args[int(field)] if field.isdecimal() and int(field) < len(node.args) else named.get(field)
            if source is None:
                return None
            parts.append(self.value(file, source, local, depth))
        return self.joined(file, node, parts)

    def percent(self, file, node, local, depth):
        """`"a-%s" % b`."""
        template = self.value(file, node.left, local, depth)
        if template["kind"] != "text":
            return None
        given = self.value(file, node.right, local, depth)
        items = given["items"] if isinstance(node.right, ast.Tuple) and given["kind"] == "list" else [given]
        entries = {entry["key"]: entry["value"] for entry in given["entries"]} if given["kind"] == "mapping" else {}
        parts, end, number = [], 0, 0
        for place in PLACE.finditer(template["value"]):
            parts.append(dict(template, value=template["value"][end:place.start()]))
            end = place.end()
            if place["kind"] == "%" and place["name"] is None:
                parts.append(dict(template, value="%"))
            elif place["kind"] not in "sd":
                return None
            elif place["name"] is not None:
                if place["name"] not in entries:
                    return None
                parts.append(entries[place["name"]])
            elif entries or number >= len(items):
                return None
            else:
                parts.append(items[number])
                number += 1
        if not entries and number != len(items):
            return None
        return self.joined(file, node, parts + [dict(template, value=template["value"][end:])])

    def text_method(self, file, node, local, depth):
        """`"a,b".split(",")`, `"-".join([a, b])`, `"A".lower()`."""
        method = node.func.attr
        if node.keywords or method not in PLAIN_METHODS and method not in ("split", "join"):
            return None
        whole = self.value(file, node.func.value, local, depth)
        arguments = [self.value(file, argument, local, depth) for argument in node.args]
        if method == "join" and len(arguments) == 1 and whole["kind"] == "text" and arguments[0]["kind"] == "list":
            parts = []
            for item in arguments[0]["items"]:
                parts += [whole, item] if parts else [item]
            return self.joined(file, node, parts)
        if any(argument["kind"] != "text" for argument in arguments):
            return None
        texts = [argument["value"] for argument in arguments]
        if method == "split" and len(texts) == 1 and texts[0]:
            if whole["kind"] == "text":
                return {"kind": "list", "at": file.at(node),
                        "items": [dict(whole, value=piece) for piece in whole["value"].split(texts[0])]}
            if whole["kind"] == "joined" or whole["kind"] in OF_ENVIRONMENT:
                return {"kind": "split", "at": file.at(node), "value": whole, "separator": texts[0]}
            return None
        if whole["kind"] != "text" or method not in PLAIN_METHODS:
            return None
        if len(texts) != PLAIN_METHODS[method] and not (method.endswith("strip") and len(texts) == 1):
            return None
        return dict(whole, at=file.at(node), value=getattr(whole["value"], method)(*texts))
