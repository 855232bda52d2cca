project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev,prod	-	universal.yaml	4436	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	11655	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.yaml	10868	-
core	demo-dev-raw-in-prod	eu-west-2	-	dev	raw/in-prod	dev/core/raw/in-prod.yaml	5778	-
core	demo-dev-raw-no-timeout	eu-west-2	-	dev	raw/no-timeout	dev/core/raw/no-timeout.yaml	5788	-
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.yaml	11696	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-2	-	prod	raw/census	prod/core/raw/census.yaml	10194	-
core	demo-prod-raw-in-prod	eu-west-2	-	prod	raw/in-prod	prod/core/raw/in-prod.yaml	5800	-
core	demo-prod-raw-no-timeout	eu-west-2	-	prod	raw/no-timeout	prod/core/raw/no-timeout.yaml	5808	-
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
demo-dev-raw-in-prod	eu-west-2	-	environment	dev
demo-dev-raw-in-prod	eu-west-2	-	layer	raw
demo-dev-raw-in-prod	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-in-prod	eu-west-2	-	pipeline	in-prod
demo-dev-raw-in-prod	eu-west-2	-	project	demo
demo-dev-raw-no-timeout	eu-west-2	-	environment	dev
demo-dev-raw-no-timeout	eu-west-2	-	layer	raw
demo-dev-raw-no-timeout	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-no-timeout	eu-west-2	-	pipeline	no-timeout
demo-dev-raw-no-timeout	eu-west-2	-	project	demo
demo-prod-infra	eu-west-2	-	environment	prod
demo-prod-infra	eu-west-2	-	managed-by	dorc-synth
demo-prod-infra	eu-west-2	-	project	demo
demo-prod-raw-census	eu-west-2	-	environment	prod
demo-prod-raw-census	eu-west-2	-	layer	raw
demo-prod-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-census	eu-west-2	-	pipeline	census
demo-prod-raw-census	eu-west-2	-	project	demo
demo-prod-raw-in-prod	eu-west-2	-	environment	prod
demo-prod-raw-in-prod	eu-west-2	-	layer	raw
demo-prod-raw-in-prod	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-in-prod	eu-west-2	-	pipeline	in-prod
demo-prod-raw-in-prod	eu-west-2	-	project	demo
demo-prod-raw-no-timeout	eu-west-2	-	environment	prod
demo-prod-raw-no-timeout	eu-west-2	-	layer	raw
demo-prod-raw-no-timeout	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-no-timeout	eu-west-2	-	pipeline	no-timeout
demo-prod-raw-no-timeout	eu-west-2	-	project	demo
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
raw/in-prod	raw__in-prod__extract	demo/raw/in-prod/extract	7b297cdb24101a979e2060ba9e8c16528086ccfa1c1eb1d0bf7f79fb28db01e2
raw/no-timeout	raw__no-timeout__extract	demo/raw/no-timeout/extract	0d2d829440368ea08064ce21d6e818114e785852752f02fcf616e7b0e0cc5a09
END_OF_PLAN
}
