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
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.json	-
core	demo-dev-raw-survey	eu-west-2	-	dev	raw/survey	dev/core/raw/survey.json	-
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.json	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-2	-	prod	raw/census	prod/core/raw/census.json	-
core	demo-prod-raw-survey	eu-west-2	-	prod	raw/survey	prod/core/raw/survey.json	-
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
demo-dev-raw-survey	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-survey	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-survey	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-survey	eu-west-2	-	{"Key": "pipeline", "Value": "survey"}
demo-dev-raw-survey	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-infra	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-census	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-prod-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-survey	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-survey	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-survey	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-survey	eu-west-2	-	{"Key": "pipeline", "Value": "survey"}
demo-prod-raw-survey	eu-west-2	-	{"Key": "project", "Value": "demo"}
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
raw/census	raw__census__five	demo/raw/census/five	6de4db633fee8b0b515af8b836fc7c9cf0c1c8e5d6feff9dfb78f2b7f5c8049c	linux/amd64
raw/census	raw__census__four	demo/raw/census/four	24f40e43f295e08e31aeb9721273be13041aaddb6e07e3f265942cf0fa9e2f09	linux/amd64
raw/census	raw__census__six	demo/raw/census/six	c1f7e1d2b7752337cf60f246b70dff108af2afbfbd8c1fea06104fa76488aa1a	linux/amd64
raw/census	raw__census__three	demo/raw/census/three	a5959e479b356d835d5f746e171cc65d908361271936d2c548910ec0961e3c70	linux/amd64
raw/survey	raw__survey__one-or-two	demo/raw/survey/one-or-two	f6aba5ffe045684ea7b28bfc922e3c2ab0ec333e53e8ddb3657d56ce3cb4c8a8	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
