project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	imported,long,selected	-	universal.json	2145	-
infra	demo-imported-infra	eu-west-2	-	imported	-	imported/infra.json	20803	CAPABILITY_NAMED_IAM
core	demo-imported-raw-census	eu-west-2	-	imported	raw/census	imported/core/raw/census.json	5742	-
infra	demo-long-infra	eu-west-2	-	long	-	long/infra.json	20292	CAPABILITY_NAMED_IAM
core	demo-long-raw-census	eu-west-2	-	long	raw/census	long/core/raw/census.json	5693	-
infra	demo-selected-infra	eu-west-2	-	selected	-	selected/infra.json	20027	CAPABILITY_NAMED_IAM
core	demo-selected-raw-census	eu-west-2	-	selected	raw/census	selected/core/raw/census.json	5946	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-imported-infra	eu-west-2	-	environment	imported
demo-imported-infra	eu-west-2	-	managed-by	dorc-synth
demo-imported-infra	eu-west-2	-	project	demo
demo-imported-raw-census	eu-west-2	-	environment	imported
demo-imported-raw-census	eu-west-2	-	layer	raw
demo-imported-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-imported-raw-census	eu-west-2	-	pipeline	census
demo-imported-raw-census	eu-west-2	-	project	demo
demo-long-infra	eu-west-2	-	environment	long
demo-long-infra	eu-west-2	-	managed-by	dorc-synth
demo-long-infra	eu-west-2	-	project	demo
demo-long-raw-census	eu-west-2	-	environment	long
demo-long-raw-census	eu-west-2	-	layer	raw
demo-long-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-long-raw-census	eu-west-2	-	pipeline	census
demo-long-raw-census	eu-west-2	-	project	demo
demo-selected-infra	eu-west-2	-	environment	selected
demo-selected-infra	eu-west-2	-	managed-by	dorc-synth
demo-selected-infra	eu-west-2	-	project	demo
demo-selected-raw-census	eu-west-2	-	environment	selected
demo-selected-raw-census	eu-west-2	-	layer	raw
demo-selected-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-selected-raw-census	eu-west-2	-	pipeline	census
demo-selected-raw-census	eu-west-2	-	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
imported	-	eu-west-2	amazonaws.com
long	-	eu-west-2	amazonaws.com
selected	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__extract	demo/raw/census/extract	0599ba2899696aa4e3bb7a9d4e040fd225d16349d88b339c63727a2688488f0a
END_OF_PLAN
}
