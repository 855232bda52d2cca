project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.yaml	2954	-
universal	demo-universal	eu-west-1	444455556666	prod	-	universal.yaml	2954	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	11447	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.yaml	10016	CAPABILITY_NAMED_IAM
infra	demo-prod-infra	eu-west-1	444455556666	prod	-	prod/infra.yaml	11487	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-1	444455556666	prod	raw/census	prod/core/raw/census.yaml	10013	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-universal	eu-west-1	444455556666	managed-by	dorc-synth
demo-universal	eu-west-1	444455556666	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-census	eu-west-2	-	environment	dev
demo-dev-raw-census	eu-west-2	-	layer	raw
demo-dev-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-census	eu-west-2	-	pipeline	census
demo-dev-raw-census	eu-west-2	-	project	demo
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
dev	-	eu-west-2	amazonaws.com
prod	444455556666	eu-west-1	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__ask	demo/raw/census/ask	c83923a1f833b656f8dc4013690bb491590ba0c9a513c23c113d5cfa45be9fb9
raw/census	raw__census__load	demo/raw/census/load	325b3c733d8ae5053c994ee9c496c9635ed09e173768ed2a7fb21ef7c7c53027
END_OF_PLAN
}
