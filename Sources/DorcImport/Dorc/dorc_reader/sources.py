"""A file of Python: its text as Python reads it, the names at its top, and what changes their values later."""

import ast
import io
import tokenize
import warnings

from dorc_reader.original import CLASSES, ENUMERATION

LONGEST_EXCERPT = 160
# Methods of lists, mappings and sets that change them.
CHANGING = {"append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "update", "setdefault", "popitem",
            "add", "discard", "__setitem__", "__delitem__"}
GROWING = ("append", "extend")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
BLOCKS = (ast.If, ast.Try, ast.With)


class Unreadable(Exception):
    """A file that is not Python."""

    def __init__(self, line, column, text):
        super().__init__(text)
        self.line = max(1, line)
        self.column = max(1, column)
        self.text = str(text)


def decoded(data):
    """The text of a file's bytes: a byte order mark and a line with the encoding count."""
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError as error:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as inner:
            encoding = "utf-8"
            raise not_text(data, inner, encoding) from None
        raise Unreadable(1, 1, error.msg) from None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise not_text(data, error, encoding) from None
    except (LookupError, ValueError) as error:
        raise Unreadable(1, 1, error) from None


def not_text(data, error, encoding):
    start = data.rfind(b"\n", 0, error.start) + 1
    column = len(data[start:error.start].decode(encoding, errors="replace")) + 1
    return Unreadable(
        data.count(b"\n", 0, error.start) + 1, column,
        f"the byte 0x{data[error.start]:02x} is not {encoding.upper()}: save the file as UTF-8, or say its encoding in the first line")


def parsed(path, text):
    if "\0" in text:
        before = text[:text.index("\0")]
        line = before.count("\n") + 1
        raise Unreadable(line, len(before) - before.rfind("\n"), "a null byte is not Python")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, filename=path)
    except SyntaxError as error:
        raise Unreadable(error.lineno or 1, error.offset or 1, error.msg) from None
    except ValueError as error:
        raise Unreadable(1, 1, error) from None
    except (RecursionError, MemoryError):
        raise Unreadable(1, 1, "its expressions are nested too deeply") from None


