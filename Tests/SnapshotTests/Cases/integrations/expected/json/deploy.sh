# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	demo-dev-raw-jobs	eu-west-2	-	dev	raw/jobs	dev/core/raw/jobs.json	CAPABILITY_NAMED_IAM
core	demo-dev-raw-many	eu-west-2	-	dev	raw/many	dev/core/raw/many.json	CAPABILITY_NAMED_IAM
core	demo-dev-raw-written	eu-west-2	-	dev	raw/written	dev/core/raw/written.json	CAPABILITY_NAMED_IAM
infra	demo-prod-infra	eu-west-1	444455556666	prod	-	prod/infra.json	CAPABILITY_NAMED_IAM
core	demo-prod-raw-jobs	eu-west-1	444455556666	prod	raw/jobs	prod/core/raw/jobs.json	CAPABILITY_NAMED_IAM
core	demo-prod-raw-many	eu-west-1	444455556666	prod	raw/many	prod/core/raw/many.json	CAPABILITY_NAMED_IAM
core	demo-prod-raw-written	eu-west-1	444455556666	prod	raw/written	prod/core/raw/written.json	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-jobs	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-jobs	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-jobs	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-jobs	eu-west-2	-	{"Key": "pipeline", "Value": "jobs"}
demo-dev-raw-jobs	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-many	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-many	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-many	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-many	eu-west-2	-	{"Key": "pipeline", "Value": "many"}
demo-dev-raw-many	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-written	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-written	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-written	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-written	eu-west-2	-	{"Key": "pipeline", "Value": "written"}
demo-dev-raw-written	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-infra	eu-west-1	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-infra	eu-west-1	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-infra	eu-west-1	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-raw-jobs	eu-west-1	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-raw-jobs	eu-west-1	444455556666	{"Key": "layer", "Value": "raw"}
demo-prod-raw-jobs	eu-west-1	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-jobs	eu-west-1	444455556666	{"Key": "pipeline", "Value": "jobs"}
demo-prod-raw-jobs	eu-west-1	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-raw-many	eu-west-1	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-raw-many	eu-west-1	444455556666	{"Key": "layer", "Value": "raw"}
demo-prod-raw-many	eu-west-1	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-many	eu-west-1	444455556666	{"Key": "pipeline", "Value": "many"}
demo-prod-raw-many	eu-west-1	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-raw-written	eu-west-1	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-raw-written	eu-west-1	444455556666	{"Key": "layer", "Value": "raw"}
demo-prod-raw-written	eu-west-1	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-written	eu-west-1	444455556666	{"Key": "pipeline", "Value": "written"}
demo-prod-raw-written	eu-west-1	444455556666	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
prod	444455556666	eu-west-1	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
