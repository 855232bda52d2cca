"""Change sets that make, update, replace and delete resources in the order of their references, undo what fails, and keep
outputs and exports.

AWS does all that; moto applies a change set without looking for failures, and forgets the outputs.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from botocore.exceptions import ClientError
from moto.cloudformation import models
from moto.cloudformation.exceptions import ValidationError

from . import change_sets, intrinsics, network
from .resources import KINDS, Kind

FILES = itertools.count()


@dataclass
class Deployed:
    """What stands of a stack."""

    template: dict = field(default_factory=dict)
    resources: dict[str, Kind] = field(default_factory=dict)
    outputs: dict[str, tuple[str, str]] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)
    tags: dict[str, str] = field(default_factory=dict)


class Engine:
    def __init__(self):
        self.stacks: dict[str, Deployed] = {}

    def of(self, stack) -> Deployed:
        return self.stacks.setdefault(stack.stack_id, Deployed())

    def exports(self) -> dict[str, str]:
        outputs = [output for stack in self.stacks.values() for output in stack.outputs.values()]
        return {name: value for name, value in outputs if name}

    def apply(self, change_set) -> bool:
        """Whether all went well; what was done has been undone where not."""
        stack, template, verb = change_set.stack, change_set.template_dict, change_set.change_set_type
        deployed = self.of(stack)
        before, done, replaced = dict(deployed.resources), [], []
        deployed.tags = change_set.tags or {}
        parameters = {name: each.get("Default") for name, each in template.get("Parameters", {}).items()}
        mappings = template.get("Mappings", {})
        resolver = intrinsics.Resolver(deployed.resources, self.exports(), parameters | change_set.parameters, mappings)
        try:
            for name in in_order(template["Resources"]):
                declared = template["Resources"][name]
                self.put(stack, deployed, name, declared, resolver, (done, replaced), change_set.imports_existing)
            outputs = {
                name: (resolver.resolve(output.get("Export", {}).get("Name")), resolver.resolve(output["Value"]))
                for name, output in template.get("Outputs", {}).items()
            }
            self.check_exports(deployed, dict(outputs.values()))
        except Exception as problem:
            for undo in reversed(done):
                undo()
            deployed.resources.clear()
            deployed.resources.update(before)
            event(stack, stack.name, "AWS::CloudFormation::Stack", f"{verb}_ROLLBACK_IN_PROGRESS", str(problem))
            return False
        for name, kind, standing in replaced:
            self.clean_up(stack, name, kind, standing)
        # Those that refer to others before them.
        declared = reversed(in_order(deployed.template.get("Resources", {})))
        removed = [name for name in declared if name in before and name not in template["Resources"]]
        for name in removed:
            declared = deployed.template["Resources"][name]
            if not declared.get("DeletionPolicy", "Delete").startswith("Retain"):
                self.clean_up(stack, name, declared["Type"], deployed.resources[name])
            del deployed.resources[name]
        deployed.template, deployed.outputs, deployed.imported = template, outputs, resolver.imported
        return True

    def clean_up(self, stack, name, kind, standing) -> None:
        """AWS: what cannot be deleted while an update is cleaned up stays, outside of any stack."""
        try:
            standing.delete()
            event(stack, name, kind, "DELETE_COMPLETE")
        except ClientError as problem:
            event(stack, name, kind, "DELETE_FAILED", str(problem))

    def check_exports(self, deployed, exports: dict[str, str]) -> None:
        """User guide, "Fn::ImportValue": what another stack imports can be neither deleted nor changed."""
        for name, value in deployed.outputs.values():
            if name and any(name in other.imported for other in self.stacks.values()):
                if name not in exports:
                    raise ValueError(f"Export {name} cannot be deleted as it is in use by another stack")
                if exports[name] != value:
                    raise ValueError(f"Export {name} cannot be updated as it is in use by another stack")

    def put(self, stack, deployed, name, declared, resolver, to_do, imports_existing) -> None:
        """`to_do`: what undoes it, and what is replaced, which goes when all is done."""
        kind, (done, replaced) = declared["Type"], to_do
        try:
            properties = KINDS[kind].with_tags_of_stack(resolver.resolve(declared.get("Properties", {})), deployed.tags)
            standing = deployed.resources.get(name)
            if standing is None:
                # User guide, "Import AWS resources into a CloudFormation stack automatically": one with a name of its own
                # and a policy of staying, that no stack has.
                stays = declared.get("DeletionPolicy", "Delete").startswith("Retain")
                if imports_existing and stays and KINDS[kind].exists(properties) and not self.has(kind, properties):
                    deployed.resources[name] = KINDS[kind].taken_in(properties)
                    event(stack, name, kind, "IMPORT_COMPLETE")
                    return
                deployed.resources[name] = made = KINDS[kind](properties)
                done.append(made.delete)
                event(stack, name, kind, "CREATE_COMPLETE")
            elif standing.properties != properties:
                changed = {key for key in {*properties, *standing.properties} if properties.get(key) != standing.properties.get(key)}
                if changed & set(standing.replaced_by):
                    check_name(name, standing, properties)
                    deployed.resources[name] = made = KINDS[kind](properties)
                    done.append(made.delete)
                    if declared.get("UpdateReplacePolicy", "Delete") != "Retain":
                        replaced.append((name, kind, standing))
                elif changed == {"Tags"} and type(standing).update is Kind.update:
                    standing.properties = properties
                else:
                    old = standing.properties
                    standing.update(properties)
                    standing.properties = properties
                    done.append(lambda: (standing.update(old), setattr(standing, "properties", old)))
                event(stack, name, kind, "UPDATE_COMPLETE")
        except Exception as problem:
            event(stack, name, kind, "UPDATE_FAILED" if name in deployed.resources else "CREATE_FAILED", str(problem))
            raise

    def has(self, kind: str, properties: dict) -> bool:
        made = [each for stack in self.stacks.values() for each in stack.resources.values()]
        return any(isinstance(each, KINDS[kind]) and each.name(each.properties) == each.name(properties) for each in made)

    def remove(self, stack, deployed, name) -> None:
        declared = deployed.template["Resources"][name]
        if not declared.get("DeletionPolicy", "Delete").startswith("Retain"):
            deployed.resources[name].delete()
        event(stack, name, declared["Type"], "DELETE_COMPLETE")
        del deployed.resources[name]

    def delete(self, stack) -> None:
        deployed = self.of(stack)
        for name in reversed(list(deployed.resources)):
            self.remove(stack, deployed, name)
        self.stacks.pop(stack.stack_id, None)


def check_name(logical_id: str, standing: Kind, properties: dict) -> None:
    """AWS makes the new one before it removes the old one, so a name of one's own is in the way."""
    key = standing.replaced_by[0]
    if key in standing.properties and properties.get(key) == standing.properties[key]:
        raise ValueError(
            "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
            f"Rename {properties[key]} and update the stack again. ({logical_id})"
        )


