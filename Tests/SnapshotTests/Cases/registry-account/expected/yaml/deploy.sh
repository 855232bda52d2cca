project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	000011112222	dev,test	-	universal.yaml	2047	-
universal	demo-universal	eu-west-1	000011112222	prod	-	universal.yaml	2047	-
infra	demo-dev-infra	eu-west-2	111122223333	dev	-	dev/infra.yaml	11447	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	111122223333	dev	raw/census	dev/core/raw/census.yaml	3625	-
infra	demo-test-infra	eu-west-2	111122223333	test	-	test/infra.yaml	11487	CAPABILITY_NAMED_IAM
core	demo-test-raw-census	eu-west-2	111122223333	test	raw/census	test/core/raw/census.yaml	3640	-
infra	demo-prod-infra	eu-west-1	444455556666	prod	-	prod/infra.yaml	11487	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-1	444455556666	prod	raw/census	prod/core/raw/census.yaml	3640	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	000011112222	managed-by	dorc-synth
demo-universal	eu-west-2	000011112222	project	demo
demo-universal	eu-west-1	000011112222	managed-by	dorc-synth
demo-universal	eu-west-1	000011112222	project	demo
demo-dev-infra	eu-west-2	111122223333	environment	dev
demo-dev-infra	eu-west-2	111122223333	managed-by	dorc-synth
demo-dev-infra	eu-west-2	111122223333	project	demo
demo-dev-raw-census	eu-west-2	111122223333	environment	dev
demo-dev-raw-census	eu-west-2	111122223333	layer	raw
demo-dev-raw-census	eu-west-2	111122223333	managed-by	dorc-synth
demo-dev-raw-census	eu-west-2	111122223333	pipeline	census
demo-dev-raw-census	eu-west-2	111122223333	project	demo
demo-test-infra	eu-west-2	111122223333	environment	test
demo-test-infra	eu-west-2	111122223333	managed-by	dorc-synth
demo-test-infra	eu-west-2	111122223333	project	demo
demo-test-raw-census	eu-west-2	111122223333	environment	test
demo-test-raw-census	eu-west-2	111122223333	layer	raw
demo-test-raw-census	eu-west-2	111122223333	managed-by	dorc-synth
demo-test-raw-census	eu-west-2	111122223333	pipeline	census
demo-test-raw-census	eu-west-2	111122223333	project	demo
demo-prod-infra	eu-west-1	444455556666	environment	prod
demo-prod-infra	eu-west-1	444455556666	managed-by	dorc-synth
demo-prod-infra	eu-west-1	444455556666	project	demo
demo-prod-raw-census	eu-west-1	444455556666	environment	prod
demo-prod-raw-census	eu-west-1	444455556666	layer	raw
demo-prod-raw-census	eu-west-1	444455556666	managed-by	dorc-synth
demo-prod-raw-census	eu-west-1	444455556666	pipeline	census
demo-prod-raw-census	eu-west-1	444455556666	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	000011112222	eu-west-2	amazonaws.com
test	000011112222	eu-west-2	amazonaws.com
prod	000011112222	eu-west-1	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__extract	demo/raw/census/extract	0599ba2899696aa4e3bb7a9d4e040fd225d16349d88b339c63727a2688488f0a
END_OF_PLAN
}
