# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	plain,ports,listed,moving,leaving	-	universal.json	-
infra	demo-plain-infra	eu-west-2	-	plain	-	plain/infra.json	CAPABILITY_NAMED_IAM
core	demo-plain-raw-p	eu-west-2	-	plain	raw/p	plain/core/raw/p.json	CAPABILITY_NAMED_IAM
infra	demo-ports-infra	eu-west-2	-	ports	-	ports/infra.json	CAPABILITY_NAMED_IAM
core	demo-ports-raw-p	eu-west-2	-	ports	raw/p	ports/core/raw/p.json	CAPABILITY_NAMED_IAM
infra	demo-listed-infra	eu-west-2	-	listed	-	listed/infra.json	CAPABILITY_NAMED_IAM
core	demo-listed-raw-p	eu-west-2	-	listed	raw/p	listed/core/raw/p.json	CAPABILITY_NAMED_IAM
infra	demo-moving-infra	eu-west-2	-	moving	-	moving/infra.json	CAPABILITY_NAMED_IAM
core	demo-moving-raw-p	eu-west-2	-	moving	raw/p	moving/core/raw/p.json	CAPABILITY_NAMED_IAM
infra	demo-leaving-infra	eu-west-2	-	leaving	-	leaving/infra.json	CAPABILITY_NAMED_IAM
core	demo-leaving-raw-p	eu-west-2	-	leaving	raw/p	leaving/core/raw/p.json	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-plain-infra	eu-west-2	-	{"Key": "environment", "Value": "plain"}
demo-plain-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-plain-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-plain-raw-p	eu-west-2	-	{"Key": "environment", "Value": "plain"}
demo-plain-raw-p	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-plain-raw-p	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-plain-raw-p	eu-west-2	-	{"Key": "pipeline", "Value": "p"}
demo-plain-raw-p	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-ports-infra	eu-west-2	-	{"Key": "environment", "Value": "ports"}
demo-ports-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-ports-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-ports-raw-p	eu-west-2	-	{"Key": "environment", "Value": "ports"}
demo-ports-raw-p	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-ports-raw-p	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-ports-raw-p	eu-west-2	-	{"Key": "pipeline", "Value": "p"}
demo-ports-raw-p	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-listed-infra	eu-west-2	-	{"Key": "environment", "Value": "listed"}
demo-listed-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-listed-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-listed-raw-p	eu-west-2	-	{"Key": "environment", "Value": "listed"}
demo-listed-raw-p	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-listed-raw-p	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-listed-raw-p	eu-west-2	-	{"Key": "pipeline", "Value": "p"}
demo-listed-raw-p	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-moving-infra	eu-west-2	-	{"Key": "environment", "Value": "moving"}
demo-moving-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-moving-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-moving-raw-p	eu-west-2	-	{"Key": "environment", "Value": "moving"}
demo-moving-raw-p	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-moving-raw-p	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-moving-raw-p	eu-west-2	-	{"Key": "pipeline", "Value": "p"}
demo-moving-raw-p	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-leaving-infra	eu-west-2	-	{"Key": "environment", "Value": "leaving"}
demo-leaving-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-leaving-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-leaving-raw-p	eu-west-2	-	{"Key": "environment", "Value": "leaving"}
demo-leaving-raw-p	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-leaving-raw-p	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-leaving-raw-p	eu-west-2	-	{"Key": "pipeline", "Value": "p"}
demo-leaving-raw-p	eu-west-2	-	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
plain	-	eu-west-2	amazonaws.com
ports	-	eu-west-2	amazonaws.com
listed	-	eu-west-2	amazonaws.com
moving	-	eu-west-2	amazonaws.com
leaving	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
raw/p	raw__p__f	demo/raw/p/f	f6667baf45bc9ede873892b50f1b089d366f095cbf23f7b7cfd2d39aa6480e8e	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
