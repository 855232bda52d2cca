# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	111122223333	dev	-	universal.json	-
infra	demo-dev-infra	eu-west-2	111122223333	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	111122223333	dev	raw/census	dev/core/raw/census.json	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	111122223333	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	111122223333	{"Key": "project", "Value": "demo"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "layer", "Value": "raw"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "pipeline", "Value": "census"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	111122223333	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__extract	demo/raw/census/extract	34fd88eb84885587820db698d1e405183256518d8b0b33e1b051240ac55b07f9	linux/amd64
raw/census	raw__census__load	demo/raw/census/load	1599449974ab642ee9d8fe2f769dc42c6dfcb87e709a455ec3a4c888d41b1ee9	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
