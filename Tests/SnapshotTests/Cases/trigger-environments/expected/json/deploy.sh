project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev,test,prod	-	universal.json	4176	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	17395	CAPABILITY_NAMED_IAM
core	demo-dev-curated-model	eu-west-2	-	dev	curated/model	dev/core/curated/model.json	5409	-
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.json	12871	-
infra	demo-test-infra	eu-west-2	-	test	-	test/infra.json	17435	CAPABILITY_NAMED_IAM
core	demo-test-curated-model	eu-west-2	-	test	curated/model	test/core/curated/model.json	5424	-
core	demo-test-raw-census	eu-west-2	-	test	raw/census	test/core/raw/census.json	15404	-
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.json	17435	CAPABILITY_NAMED_IAM
core	demo-prod-curated-model	eu-west-2	-	prod	curated/model	prod/core/curated/model.json	5424	-
core	demo-prod-raw-census	eu-west-2	-	prod	raw/census	prod/core/raw/census.json	15039	-
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
demo-test-infra	eu-west-2	-	environment	test
demo-test-infra	eu-west-2	-	managed-by	dorc-synth
demo-test-infra	eu-west-2	-	project	demo
demo-test-curated-model	eu-west-2	-	environment	test
demo-test-curated-model	eu-west-2	-	layer	curated
demo-test-curated-model	eu-west-2	-	managed-by	dorc-synth
demo-test-curated-model	eu-west-2	-	pipeline	model
demo-test-curated-model	eu-west-2	-	project	demo
demo-test-raw-census	eu-west-2	-	environment	test
demo-test-raw-census	eu-west-2	-	layer	raw
demo-test-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-test-raw-census	eu-west-2	-	pipeline	census
demo-test-raw-census	eu-west-2	-	project	demo
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
test	demo-test-raw-census	demo-test-curated-model
prod	demo-prod-raw-census	demo-prod-curated-model
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
test	-	eu-west-2	amazonaws.com
prod	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
curated/model	curated__model__fit	demo/curated/model/fit	ca0cddfaf5c10c75934aa60599738be3c434079ec95bfca5b479a1cbcf564ab1
raw/census	raw__census__extract	demo/raw/census/extract	0599ba2899696aa4e3bb7a9d4e040fd225d16349d88b339c63727a2688488f0a
END_OF_PLAN
}
