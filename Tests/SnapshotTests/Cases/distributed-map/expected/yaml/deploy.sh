project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.yaml	2963	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	11447	CAPABILITY_NAMED_IAM
core	demo-dev-curated-model	eu-west-2	-	dev	curated/model	dev/core/curated/model.yaml	3626	-
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.yaml	17744	CAPABILITY_NAMED_IAM
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
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-raw-census	demo-dev-curated-model
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
curated/model	curated__model__fit	demo/curated/model/fit	ca0cddfaf5c10c75934aa60599738be3c434079ec95bfca5b479a1cbcf564ab1
raw/census	raw__census__load	demo/raw/census/load	325b3c733d8ae5053c994ee9c496c9635ed09e173768ed2a7fb21ef7c7c53027
END_OF_PLAN
}
