"""Repositories of the Python original, in the two layouts that it had."""

from __future__ import annotations

import textwrap
from pathlib import Path

HANDLER = "def handler(event, context):\n    return event\n"

DOCKERFILE = """\
FROM amazon/aws-lambda-python:3.9

ARG CODE_PATH

COPY ${CODE_PATH}/* ${LAMBDA_TASK_ROOT}/

COPY requirements.tx[t]  ./global-requirements.txt
RUN test -f global-requirements.txt && pip install -r global-requirements.txt || echo "No global requirements"

COPY ${CODE_PATH}/../requirements.tx[t] ${LAMBDA_TASK_ROOT}/
RUN test -f ${LAMBDA_TASK_ROOT}/requirements.txt && pip install -r ${LAMBDA_TASK_ROOT}/requirements.txt || echo "No local requirements"
COPY lib ${LAMBDA_TASK_ROOT}/lib

CMD [ "lambda.handler" ]
"""


def stack(environment: str, **values: str) -> str:
    lines = [f"  {key.replace('__', ':')}: {value}\n" for key, value in {"environment": environment, **values}.items()]
    return "encryptionsalt: v1:xxxx\nconfig:\n" + "".join(lines)


# src/<layer>/<pipeline>/<function>, as the code of version 0.0.1 reads it.
LAYERS = {
    "README.md": "Our pipelines.\n",
    "requirements.txt": "pandas==2.0.1\n",
    "Pulumi.yaml": "name: pipelines\nruntime: python\n",
    "lib/dates.py": "def today():\n    return None\n",
    "src/Dockerfile": DOCKERFILE,
    "config/__init__.py": "",
    "config/settings.py": """
        \"\"\"What all pipelines share.\"\"\"
        import os

        import pulumi
        from utils.config import Config, LayerConfig, UniversalConfig, rAPIdConfig

        PROJECT = "census-pipelines"
        TEAM_TAGS = {"department": "data"}
        SUBNETS = {
            "dev": ["subnet-0d0d0d0d0d0d0d0d1"],
            "prod": ["subnet-0d0d0d0d0d0d0d0d2", "subnet-0d0d0d0d0d0d0d0d3"],
        }
        settings = pulumi.Config()
        environment = settings.require("environment")

        universal_config = UniversalConfig(
            region="eu-west-2",
            project=PROJECT,
            tags={**TEAM_TAGS, "service": PROJECT},
            rapid_layer_config=[LayerConfig(folder="raw-to-processed", source="raw", target="processed")],
        )

        config = Config(
            universal=universal_config,
            vpc_id=settings.require("vpc_id"),
            private_subnet_ids=SUBNETS[environment],
            rAPId_config=rAPIdConfig(
                url="https://rapid.example.gov.uk/api",
                data_bucket_name=f"rapid-{environment}-data",
                user_pool_id="eu-west-2_abcdefgh1",
                dorc_rapid_client_id=os.getenv("RAPID_CLIENT"),
            ),
            additional_lambda_role_policy_arn="arn:aws:iam::111122223333:policy/data-access",
            additional_cloudevent_state_machine_trigger_role_policy_arn=pulumi.Output.from_input(
                "arn:aws:iam::111122223333:policy/trigger"),
        )
        """,
    "universal/__main__.py": """
        from config.settings import universal_config
        from infrastructure.universal import CreateUniversal

        universal_infrastructure_creator = CreateUniversal(universal_config)
        universal_infrastructure_creator.apply()
        """,
    "universal/Pulumi.universal.yaml": "encryptionsalt: v1:xxxx\n",
    "infra/__main__.py": """
        from config import settings
        from infrastructure.infra import CreateInfra

        CreateInfra(settings.config).apply()
        """,
    "infra/Pulumi.dev.yaml": stack("dev", infra__vpc_id="vpc-0d0d0d0d0d0d0d0d0"),
    "infra/Pulumi.prod.yaml": stack("prod", infra__vpc_id="vpc-0e0e0e0e0e0e0e0e0", aws__region="eu-west-1"),
    "src/raw/census/__main__.py": """
        from config.settings import config, environment
        from infrastructure.core.creator import CreatePipeline
        from infrastructure.core.models.definition import (
            Function,
            NextFunction,
            NextFunctionTypes,
            PipelineDefinition,
            S3Trigger,
        )

        EXTRACT = "extract"

        pipeline_definition = PipelineDefinition(
            file_path=__file__,
            description="Pulls the census: \\"raw\\" data",
            functions=[
                Function(name=EXTRACT, next_function="validate"),
                Function(name="load_all", next_function=NextFunction(name="clean", type=NextFunctionTypes.PIPELINE)),
                Function(name="validate", next_function=NextFunction(name="load_all")),
            ],
            trigger=S3Trigger(name="census-landed", bucket_name=f"landing-{environment}", key_prefix="census/"),
        )

        pipeline = CreatePipeline(config, pipeline_definition)
        pipeline.apply()
        """,
    "src/raw/census/Pulumi.dev.yaml": stack("dev"),
    "src/raw/census/Pulumi.prod.yaml": stack("prod"),
    "src/raw/census/requirements.txt": "requests\n",
    "src/raw/census/extract/lambda.py": HANDLER,
    "src/raw/census/extract/queries/all.sql": "select 1\n",
    "src/raw/census/validate/lambda.py": HANDLER,
    "src/raw/census/load_all/lambda.py": HANDLER,
    "src/raw/census/forgotten/lambda.py": HANDLER,
    "src/raw-to-processed/clean/__main__.py": """
        from config.settings import config
        from infrastructure.core.creator import CreatePipeline
        from infrastructure.core.models.definition import *

        pipeline = CreatePipeline(config, PipelineDefinition(
            file_path=__file__,
            functions=[Function(name="clean")],
            trigger=rAPIdTrigger(domain="Census", name="areas"),
        ))
        pipeline.apply()
        """,
    "src/raw-to-processed/clean/Pulumi.prod.yaml": stack("prod"),
    "src/raw-to-processed/clean/clean/lambda.py": HANDLER,
    "src/default/nightly/__main__.py": """
        import sys
        sys.path.append("../..")
        from config.settings import config
        from infrastructure.core.creator import CreatePipeline
        from infrastructure.core.models.definition import CronTrigger, Function, PipelineDefinition

        pipeline_definition = PipelineDefinition(
            file_path=__file__,
            description="",
            functions=[Function(name="report")],
            trigger=CronTrigger(name="census-landed", cron="cron(0 6 * * ? *)"),
        )
        """,
    "src/default/nightly/Pulumi.dev.yaml": stack("dev"),
    "src/default/nightly/Pulumi.prod.yaml": stack("prod"),
    "src/default/nightly/report/lambda.py": HANDLER,
}

