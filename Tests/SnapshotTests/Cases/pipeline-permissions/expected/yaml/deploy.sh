project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.yaml	2990	-
universal	demo-universal	eu-west-2	444455556666	prod	-	universal.yaml	2990	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	11447	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.yaml	6252	CAPABILITY_NAMED_IAM
core	demo-dev-raw-shared-role	eu-west-2	-	dev	raw/shared-role	dev/core/raw/shared-role.yaml	3690	-
infra	demo-prod-infra	eu-west-2	444455556666	prod	-	prod/infra.yaml	11769	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-2	444455556666	prod	raw/census	prod/core/raw/census.yaml	6398	CAPABILITY_NAMED_IAM
core	demo-prod-raw-shared-role	eu-west-2	444455556666	prod	raw/shared-role	prod/core/raw/shared-role.yaml	3705	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-universal	eu-west-2	444455556666	managed-by	dorc-synth
demo-universal	eu-west-2	444455556666	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-census	eu-west-2	-	environment	dev
demo-dev-raw-census	eu-west-2	-	layer	raw
demo-dev-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-census	eu-west-2	-	pipeline	census
demo-dev-raw-census	eu-west-2	-	project	demo
demo-dev-raw-shared-role	eu-west-2	-	environment	dev
demo-dev-raw-shared-role	eu-west-2	-	layer	raw
demo-dev-raw-shared-role	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-shared-role	eu-west-2	-	pipeline	shared-role
demo-dev-raw-shared-role	eu-west-2	-	project	demo
demo-prod-infra	eu-west-2	444455556666	environment	prod
demo-prod-infra	eu-west-2	444455556666	managed-by	dorc-synth
demo-prod-infra	eu-west-2	444455556666	project	demo
demo-prod-raw-census	eu-west-2	444455556666	environment	prod
demo-prod-raw-census	eu-west-2	444455556666	layer	raw
demo-prod-raw-census	eu-west-2	444455556666	managed-by	dorc-synth
demo-prod-raw-census	eu-west-2	444455556666	pipeline	census
demo-prod-raw-census	eu-west-2	444455556666	project	demo
demo-prod-raw-shared-role	eu-west-2	444455556666	environment	prod
demo-prod-raw-shared-role	eu-west-2	444455556666	layer	raw
demo-prod-raw-shared-role	eu-west-2	444455556666	managed-by	dorc-synth
demo-prod-raw-shared-role	eu-west-2	444455556666	pipeline	shared-role
demo-prod-raw-shared-role	eu-west-2	444455556666	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
prod	444455556666	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__extract	demo/raw/census/extract	0599ba2899696aa4e3bb7a9d4e040fd225d16349d88b339c63727a2688488f0a
raw/shared-role	raw__shared-role__extract	demo/raw/shared-role/extract	331f35f4ccf970cb4a7ab51e50d1d000e3eb47981cff15efe46dca491bab6a6f
END_OF_PLAN
}
