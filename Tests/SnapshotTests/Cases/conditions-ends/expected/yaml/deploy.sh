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
core	demo-dev-raw-forked	eu-west-2	-	dev	raw/forked	dev/core/raw/forked.yaml	-
core	demo-dev-raw-only	eu-west-2	-	dev	raw/only	dev/core/raw/only.yaml	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-forked	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-forked	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-forked	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-forked	eu-west-2	-	{"Key": "pipeline", "Value": "forked"}
demo-dev-raw-forked	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-only	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-only	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-only	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-only	eu-west-2	-	{"Key": "pipeline", "Value": "only"}
demo-dev-raw-only	eu-west-2	-	{"Key": "project", "Value": "demo"}
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
raw/forked	raw__forked__run	demo/raw/forked/run	11aa70ee57a364dbf39df3325d45c83471d3e57ffe2485cface7b656cd9cd325	linux/amd64
raw/only	raw__only__run	demo/raw/only/run	a1c2204744796b8d9b9852b673fa45eb890d77ff11f9862f9007c9c2ce019678	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
