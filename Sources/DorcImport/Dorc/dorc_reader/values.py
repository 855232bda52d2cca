"""An expression -> a value, as `__init__` tells them."""

import ast

from dorc_reader.changes import Changes
from dorc_reader.limits import DEEPEST, LONGEST_TEXT, MOST_ITEMS, MOST_STEPS, MOST_STEPS_OF_ALL, size
from dorc_reader.names import Names
from dorc_reader.pulumi_config import PulumiConfig
from dorc_reader.texts import OF_ENVIRONMENT, Texts

PATHS = ("str", "pathlib.Path", "pathlib.PurePath", "pathlib.PurePosixPath", "os.path.abspath", "os.path.realpath", "os.fspath",
         "os.path.normpath")
SAME_PATH = ("resolve", "absolute", "as_posix", "__str__", "__fspath__", "expanduser")


class Values(Texts, PulumiConfig, Changes, Names):
    def __init__(self, files):
        super().__init__(files)
        # By file and node, the index of a call of one of the original's classes.
        self.indices = {}
        self.calls = []
        # Names whose values code changes in place: why, by file and name. Of an object, by call and argument.
        self.changed = {}
        self.overrides = {}
        # Names that are looked up now, to find those that refer to themselves.
        self.open = set()
        self.values = {}
        self.steps = 0
        self.earlier = 0
        # How often something was too deep.
        self.cuts = 0

    def unknown(self, file, node, why):
        return {"kind": "unknown", "at": file.at(node), "text": file.excerpt(node), "why": why}

    def value(self, file, node, local, depth=0):
        self.steps += 1
        if self.steps > min(MOST_STEPS, MOST_STEPS_OF_ALL - self.earlier):
            self.cuts += 1
            return self.unknown(file, node, "the files define too much")
        if depth > DEEPEST:
            self.cuts += 1
            return self.unknown(file, node, "it is nested too deeply")
        method = getattr(self, "value_" + type(node).__name__, None)
        found = method(file, node, local, depth + 1) if method else None
        return found or self.unknown(file, node, "only running it would tell")

    def value_Constant(self, file, node, local, depth):
        value, at = node.value, file.at(node)
        if value is None:
            return {"kind": "none", "at": at}
        if isinstance(value, bool):
            return {"kind": "boolean", "at": at, "value": value}
        if isinstance(value, str):
            if len(value) > LONGEST_TEXT:
                return self.unknown(file, node, "it is too long")
            if any("\ud800" <= character <= "\udfff" for character in value):
                return self.unknown(file, node, "it is not text")
            return {"kind": "text", "at": at, "value": value}
        if isinstance(value, (int, float)):
            try:
                text = repr(value)
            except ValueError:
                # An integer of more digits than Python prints.
                text = ""
            if not 0 < len(text) <= 40 or text.strip("-") in ("inf", "nan"):
                return self.unknown(file, node, "it is not a number of JSON")
            return {"kind": "number", "at": at, "value": text}
        return None

    def value_UnaryOp(self, file, node, local, depth):
        value = self.value(file, node.operand, local, depth)
        if isinstance(node.op, ast.Not):
            return self.negated(file, node, value)
        if isinstance(node.op, ast.USub) and value["kind"] == "number":
            text = value["value"]
            return dict(value, at=file.at(node), value=text[1:] if text.startswith("-") else "-" + text)
        return None

    def negated(self, file, node, value):
        """Of what is true or false."""
        if value["kind"] == "boolean":
            return dict(value, at=file.at(node), value=not value["value"])
        if value["kind"] != "conditional" or {value["then"]["kind"], value["else"]["kind"]} != {"boolean"}:
            return None
        return dict(value, at=file.at(node), isNegated=not value["isNegated"])

    # Names

    def value_Name(self, file, node, local, depth):
        if node.id in local:
            return self.unknown(file, node, "it is known only where the code runs")
        if node.id == "__file__":
            return {"kind": "file", "at": file.at(node)}
        found = self.named(file, node.id, depth)
        if isinstance(found, str):
            return self.unknown(file, node, found)
        return found

    def named(self, file, name, depth):
        """A value, or why there is none."""
        place = (file.path, name)
        if place in self.values:
            file.used.add(name)
            return self.values[place]
        if place in self.open:
            return "it refers to itself"
        if depth > DEEPEST:
            self.cuts += 1
            return "it is nested too deeply"
        cuts = self.cuts
        self.open.add(place)
        try:
            found = self.looked_up(file, name, depth)
        finally:
            self.open.discard(place)
        if name in file.bindings:
            file.used.add(name)
        # What is not known from here because of how deep it is may be known from elsewhere.
        if self.cuts == cuts:
            self.values[place] = found
        return found

    def looked_up(self, file, name, depth):
        other, why = self.star_of(file, name)
        if other is not None or why is not None:
            return why or self.named(other, name, depth)
        if name in file.bindings:
            binding = file.bindings[name]
            if binding is None:
                node = file.binders.get(name)
                where = "" if node is None else f", at {file.path}:{node.lineno}"
                return f"it is assigned more than once, or by code{where}"
            if binding[0] == "value":
                if (file.path, name) in self.changed:
                    return self.changed[(file.path, name)]
                return self.grown(file, name, self.value(file, binding[1], frozenset(), depth), depth)
            if binding[0] == "from":
                other = self.module(file, binding[1], binding[2])
                if other is not None and self.has_name(other, binding[3]):
                    return self.named(other, binding[3], depth)
                if (file.path, binding[1]) in self.doubts:
                    return "several files could be its module"
                return "it comes from outside of the repository"
            return "it is a module"
        return "it comes from outside of the repository"

    def grown(self, file, name, value, depth):
        """A list with what `name.append(...)` at the top of the file adds."""
        calls = file.growth.get(name)
        if not calls:
            return value
        if value["kind"] != "list":
            return "code changes it after it is assigned"
        items = list(value["items"])
        for call in calls:
            added = self.value(file, call.args[0], frozenset(), depth)
            if call.func.attr == "append":
                items.append(added)
            elif added["kind"] == "list":
                items += added["items"]
            else:
                return f"code changes it after it is assigned, in line {call.lineno}"
        return dict(value, items=items) if len(items) <= MOST_ITEMS else "it is too long"

    def value_Attribute(self, file, node, local, depth):
        member = self.member(file, node, local)
        if member is not None:
            return {"kind": "text", "at": file.at(node), "value": member}
        other = self.inside_module(file, node.value, local)
        if other is not None:
            found = self.named(other, node.attr, depth) if self.has_name(other, node.attr) else None
            return self.unknown(file, node, found) if isinstance(found, str) else found
        choice = self.chosen_module(file, node, local)
        if choice is not None:
            return self.value(file, choice, local, depth)
        value = self.value(file, node.value, local, depth)
        if node.attr == "value" and value["kind"] == "text":
            return value
        if value["kind"] == "call":
            return self.attribute(value["call"], node.attr, depth)
        if node.attr == "parent" and value["kind"] in ("file", "folder"):
            return self.parent(file, node, value)
        return None

    def chosen_module(self, file, node, local):
        """`module.name`, where `if` and `else` import different modules by one name, as a conditional expression."""
        if not isinstance(node.value, ast.Name) or node.value.id in local:
            return None
        binding = file.bindings.get(node.value.id)
        choice = binding[1] if binding and binding[0] == "value" else None
        if not isinstance(choice, ast.IfExp):
            return None
        sides = [choice.body, choice.orelse]
        if any(self.inside_module(file, side, frozenset()) is None for side in sides):
            return None
        file.used.add(node.value.id)
        then, other = (ast.copy_location(ast.Attribute(value=side, attr=node.attr, ctx=ast.Load()), node) for side in sides)
        return ast.copy_location(ast.IfExp(test=choice.test, body=then, orelse=other), node)

    def attribute(self, index, name, depth):
        """What an object was made with. Of a Config, what its UniversalConfig has is its own too."""
        call = self.calls[index]
        if (index, name) in self.overrides or (index, "**") in self.overrides:
            return None
        for keyword in call["node"].keywords:
            if keyword.arg == name:
                return self.value(call["file"], keyword.value, call["local"], depth)
        if call["class"] == "Config" and name != "universal":
            universal = self.attribute(index, "universal", depth)
            if universal and universal["kind"] == "call":
                return self.attribute(universal["call"], name, depth)
        return None

    # Lists and mappings

    def value_List(self, file, node, local, depth):
        items = []
        for item in node.elts:
            if isinstance(item, ast.Starred):
                inner = self.value(file, item.value, local, depth)
                if inner["kind"] != "list":
                    # One item that stands for those that are not known: the others are.
                    items.append(inner if inner["kind"] == "unknown" else self.unknown(file, item, "only running it would tell"))
                    continue
                items += inner["items"]
            else:
                items.append(self.value(file, item, local, depth))
        if sum(map(size, items)) > MOST_ITEMS:
            return self.unknown(file, node, "it is too long")
        return {"kind": "list", "at": file.at(node), "items": items}

    value_Tuple = value_List

    def value_Dict(self, file, node, local, depth):
        entries = []
        for key, value in zip(node.keys, node.values):
            value = self.value(file, value, local, depth)
            if key is None:
                if value["kind"] == "mapping":
                    entries = merged(entries, value["entries"])
                else:
                    # Stands for entries that are not known: the others are.
                    entries.append({"key": "**", "at": value["at"], "value": value})
                continue
            name = self.value(file, key, local, depth)
            if name["kind"] != "text":
                return None
            entries = merged(entries, [{"key": name["value"], "at": file.at(key), "value": value}])
        if sum(size(entry["value"]) for entry in entries) > MOST_ITEMS:
            return self.unknown(file, node, "it is too long")
        return {"kind": "mapping", "at": file.at(node), "entries": entries}

    def value_BinOp(self, file, node, local, depth):
        if isinstance(node.op, ast.Mod):
            return self.percent(file, node, local, depth)
        if not isinstance(node.op, (ast.Add, ast.BitOr, ast.Div)):
            return None
        left = self.value(file, node.left, local, depth)
        right = self.value(file, node.right, local, depth)
        kinds = {left["kind"], right["kind"]}
        if isinstance(node.op, ast.BitOr):
            if kinds == {"mapping"}:
                return {"kind": "mapping", "at": file.at(node), "entries": merged(left["entries"], right["entries"])}
        elif isinstance(node.op, ast.Div):
            return self.below(file, node, left, right)
        elif kinds == {"list"} and size(left) + size(right) <= MOST_ITEMS:
            return {"kind": "list", "at": file.at(node), "items": left["items"] + right["items"]}
        elif kinds <= {"text", "joined", *OF_ENVIRONMENT}:
            return self.joined(file, node, [left, right])
        return None

    def value_Subscript(self, file, node, local, depth):
        whole = self.value(file, node.value, local, depth)
        key = self.value(file, node.slice, local, depth)
        return self.entry(file, node, whole, key)

    def entry(self, file, node, whole, key, isRequired=True, default=None):
        """What is in a mapping, a list or a setting under a key."""
        if whole["kind"] == "mapping" and any(entry["key"] == "**" for entry in whole["entries"]):
            return None
        if whole["kind"] == "mapping" and key["kind"] == "text":
            return next((entry["value"] for entry in whole["entries"] if entry["key"] == key["value"]), default)
        if whole["kind"] == "mapping" and (key["kind"] == "joined" or key["kind"] in OF_ENVIRONMENT):
            return {"kind": "chosen", "at": file.at(node), "by": key, "from": whole, "default": default}
        if whole["kind"] == "list" and key["kind"] == "number":
            index = int(key["value"]) if "." not in key["value"] and "e" not in key["value"] else None
            if index is not None and -len(whole["items"]) <= index < len(whole["items"]):
                # An item that is not known may be any number of them.
                return None if any(item["kind"] == "unknown" for item in whole["items"]) else whole["items"][index]
        if whole["kind"] == "setting" and whole["type"] == "object":
            return self.part(file, node, whole, key, isRequired, default)
        return None

    # Choices

    def value_IfExp(self, file, node, local, depth):
        test = self.value(file, node.test, local, depth)
        then = self.value(file, node.body, local, depth)
        other = self.value(file, node.orelse, local, depth)
        if test["kind"] == "boolean":
            return then if test["value"] else other
        if test["kind"] != "conditional" or test["then"]["kind"] != "boolean" or test["else"]["kind"] != "boolean":
            return None
        return dict(test, at=file.at(node), then=then, **{"else": other})

    def value_Compare(self, file, node, local, depth):
        """`stack == "prod"` and `stack in ("dev", "test")`, both ways round."""
        if len(node.ops) != 1 or not isinstance(node.ops[0], (ast.Eq, ast.NotEq, ast.In, ast.NotIn)):
            return None
        left = self.value(file, node.left, local, depth)
        right = self.value(file, node.comparators[0], local, depth)
        isNegated = isinstance(node.ops[0], (ast.NotEq, ast.NotIn))
        if isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            if left["kind"] == "text":
                left, right = right, left
            items = [right]
        elif right["kind"] == "list":
            items = right["items"]
        else:
            return None
        if any(item["kind"] != "text" for item in items):
            return None
        values = [item["value"] for item in items]
        yes, no = ({"kind": "boolean", "at": file.at(node), "value": value} for value in (True, False))
        if left["kind"] == "text":
            return yes if (left["value"] in values) != isNegated else no
        if left["kind"] == "joined" or left["kind"] in OF_ENVIRONMENT:
            return {"kind": "conditional", "at": file.at(node), "test": left, "values": values, "isNegated": isNegated,
                    "then": yes, "else": no}
        return None

    def value_BoolOp(self, file, node, local, depth):
        """`config.get("key") or "default"`."""
        if not isinstance(node.op, ast.Or) or len(node.values) != 2:
            return None
        first = self.value(file, node.values[0], local, depth)
        second = self.value(file, node.values[1], local, depth)
        if first["kind"] == "none":
            return second
        if first["kind"] in ("text", "boolean"):
            return first if first["value"] else second
        if first["kind"] == "setting" and not first["isRequired"] and first["default"] is None:
            return dict(first, at=file.at(node), default=second, isDefaultOfEmpty=True)
        return None

    # Calls

    def value_Call(self, file, node, local, depth):
        index = self.indices.get((file.path, id(node)))
        if index is not None:
            return {"kind": "call", "at": file.at(node), "call": index, "text": file.excerpt(node)}
        if isinstance(node.func, ast.Name) and node.func.id not in file.bindings and node.func.id not in local:
            found = self.built_in(file, node, local, depth)
            if found is not None:
                return found
        name = self.outside_name(file, node.func, local)
        if name is not None and name in PATHS or name == "os.path.dirname":
            return self.path_call(file, node, local, depth, name)
        if name == "json.loads" and len(node.args) == 1 and not node.keywords:
            whole = self.value(file, node.args[0], local, depth)
            # As `require_object` reads it.
            return dict(whole, type="object") if whole["kind"] == "setting" and whole["type"] == "text" else None
        found = self.pulumi_call(file, node, local, depth)
        if found is not None or not isinstance(node.func, ast.Attribute):
            return found
        if node.func.attr == "format":
            return self.formatted(file, node, local, depth)
        if node.func.attr == "get" and 1 <= len(node.args) <= 2 and not node.keywords:
            whole = self.value(file, node.func.value, local, depth)
            if whole["kind"] != "mapping":
                return None
            default = {"kind": "none", "at": file.at(node)}
            if len(node.args) == 2:
                default = self.value(file, node.args[1], local, depth)
            return self.entry(file, node, whole, self.value(file, node.args[0], local, depth), default=default)
        if node.func.attr in SAME_PATH and not node.args and not node.keywords:
            whole = self.value(file, node.func.value, local, depth)
            return whole if whole["kind"] in ("file", "folder") else None
        return self.text_method(file, node, local, depth)

    def built_in(self, file, node, local, depth):
        if node.func.id == "dict" and len(node.args) <= 1 and all(keyword.arg for keyword in node.keywords):
            entries = [{"key": keyword.arg, "at": file.at(keyword), "value": self.value(file, keyword.value, local, depth)}
                       for keyword in node.keywords]
            if node.args:
                base = self.value(file, node.args[0], local, depth)
                if base["kind"] != "mapping":
                    return None
                entries = merged(base["entries"], entries)
            return {"kind": "mapping", "at": file.at(node), "entries": entries}
        if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
            return None
        if node.func.id in ("list", "tuple"):
            value = self.value(file, node.args[0], local, depth)
            return value if value["kind"] == "list" else None
        if node.func.id == "str":
            value = self.value(file, node.args[0], local, depth)
            return value if value["kind"] in ("file", "folder") else self.joined(file, node, [value])
        return None

    # Paths

    def path_call(self, file, node, local, depth, name):
        if len(node.args) != 1 or node.keywords:
            return None
        value = self.value(file, node.args[0], local, depth)
        if value["kind"] not in ("file", "folder"):
            return None
        return self.parent(file, node, value) if name == "os.path.dirname" else dict(value, at=value["at"])

    def parent(self, file, node, value):
        path = value["at"][0] if value["kind"] == "file" else value["value"]
        if not path:
            return None
        return {"kind": "folder", "at": file.at(node), "value": path.rpartition("/")[0]}

    def below(self, file, node, folder, name):
        """`Path(__file__).parent / "__main__.py"`: what is in the folder, as far as it matters."""
        if folder["kind"] != "folder" or name["kind"] != "text":
            return None
        parts = [part for part in (folder["value"] + "/" + name["value"]).split("/") if part not in ("", ".")]
        if ".." in parts:
            return None
        if parts and parts[-1].endswith(".py"):
            parts.pop()
        return {"kind": "folder", "at": file.at(node), "value": "/".join(parts)}


def merged(entries, others):
    """The last of two entries of a key holds."""
    result = {}
    for number, entry in enumerate(entries + others):
        result[(entry["key"], number if entry["key"] == "**" else 0)] = entry
    return list(result.values())
