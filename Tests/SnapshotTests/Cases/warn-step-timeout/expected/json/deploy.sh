project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev,prod	-	universal.json	6196	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	18553	CAPABILITY_NAMED_IAM
core	demo-dev-curated-model	eu-west-2	-	dev	curated/model	dev/core/curated/model.json	5409	-
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.json	14087	-
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.json	18595	CAPABILITY_NAMED_IAM
core	demo-prod-curated-model	eu-west-2	-	prod	curated/model	prod/core/curated/model.json	5424	-
core	demo-prod-raw-census	eu-west-2	-	prod	raw/census	prod/core/raw/census.json	14109	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-curated-model	eu-west-2	-	environment	dev
demo-dev-curated-model	eu-west-2	-	layer	curated
demo-dev-curated-model	eu-west-2	-	managed-by	dorc-synth
demo-dev-curated-model	eu-west-2	-	pipeline	model
demo-dev-curated-model	eu-west-2	-	project	demo
demo-dev-raw-census	eu-west-2	-	environment	dev
demo-dev-raw-census	eu-west-2	-	layer	raw
demo-dev-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-census	eu-west-2	-	pipeline	census
demo-dev-raw-census	eu-west-2	-	project	demo
demo-prod-infra	eu-west-2	-	environment	prod
demo-prod-infra	eu-west-2	-	managed-by	dorc-synth
demo-prod-infra	eu-west-2	-	project	demo
demo-prod-curated-model	eu-west-2	-	environment	prod
demo-prod-curated-model	eu-west-2	-	layer	curated
demo-prod-curated-model	eu-west-2	-	managed-by	dorc-synth
demo-prod-curated-model	eu-west-2	-	pipeline	model
demo-prod-curated-model	eu-west-2	-	project	demo
demo-prod-raw-census	eu-west-2	-	environment	prod
demo-prod-raw-census	eu-west-2	-	layer	raw
demo-prod-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-census	eu-west-2	-	pipeline	census
demo-prod-raw-census	eu-west-2	-	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-raw-census	demo-dev-curated-model
prod	demo-prod-raw-census	demo-prod-curated-model
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
prod	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
curated/model	curated__model__fit	demo/curated/model/fit	ca0cddfaf5c10c75934aa60599738be3c434079ec95bfca5b479a1cbcf564ab1
raw/census	raw__census__long	demo/raw/census/long	296f573a3cb69c948a1eb3fe36078ed4589af6424bab9261cf68e540ec21073f
raw/census	raw__census__short	demo/raw/census/short	b25591b771b845acd442efb6b8c297a8b8febd9ebfb34e86207170f7ee1c8135
END_OF_PLAN
}
