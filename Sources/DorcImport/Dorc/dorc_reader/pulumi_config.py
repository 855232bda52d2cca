"""What Pulumi tells a program: its configuration, the stack and the project.

https://www.pulumi.com/docs/iac/concepts/config/ and the Python SDK's `pulumi.Config`: `get` and `require` with a type or without,
each also as a secret. A configuration without a name is the project's.
"""

import ast
import re

METHOD = re.compile(r"(?P<need>get|require)(?:_(?P<secret>secret))?(?:_(?P<type>int|bool|float|object))?")
OF_STACK = {"pulumi.get_stack": "stack", "pulumi.get_project": "project"}


class PulumiConfig:
    """Needs `value` and `outside_name`."""

    def pulumi_call(self, file, node, local, depth):
        """`pulumi.get_stack()`, `pulumi.Config("network")`, and `.require_object("key")` of such a configuration."""
        name = self.outside_name(file, node.func, local)
        if name in OF_STACK and not node.args and not node.keywords:
            return {"kind": OF_STACK[name], "at": file.at(node)}
        if name in ("pulumi.Config", "pulumi.config.Config"):
            return self.configuration(file, node, local, depth)
        if not isinstance(node.func, ast.Attribute):
            return None
        method = METHOD.fullmatch(node.func.attr)
        if method is None:
            return None
        source = self.value(file, node.func.value, local, depth)
        if source["kind"] != "configuration":
            return self.inner_setting(file, node, source, local, depth) if node.func.attr == "get" else None
        given = self.given(file, node, ("key", "default"), local, depth)
        if given is None or given.get("key", {}).get("kind") != "text":
            return None
        default = given.get("default")
        return {"kind": "setting", "at": file.at(node), "namespace": source["namespace"], "key": given["key"]["value"],
                "path": [], "type": method["type"] or "text", "isSecret": method["secret"] is not None,
                "isRequired": method["need"] == "require", "default": default, "isDefaultOfEmpty": False}

    def configuration(self, file, node, local, depth):
        given = self.given(file, node, ("name",), local, depth)
        if given is None:
            return None
        name = given.get("name")
        if name is None or name["kind"] in ("none", "project"):
            name = None
        elif name["kind"] != "text":
            return None
        return {"kind": "configuration", "at": file.at(node), "namespace": name and name["value"],
                "text": file.excerpt(node), "why": "it is all of Pulumi's configuration"}

    def inner_setting(self, file, node, whole, local, depth):
        """`.get("key")` of an object that is a setting."""
        if whole["kind"] != "setting" or whole["type"] != "object":
            return None
        given = self.given(file, node, ("key", "default"), local, depth)
        if given is None or given.get("key", {}).get("kind") != "text":
            return None
        return self.part(file, node, whole, given["key"], isRequired=False, default=given.get("default"))

    def part(self, file, node, whole, key, isRequired, default=None):
        """What is in a setting that is an object, or a list."""
        if key["kind"] == "number" and key["value"].isdecimal():
            step = int(key["value"])
        elif key["kind"] == "text":
            step = key["value"]
        else:
            return None
        # What is indexed and not there fails, also where the whole has a default.
        isRequired = isRequired and whole["default"] is None
        if whole["default"] is not None and (whole["default"]["kind"] != "mapping" or whole["default"]["entries"]):
            return None
        return dict(whole, at=file.at(node), path=whole["path"] + [step], isRequired=isRequired, default=default,
                    isDefaultOfEmpty=False)

    def given(self, file, node, names, local, depth):
        """Arguments by their names; None where there are others."""
        if len(node.args) > len(names) or any(isinstance(item, ast.Starred) for item in node.args):
            return None
        given = {name: self.value(file, item, local, depth) for name, item in zip(names, node.args)}
        for keyword in node.keywords:
            if keyword.arg not in names:
                return None
            given[keyword.arg] = self.value(file, keyword.value, local, depth)
        return given