class File:
    """Its names at the top, each with where it is bound:

    ("value", expression), ("module", name), ("from", module, level, name); None for what only running it would tell.
    """

    def __init__(self, path, data):
        self.path = path
        text = decoded(data)
        # As Python counts lines: the form feed and others of str.splitlines do not end one.
        self.lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.tree = parsed(path, text)
        self.bindings = {}
        # Where code binds a name that is None in `bindings`.
        self.binders = {}
        self.stars = []
        # By name, after which of the statements it is bound last.
        self.bound_after = {}
        # What the statements so far have used.
        self.loaded = set()
        self.used = set()
        # By name, the calls `name.append(...)` at the top, in their order.
        self.growth = {}
        self.statements = list(top_level(self.tree.body))
        for self.number, statement in enumerate(self.statements):
            grows = grown(statement)
            self.loaded.update(loads(statement.value.args[0] if grows else statement))
            self.bind(statement)
        self.bind_inner()

    def add(self, name, binding, node=None):
        """A name that is bound twice could be either; so could one that was used before, and came from a star."""
        isAnew = name in self.bindings or bool(self.stars) and name in self.loaded
        if binding is None or isAnew:
            self.binders.setdefault(name, node)
        self.bindings[name] = None if isAnew else binding
        self.bound_after[name] = self.number

    def rebind(self, name, binding, node):
        """What holds from here on; what used the name before had another value."""
        if self.bindings.get(name) == binding:
            return
        if name in self.loaded and (name in self.bindings or self.stars):
            return self.add(name, None, node)
        self.bindings[name] = binding
        self.bound_after[name] = self.number

    def bind(self, statement):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            self.bind_import(statement)
        elif isinstance(statement, ast.Assign) and all(isinstance(target, ast.Name) for target in statement.targets):
            for target in statement.targets:
                self.add(target.id, ("value", statement.value), statement)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if statement.value is not None:
                self.add(statement.target.id, ("value", statement.value), statement)
        elif isinstance(statement, BLOCKS):
            self.bind_imports(statement)
            chosen = self.choices(statement)
            for name in dict.fromkeys(bound_names(statement, imports=False)):
                if name in chosen:
                    self.rebind(name, ("value", chosen[name]), statement)
                else:
                    self.add(name, None, statement)
        else:
            growth = grown(statement)
            if growth is not None:
                self.growth.setdefault(growth[0], []).append(statement.value)
                if growth[0] in self.loaded and (self.bindings.get(growth[0]) or ("",))[0] == "value":
                    self.add(growth[0], None, statement)
            for name in bound_names(statement):
                self.add(name, None, statement)

    def choices(self, block):
        """The names that `if` and `else` bind once each, or that `if` binds anew, as conditional expressions."""
        if not isinstance(block, ast.If):
            return {}
        then, other = assigned(block.body), assigned(block.orelse)
        found = {}
        for name in then | other if then is not None and other is not None else {}:
            before = self.bindings.get(name)
            before = before[1] if before and before[0] == "value" and name not in self.growth else None
            # What is bound to a name cannot use the value that it had.
            used = {inner.id for value in (then.get(name), other.get(name)) if value is not None
                    for inner in ast.walk(value) if isinstance(inner, ast.Name)}
            one, two = then.get(name, before), other.get(name, before)
            if one is None or two is None or name in used or name in self.bindings and before is None:
                continue
            found[name] = ast.copy_location(ast.IfExp(test=block.test, body=one, orelse=two), block)
        return found

    def bind_import(self, statement, isSure=True):
        for name, binding in imported(statement):
            if name == "*":
                self.stars.append(Star(binding[1], binding[2], self.number, frozenset(self.loaded), isSure, statement))
            elif isSure:
                self.rebind(name, binding, statement)
            elif is_original(binding):
                self.bindings.setdefault(name, binding)
            elif self.bindings.get(name, binding) != binding:
                self.add(name, None, statement)
            else:
                self.rebind(name, binding, statement)

    def bind_imports(self, block):
        """`try: import x` and `if TYPE_CHECKING: import y` import all the same; `if` and `else` choose."""
        if isinstance(block, ast.Try) and all(map(is_import_error, block.handlers)):
            for part in (block.body, block.orelse):
                for inner in imports_of(part):
                    self.bind_import(inner, isSure=False)
            # The second takes the place of what is not there.
            tried = {name for inner in imports_of(block.body) for name, _ in imported(inner)}
            for inner in imports_of(block.handlers):
                for name, binding in imported(inner):
                    if name not in tried and name != "*":
                        self.bind_import(inner, isSure=False)
            for inner in imports_of(block.finalbody):
                self.bind_import(inner)
        elif isinstance(block, ast.If) and not is_type_check(block.test):
            self.bind_choice(block)
        elif isinstance(block, ast.If):
            for inner in imports_of(block.body):
                self.bind_import(inner, isSure=False)
            for inner in imports_of(block.orelse):
                self.bind_import(inner)
        else:
            for inner in imports_of([block]):
                self.bind_import(inner, isSure=isinstance(block, ast.With))

    def bind_choice(self, block):
        """What both branches import is one or the other. The two have names of their own, which no code can have."""
        branches = []
        for part in (block.body, block.orelse):
            found = {}
            for inner in imports_of(part):
                for name, binding in imported(inner):
                    if name == "*":
                        self.bind_import(ast.copy_location(ast.ImportFrom(
                            module=inner.module, names=[ast.alias(name="*", asname=None)], level=inner.level), inner), isSure=False)
                    else:
                        # Twice in one branch, or in one within: either.
                        isSame = found.get(name, binding) == binding and inner in part
                        found[name] = binding if isSame or is_original(binding) else None
            branches.append(found)
        for name in dict.fromkeys([*branches[0], *branches[1]]):
            one, two = (found.get(name) for found in branches)
            if one == two or one and is_original(one) or two and is_original(two):
                if one is None and two is None:
                    self.add(name, None, block)
                else:
                    self.rebind(name, one or two, block)
            elif one and two:
                names = [f"{name}@{block.lineno}:{branch}" for branch in ("if", "else")]
                self.bindings.update(zip(names, (one, two)))
                body, orelse = (ast.copy_location(ast.Name(id=inner, ctx=ast.Load()), block) for inner in names)
                self.rebind(name, ("value", ast.copy_location(ast.IfExp(test=block.test, body=body, orelse=orelse), block)),
                            block)
            elif name in branches[0] and name in branches[1] or name in self.bindings or name in self.loaded:
                self.add(name, None, block)
            else:
                # Not imported, it is not there to be used.
                self.rebind(name, one or two, block)

    def bind_inner(self):
        """What functions bind of the file's names: those that they call global, and the original's classes that they import."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Global):
                for name in node.names:
                    self.bindings[name] = None
                    self.binders.setdefault(name, node)
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if alias.name in CLASSES or alias.name == ENUMERATION:
                        name = alias.asname or alias.name
                        self.bindings.setdefault(name, ("from", node.module or "", node.level, alias.name))

    def changes(self):
        """The expressions whose values are changed in place, each with the node that does it."""
        top = {id(call) for calls in self.growth.values() for call in calls}
        statements = {}
        for node in ast.walk(self.tree):
            # Outer nodes come first.
            if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Delete)):
                statements.update((id(inner), node) for inner in ast.walk(node))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
                if id(node) not in top:
                    yield node.func.value, node
            elif isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, (ast.Store, ast.Del)):
                yield node if isinstance(node, ast.Attribute) else node.value, statements.get(id(node), node)

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


def assigned(statements):
    """By name, the expressions of a branch that does nothing but assign, each name once; None for any other."""
    values = {}
    for statement in statements:
        if isinstance(statement, ast.Pass):
            continue
        if isinstance(statement, ast.If) and len(statements) == 1:
            # `elif`.
            then, other = assigned(statement.body), assigned(statement.orelse)
            if then is None or other is None or set(then) != set(other):
                return None
            return {name: ast.copy_location(ast.IfExp(test=statement.test, body=then[name], orelse=other[name]), statement)
                    for name in then}
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            return None
        target = statement.targets[0]
        if not isinstance(target, ast.Name) or target.id in values:
            return None
        values[target.id] = statement.value
    return values


def grown(statement):
    """The list and the value of `name.append(value)` or `name.extend(values)`."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in GROWING
            and isinstance(call.func.value, ast.Name) and len(call.args) == 1 and not call.keywords
            and not isinstance(call.args[0], ast.Starred)):
        return call.func.value.id, call.args[0]
    return None


