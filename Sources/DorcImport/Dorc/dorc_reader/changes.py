"""What code changes in place after it is made is not what it was made as."""

import ast

from dorc_reader.limits import DEEPEST
from dorc_reader.sources import CHANGING, FUNCTIONS, bound_names

# Functions and methods that only look at what they get.
HARMLESS = {"print", "len", "repr", "isinstance", "pprint", "export", "debug", "info", "warning", "warn", "error", "exception", "log"}


class Changes:
    """Needs the files, their names and the calls. Fills `changed` and `overrides`."""

    def find_changes(self):
        """What code changes in place after it is made is not what it was made as."""
        used = {path: set(file.used) for path, file in self.files.items()}
        for file in self.files.values():
            for expression, node in file.changes():
                self.mark(file, expression, node, f"code changes it, at {file.path}:{node.lineno}", 0)
            self.find_given(file)
            # A name grows at the top of its own file only.
            for name, calls in list(file.growth.items()):
                binding = file.bindings.get(name)
                if binding and binding[0] == "value" and not isinstance(binding[1], (ast.Name, ast.Attribute)):
                    continue
                for call in calls:
                    self.mark(file, call.func.value, call, f"code changes it, at {file.path}:{call.lineno}", 0)
        # What was looked up meanwhile did not count yet what changes it.
        self.values.clear()
        for path, file in self.files.items():
            file.used = used[path]

    def find_given(self, file):
        """What a call that is a statement gets, and whose result nobody takes, is changed by it, as far as one can know."""
        stack = [(file.tree, frozenset())]
        while stack:
            node, local = stack.pop()
            if isinstance(node, FUNCTIONS):
                local = local | set(bound_names(node)) if not isinstance(node, ast.ClassDef) else local
            stack += [(child, local) for child in ast.iter_child_nodes(node)]
            call = node.value if isinstance(node, ast.Expr) else None
            if isinstance(call, ast.Await):
                call = call.value
            if not isinstance(call, ast.Call) or self.is_harmless(file, call, local):
                continue
            isSet = isinstance(call.func, ast.Name) and call.func.id in ("setattr", "delattr")
            given = call.args[:1] if isSet else [*call.args, *(keyword.value for keyword in call.keywords)]
            for argument in given:
                if isinstance(argument, ast.Starred):
                    argument = argument.value
                if not isinstance(argument, (ast.Name, ast.Attribute, ast.Subscript)) or any(
                        isinstance(inner, ast.Name) and inner.id in local for inner in ast.walk(argument)):
                    continue
                index = self.call_of(file, argument, 0)
                if index is None and is_fixed(self.value(file, argument, local)):
                    continue
                if index is None:
                    self.mark(file, argument, call, f"code may change it, at {file.path}:{call.lineno}", 0)
                    continue
                name = call.args[1] if isSet and len(call.args) > 1 else None
                isNamed = isinstance(name, ast.Constant) and isinstance(name.value, str)
                for attribute in [name.value] if isNamed else self.attributes_set(file, call, argument):
                    self.overrides.setdefault((index, attribute), (file, call))

    def is_harmless(self, file, call, local):
        if (file.path, id(call)) in self.indices:
            return True
        if isinstance(call.func, ast.Attribute):
            return (call.func.attr in HARMLESS or call.func.attr in CHANGING
                    or (self.outside_name(file, call.func, local) or "").split(".")[0] in ("logging", "pulumi", "sys", "warnings"))
        return isinstance(call.func, ast.Name) and call.func.id in HARMLESS and call.func.id not in file.bindings

    def attributes_set(self, file, call, argument):
        """What a function of the file sets of an object that it gets; `**` for what cannot be known."""
        functions = [node for node in file.statements
                     if isinstance(node, ast.FunctionDef) and isinstance(call.func, ast.Name) and node.name == call.func.id]
        if len(functions) != 1 or argument not in call.args or call.args.index(argument) >= len(functions[0].args.args):
            return ["**"]
        name = functions[0].args.args[call.args.index(argument)].arg
        owners, names = set(), []
        for node in ast.walk(functions[0]):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
                owners.add(id(node.value))
                names.append(node.attr)
        isAll = any(isinstance(node, ast.Name) and node.id == name and id(node) not in owners
                    for node in ast.walk(functions[0]))
        return ["**"] if isAll else dict.fromkeys(names)

    def mark(self, file, node, by, why, depth):
        while isinstance(node, ast.Subscript):
            node = node.value
        if depth > DEEPEST:
            return
        if isinstance(node, ast.Name):
            self.mark_name(file, node.id, by, why, depth)
        elif isinstance(node, ast.Attribute):
            other = self.inside_module(file, node.value, frozenset())
            if other is not None:
                return self.mark_name(other, node.attr, by, why, depth)
            index = self.call_of(file, node.value, depth)
            if index is not None:
                self.overrides.setdefault((index, node.attr), (file, by))
            else:
                self.mark(file, node.value, by, why, depth + 1)

    def mark_name(self, file, name, by, why, depth):
        for star in file.stars:
            other = self.module(file, star.module, star.level)
            if other is not None and self.gives(other, name, {file.path}) is not False and depth <= DEEPEST:
                self.mark_name(other, name, by, why, depth + 1)
        binding = file.bindings.get(name)
        if binding and binding[0] == "from":
            other = self.module(file, binding[1], binding[2])
            if other is not None and depth <= DEEPEST:
                self.mark_name(other, binding[3], by, why, depth + 1)
        elif binding and binding[0] == "value" and isinstance(binding[1], (ast.Constant, ast.JoinedStr)):
            # A text or a number cannot be changed.
            return
        elif binding and binding[0] == "value" and (file.path, name) not in self.changed:
            self.changed[(file.path, name)] = why
            if isinstance(binding[1], (ast.Name, ast.Attribute, ast.Subscript)):
                self.mark(file, binding[1], by, why, depth + 1)

    def call_of(self, file, node, depth):
        """The index of the object that a name stands for."""
        if depth > DEEPEST:
            return None
        if isinstance(node, ast.Call):
            return self.indices.get((file.path, id(node)))
        if isinstance(node, ast.Attribute):
            other = self.inside_module(file, node.value, frozenset())
            return self.call_named(other, node.attr, depth + 1) if other is not None else None
        return self.call_named(file, node.id, depth + 1) if isinstance(node, ast.Name) else None

    def call_named(self, file, name, depth):
        binding = file.bindings.get(name)
        if binding and binding[0] == "value":
            return self.call_of(file, binding[1], depth)
        if binding and binding[0] == "from" and depth <= DEEPEST:
            other = self.module(file, binding[1], binding[2])
            return self.call_named(other, binding[3], depth + 1) if other is not None else None
        return None


def is_fixed(value):
    """Whether nothing can change it in place: texts, numbers, what Pulumi tells; and what is not known anyway."""
    kind = value["kind"]
    if kind == "setting":
        return value["type"] != "object"
    if kind == "conditional":
        return is_fixed(value["then"]) and is_fixed(value["else"])
    if kind == "chosen":
        return all(is_fixed(entry["value"]) for entry in value["from"]["entries"])
    return kind not in ("list", "mapping", "call")
