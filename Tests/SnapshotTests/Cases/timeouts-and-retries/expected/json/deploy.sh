# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev,prod	-	universal.json	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	demo-dev-curated-model	eu-west-2	-	dev	curated/model	dev/core/curated/model.json	-
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.json	-
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.json	CAPABILITY_NAMED_IAM
core	demo-prod-curated-model	eu-west-2	-	prod	curated/model	prod/core/curated/model.json	-
core	demo-prod-raw-census	eu-west-2	-	prod	raw/census	prod/core/raw/census.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-curated-model	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-curated-model	eu-west-2	-	{"Key": "layer", "Value": "curated"}
demo-dev-curated-model	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-curated-model	eu-west-2	-	{"Key": "pipeline", "Value": "model"}
demo-dev-curated-model	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-census	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-dev-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-infra	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-curated-model	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-curated-model	eu-west-2	-	{"Key": "layer", "Value": "curated"}
demo-prod-curated-model	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-curated-model	eu-west-2	-	{"Key": "pipeline", "Value": "model"}
demo-prod-curated-model	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-census	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-prod-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-raw-census	demo-dev-curated-model
prod	demo-prod-raw-census	demo-prod-curated-model
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
prod	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
curated/model	curated__model__fit	demo/curated/model/fit	ca0cddfaf5c10c75934aa60599738be3c434079ec95bfca5b479a1cbcf564ab1	linux/amd64
raw/census	raw__census__long	demo/raw/census/long	296f573a3cb69c948a1eb3fe36078ed4589af6424bab9261cf68e540ec21073f	linux/amd64
raw/census	raw__census__short	demo/raw/census/short	b25591b771b845acd442efb6b8c297a8b8febd9ebfb34e86207170f7ee1c8135	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
