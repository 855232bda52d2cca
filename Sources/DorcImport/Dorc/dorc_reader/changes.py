"""What code changes in place after it is made is not what it was made as."""

import ast

from dorc_reader.limits import DEEPEST


class Changes:
    """Needs the files, their names and the calls. Fills `changed` and `overrides`."""

    def find_changes(self):
        """What code changes in place after it is made is not what it was made as."""
        for file in self.files.values():
            for expression, node in file.changes():
                self.mark(file, expression, node, f"code changes it, at {file.path}:{node.lineno}", 0)
            # A name grows at the top of its own file only.
            for name, calls in list(file.growth.items()):
                binding = file.bindings.get(name)
                if binding and binding[0] == "value" and not isinstance(binding[1], (ast.Name, ast.Attribute)):
                    continue
                for call in calls:
                    self.mark(file, call.func.value, call, f"code changes it, at {file.path}:{call.lineno}", 0)

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
        if name not in file.bindings:
            for module, level in file.stars:
                other = self.module(file, module, level)
                if other is not None and self.has_name(other, name) and depth <= DEEPEST:
                    self.mark_name(other, name, by, why, depth + 1)
            return
        binding = file.bindings[name]
        if binding and binding[0] == "from":
            other = self.module(file, binding[1], binding[2])
            if other is not None and depth <= DEEPEST:
                self.mark_name(other, binding[3], by, why, depth + 1)
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