class Star:
    """`from module import *`: after how many statements, and what these have used."""

    def __init__(self, module, level, number, loaded, isSure, node):
        self.module, self.level, self.number, self.loaded, self.isSure, self.node = (
            module, level, number, loaded, isSure, node)


def imported(statement):
    """The names that an import binds, each with its binding."""
    for alias in statement.names:
        if isinstance(statement, ast.Import):
            name = alias.asname or alias.name.split(".")[0]
            yield name, ("module", alias.name if alias.asname else name)
        else:
            yield alias.asname or alias.name, ("from", statement.module or "", statement.level, alias.name)


def is_original(binding):
    return binding[0] == "from" and (binding[3] in CLASSES or binding[3] == ENUMERATION)


def is_type_check(test):
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING" or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING")


def is_import_error(handler):
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return all(isinstance(kind, ast.Name) and kind.id in ("ImportError", "ModuleNotFoundError") for kind in kinds)


def loads(node):
    """The names that running a statement uses; what is in functions runs later."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                yield node.id
        elif isinstance(node, ast.Lambda):
            stack.append(node.args)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            stack += [node.args, *node.decorator_list]
        else:
            stack += ast.iter_child_nodes(node)


def imports_of(block):
    """The imports of statements that are not in a function."""
    stack = list(reversed(block))
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif not isinstance(node, FUNCTIONS + (ast.expr,)):
            stack += reversed(list(ast.iter_child_nodes(node)))


def bound_names(node, imports=True):
    """The names that a statement or an expression binds, at any depth; not the classes of the original's that it imports."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, (ast.Store, ast.Del)):
            yield inner.id
        elif isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield inner.name
        elif isinstance(inner, ast.arg):
            yield inner.arg
        elif isinstance(inner, ast.alias) and imports:
            if inner.name not in CLASSES and inner.name != ENUMERATION:
                if inner.name != "*":
                    yield inner.asname or inner.name.split(".")[0]
        elif isinstance(inner, ast.ExceptHandler) and inner.name:
            yield inner.name
