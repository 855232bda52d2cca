project() { echo 'census-demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	census-demo-universal	eu-west-2	111122223333	dev,prod	-	universal.yaml	17299	-
infra	census-demo-dev-infra	eu-west-2	111122223333	dev	-	dev/infra.yaml	15117	CAPABILITY_NAMED_IAM
core	census-demo-dev-curated-model	eu-west-2	111122223333	dev	curated/model	dev/core/curated/model.yaml	12856	-
core	census-demo-dev-raw-census	eu-west-2	111122223333	dev	raw/census	dev/core/raw/census.yaml	10674	-
core	census-demo-dev-raw-survey	eu-west-2	111122223333	dev	raw/survey	dev/core/raw/survey.yaml	8512	-
infra	census-demo-prod-infra	eu-west-2	444455556666	prod	-	prod/infra.yaml	15249	CAPABILITY_NAMED_IAM
core	census-demo-prod-curated-model	eu-west-2	444455556666	prod	curated/model	prod/core/curated/model.yaml	13034	-
core	census-demo-prod-raw-census	eu-west-2	444455556666	prod	raw/census	prod/core/raw/census.yaml	10814	-
core	census-demo-prod-raw-survey	eu-west-2	444455556666	prod	raw/survey	prod/core/raw/survey.yaml	8611	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
census-demo-universal	eu-west-2	111122223333	cost-centre	0042
census-demo-universal	eu-west-2	111122223333	managed-by	dorc-synth
census-demo-universal	eu-west-2	111122223333	owner	data-platform
census-demo-universal	eu-west-2	111122223333	project	census-demo
census-demo-dev-infra	eu-west-2	111122223333	cost-centre	0042
census-demo-dev-infra	eu-west-2	111122223333	environment	dev
census-demo-dev-infra	eu-west-2	111122223333	managed-by	dorc-synth
census-demo-dev-infra	eu-west-2	111122223333	owner	data-platform
census-demo-dev-infra	eu-west-2	111122223333	project	census-demo
census-demo-dev-curated-model	eu-west-2	111122223333	cost-centre	0042
census-demo-dev-curated-model	eu-west-2	111122223333	environment	dev
census-demo-dev-curated-model	eu-west-2	111122223333	layer	curated
census-demo-dev-curated-model	eu-west-2	111122223333	managed-by	dorc-synth
census-demo-dev-curated-model	eu-west-2	111122223333	owner	data-platform
census-demo-dev-curated-model	eu-west-2	111122223333	pipeline	model
census-demo-dev-curated-model	eu-west-2	111122223333	project	census-demo
census-demo-dev-raw-census	eu-west-2	111122223333	cost-centre	0042
census-demo-dev-raw-census	eu-west-2	111122223333	environment	dev
census-demo-dev-raw-census	eu-west-2	111122223333	layer	raw
census-demo-dev-raw-census	eu-west-2	111122223333	managed-by	dorc-synth
census-demo-dev-raw-census	eu-west-2	111122223333	owner	data-platform
census-demo-dev-raw-census	eu-west-2	111122223333	pipeline	census
census-demo-dev-raw-census	eu-west-2	111122223333	project	census-demo
census-demo-dev-raw-survey	eu-west-2	111122223333	cost-centre	0042
census-demo-dev-raw-survey	eu-west-2	111122223333	environment	dev
census-demo-dev-raw-survey	eu-west-2	111122223333	layer	raw
census-demo-dev-raw-survey	eu-west-2	111122223333	managed-by	dorc-synth
census-demo-dev-raw-survey	eu-west-2	111122223333	owner	data-platform
census-demo-dev-raw-survey	eu-west-2	111122223333	pipeline	survey
census-demo-dev-raw-survey	eu-west-2	111122223333	project	census-demo
census-demo-prod-infra	eu-west-2	444455556666	cost-centre	0042
census-demo-prod-infra	eu-west-2	444455556666	environment	prod
census-demo-prod-infra	eu-west-2	444455556666	managed-by	dorc-synth
census-demo-prod-infra	eu-west-2	444455556666	owner	data-platform
census-demo-prod-infra	eu-west-2	444455556666	project	census-demo
census-demo-prod-curated-model	eu-west-2	444455556666	cost-centre	0042
census-demo-prod-curated-model	eu-west-2	444455556666	environment	prod
census-demo-prod-curated-model	eu-west-2	444455556666	layer	curated
census-demo-prod-curated-model	eu-west-2	444455556666	managed-by	dorc-synth
census-demo-prod-curated-model	eu-west-2	444455556666	owner	data-platform
census-demo-prod-curated-model	eu-west-2	444455556666	pipeline	model
census-demo-prod-curated-model	eu-west-2	444455556666	project	census-demo
census-demo-prod-raw-census	eu-west-2	444455556666	cost-centre	0042
census-demo-prod-raw-census	eu-west-2	444455556666	environment	prod
census-demo-prod-raw-census	eu-west-2	444455556666	layer	raw
census-demo-prod-raw-census	eu-west-2	444455556666	managed-by	dorc-synth
census-demo-prod-raw-census	eu-west-2	444455556666	owner	data-platform
census-demo-prod-raw-census	eu-west-2	444455556666	pipeline	census
census-demo-prod-raw-census	eu-west-2	444455556666	project	census-demo
census-demo-prod-raw-survey	eu-west-2	444455556666	cost-centre	0042
census-demo-prod-raw-survey	eu-west-2	444455556666	environment	prod
census-demo-prod-raw-survey	eu-west-2	444455556666	layer	raw
census-demo-prod-raw-survey	eu-west-2	444455556666	managed-by	dorc-synth
census-demo-prod-raw-survey	eu-west-2	444455556666	owner	data-platform
census-demo-prod-raw-survey	eu-west-2	444455556666	pipeline	survey
census-demo-prod-raw-survey	eu-west-2	444455556666	project	census-demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
dev	census-demo-dev-raw-survey	census-demo-dev-curated-model
prod	census-demo-prod-raw-survey	census-demo-prod-curated-model
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	111122223333	eu-west-2	amazonaws.com
prod	111122223333	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
curated/model	curated__model__fit-mean	census-demo/curated/model/fit-mean	3e50380dae28c3c120b9064f3977835d27d79d5fcb9c1967f863e9c36206233c
curated/model	curated__model__fit-trend	census-demo/curated/model/fit-trend	62c53269bea2bb9774617e8e982af8a20853734c5ef0eb8b498078c71bcf22d9
curated/model	curated__model__prepare	census-demo/curated/model/prepare	9148864b66a038ad0d2d410a88b9b06f02b0447235cbd31fa69a591c0c30204d
curated/model	curated__model__publish	census-demo/curated/model/publish	557285fff3df6d9d28536e9f897196c91897b1612f7a870cd9d9ba64652862a4
raw/census	raw__census__extract	census-demo/raw/census/extract	fd36f1cf01fc561c92553f64306fd08b3fe2f69e21dc0e6d016bdd2a6f1b896c
raw/census	raw__census__load	census-demo/raw/census/load	9752a360966525aefdcc30fa427ecbe63be50ad7fbd4676f0a4e332155090b93
raw/census	raw__census__validate	census-demo/raw/census/validate	48d140d8fc0cb341b29401285e025b309d7306f00a092452bfb106b4028ce197
raw/survey	raw__survey__clean	census-demo/raw/survey/clean	fa7b08a9e6d8dd14b78f63fed083dfccadfe703bb0d79c84dea9d8f506367c56
raw/survey	raw__survey__ingest	census-demo/raw/survey/ingest	8a34c18a08e7314e9bafbd6268c2330d8d73e978e3a528c9c14f615e811d7a52
END_OF_PLAN
}
