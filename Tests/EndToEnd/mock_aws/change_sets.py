"""CloudFormation's API of change sets and stacks, as AWS has it where moto 5.2 differs. What a change set does to resources
is for who patches `execute_change_set`: moto's own, or `cloudformation`.

- A stack's creation can be begun again while it is in review; an existing stack cannot be created, and one that rolled back
  its creation cannot be updated (API reference, CreateChangeSet, "ChangeSetType"; user guide, "Troubleshooting").
- A change set without changes comes into being and fails ("The submitted information didn't contain changes."); tags and
  parameters count, and one that changes outputs alone has no changes to list, but can be executed
  (https://github.com/aws/aws-cdk/pull/2029).
- DescribeStacks tells the last change set that was executed (`ChangeSetId`).
- GetTemplate answers `?` for every character beyond ASCII
  (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/814).
"""

from __future__ import annotations

import re

from moto.cloudformation import models, responses
from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.cloudformation.utils import generate_changeset_id, generate_stack_id, validate_create_change_set
from moto.core.responses import ActionResult

NOTHING = "The submitted information didn't contain changes. Submit different information to create a change set."
UPDATABLE = re.compile("(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE|UPDATE_FAILED")


def refuse(message: str):
    raise ValidationError(message=message)


def stack_for(backend, name: str, kind: str, parameters: dict, tags: dict):
    standing = [stack for stack in backend.stacks.values() if name in (stack.name, stack.stack_id)]
    if kind == "UPDATE":
        if not standing:
            refuse(f"Stack [{name}] does not exist")
        if not UPDATABLE.fullmatch(standing[0].status):
            refuse(f"Stack:{standing[0].stack_id} is in {standing[0].status} state and can not be updated.")
        return standing[0]
    if standing:
        if standing[0].status != "REVIEW_IN_PROGRESS":
            refuse(f"Stack [{name}] already exists and cannot be created again with the changeSet.")
        return standing[0]
    identifier = generate_stack_id(name, backend.region_name, backend.account_id)
    stack = models.Stack(
        stack_id=identifier, name=name, template={}, parameters=parameters, account_id=backend.account_id,
        region_name=backend.region_name, tags=tags)  # fmt: skip
    stack.status = "REVIEW_IN_PROGRESS"
    stack._add_stack_event(stack.status, resource_status_reason="User Initiated")
    backend.stacks[identifier] = stack
    return stack


def create_change_set(self):
    backend, kind = self.cloudformation_backend, self._get_param("ChangeSetType", "UPDATE")
    name = self._get_param("ChangeSetName")
    validate_create_change_set(name)
    url, template = self._get_param("TemplateURL"), self._get_param("TemplateBody")
    # API reference: TemplateBody has at most 51,200 bytes.
    if template and len(template.encode()) > 51_200:
        refuse("1 validation error detected: Value at 'templateBody' failed to satisfy constraint: "
               "Member must have length less than or equal to 51200")  # fmt: skip
    template = self._get_stack_from_s3_url(url) if url else template
    tags = {tag["Key"]: tag["Value"] for tag in self._get_param("Tags", [])}
    parameters = {each["ParameterKey"]: each["ParameterValue"] for each in self._get_param("Parameters", [])}
    declared = models.Stack.parse_template(template).get("Parameters", {})
    if unknown := set(parameters) - set(declared):
        refuse(f"Parameters: [{', '.join(sorted(unknown))}] do not exist in the template")
    check_capabilities(models.Stack.parse_template(template), self._get_param("Capabilities", []))
    stack = stack_for(backend, self._get_param("StackName"), kind, parameters, tags)
    if any(each.change_set_name == name and each.stack is stack for each in backend.change_sets.values()):
        raise CloudFormationError("AlreadyExistsException", f"ChangeSet {name} already exists for stack {stack.stack_id}")
    identifier = generate_changeset_id(name, backend.region_name, backend.account_id)
    made = models.ChangeSet(
        change_set_type=kind, change_set_id=identifier, change_set_name=name, stack=stack, template=template,
        parameters=parameters, description="", tags=tags)  # fmt: skip
    made.imports_existing = self._get_bool_param("ImportExistingResources", False)
    made.status, made.execution_status = "CREATE_COMPLETE", "AVAILABLE"
    if kind == "UPDATE" and (stack.template, stack.parameters, stack.tags) == (template, parameters, tags):
        made.status, made.execution_status, made.status_reason = "FAILED", "UNAVAILABLE", NOTHING
    backend.change_sets[identifier] = made
    return ActionResult({"Id": identifier, "StackId": stack.stack_id})


def check_capabilities(template: dict, given: list[str]) -> None:
    """AWS makes IAM resources with names of their own only for those who say that they know."""
    if any(each["Type"].startswith("AWS::IAM::") for each in template["Resources"].values()):
        if "CAPABILITY_NAMED_IAM" not in given:
            raise CloudFormationError(
                "InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]"
            )


def executed(backend, change_set) -> None:
    """What AWS keeps of a change set when its stack is deployed: it goes, with all others of the stack (user guide,
    "Execute a change set")."""
    stack = change_set.stack
    stack.template, stack.template_dict = change_set.template, change_set.template_dict
    stack.parameters, stack.tags = change_set.parameters, change_set.tags or {}
    stack.change_set_id = change_set.change_set_id
    for identifier, other in list(backend.change_sets.items()):
        if other.stack is stack:
            del backend.change_sets[identifier]


def parameter_outputs(stack) -> list[dict]:
    """Outputs that are parameters."""
    values = {name: each.get("Default") for name, each in stack.template_dict.get("Parameters", {}).items()}
    values |= stack.parameters
    outputs = stack.template_dict.get("Outputs", {})
    return [
        {"OutputKey": key, "OutputValue": values[output["Value"]["Ref"]]}
        for key, output in outputs.items()
        if output["Value"].get("Ref") in values
    ]


original_get_template = models.CloudFormationBackend.get_template


def get_template(self, name_or_stack_id):
    body = original_get_template(self, name_or_stack_id)
    return re.sub(r"[^\x00-\x7F]", "?", body) if isinstance(body, str) else body


def patch() -> None:
    responses.CloudFormationResponse.create_change_set = create_change_set
    models.CloudFormationBackend.get_template = get_template
    models.Stack.change_set_id = None
