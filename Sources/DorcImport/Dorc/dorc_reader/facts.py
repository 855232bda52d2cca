"""All files -> calls of the original's classes, with their arguments, and what else is at the top."""

import ast

from dorc_reader.limits import MOST_VALUES, size
from dorc_reader.original import CLASSES, FROM_MAPPING, WORDS
from dorc_reader.pulumi_config import METHOD
from dorc_reader.sources import FUNCTIONS, bound_names, is_main_check
from dorc_reader.values import Values

COPYING = ("copy", "model_copy")
LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.For, ast.AsyncFor, ast.While)
CHOICES = (ast.If, ast.IfExp, ast.Try, ast.BoolOp)


class Facts(Values):
    def __init__(self, files):
        super().__init__(files)
        self.raw = files
        self.applied = []
        # By file and node, the tests that a call depends on, each with whether it is in the branch of `else`, and local names.
        self.conditions = {}
        # By call, those of each place that applies it.
        self.applications = {}
        self.told = 0

    def all(self):
        for file in self.files.values():
            self.find_calls(file)
        for file in self.files.values():
            self.find_copies(file)
        self.find_changes()
        # All of them have an index before one of them refers to another.
        for index, call in enumerate(self.calls):
            call["args"] = self.arguments(index, call)
        for file in self.files.values():
            self.find_applications(file)
        statements = [entry for file in self.files.values() for entry in self.others(file)]
        calls = [{"class": call["class"], "at": call["at"], "isInCode": call["isInCode"], "isCopied": call["isCopied"],
                  "when": self.when(index, call), "args": call["args"]} for index, call in enumerate(self.calls)]
        return {"errors": list(self.errors()), "calls": calls, "applied": self.applied, "statements": statements,
                "reads": [read for file in self.files.values() for read in self.reads(file)]}

    def errors(self):
        """A file that is not Python matters where it is a pipeline's, where others import it, and where it names the original."""
        for path, error in self.broken.items():
            text = self.raw[path].decode("latin-1")
            is_definition = (path.rpartition("/")[2] == "__main__.py" or path in self.wanted
                             or any(word in text for word in WORDS))
            yield {"at": [path, error.line, error.column], "text": error.text, "isDefinition": is_definition}

    def find_calls(self, file):
        """Every call of a class of the original's, wherever it is."""
        stack = [(file.tree, frozenset(), False)]
        while stack:
            node, local, is_in_code = stack.pop()
            if isinstance(node, ast.If):
                self.find_conditions(file, node, local)
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
                    self.calls.append({"class": name, "at": file.at(node), "isInCode": is_in_code, "isCopied": False,
                                       "node": node, "file": file, "local": local})
            children = list(ast.iter_child_nodes(node))
            stack += [(child, local, is_in_code) for child in reversed(children)]

    def find_copies(self, file):
        """`definition.copy(update={...})` is another object, with other arguments."""
        for node in ast.walk(file.tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in COPYING):
                continue
            index = self.call_of(file, node.func.value, 0)
            if index is None or self.calls[index]["file"] is not file or node.args:
                continue
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            update = given.pop("update", None)
            given.pop("deep", None)
            base = self.calls[index]
            if given or update is not None and not (isinstance(update, ast.Dict) and all(
                    isinstance(key, ast.Constant) and isinstance(key.value, str) for key in update.keys)):
                continue
            new = [ast.copy_location(ast.keyword(arg=key.value, value=value), key)
                   for key, value in zip(update.keys, update.values)] if update is not None else []
            names = {keyword.arg for keyword in new}
            old = [keyword for keyword in base["node"].keywords if keyword.arg not in names]
            made = ast.copy_location(ast.Call(func=base["node"].func, args=base["node"].args, keywords=old + new), node)
            self.indices[(file.path, id(node))] = len(self.calls)
            base["isCopied"] = True
            self.calls.append(dict(base, at=file.at(node), isCopied=False, node=made, source=node))

    def find_conditions(self, file, block, local):
        """What is in the branches of an `if` runs by its test."""
        if is_main_check(block.test):
            return
        for isElse, part in enumerate((block.body, block.orelse)):
            for statement in part:
                for inner in ast.walk(statement):
                    if isinstance(inner, ast.Call):
                        self.conditions.setdefault((file.path, id(inner)), []).append(
                            (file, block.test, bool(isElse), local))

    def when(self, index, call):
        """The conditions of making and of applying an object."""
        found = self.conditions.get((call["file"].path, id(call.get("source", call["node"]))), [])
        applications = self.applications.get(index, [])
        if len(applications) == 1:
            # Inside of one another, they are the same.
            found = list(dict.fromkeys([*found, *applications[0]]))
        values = []
        for file, test, isElse, local in found:
            value = self.tell(file, test, local)
            if isElse:
                value = self.negated(file, test, value) or self.unknown(file, test, "only running it would tell")
            values.append(value)
        if len(applications) > 1 and all(applications):
            file, test = applications[0][0][:2]
            values.append(self.unknown(file, test, "it is applied in several places"))
        return values

    def arguments(self, index, call):
        file, node, local = call["file"], call["node"], call["local"]
        args = []
        if isinstance(node.func, ast.Attribute) and node.func.attr in FROM_MAPPING and len(node.args) == 1:
            args += self.unpacked(file, node.args[0], local)
        else:
            names = CLASSES[call["class"]]
            for place, value in enumerate(node.args):
                name = names[place] if place < len(names) and not isinstance(value, ast.Starred) else f"[{place}]"
                args.append({"name": name, "at": file.at(value), "value": self.tell(file, value, local)})
        for keyword in node.keywords:
            if keyword.arg is None:
                args += self.unpacked(file, keyword.value, local)
            else:
                args.append({"name": keyword.arg, "at": file.at(keyword), "value": self.tell(file, keyword.value, local)})
        for (other, name), (place, by) in self.overrides.items():
            if other == index:
                at = next((arg["at"] for arg in args if arg["name"] == name), place.at(by))
                args = [arg for arg in args if arg["name"] != name]
                why = f"code changes it after it is made, at {place.path}:{by.lineno}"
                args.append({"name": name, "at": at, "value": self.unknown(place, by, why)})
        return args

    def unpacked(self, file, node, local):
        """The arguments of `**mapping`."""
        value = self.tell(file, node, local)
        if value["kind"] == "mapping":
            return [{"name": entry["key"], "at": entry["at"], "value": entry["value"]} for entry in value["entries"]]
        return [{"name": "**", "at": file.at(node), "value": value}]

    def tell(self, file, node, local):
        self.earlier += self.steps
        self.steps = 0
        value = self.value(file, node, local)
        self.told += size(value)
        return value if self.told <= MOST_VALUES else self.unknown(file, node, "the files define too much")

    def reads(self, file):
        """Every setting that code reads, whether or not it ends in a definition."""
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and METHOD.fullmatch(node.func.attr):
                self.earlier, self.steps = self.earlier + self.steps, 0
                value = self.pulumi_call(file, node, frozenset(), 0)
                if value is not None and value["kind"] == "setting" and not value["path"]:
                    yield {"at": value["at"], "namespace": value["namespace"], "key": value["key"]}

    def find_applications(self, file):
        # By name, the objects that functions assign.
        inner = {}
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Assign) and (file.path, id(node.value)) in self.indices:
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        inner.setdefault(target.id, []).append(self.indices[(file.path, id(node.value))])
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "apply":
                target = self.value(file, node.func.value, frozenset())
                found = [target["call"]] if target["kind"] == "call" else []
                for index in found:
                    self.applications.setdefault(index, []).append(self.conditions.get((file.path, id(node)), []))
                if not found and isinstance(node.func.value, ast.Name):
                    found = inner.get(node.func.value.id, [])
                self.applied += [index for index in found if index not in self.applied]

    def others(self, file):
        """What nobody has read of a file that defines something, or that others take names from."""
        is_definition = any(call["file"] is file for call in self.calls) or bool(file.used)
        if not is_definition and not file.path.endswith("__main__.py"):
            return
        known = {id(call.get("source", call["node"])) for call in self.calls if call["file"] is file}
        grown = {id(call) for name, calls in file.growth.items() if name in file.used for call in calls}
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
            if isinstance(statement, ast.If):
                names = set(bound_names(statement))
                if names and names <= file.used and all(file.bindings.get(name) for name in names):
                    continue
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
                node = statement.value
                if id(node) in known or id(node) in grown or self.is_application(file, node):
                    continue
            yield {"at": file.at(statement), "text": file.excerpt(statement), "why": "it is code that Python runs"}

    def is_application(self, file, node):
        return (isinstance(node.func, ast.Attribute) and node.func.attr == "apply" and not node.args
                and not node.keywords and self.value(file, node.func.value, frozenset())["kind"] == "call")
