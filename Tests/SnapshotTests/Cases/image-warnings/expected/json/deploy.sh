# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	acme
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	acme-universal	eu-west-2	111122223333	dev	-	universal.json	-
infra	acme-dev-infra	eu-west-2	111122223333	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	acme-dev-raw-p	eu-west-2	111122223333	dev	raw/p	dev/core/raw/p.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
acme-universal	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
acme-universal	eu-west-2	111122223333	{"Key": "project", "Value": "acme"}
acme-dev-infra	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
acme-dev-infra	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
acme-dev-infra	eu-west-2	111122223333	{"Key": "project", "Value": "acme"}
acme-dev-raw-p	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
acme-dev-raw-p	eu-west-2	111122223333	{"Key": "layer", "Value": "raw"}
acme-dev-raw-p	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
acme-dev-raw-p	eu-west-2	111122223333	{"Key": "pipeline", "Value": "p"}
acme-dev-raw-p	eu-west-2	111122223333	{"Key": "project", "Value": "acme"}
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
raw/p	raw__p__load	acme/raw/p/load	ef3fb2cc05b69cdc9f662ce113f471109aa5516a69ed1a1ec5c66840c8462fea	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
