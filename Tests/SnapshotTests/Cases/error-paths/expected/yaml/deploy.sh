# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.yaml	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-raw-branches	eu-west-2	-	dev	raw/branches	dev/core/raw/branches.yaml	-
core	demo-dev-raw-chains	eu-west-2	-	dev	raw/chains	dev/core/raw/chains.yaml	-
core	demo-dev-raw-several	eu-west-2	-	dev	raw/several	dev/core/raw/several.yaml	-
core	demo-dev-raw-short	eu-west-2	-	dev	raw/short	dev/core/raw/short.yaml	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-branches	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-branches	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-branches	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-branches	eu-west-2	-	{"Key": "pipeline", "Value": "branches"}
demo-dev-raw-branches	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-chains	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-chains	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-chains	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-chains	eu-west-2	-	{"Key": "pipeline", "Value": "chains"}
demo-dev-raw-chains	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-several	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-several	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-several	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-several	eu-west-2	-	{"Key": "pipeline", "Value": "several"}
demo-dev-raw-several	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-short	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-short	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-short	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-short	eu-west-2	-	{"Key": "pipeline", "Value": "short"}
demo-dev-raw-short	eu-west-2	-	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
raw/branches	raw__branches__run	demo/raw/branches/run	2eb449c48081cf85864110b2be6c67817128a1443ae146b2dbe6d0c719cf2851	linux/amd64
raw/chains	raw__chains__run	demo/raw/chains/run	3bc37301dc2804144ac800c3bf235a3fc0ae559400fbd1663f332ba62b0c63d9	linux/amd64
raw/several	raw__several__run	demo/raw/several/run	fa755008b11d1cd8b56c1203b156560dbc7024b0ad5de7e2ba6a5e3b0cdced4c	linux/amd64
raw/short	raw__short__run	demo/raw/short/run	589988c64ccb5702d581aef65d359a56efda6696a85a2c580ad6c469da3f323f	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
