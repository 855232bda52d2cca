project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev,prod	-	universal.json	2472	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	20410	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.json	10439	-
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.json	21295	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-2	-	prod	raw/census	prod/core/raw/census.json	10889	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	a	project
demo-universal	eu-west-2	-	b	project
demo-universal	eu-west-2	-	level	project
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	owner	nobody
demo-universal	eu-west-2	-	project	demo
demo-dev-infra	eu-west-2	-	a	project
demo-dev-infra	eu-west-2	-	b	environment
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	level	environment
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	owner	nobody
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-census	eu-west-2	-	a	project
demo-dev-raw-census	eu-west-2	-	b	environment
demo-dev-raw-census	eu-west-2	-	c	pipeline
demo-dev-raw-census	eu-west-2	-	environment	dev
demo-dev-raw-census	eu-west-2	-	layer	raw
demo-dev-raw-census	eu-west-2	-	level	pipeline
demo-dev-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-census	eu-west-2	-	owner	census@example.com
demo-dev-raw-census	eu-west-2	-	pipeline	census
demo-dev-raw-census	eu-west-2	-	project	demo
demo-dev-raw-census	eu-west-2	-	team	dev-team of dev
demo-prod-infra	eu-west-2	-	a	project
demo-prod-infra	eu-west-2	-	b	project
demo-prod-infra	eu-west-2	-	cost-centre	0042
demo-prod-infra	eu-west-2	-	environment	prod
demo-prod-infra	eu-west-2	-	level	project
demo-prod-infra	eu-west-2	-	managed-by	dorc-synth
demo-prod-infra	eu-west-2	-	owner	nobody
demo-prod-infra	eu-west-2	-	project	demo
demo-prod-raw-census	eu-west-2	-	a	project
demo-prod-raw-census	eu-west-2	-	b	project
demo-prod-raw-census	eu-west-2	-	c	pipeline
demo-prod-raw-census	eu-west-2	-	cost-centre	0042
demo-prod-raw-census	eu-west-2	-	environment	prod
demo-prod-raw-census	eu-west-2	-	layer	raw
demo-prod-raw-census	eu-west-2	-	level	pipeline
demo-prod-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-census	eu-west-2	-	owner	census@example.com
demo-prod-raw-census	eu-west-2	-	pipeline	census
demo-prod-raw-census	eu-west-2	-	project	demo
demo-prod-raw-census	eu-west-2	-	team	Größe 1 of prod
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
END_OF_PLAN
}
