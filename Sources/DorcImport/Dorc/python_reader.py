"""What the Python files of a repository of the Python original define, found without running any of them.

Reads `{"files": {path: text}}` from the file that its argument names and writes to standard output:

    {"errors":     [{"at", "text"}],                files that are not Python
     "calls":      [{"class", "at", "isInCode", "args": [{"name", "at", "value"}]}],
     "applied":    [call],                          those whose `apply()` is called
     "statements": [{"at", "text", "why"}]}         what is at the top of a file and is none of the above

A place, "at", is `[path, line, column]`, from 1. A call is its index. A value is one of

    {"kind": "text" | "number" | "boolean" | "none" | "file", "value"}
    {"kind": "list", "items": [value]}
    {"kind": "mapping", "entries": [{"key", "at", "value"}]}
    {"kind": "call", "call"}                        an object of one of the original's classes
    {"kind": "setting", "key", "isSecret"}          of Pulumi.<environment>.yaml
    {"kind": "joined", "parts": [value]}            text of texts and settings
    {"kind": "chosen", "key", "from": value}        an entry of a mapping, by a setting
    {"kind": "unknown", "text", "why"}              what only running it would tell

each with "at". Names that are assigned once are followed, also through imports of other files of the repository.
"""

import ast
import json
import sys
import warnings

# The original's classes, with the names of positional arguments where there can be any: its models take none.
CLASSES = {
    "PipelineDefinition": (),
    "Function": (),
    "NextFunction": (),
    "S3Trigger": (),
    "CronTrigger": (),
    "rAPIdTrigger": (),
    "CloudwatchS3Trigger": (),
    "CloudwatchCronTrigger": (),
    "UniversalConfig": (),
    "Config": (),
    "LayerConfig": (),
    "rAPIdConfig": (),
    "CreatePipeline": ("config", "pipeline_definition"),
    "CreateInfra": ("config",),
    "CreateUniversal": ("config",),
}
CREATORS = ("CreatePipeline", "CreateInfra", "CreateUniversal")
ENUMERATION = "NextFunctionTypes"
MEMBERS = {"FUNCTION": "Function", "PIPELINE": "Pipeline"}

# What is larger is not a definition that a person wrote.
LONGEST_TEXT = 20_000
MOST_ITEMS = 10_000
DEEPEST = 20
# Of one argument, and of all files together: steps of reading, and values that are told.
MOST_STEPS = 20_000
MOST_STEPS_OF_ALL = 2_000_000
MOST_VALUES = 500_000
LONGEST_EXCERPT = 160

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.For, ast.AsyncFor, ast.While)
CHOICES = (ast.If, ast.IfExp, ast.Try, ast.BoolOp)


class File:
    """A file: its names at the top, each with where it is bound."""

    def __init__(self, path, text):
        self.path = path
        # As Python counts lines: the form feed and others of str.splitlines do not end one.
        self.lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.tree = ast.parse(text, filename=path)
        self.bindings = {}
        self.stars = []
        self.used = set()
        self.statements = list(top_level(self.tree.body))
        for statement in self.statements:
            self.bind(statement)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Global):
                for name in node.names:
                    self.add(name, None)

    def add(self, name, binding):
        """A name that is bound twice could be either."""
        self.bindings[name] = None if name in self.bindings else binding

    def bind(self, statement):
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                whole = alias.asname or alias.name.split(".")[0]
                self.bindings[whole] = ("module", alias.name if alias.asname else whole, 0)
        elif isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                if alias.name == "*":
                    self.stars.append((statement.module or "", statement.level))
                else:
                    # Imported again, it is the same.
                    self.bindings[alias.asname or alias.name] = (
                        "from", statement.module or "", statement.level, alias.name)
        elif isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(
                statement.targets[0], ast.Name):
            self.add(statement.targets[0].id, ("value", statement.value))
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if statement.value is not None:
                self.add(statement.target.id, ("value", statement.value))
        else:
            for name in bound_names(statement):
                self.add(name, None)

    def at(self, node):
        line = getattr(node, "lineno", 1)
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        before = text.encode()[:getattr(node, "col_offset", 0)]
        return [self.path, line, len(before.decode(errors="replace")) + 1]

    def excerpt(self, node):
        """The source on one line."""
        first, last = node.lineno - 1, node.end_lineno - 1
        lines = self.lines[first:last + 1][:LONGEST_EXCERPT]
        if not lines:
            return ""
        if len(lines) == last - first + 1:
            lines[-1] = lines[-1].encode()[:node.end_col_offset].decode(errors="replace")
        lines[0] = lines[0].encode()[node.col_offset:].decode(errors="replace")
        text = " ".join(" ".join(lines).split())
        return text if len(text) <= LONGEST_EXCERPT else text[:LONGEST_EXCERPT] + "..."


