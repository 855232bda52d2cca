# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	acme
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	acme-universal	eu-west-2	-	dev	-	universal.json	-
infra	acme-dev-infra	eu-west-2	-	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	acme-dev-raw-p	eu-west-2	-	dev	raw/p	dev/core/raw/p.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
acme-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
acme-universal	eu-west-2	-	{"Key": "project", "Value": "acme"}
acme-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
acme-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
acme-dev-infra	eu-west-2	-	{"Key": "project", "Value": "acme"}
acme-dev-raw-p	eu-west-2	-	{"Key": "environment", "Value": "dev"}
acme-dev-raw-p	eu-west-2	-	{"Key": "layer", "Value": "raw"}
acme-dev-raw-p	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
acme-dev-raw-p	eu-west-2	-	{"Key": "pipeline", "Value": "p"}
acme-dev-raw-p	eu-west-2	-	{"Key": "project", "Value": "acme"}
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
raw/p	raw__p__load	acme/raw/p/load	138128a3f71e42dafade0d6e407710bb2aadea3c69145211c0739f56cf76d6be	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
