# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	census-demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	census-demo-universal	eu-west-2	111122223333	dev	-	universal.json	-
universal	census-demo-universal	eu-west-2	444455556666	prod	-	universal.json	-
infra	census-demo-dev-infra	eu-west-2	111122223333	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	census-demo-dev-curated-model	eu-west-2	111122223333	dev	curated/model	dev/core/curated/model.json	-
core	census-demo-dev-raw-geography	eu-west-2	111122223333	dev	raw/geography	dev/core/raw/geography.json	-
core	census-demo-dev-raw-census	eu-west-2	111122223333	dev	raw/census	dev/core/raw/census.json	CAPABILITY_NAMED_IAM
infra	census-demo-prod-infra	eu-west-2	444455556666	prod	-	prod/infra.json	CAPABILITY_NAMED_IAM
core	census-demo-prod-curated-model	eu-west-2	444455556666	prod	curated/model	prod/core/curated/model.json	-
core	census-demo-prod-raw-geography	eu-west-2	444455556666	prod	raw/geography	prod/core/raw/geography.json	-
core	census-demo-prod-raw-census	eu-west-2	444455556666	prod	raw/census	prod/core/raw/census.json	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
census-demo-universal	eu-west-2	111122223333	{"Key": "department", "Value": "data"}
census-demo-universal	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-universal	eu-west-2	111122223333	{"Key": "project", "Value": "census-demo"}
census-demo-universal	eu-west-2	444455556666	{"Key": "department", "Value": "data"}
census-demo-universal	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-universal	eu-west-2	444455556666	{"Key": "project", "Value": "census-demo"}
census-demo-dev-infra	eu-west-2	111122223333	{"Key": "department", "Value": "data"}
census-demo-dev-infra	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
census-demo-dev-infra	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-dev-infra	eu-west-2	111122223333	{"Key": "project", "Value": "census-demo"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "department", "Value": "data"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "layer", "Value": "curated"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "pipeline", "Value": "model"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "project", "Value": "census-demo"}
census-demo-dev-raw-geography	eu-west-2	111122223333	{"Key": "department", "Value": "data"}
census-demo-dev-raw-geography	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
census-demo-dev-raw-geography	eu-west-2	111122223333	{"Key": "layer", "Value": "raw"}
census-demo-dev-raw-geography	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-dev-raw-geography	eu-west-2	111122223333	{"Key": "pipeline", "Value": "geography"}
census-demo-dev-raw-geography	eu-west-2	111122223333	{"Key": "project", "Value": "census-demo"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "cost-centre", "Value": "4711"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "department", "Value": "data"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "layer", "Value": "raw"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "owner", "Value": "data@example.gov.uk"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "pipeline", "Value": "census"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "project", "Value": "census-demo"}
census-demo-prod-infra	eu-west-2	444455556666	{"Key": "department", "Value": "data"}
census-demo-prod-infra	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
census-demo-prod-infra	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-prod-infra	eu-west-2	444455556666	{"Key": "project", "Value": "census-demo"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "department", "Value": "data"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "layer", "Value": "curated"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "pipeline", "Value": "model"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "project", "Value": "census-demo"}
census-demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "department", "Value": "data"}
census-demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
census-demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "layer", "Value": "raw"}
census-demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "pipeline", "Value": "geography"}
census-demo-prod-raw-geography	eu-west-2	444455556666	{"Key": "project", "Value": "census-demo"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "cost-centre", "Value": "4711"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "department", "Value": "data"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "layer", "Value": "raw"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "owner", "Value": "data@example.gov.uk"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "pipeline", "Value": "census"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "project", "Value": "census-demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
dev	census-demo-dev-raw-census	census-demo-dev-curated-model
dev	census-demo-dev-raw-census	census-demo-dev-raw-geography
prod	census-demo-prod-raw-census	census-demo-prod-curated-model
prod	census-demo-prod-raw-census	census-demo-prod-raw-geography
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	111122223333	eu-west-2	amazonaws.com
prod	444455556666	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
curated/model	curated__model__fit	census-demo/curated/model/fit	ca0cddfaf5c10c75934aa60599738be3c434079ec95bfca5b479a1cbcf564ab1	linux/amd64
raw/census	raw__census__clean	census-demo/raw/census/clean	e5cf8974313f0a1f164a18c5a72a0d0775b11f5f2bef19a9a354f7d4b695b36e	linux/amd64
raw/census	raw__census__extract	census-demo/raw/census/extract	0599ba2899696aa4e3bb7a9d4e040fd225d16349d88b339c63727a2688488f0a	linux/amd64
raw/census	raw__census__load_file	census-demo/raw/census/load_file	85de5c02f2b199a46f13dd70d21a4375d8df9f1711bd3cf4a4c2ddd398bc30ef	linux/amd64
raw/census	raw__census__merge	census-demo/raw/census/merge	943d25a42f60008f6bf67b49d898cfaadb728e0003a150c00e7b6fc61eb9523d	linux/amd64
raw/census	raw__census__publish	census-demo/raw/census/publish	892f32eeb9bf26b08039c06c7cb5f3721ebb2d8f192ef0eea1bf314747f9a4b8	linux/amd64
raw/census	raw__census__quarantine	census-demo/raw/census/quarantine	292c921e7568f134185df61e104bcd059f6f136229b1b985066520699a819c3d	linux/amd64
raw/geography	raw__geography__read	census-demo/raw/geography/read	af7e162af193c1454ecacd304cf2ec39deaefa834be712b3e0728f4bc0ea7992	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