def top_level(statements):
    """`if __name__ == "__main__":` is as good as the top."""
    for statement in statements:
        if isinstance(statement, ast.If) and is_main_check(statement.test) and not statement.orelse:
            yield from top_level(statement.body)
        else:
            yield statement


def is_main_check(test):
    return (isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"
            and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)
            and isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value == "__main__")


def bound_names(node):
    """The names that a statement or an expression binds, at any depth."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, (ast.Store, ast.Del)):
            yield inner.id
        elif isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield inner.name
        elif isinstance(inner, ast.arg):
            yield inner.arg
        elif isinstance(inner, ast.alias):
            yield inner.asname or inner.name.split(".")[0]
        elif isinstance(inner, ast.ExceptHandler) and inner.name:
            yield inner.name


class Reader:
    def __init__(self, texts):
        self.files = {}
        self.errors = []
        self.calls = []
        self.indices = {}
        self.applied = []
        # Names that are looked up now, to find those that refer to themselves.
        self.open = set()
        self.values = {}
        self.steps = 0
        self.earlier = 0
        self.told = 0
        # How often something was too deep.
        self.cuts = 0
        for path in sorted(texts):
            try:
                self.files[path] = File(path, texts[path])
            except SyntaxError as error:
                self.error(path, error.lineno or 1, error.offset or 1, error.msg)
            except ValueError as error:
                self.error(path, 1, 1, str(error))
            except (RecursionError, MemoryError):
                self.error(path, 1, 1, "its expressions are nested too deeply")

    def error(self, path, line, column, text):
        self.errors.append({"at": [path, line, max(1, column)], "text": str(text)})

    def facts(self):
        for file in self.files.values():
            self.find_calls(file)
        # All of them have an index before one of them refers to another.
        for call in self.calls:
            call["args"] = self.arguments(call)
        for file in self.files.values():
            self.find_applications(file)
        statements = [entry for file in self.files.values() for entry in self.others(file)]
        calls = [{"class": call["class"], "at": call["at"], "isInCode": call["isInCode"], "args": call["args"]}
                 for call in self.calls]
        return {"errors": self.errors, "calls": calls, "applied": self.applied, "statements": statements}

    # Finding

    def find_calls(self, file):
        """Every call of a class of the original's, wherever it is."""
        stack = [(file.tree, frozenset(), False)]
        while stack:
            node, local, is_in_code = stack.pop()
            if isinstance(node, FUNCTIONS + LOOPS[:4]):
                local = local | set(bound_names(node)) if not isinstance(node, ast.ClassDef) else local
                is_in_code = True
            elif isinstance(node, LOOPS) or isinstance(node, CHOICES) and not (
                    isinstance(node, ast.If) and is_main_check(node.test)):
                is_in_code = True
            if isinstance(node, ast.Call):
                name = self.class_name(file, node.func, local)
                if name:
                    self.indices[(file.path, id(node))] = len(self.calls)
                    self.calls.append({"class": name, "at": file.at(node), "isInCode": is_in_code, "node": node,
                                       "file": file, "local": local})
            children = list(ast.iter_child_nodes(node))
            stack += [(child, local, is_in_code) for child in reversed(children)]

    def arguments(self, call):
        file, node, local = call["file"], call["node"], call["local"]
        names = CLASSES[call["class"]]
        args = []
        for index, value in enumerate(node.args):
            name = names[index] if index < len(names) and not isinstance(value, ast.Starred) else f"[{index}]"
            args.append({"name": name, "at": file.at(value), "value": self.tell(file, value, local)})
        for keyword in node.keywords:
            value = self.tell(file, keyword.value, local)
            if keyword.arg is not None:
                args.append({"name": keyword.arg, "at": file.at(keyword), "value": value})
            elif value["kind"] == "mapping":
                args += [{"name": entry["key"], "at": entry["at"], "value": entry["value"]}
                         for entry in value["entries"]]
            else:
                args.append({"name": "**", "at": file.at(keyword.value), "value": value})
        return args

    def tell(self, file, node, local):
        self.earlier += self.steps
        self.steps = 0
        value = self.value(file, node, local)
        self.told += size(value)
        return value if self.told <= MOST_VALUES else self.unknown(file, node, "the files define too much")

    def find_applications(self, file):
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "apply":
                target = self.value(file, node.func.value, frozenset())
                if target["kind"] == "call" and target["call"] not in self.applied:
                    self.applied.append(target["call"])

    def others(self, file):
        """What nobody has read of a file that defines something, or that others take names from."""
        is_definition = any(call["file"] is file for call in self.calls) or bool(file.used)
        if not is_definition and not file.path.endswith("__main__.py"):
            return
        known = {id(call["node"]) for call in self.calls if call["file"] is file}
        for index, statement in enumerate(file.statements):
            if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass)):
                continue
            if index == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                continue
            if isinstance(statement, (ast.Assign, ast.AnnAssign)):
                names = set(bound_names(statement))
                if names and names <= file.used or any(id(node) in known for node in ast.walk(statement)):
                    continue
                if names:
                    yield {"at": file.at(statement), "text": file.excerpt(statement), "why": "no definition uses it"}
                    continue
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
                node = statement.value
                if id(node) in known or self.is_application(file, node):
                    continue
            yield {"at": file.at(statement), "text": file.excerpt(statement), "why": "it is code that Python runs"}

    def is_application(self, file, node):
        return (isinstance(node.func, ast.Attribute) and node.func.attr == "apply" and not node.args
                and not node.keywords and self.value(file, node.func.value, frozenset())["kind"] == "call")

    # Names

    def class_name(self, file, function, local):
        """The class of the original's that an expression names; None for any other."""
        if isinstance(function, ast.Name):
            if function.id in local:
                return None
            name = self.original_name(file, function.id, set())
        elif isinstance(function, ast.Attribute) and self.outside_module(file, function.value) not in (None, "pulumi"):
            name = function.attr
        else:
            return None
        return name if name in CLASSES else None

    def original_name(self, file, name, seen):
        """What a name of a file is called where it comes from, if that is outside of the repository or nowhere to be seen."""
        if (file.path, name) in seen:
            return None
        seen.add((file.path, name))
        if name in file.bindings:
            binding = file.bindings[name]
            if binding is None or binding[0] != "from":
                if binding and binding[0] == "value" and isinstance(binding[1], ast.Name):
                    return self.original_name(file, binding[1].id, seen)
                return None
            other = self.module(file, binding[1], binding[2])
            if other is not None:
                return self.original_name(other, binding[3], seen)
            return None if binding[1].split(".")[0] == "pulumi" else binding[3]
        for module, level in file.stars:
            other = self.module(file, module, level)
            if other is not None and name in other.bindings:
                return self.original_name(other, name, seen)
        return name

    def outside_module(self, file, node):
        """The name of a module outside of the repository; None for anything else."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        binding = file.bindings.get(node.id)
        if binding is None:
            return None
        if binding[0] == "module" and self.module(file, binding[1], 0) is None:
            return ".".join([binding[1]] + parts[::-1])
        if binding[0] == "from" and self.module(file, binding[1], binding[2]) is None and self.module(
                file, f"{binding[1]}.{binding[3]}".lstrip("."), binding[2]) is None:
            return ".".join([binding[1], binding[3]] + parts[::-1])
        return None

    def module(self, file, name, level):
        """The file of the repository that a module is, by the places where Python could look: beside, then further up."""
        folder = file.path.split("/")[:-1]
        parts = name.split(".") if name else []
        if level:
            base = folder[:len(folder) - (level - 1)] if level - 1 <= len(folder) else None
            return self.find(base, parts) if base is not None else None
        while True:
            found = self.find(folder, parts)
            if found is not None and found is not file:
                return found
            if not folder:
                return None
            folder = folder[:-1]

    def find(self, folder, parts):
        path = "/".join(folder + parts)
        candidates = [f"{path}.py", f"{path}/__init__.py"] if parts else [f"{path}/__init__.py".lstrip("/")]
        return next((self.files[name] for name in candidates if name in self.files), None)

    # Values

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
            text = repr(value)
            if len(text) > 40 or text.strip("-") in ("inf", "nan"):
                return self.unknown(file, node, "it is not a number of JSON")
            return {"kind": "number", "at": at, "value": text}
        return None

    def value_UnaryOp(self, file, node, local, depth):
        value = self.value(file, node.operand, local, depth)
        if isinstance(node.op, ast.USub) and value["kind"] == "number":
            text = value["value"]
            return dict(value, at=file.at(node), value=text[1:] if text.startswith("-") else "-" + text)
        return None

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
        if name in file.bindings:
            binding = file.bindings[name]
            if binding is None:
                return "it is assigned more than once, or by code"
            if binding[0] == "value":
                return self.value(file, binding[1], frozenset(), depth)
            if binding[0] == "from":
                other = self.module(file, binding[1], binding[2])
                if other is not None and self.has_name(other, binding[3]):
                    return self.named(other, binding[3], depth)
                return "it comes from outside of the repository"
            return "it is a module"
        for module, level in reversed(file.stars):
            other = self.module(file, module, level)
            if other is not None and self.has_name(other, name):
                return self.named(other, name, depth)
        return "it comes from outside of the repository"

    def has_name(self, file, name):
        return name in file.bindings or bool(file.stars)

    def value_Attribute(self, file, node, local, depth):
        if isinstance(node.value, ast.Name) and node.value.id not in local:
            if self.original_name(file, node.value.id, set()) == ENUMERATION and node.attr in MEMBERS:
                return {"kind": "text", "at": file.at(node), "value": MEMBERS[node.attr]}
        other = self.inside_module(file, node.value, local)
        if other is not None:
            found = self.named(other, node.attr, depth) if self.has_name(other, node.attr) else None
            return None if isinstance(found, str) else found
        value = self.value(file, node.value, local, depth)
        if node.attr == "value" and value["kind"] == "text":
            return value
        if value["kind"] == "call":
            return self.attribute(value["call"], node.attr, depth)
        return None

    def attribute(self, index, name, depth):
        """What an object was made with. Of a Config, what its UniversalConfig has is its own too."""
        call = self.calls[index]
        for keyword in call["node"].keywords:
            if keyword.arg == name:
                return self.value(call["file"], keyword.value, call["local"], depth)
        if call["class"] == "Config" and name != "universal":
            universal = self.attribute(index, "universal", depth)
            if universal and universal["kind"] == "call":
                return self.attribute(universal["call"], name, depth)
        return None

    def inside_module(self, file, node, local):
        """The file of the repository that `a.b` names as a module."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id in local:
            return None
        binding = file.bindings.get(node.id)
        if not binding or binding[0] == "value":
            return None
        file.used.add(node.id)
        if binding[0] == "module":
            return self.module(file, ".".join([binding[1]] + parts[::-1]), 0)
        name = ".".join([part for part in (binding[1], binding[3]) if part] + parts[::-1])
        return self.module(file, name, binding[2])

    def value_List(self, file, node, local, depth):
        items = []
        for item in node.elts:
            if isinstance(item, ast.Starred):
                inner = self.value(file, item.value, local, depth)
                if inner["kind"] != "list":
                    return None
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
                if value["kind"] != "mapping":
                    return None
                entries = merged(entries, value["entries"])
                continue
            name = self.value(file, key, local, depth)
            if name["kind"] != "text":
                return None
            entries = merged(entries, [{"key": name["value"], "at": file.at(key), "value": value}])
        if sum(size(entry["value"]) for entry in entries) > MOST_ITEMS:
            return self.unknown(file, node, "it is too long")
        return {"kind": "mapping", "at": file.at(node), "entries": entries}

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
        """Texts become one; settings stay parts."""
        result = []
        for part in parts:
            if part["kind"] == "joined":
                inner = part["parts"]
            elif part["kind"] in ("text", "setting"):
                inner = [part]
            elif part["kind"] == "number" and "." not in part["value"]:
                inner = [dict(part, kind="text")]
            else:
                return None
            for piece in inner:
                if piece["kind"] == "text" and result and result[-1]["kind"] == "text":
                    result[-1] = dict(result[-1], value=result[-1]["value"] + piece["value"])
                else:
                    result.append(piece)
            if sum(len(piece.get("value", "")) for piece in result) > LONGEST_TEXT or len(result) > 100:
                return self.unknown(file, node, "it is too long")
        if not result:
            return {"kind": "text", "at": file.at(node), "value": ""}
        if len(result) == 1:
            return dict(result[0], at=file.at(node))
        return {"kind": "joined", "at": file.at(node), "parts": result}

    def value_BinOp(self, file, node, local, depth):
        if not isinstance(node.op, (ast.Add, ast.BitOr)):
            return None
        left = self.value(file, node.left, local, depth)
        right = self.value(file, node.right, local, depth)
        kinds = {left["kind"], right["kind"]}
        if isinstance(node.op, ast.BitOr):
            if kinds == {"mapping"}:
                return {"kind": "mapping", "at": file.at(node), "entries": merged(left["entries"], right["entries"])}
        elif kinds == {"list"} and size(left) + size(right) <= MOST_ITEMS:
            return {"kind": "list", "at": file.at(node), "items": left["items"] + right["items"]}
        elif kinds <= {"text", "setting", "joined"}:
            return self.joined(file, node, [left, right])
        return None

    def value_Subscript(self, file, node, local, depth):
        whole = self.value(file, node.value, local, depth)
        key = self.value(file, node.slice, local, depth)
        if whole["kind"] == "mapping" and key["kind"] == "text":
            return next((entry["value"] for entry in whole["entries"] if entry["key"] == key["value"]), None)
        if whole["kind"] == "mapping" and key["kind"] == "setting":
            return {"kind": "chosen", "at": file.at(node), "key": key["key"], "from": whole}
        if whole["kind"] == "list" and key["kind"] == "number":
            index = int(key["value"]) if "." not in key["value"] and "e" not in key["value"] else None
            if index is not None and -len(whole["items"]) <= index < len(whole["items"]):
                return whole["items"][index]
        return None

    def value_Call(self, file, node, local, depth):
        index = self.indices.get((file.path, id(node)))
        if index is not None:
            return {"kind": "call", "at": file.at(node), "call": index}
        if isinstance(node.func, ast.Name) and node.func.id not in file.bindings and node.func.id not in local:
            if node.func.id == "dict" and not node.args and all(keyword.arg for keyword in node.keywords):
                return {"kind": "mapping", "at": file.at(node), "entries": [
                    {"key": keyword.arg, "at": file.at(keyword), "value": self.value(file, keyword.value, local, depth)}
                    for keyword in node.keywords]}
        return self.setting(file, node, local, depth)

    def setting(self, file, node, local, depth):
        """`pulumi.Config().require("key")` and its kin."""
        if not isinstance(node.func, ast.Attribute):
            return None
        method = node.func.attr.removeprefix("require_").removeprefix("get_")
        if node.func.attr not in ("require", "get") and method not in ("secret",):
            return None
        if len(node.args) != 1 or node.keywords or not self.is_pulumi(file, node.func.value, local, depth):
            return None
        key = self.value(file, node.args[0], local, depth)
        if key["kind"] != "text":
            return None
        return {"kind": "setting", "at": file.at(node), "key": key["value"], "isSecret": method == "secret"}

    def is_pulumi(self, file, node, local, depth):
        """Whether it is `pulumi.Config()`, or a name for it."""
        if depth > DEEPEST:
            return False
        if isinstance(node, ast.Name) and node.id not in local:
            binding = file.bindings.get(node.id)
            if binding and binding[0] == "value":
                file.used.add(node.id)
                return self.is_pulumi(file, binding[1], frozenset(), depth + 1)
            if binding and binding[0] == "from":
                other = self.module(file, binding[1], binding[2])
                found = other.bindings.get(binding[3]) if other is not None else None
                if found and found[0] == "value":
                    other.used.add(binding[3])
                    return self.is_pulumi(other, found[1], frozenset(), depth + 1)
            return False
        if not isinstance(node, ast.Call) or len(node.args) > 1 or node.keywords:
            return False
        if isinstance(node.func, ast.Attribute):
            return node.func.attr == "Config" and self.outside_module(file, node.func.value) == "pulumi"
        binding = file.bindings.get(node.func.id) if isinstance(node.func, ast.Name) else None
        return bool(binding) and binding[0] == "from" and binding[1] == "pulumi" and binding[3] == "Config"


def size(value):
    """How many values it consists of."""
    if value["kind"] == "list":
        return 1 + sum(map(size, value["items"]))
    if value["kind"] == "mapping":
        return 1 + sum(size(entry["value"]) for entry in value["entries"])
    return size(value["from"]) if value["kind"] == "chosen" else 1


def merged(entries, others):
    """The last of two entries of a key holds."""
    result = {entry["key"]: entry for entry in entries}
    for entry in others:
        result[entry["key"]] = entry
    return list(result.values())


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        texts = json.load(file)["files"]
    json.dump(Reader(texts).facts(), sys.stdout)


if __name__ == "__main__":
    main()
