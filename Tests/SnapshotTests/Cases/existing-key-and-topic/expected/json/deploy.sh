# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	-
universal	demo-universal	eu-west-2	111122223333	test	-	universal.json	-
universal	demo-universal	eu-west-2	777788889999	ownkey	-	universal.json	-
universal	demo-universal	eu-west-2	444455556666	prod	-	universal.json	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.json	-
infra	demo-test-infra	eu-west-2	111122223333	test	-	test/infra.json	CAPABILITY_NAMED_IAM
core	demo-test-raw-census	eu-west-2	111122223333	test	raw/census	test/core/raw/census.json	-
infra	demo-ownkey-infra	eu-west-2	777788889999	ownkey	-	ownkey/infra.json	CAPABILITY_NAMED_IAM
core	demo-ownkey-raw-census	eu-west-2	777788889999	ownkey	raw/census	ownkey/core/raw/census.json	-
infra	demo-prod-infra	eu-west-2	444455556666	prod	-	prod/infra.json	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-2	444455556666	prod	raw/census	prod/core/raw/census.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-universal	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	111122223333	{"Key": "project", "Value": "demo"}
demo-universal	eu-west-2	777788889999	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	777788889999	{"Key": "project", "Value": "demo"}
demo-universal	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-census	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-dev-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-test-infra	eu-west-2	111122223333	{"Key": "environment", "Value": "test"}
demo-test-infra	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-test-infra	eu-west-2	111122223333	{"Key": "project", "Value": "demo"}
demo-test-raw-census	eu-west-2	111122223333	{"Key": "environment", "Value": "test"}
demo-test-raw-census	eu-west-2	111122223333	{"Key": "layer", "Value": "raw"}
demo-test-raw-census	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-test-raw-census	eu-west-2	111122223333	{"Key": "pipeline", "Value": "census"}
demo-test-raw-census	eu-west-2	111122223333	{"Key": "project", "Value": "demo"}
demo-ownkey-infra	eu-west-2	777788889999	{"Key": "environment", "Value": "ownkey"}
demo-ownkey-infra	eu-west-2	777788889999	{"Key": "managed-by", "Value": "dorc-synth"}
demo-ownkey-infra	eu-west-2	777788889999	{"Key": "project", "Value": "demo"}
demo-ownkey-raw-census	eu-west-2	777788889999	{"Key": "environment", "Value": "ownkey"}
demo-ownkey-raw-census	eu-west-2	777788889999	{"Key": "layer", "Value": "raw"}
demo-ownkey-raw-census	eu-west-2	777788889999	{"Key": "managed-by", "Value": "dorc-synth"}
demo-ownkey-raw-census	eu-west-2	777788889999	{"Key": "pipeline", "Value": "census"}
demo-ownkey-raw-census	eu-west-2	777788889999	{"Key": "project", "Value": "demo"}
demo-prod-infra	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-infra	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-infra	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-raw-census	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-raw-census	eu-west-2	444455556666	{"Key": "layer", "Value": "raw"}
demo-prod-raw-census	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-census	eu-west-2	444455556666	{"Key": "pipeline", "Value": "census"}
demo-prod-raw-census	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
test	111122223333	eu-west-2	amazonaws.com
ownkey	777788889999	eu-west-2	amazonaws.com
prod	444455556666	eu-west-2	amazonaws.com
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
