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
        # By file, the folders of the programs that import it: it is there that Python looks first.
        self.programs = {}
        # Modules that could be one of several files.
        self.doubts = set()
        self.places = {}
        self.find_programs()
        if self.broken:
            self.find_wanted()

    # Modules

    def module(self, file, name, level):
        """The file of the repository that a module is; None for one of elsewhere, and where programs would get different ones."""
        if level:
            folder = file.path.split("/")[:-1]
            parts = name.split(".") if name else []
            base = folder[:len(folder) - (level - 1)] if level - 1 <= len(folder) else None
            return self.find(base, parts) if base is not None else None
        place = (file.path, name)
        if place not in self.places:
            folders = self.programs.get(file.path) or {file.path.rpartition("/")[0]}
            found = {id(found): found for found in (self.absolute(file, name, folder) for folder in folders)}
            if len(found) > 1:
                self.doubts.add(place)
            self.places[place] = next(iter(found.values())) if len(found) == 1 else None
        return self.places[place]

    def absolute(self, file, name, program):
        """By the places where Python could look: the program's folder, then one of those above."""
        folder = program.split("/") if program else []
        parts = name.split(".") if name else []
        above = []
        for count in range(len(folder), -1, -1):
            found = self.find(folder[:count], parts)
            if found is None or found is file:
                continue
            if count == len(folder):
                return found
            above.append(found)
        if len(above) > 1:
            self.doubts.add((file.path, name))
        return above[0] if len(above) == 1 else None

    def find_programs(self):
        """Which programs import a file, also by way of others."""
        imports = {}
        for program in [path for path in self.files if path.rpartition("/")[2] == "__main__.py"]:
            folder = program.rpartition("/")[0]
            seen, stack = {program}, [self.files[program]]
            while stack:
                file = stack.pop()
                self.programs.setdefault(file.path, set()).add(folder)
                if file.path not in imports:
                    imports[file.path] = list(imports_anywhere(file.tree))
                for name, level in imports[file.path]:
                    found = self.module(file, name, level) if level else self.absolute(file, name, folder)
                    if found is not None and found.path not in seen:
                        seen.add(found.path)
                        stack.append(found)
        self.doubts.clear()
        self.places.clear()

    def find(self, folder, parts):
        path = "/".join(folder + parts)
        candidates = [f"{path}.py", f"{path}/__init__.py"] if parts else [f"{path}/__init__.py".lstrip("/")]
        self.wanted.update(name for name in candidates if name in self.broken)
        return next((self.files[name] for name in candidates if name in self.files), None)

    def find_wanted(self):
        for file in self.files.values():
            for name, level in imports_anywhere(file.tree):
                self.module(file, name, level)

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
        other, why = self.star_of(file, name)
        if other is not None or why is not None:
            return self.outside_of(other, name, depth + 1) if other is not None and depth < 20 else None
        binding = file.bindings.get(name)
        if binding is None:
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

    def star_of(self, file, name):
        """The file that a name is from where `import *` binds it last; or why that is not known."""
        found = []
        for star in file.stars:
            other = self.module(file, star.module, star.level)
            if other is None or other is file:
                continue
            gives = self.gives(other, name, {file.path})
            if gives is not False:
                found.append((star, other, gives))
        if not found or name in file.bindings and file.bound_after.get(name, 0) > found[-1][0].number:
            return None, None
        star, other, gives = found[-1]
        isUsed = name in star.loaded and (len(found) > 1 or name in file.bindings)
        isOther = all(earlier is other for _, earlier, _ in found) and name not in file.bindings
        if gives is None or isUsed or not (star.isSure or isOther):
            return None, f"it may be from `import *`, at {file.path}:{star.node.lineno}"
        return other, None

    def gives(self, file, name, seen):
        """Whether `from file import *` binds a name; None where only running it would tell."""
        if file.path in seen:
            return False
        seen = seen | {file.path}
        binding = file.bindings.get("__all__")
        if "__all__" in file.bindings:
            listed = binding[1] if binding and binding[0] == "value" and "__all__" not in file.growth else None
            isKnown = isinstance(listed, (ast.List, ast.Tuple)) and all(
                isinstance(item, ast.Constant) and isinstance(item.value, str) for item in listed.elts)
            if isKnown and name not in [item.value for item in listed.elts]:
                return False
        else:
            isKnown = True
            if name.startswith("_"):
                return False
        if name in file.bindings:
            return True if isKnown else None
        for star in file.stars:
            other = self.module(file, star.module, star.level)
            given = self.gives(other, name, seen) if other is not None else False
            if given is not False:
                return given if isKnown and star.isSure else None
        return False

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
        star, _ = self.star_of(file, name)
        if star is not None:
            return self.original_name(star, name, seen)
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
        for star in file.stars:
            other = self.module(file, star.module, star.level)
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


def imports_anywhere(tree):
    """The modules that a file imports, also those that a name of `from` could be."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, 0
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.level
            for alias in node.names:
                yield f"{node.module or ''}.{alias.name}".lstrip("."), node.level