def in_order(resources: dict) -> list[str]:
    """Each behind those that it refers to."""
    ordered: list[str] = []

    def visit(name):
        if name not in ordered:
            for other in sorted(intrinsics.references(resources[name].get("Properties", {}))):
                visit(other)
            ordered.append(name)

    for name in resources:
        visit(name)
    return ordered


def event(stack, name, kind, status, reason=None) -> None:
    stack.events.append(
        models.Event(
            stack_id=stack.stack_id,
            stack_name=stack.name,
            logical_resource_id=name,
            physical_resource_id=f"{name}-{next(FILES)}",
            resource_type=kind,
            resource_status=status,
            resource_status_reason=reason,
            resource_properties=None,
        )
    )


engine = Engine()


def execute_change_set(self, change_set_name, stack_name=None):
    found = [each for each in self.change_sets.values() if change_set_name in (each.change_set_id, each.change_set_name)]
    if not found:
        raise ValidationError(stack_name)
    change_set = found[-1]
    stack = self.stacks[change_set.stack_id]
    verb = change_set.change_set_type
    stack._add_stack_event(f"{verb}_IN_PROGRESS", resource_status_reason="User Initiated")
    change_set.execution_status = "EXECUTE_COMPLETE"
    if engine.apply(change_set):
        stack.status = f"{verb}_COMPLETE"
        change_sets.executed(self, change_set)
    else:
        # AWS: a creation that failed can only be deleted, an update that failed leaves the stack as it was.
        stack.status = "ROLLBACK_COMPLETE" if verb == "CREATE" else "UPDATE_ROLLBACK_COMPLETE"
    stack._add_stack_event(stack.status)


def delete_stack(self, name_or_stack_id):
    for identifier, stack in list(self.stacks.items()):
        if name_or_stack_id in (identifier, stack.name):
            engine.delete(stack)
            stack.status = "DELETE_COMPLETE"
            stack._add_stack_event("DELETE_COMPLETE")
            self.deleted_stacks[identifier] = self.stacks.pop(identifier)


def diff(self):
    """AWS compares the templates; it needs no resource for that."""
    old = engine.of(self.stack).template.get("Resources", {})
    new = self.template_dict["Resources"]
    actions = {name: "Add" for name in new if name not in old}
    actions |= {name: "Remove" for name in old if name not in new}
    actions |= {name: "Modify" for name in new if name in old and new[name] != old[name]}
    return [models.Change(action, name, (new.get(name) or old[name])["Type"]) for name, action in actions.items()]


def outputs(self):
    return [
        {"OutputKey": key, "OutputValue": value} | ({"ExportName": name} if name else {})
        for key, (name, value) in engine.of(self).outputs.items()
    ]


def list_stack_resources(self, name_or_stack_id):
    class Summary:
        def __init__(self, logical_id, made):
            self.logical_resource_id, self.physical_resource_id = logical_id, made.reference
            self.cf_resource_type = next(kind for kind, each in KINDS.items() if each is type(made))

    return [Summary(*each) for each in engine.of(self.get_stack(name_or_stack_id)).resources.items()]


def patch() -> None:
    engine.stacks.clear()
    network.reset()
    change_sets.patch()
    models.CloudFormationBackend.execute_change_set = execute_change_set
    models.CloudFormationBackend.delete_stack = delete_stack
    models.CloudFormationBackend.list_stack_resources = list_stack_resources
    models.ChangeSet.diff = diff
    models.Stack.outputs = property(outputs)
    models.Stack.exports = property(lambda self: [])
