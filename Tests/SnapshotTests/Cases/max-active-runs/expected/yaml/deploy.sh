project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev,prod	-	universal.yaml	2976	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	11655	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.yaml	5288	-
core	demo-dev-raw-only-prod	eu-west-2	-	dev	raw/only-prod	dev/core/raw/only-prod.yaml	4965	-
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.yaml	11696	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-2	-	prod	raw/census	prod/core/raw/census.yaml	5303	-
core	demo-prod-raw-only-prod	eu-west-2	-	prod	raw/only-prod	prod/core/raw/only-prod.yaml	6359	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-census	eu-west-2	-	environment	dev
demo-dev-raw-census	eu-west-2	-	layer	raw
demo-dev-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-census	eu-west-2	-	pipeline	census
demo-dev-raw-census	eu-west-2	-	project	demo
demo-dev-raw-only-prod	eu-west-2	-	environment	dev
demo-dev-raw-only-prod	eu-west-2	-	layer	raw
demo-dev-raw-only-prod	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-only-prod	eu-west-2	-	pipeline	only-prod
demo-dev-raw-only-prod	eu-west-2	-	project	demo
demo-prod-infra	eu-west-2	-	environment	prod
demo-prod-infra	eu-west-2	-	managed-by	dorc-synth
demo-prod-infra	eu-west-2	-	project	demo
demo-prod-raw-census	eu-west-2	-	environment	prod
demo-prod-raw-census	eu-west-2	-	layer	raw
demo-prod-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-census	eu-west-2	-	pipeline	census
demo-prod-raw-census	eu-west-2	-	project	demo
demo-prod-raw-only-prod	eu-west-2	-	environment	prod
demo-prod-raw-only-prod	eu-west-2	-	layer	raw
demo-prod-raw-only-prod	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-only-prod	eu-west-2	-	pipeline	only-prod
demo-prod-raw-only-prod	eu-west-2	-	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
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
raw/census	raw__census__extract	demo/raw/census/extract	0599ba2899696aa4e3bb7a9d4e040fd225d16349d88b339c63727a2688488f0a
raw/only-prod	raw__only-prod__run	demo/raw/only-prod/run	d6ff32d217186ccfa9da2617bfa360d14d69339087e4d8c06547e506478da586
END_OF_PLAN
}
