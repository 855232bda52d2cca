# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	imported,long,selected	-	universal.json	-
infra	demo-imported-infra	eu-west-2	-	imported	-	imported/infra.json	CAPABILITY_NAMED_IAM
core	demo-imported-raw-census	eu-west-2	-	imported	raw/census	imported/core/raw/census.json	-
infra	demo-long-infra	eu-west-2	-	long	-	long/infra.json	CAPABILITY_NAMED_IAM
core	demo-long-raw-census	eu-west-2	-	long	raw/census	long/core/raw/census.json	-
infra	demo-selected-infra	eu-west-2	-	selected	-	selected/infra.json	CAPABILITY_NAMED_IAM
core	demo-selected-raw-census	eu-west-2	-	selected	raw/census	selected/core/raw/census.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-imported-infra	eu-west-2	-	{"Key": "environment", "Value": "imported"}
demo-imported-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-imported-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-imported-raw-census	eu-west-2	-	{"Key": "environment", "Value": "imported"}
demo-imported-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-imported-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-imported-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-imported-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-long-infra	eu-west-2	-	{"Key": "environment", "Value": "long"}
demo-long-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-long-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-long-raw-census	eu-west-2	-	{"Key": "environment", "Value": "long"}
demo-long-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-long-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-long-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-long-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-selected-infra	eu-west-2	-	{"Key": "environment", "Value": "selected"}
demo-selected-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-selected-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-selected-raw-census	eu-west-2	-	{"Key": "environment", "Value": "selected"}
demo-selected-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-selected-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-selected-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-selected-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
imported	-	eu-west-2	amazonaws.com
long	-	eu-west-2	amazonaws.com
selected	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__extract	demo/raw/census/extract	0599ba2899696aa4e3bb7a9d4e040fd225d16349d88b339c63727a2688488f0a	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
