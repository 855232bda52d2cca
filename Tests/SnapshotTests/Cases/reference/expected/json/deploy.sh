# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	census-demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	census-demo-universal	eu-west-2	111122223333	dev,prod	-	universal.json	-
infra	census-demo-dev-infra	eu-west-2	111122223333	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	census-demo-dev-curated-model	eu-west-2	111122223333	dev	curated/model	dev/core/curated/model.json	-
core	census-demo-dev-raw-census	eu-west-2	111122223333	dev	raw/census	dev/core/raw/census.json	-
core	census-demo-dev-raw-survey	eu-west-2	111122223333	dev	raw/survey	dev/core/raw/survey.json	-
infra	census-demo-prod-infra	eu-west-2	444455556666	prod	-	prod/infra.json	CAPABILITY_NAMED_IAM
core	census-demo-prod-curated-model	eu-west-2	444455556666	prod	curated/model	prod/core/curated/model.json	-
core	census-demo-prod-raw-census	eu-west-2	444455556666	prod	raw/census	prod/core/raw/census.json	-
core	census-demo-prod-raw-survey	eu-west-2	444455556666	prod	raw/survey	prod/core/raw/survey.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
census-demo-universal	eu-west-2	111122223333	{"Key": "cost-centre", "Value": "0042"}
census-demo-universal	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-universal	eu-west-2	111122223333	{"Key": "owner", "Value": "data-platform"}
census-demo-universal	eu-west-2	111122223333	{"Key": "project", "Value": "census-demo"}
census-demo-dev-infra	eu-west-2	111122223333	{"Key": "cost-centre", "Value": "0042"}
census-demo-dev-infra	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
census-demo-dev-infra	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-dev-infra	eu-west-2	111122223333	{"Key": "owner", "Value": "data-platform"}
census-demo-dev-infra	eu-west-2	111122223333	{"Key": "project", "Value": "census-demo"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "cost-centre", "Value": "0042"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "layer", "Value": "curated"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "owner", "Value": "data-platform"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "pipeline", "Value": "model"}
census-demo-dev-curated-model	eu-west-2	111122223333	{"Key": "project", "Value": "census-demo"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "cost-centre", "Value": "0042"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "layer", "Value": "raw"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "owner", "Value": "data-platform"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "pipeline", "Value": "census"}
census-demo-dev-raw-census	eu-west-2	111122223333	{"Key": "project", "Value": "census-demo"}
census-demo-dev-raw-survey	eu-west-2	111122223333	{"Key": "cost-centre", "Value": "0042"}
census-demo-dev-raw-survey	eu-west-2	111122223333	{"Key": "environment", "Value": "dev"}
census-demo-dev-raw-survey	eu-west-2	111122223333	{"Key": "layer", "Value": "raw"}
census-demo-dev-raw-survey	eu-west-2	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-dev-raw-survey	eu-west-2	111122223333	{"Key": "owner", "Value": "data-platform"}
census-demo-dev-raw-survey	eu-west-2	111122223333	{"Key": "pipeline", "Value": "survey"}
census-demo-dev-raw-survey	eu-west-2	111122223333	{"Key": "project", "Value": "census-demo"}
census-demo-prod-infra	eu-west-2	444455556666	{"Key": "cost-centre", "Value": "0042"}
census-demo-prod-infra	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
census-demo-prod-infra	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-prod-infra	eu-west-2	444455556666	{"Key": "owner", "Value": "data-platform"}
census-demo-prod-infra	eu-west-2	444455556666	{"Key": "project", "Value": "census-demo"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "cost-centre", "Value": "0042"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "layer", "Value": "curated"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "owner", "Value": "data-platform"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "pipeline", "Value": "model"}
census-demo-prod-curated-model	eu-west-2	444455556666	{"Key": "project", "Value": "census-demo"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "cost-centre", "Value": "0042"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "layer", "Value": "raw"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "owner", "Value": "data-platform"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "pipeline", "Value": "census"}
census-demo-prod-raw-census	eu-west-2	444455556666	{"Key": "project", "Value": "census-demo"}
census-demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "cost-centre", "Value": "0042"}
census-demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
census-demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "layer", "Value": "raw"}
census-demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
census-demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "owner", "Value": "data-platform"}
census-demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "pipeline", "Value": "survey"}
census-demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "project", "Value": "census-demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
dev	census-demo-dev-raw-survey	census-demo-dev-curated-model
prod	census-demo-prod-raw-survey	census-demo-prod-curated-model
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	111122223333	eu-west-2	amazonaws.com
prod	111122223333	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
curated/model	curated__model__fit-mean	census-demo/curated/model/fit-mean	3e50380dae28c3c120b9064f3977835d27d79d5fcb9c1967f863e9c36206233c	linux/amd64
curated/model	curated__model__fit-trend	census-demo/curated/model/fit-trend	62c53269bea2bb9774617e8e982af8a20853734c5ef0eb8b498078c71bcf22d9	linux/amd64
curated/model	curated__model__prepare	census-demo/curated/model/prepare	9148864b66a038ad0d2d410a88b9b06f02b0447235cbd31fa69a591c0c30204d	linux/amd64
curated/model	curated__model__publish	census-demo/curated/model/publish	557285fff3df6d9d28536e9f897196c91897b1612f7a870cd9d9ba64652862a4	linux/amd64
raw/census	raw__census__extract	census-demo/raw/census/extract	fd36f1cf01fc561c92553f64306fd08b3fe2f69e21dc0e6d016bdd2a6f1b896c	linux/amd64
raw/census	raw__census__load	census-demo/raw/census/load	9752a360966525aefdcc30fa427ecbe63be50ad7fbd4676f0a4e332155090b93	linux/amd64
raw/census	raw__census__validate	census-demo/raw/census/validate	48d140d8fc0cb341b29401285e025b309d7306f00a092452bfb106b4028ce197	linux/amd64
raw/survey	raw__survey__clean	census-demo/raw/survey/clean	fa7b08a9e6d8dd14b78f63fed083dfccadfe703bb0d79c84dea9d8f506367c56	linux/amd64
raw/survey	raw__survey__ingest	census-demo/raw/survey/ingest	8a34c18a08e7314e9bafbd6268c2330d8d73e978e3a528c9c14f615e811d7a52	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
