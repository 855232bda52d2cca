# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	github.com/example/pipelines
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	111122223333	dev	-	universal.json	-
universal	demo-universal	eu-central-1	444455556666	prod	-	universal.json	-
infra	demo-dev-infra	eu-west-2	111122223333	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	111122223333	dev	raw/census	dev/core/raw/census.json	-
infra	demo-prod-infra	eu-central-1	444455556666	prod	-	prod/infra.json	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-central-1	444455556666	prod	raw/census	prod/core/raw/census.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	111122223333	{"Key": "Gr\u00f6\u00dfe", "Value": "\u65e5\u672c"}
demo-universal	eu-west-2	111122223333	{"Key": "a=b", "Value": "--endpoint-url=http://127.0.0.1/"}
demo-universal	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	111122223333	{"Key": "project", "Value": "demo"}
demo-universal	eu-west-2	111122223333	{"Key": "repository", "Value": "github.com/example/pipelines"}
demo-universal	eu-central-1	444455556666	{"Key": "Gr\u00f6\u00dfe", "Value": "\u65e5\u672c"}
demo-universal	eu-central-1	444455556666	{"Key": "a=b", "Value": "--endpoint-url=http://127.0.0.1/"}
demo-universal	eu-central-1	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-central-1	444455556666	{"Key": "project", "Value": "demo"}
demo-universal	eu-central-1	444455556666	{"Key": "repository", "Value": "github.com/example/pipelines"}
demo-dev-infra	eu-west-2	111122223333	{"Key": "Gr\u00f6\u00dfe", "Value": "\u65e5\u672c"}
demo-dev-infra	eu-west-2	111122223333	{"Key": "a=b", "Value": "--endpoint-url=http://127.0.0.1/"}
demo-dev-infra	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	111122223333	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	111122223333	{"Key": "repository", "Value": "github.com/example/pipelines"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "Gr\u00f6\u00dfe", "Value": "\u65e5\u672c"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "a=b", "Value": "--endpoint-url=http://127.0.0.1/"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "layer", "Value": "raw"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "pipeline", "Value": "census"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "project", "Value": "demo"}
demo-dev-raw-census	eu-west-2	111122223333	{"Key": "repository", "Value": "github.com/example/pipelines"}
demo-prod-infra	eu-central-1	444455556666	{"Key": "Gr\u00f6\u00dfe", "Value": "\u65e5\u672c"}
demo-prod-infra	eu-central-1	444455556666	{"Key": "a=b", "Value": "--endpoint-url=http://127.0.0.1/"}
demo-prod-infra	eu-central-1	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-infra	eu-central-1	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-infra	eu-central-1	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-infra	eu-central-1	444455556666	{"Key": "repository", "Value": "github.com/example/pipelines"}
demo-prod-raw-census	eu-central-1	444455556666	{"Key": "Gr\u00f6\u00dfe", "Value": "\u65e5\u672c"}
demo-prod-raw-census	eu-central-1	444455556666	{"Key": "a=b", "Value": "--endpoint-url=http://127.0.0.1/"}
demo-prod-raw-census	eu-central-1	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-raw-census	eu-central-1	444455556666	{"Key": "layer", "Value": "raw"}
demo-prod-raw-census	eu-central-1	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-census	eu-central-1	444455556666	{"Key": "pipeline", "Value": "census"}
demo-prod-raw-census	eu-central-1	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-raw-census	eu-central-1	444455556666	{"Key": "repository", "Value": "github.com/example/pipelines"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	111122223333	eu-west-2	amazonaws.com
prod	444455556666	eu-central-1	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__extract	demo/raw/census/extract	0599ba2899696aa4e3bb7a9d4e040fd225d16349d88b339c63727a2688488f0a	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
demo-dev-raw-census	eu-west-2	111122223333	season	start_date	UTC	2031-03-21T06:00:00
demo-dev-raw-census	eu-west-2	111122223333	once	time	America/New_York	2031-01-31T06:00:00
demo-dev-raw-census	eu-west-2	111122223333	years	start_date	UTC	2030-06-01T00:00:00
demo-dev-raw-census	eu-west-2	111122223333	years	last year	UTC	2031-12-31T23:59:59
demo-prod-raw-census	eu-central-1	444455556666	once	time	America/New_York	2031-01-31T06:00:00
demo-prod-raw-census	eu-central-1	444455556666	years	start_date	UTC	2030-06-01T00:00:00
demo-prod-raw-census	eu-central-1	444455556666	years	last year	UTC	2031-12-31T23:59:59
END_OF_PLAN
}
