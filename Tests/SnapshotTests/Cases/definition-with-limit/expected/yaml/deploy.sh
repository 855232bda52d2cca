# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev,prod	-	universal.yaml	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.yaml	-
core	demo-dev-raw-own-timeout	eu-west-2	-	dev	raw/own-timeout	dev/core/raw/own-timeout.yaml	-
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.yaml	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-2	-	prod	raw/census	prod/core/raw/census.yaml	-
core	demo-prod-raw-own-timeout	eu-west-2	-	prod	raw/own-timeout	prod/core/raw/own-timeout.yaml	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-census	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-dev-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-own-timeout	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-own-timeout	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-own-timeout	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-own-timeout	eu-west-2	-	{"Key": "pipeline", "Value": "own-timeout"}
demo-dev-raw-own-timeout	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-infra	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-census	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-prod-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-own-timeout	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-own-timeout	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-own-timeout	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-own-timeout	eu-west-2	-	{"Key": "pipeline", "Value": "own-timeout"}
demo-prod-raw-own-timeout	eu-west-2	-	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
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
raw/census	raw__census__ask	demo/raw/census/ask	c83923a1f833b656f8dc4013690bb491590ba0c9a513c23c113d5cfa45be9fb9	linux/amd64
raw/own-timeout	raw__own-timeout__ask	demo/raw/own-timeout/ask	b2b9a6e4756c979cf10101847a5d15e7e37e3bcadf7cef10fa6bf3eb03ed0cf9	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
