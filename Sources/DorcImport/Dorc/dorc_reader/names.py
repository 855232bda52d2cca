"""Which file a module is, and what a name is called where it comes from."""

import ast

from dorc_reader.original import CLASSES, ENUMERATION, FROM_MAPPING, MEMBERS, is_other
from dorc_reader.sources import File, Unreadable


class Names:
    def __init__(self, files):
        self.files = {}
        self.broken = {}
        # The broken ones that others import.
        self.wanted = set()
        for path in sorted(files):
            try:
                self.files[path] = File(path, files[path])
            except Unreadable as error:
                self.broken[path] = error
        if self.broken:
            self.find_wanted()

    # Modules

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
        self.wanted.update(name for name in candidates if name in self.broken)
        return next((self.files[name] for name in candidates if name in self.files), None)

    def find_wanted(self):
        for file in self.files.values():
            for node in ast.walk(file.tree):
                if isinstance(node, ast.Import):
                    for alias in node.names:
                        self.module(file, alias.name, 0)
                elif isinstance(node, ast.ImportFrom):
                    self.module(file, node.module or "", node.level)
                    for alias in node.names:
                        self.module(file, f"{node.module or ''}.{alias.name}".lstrip("."), node.level)

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
        if binding[0] == "module":
            found = self.module(file, ".".join([binding[1]] + parts[::-1]), 0)
        else:
            name = ".".join([part for part in (binding[1], binding[3]) if part] + parts[::-1])
            found = self.module(file, name, binding[2])
        if found is not None:
            file.used.add(node.id)
        return found

    # Names from outside

    def outside_name(self, file, node, local=frozenset(), depth=0):
        """The full name of what comes from outside of the repository, such as `pulumi.get_stack`; None for anything else."""
        if depth > 20:
            return None
        if isinstance(node, ast.Attribute):
            other = self.inside_module(file, node.value, local)
            if other is not None:
                return self.outside_of(other, node.attr, depth)
            base = self.outside_name(file, node.value, local, depth + 1)
            return None if base is None else f"{base}.{node.attr}"
        if not isinstance(node, ast.Name) or node.id in local:
            return None
        return self.outside_of(file, node.id, depth)

    def outside_of(self, file, name, depth):
        binding = file.bindings.get(name)
        if binding is None:
            if name not in file.bindings:
                for module, level in reversed(file.stars):
                    other = self.module(file, module, level)
                    if other is not None and self.has_name(other, name):
                        return self.outside_of(other, name, depth + 1) if depth < 20 else None
            return None
        if binding[0] == "value":
            # A name for it, and no value made with it.
            if isinstance(binding[1], (ast.Name, ast.Attribute)):
                file.used.add(name)
                return self.outside_name(file, binding[1], frozenset(), depth + 1)
            return None
        if binding[0] == "module":
            return binding[1] if self.module(file, binding[1], 0) is None else None
        other = self.module(file, binding[1], binding[2])
        if other is not None and depth < 20 and self.has_name(other, binding[3]):
            return self.outside_of(other, binding[3], depth + 1)
        if other is not None or binding[2] or self.module(
                file, f"{binding[1]}.{binding[3]}".lstrip("."), binding[2]) is not None:
            return None
        return f"{binding[1]}.{binding[3]}"

    def has_name(self, file, name):
        return name in file.bindings or bool(file.stars)

    # The original's

    def class_name(self, file, function, local):
        """The class of the original's that an expression names; None for any other."""
        if isinstance(function, ast.Attribute) and function.attr in FROM_MAPPING:
            function = function.value
        if isinstance(function, ast.Name):
            if function.id in local:
                return None
            name = self.original_name(file, function.id, set())
        elif isinstance(function, ast.Attribute):
            other = self.inside_module(file, function.value, local)
            if other is not None:
                name = self.original_name(other, function.attr, set())
            else:
                module = self.outside_name(file, function.value, local)
                name = None if module is None or is_other(module) else function.attr
        else:
            return None
        return name if name in CLASSES else None

    def original_name(self, file, name, seen):
        """What a name is called where it comes from, if that is outside of the repository or nowhere to be seen."""
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
            return None if is_other(binding[1]) else binding[3]
        for module, level in file.stars:
            other = self.module(file, module, level)
            if other is not None and name in other.bindings:
                return self.original_name(other, name, seen)
        return name

    def member(self, file, node, local):
        """The value of `NextFunctionTypes.PIPELINE`; None for any other."""
        if node.attr not in MEMBERS:
            return None
        if isinstance(node.value, ast.Name) and node.value.id not in local:
            name = self.original_name(file, node.value.id, set())
        elif isinstance(node.value, ast.Attribute):
            other = self.inside_module(file, node.value.value, local)
            name = self.original_name(other, node.value.attr, set()) if other is not None else (
                self.outside_name(file, node.value, local) or "").split(".")[-1]
        else:
            return None
        return MEMBERS[node.attr] if name == ENUMERATION else None