# src/<pipeline>/<layer>/src/<function>, as the documentation has it, with the names of its first versions.
DOCUMENTATION = {
    "Dockerfile": DOCKERFILE.replace("COPY lib ${LAMBDA_TASK_ROOT}/lib\n", ""),
    "universal/__main__.py": """
        from utils.config import UniversalConfig
        from infrastructure.universal import CreateUniversal

        config = UniversalConfig(
            region="eu-west-2",
            project="ExampleDorc",
            tags={"project": "example-dorc"},
            source_code_path="src",
            config_repo_path="../pipeline-config",
        )
        CreateUniversal(config).apply()
        """,
    "universal/Pulumi.universal.yaml": "",
    "infra/__main__.py": """
        import os
        from utils.config import Config
        from infrastructure.infra import CreateInfra

        config = Config(
            universal=YOUR_BASE_UNIVERSAL_CONFIG,
            vpc_id=os.getenv("VPC_ID"),
            private_subnet_ids=["subnet-0d0d0d0d0d0d0d0d1"],
        )
        infra_infrastructure_creator = CreateInfra(config)
        infra_infrastructure_creator.apply()
        """,
    "infra/Pulumi.Pre-Prod.yaml": "config:\n  environment: Pre-Prod\n",
    "src/census/raw/__main__.py": """
        from infrastructure.core.creator import CreatePipeline

        pipeline = CreatePipeline(config, {
            "file_path": __file__,
            "pipeline_name": "census",
            "functions": [
                {"name": "function1", "next_function": {"name": "census-processed", "type": "Pipeline"}},
            ],
            "cloudwatch_trigger": {"name": "Landed!", "bucket_name": "landing", "key_prefix": "/"},
        })
        pipeline.apply()
        """,
    "src/census/raw/Pulumi.prod.yaml": "config:\n  census:environment: Pre-Prod\n",
    "src/census/raw/src/function1/lambda.py": HANDLER,
    "src/census/processed/__main__.py": """
        from infrastructure.core.creator import CreatePipeline
        from infrastructure.core.models.definition import CloudwatchCronTrigger as Cron, Function, PipelineDefinition

        pipeline = CreatePipeline(config, PipelineDefinition(
            file_path=__file__,
            description="Aggregates",
            functions=[
                Function(name="function1", next_function="Function 2"),
                Function(name="Function 2"),
            ],
            cloudwatch_trigger=Cron(name="six", cron="rate(6 hours)"),
        ))
        pipeline.apply()
        """,
    "src/census/processed/Pulumi.prod.yaml": "config:\n  census:environment: Pre-Prod\n",
    "src/census/processed/src/function1/lambda.py": HANDLER,
    "src/census/processed/src/Function 2/lambda.py": HANDLER,
    "src/census/processed/src/Function 2/helpers.py": "A = 1\n",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text).lstrip("\n") if path.endswith(".py") else text)
    return folder
