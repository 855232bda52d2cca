"""The classes of the original that are looked for."""

# With the names of positional arguments where there can be any: its models take none.
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
ENUMERATION = "NextFunctionTypes"
MEMBERS = {"FUNCTION": "Function", "PIPELINE": "Pipeline"}
# Functions of its models that take the arguments as one mapping.
FROM_MAPPING = ("parse_obj", "model_validate")
# A file without any of these words defines nothing by itself.
WORDS = ("PipelineDefinition", "UniversalConfig", "CreatePipeline", "CreateInfra", "CreateUniversal", "infrastructure", "pulumi")
# Packages that have classes with some of these names.
OTHERS = ("pulumi", "pulumi_aws", "pulumi_awsx", "pulumi_docker", "boto3", "botocore", "pydantic", "starlette", "aws_cdk",
          "troposphere", "alembic", "confection")


def is_other(module):
    return module.split(".")[0] in OTHERS
