# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	-
universal	demo-universal	eu-west-2	444455556666	prod	-	universal.json	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	demo-dev-raw-geography	eu-west-2	-	dev	raw/geography	dev/core/raw/geography.json	-
core	demo-dev-raw-returns	eu-west-2	-	dev	raw/returns	dev/core/raw/returns.json	-
core	demo-dev-curated-model	eu-west-2	-	dev	curated/model	dev/core/curated/model.json	-
infra	demo-prod-infra	eu-west-2	444455556666	prod	-	prod/infra.json	CAPABILITY_NAMED_IAM
core	demo-prod-raw-geography	eu-west-2	444455556666	prod	raw/geography	prod/core/raw/geography.json	-
core	demo-prod-raw-returns	eu-west-2	444455556666	prod	raw/returns	prod/core/raw/returns.json	-
core	demo-prod-curated-model	eu-west-2	444455556666	prod	curated/model	prod/core/curated/model.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-universal	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-geography	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-geography	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-geography	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-geography	eu-west-2	-	{"Key": "pipeline", "Value": "geography"}
demo-dev-raw-geography	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-returns	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-returns	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-returns	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-returns	eu-west-2	-	{"Key": "pipeline", "Value": "returns"}
demo-dev-raw-returns	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-curated-model	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-curated-model	eu-west-2	-	{"Key": "layer", "Value": "curated"}
demo-dev-curated-model	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-curated-model	eu-west-2	-	{"Key": "pipeline", "Value": "model"}
demo-dev-curated-model	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-infra	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-infra	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-infra	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "layer", "Value": "raw"}
demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "pipeline", "Value": "geography"}
demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-raw-returns	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-raw-returns	eu-west-2	444455556666	{"Key": "layer", "Value": "raw"}
demo-prod-raw-returns	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-returns	eu-west-2	444455556666	{"Key": "pipeline", "Value": "returns"}
demo-prod-raw-returns	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-curated-model	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-curated-model	eu-west-2	444455556666	{"Key": "layer", "Value": "curated"}
demo-prod-curated-model	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-curated-model	eu-west-2	444455556666	{"Key": "pipeline", "Value": "model"}
demo-prod-curated-model	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-curated-model	demo-dev-raw-geography
dev	demo-dev-curated-model	demo-dev-raw-returns
prod	demo-prod-curated-model	demo-prod-raw-geography
prod	demo-prod-curated-model	demo-prod-raw-returns
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
prod	444455556666	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
curated/model	curated__model__run	demo/curated/model/run	b4b521186c226855d3ebfe85af265ea02be9400a12ca7cc21e586d1c2a2e6d94	linux/amd64
raw/geography	raw__geography__run	demo/raw/geography/run	8f776a20ca33772c36657a51229bfd644e120031a53b799cc60373bc094f0224	linux/amd64
raw/returns	raw__returns__run	demo/raw/returns/run	0ece46a983ef290adcf7107e8c4d62e6a47ffa3563e8f9e50fa207a1d87a7471	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
