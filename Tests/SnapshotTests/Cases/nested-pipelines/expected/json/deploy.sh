# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	demo-dev-c-third	eu-west-2	-	dev	c/third	dev/core/c/third.json	-
core	demo-dev-b-second	eu-west-2	-	dev	b/second	dev/core/b/second.json	-
core	demo-dev-a-first	eu-west-2	-	dev	a/first	dev/core/a/first.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-c-third	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-c-third	eu-west-2	-	{"Key": "layer", "Value": "c"}
demo-dev-c-third	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-c-third	eu-west-2	-	{"Key": "pipeline", "Value": "third"}
demo-dev-c-third	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-b-second	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-b-second	eu-west-2	-	{"Key": "layer", "Value": "b"}
demo-dev-b-second	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-b-second	eu-west-2	-	{"Key": "pipeline", "Value": "second"}
demo-dev-b-second	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-a-first	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-a-first	eu-west-2	-	{"Key": "layer", "Value": "a"}
demo-dev-a-first	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-a-first	eu-west-2	-	{"Key": "pipeline", "Value": "first"}
demo-dev-a-first	eu-west-2	-	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-b-second	demo-dev-c-third
dev	demo-dev-a-first	demo-dev-b-second
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
a/first	a__first__run	demo/a/first/run	7d87f012e8d72d5849e5f0041d9293ee9086f1c7180beb160dc4a235bf30ab79	linux/amd64
c/third	c__third__run	demo/c/third/run	957e4385004ba2d96588b897b4dac9de6e100239e7b6cca9c72031cb271d649c	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
