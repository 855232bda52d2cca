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
core	demo-dev-raw-weaker	eu-west-2	-	dev	raw/weaker	dev/core/raw/weaker.json	-
core	demo-dev-raw-weakest	eu-west-2	-	dev	raw/weakest	dev/core/raw/weakest.json	-
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.json	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-2	-	prod	raw/census	prod/core/raw/census.json	-
core	demo-prod-raw-weaker	eu-west-2	-	prod	raw/weaker	prod/core/raw/weaker.json	-
core	demo-prod-raw-weakest	eu-west-2	-	prod	raw/weakest	prod/core/raw/weakest.json	-
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
demo-dev-raw-weaker	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-weaker	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-weaker	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-weaker	eu-west-2	-	{"Key": "pipeline", "Value": "weaker"}
demo-dev-raw-weaker	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-weakest	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-weakest	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-weakest	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-weakest	eu-west-2	-	{"Key": "pipeline", "Value": "weakest"}
demo-dev-raw-weakest	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-infra	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-census	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-prod-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-weaker	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-weaker	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-weaker	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-weaker	eu-west-2	-	{"Key": "pipeline", "Value": "weaker"}
demo-prod-raw-weaker	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-weakest	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-weakest	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-weakest	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-weakest	eu-west-2	-	{"Key": "pipeline", "Value": "weakest"}
demo-prod-raw-weakest	eu-west-2	-	{"Key": "project", "Value": "demo"}
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
raw/census	raw__census__environment-of-pipeline	demo/raw/census/environment-of-pipeline	5a410ead6cb9db16c03855b1b7803f725b9cbc7a749c53c66dab9d841c53658f	linux/amd64
raw/census	raw__census__function	demo/raw/census/function	433478aeff1782983006a5d40e4a7185f7d7a4a625a1962b8401df7cbc908d31	linux/amd64
raw/census	raw__census__its-environment	demo/raw/census/its-environment	01cd19c2651050b14fc49baa1e137bd3ff0d0986b9737b2eea70900b806e973b	linux/amd64
raw/weaker	raw__weaker__pipeline-wins	demo/raw/weaker/pipeline-wins	f8c6a62faef78291ba11061692962f0a6fea4b0ff00847f75195a93eee09e23b	linux/amd64
raw/weakest	raw__weakest__from-dorc-yaml	demo/raw/weakest/from-dorc-yaml	2fca6e2debd437851e760e49afc1d660c4bc49a78d431a8f52eb3f5759628262	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
