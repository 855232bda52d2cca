project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.yaml	4414	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	12258	CAPABILITY_NAMED_IAM
core	demo-dev-curated-model	eu-west-2	-	dev	curated/model	dev/core/curated/model.yaml	3626	-
core	demo-dev-curated-report	eu-west-2	-	dev	curated/report	dev/core/curated/report.yaml	3687	-
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.yaml	8417	-
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
demo-dev-curated-report	eu-west-2	-	environment	dev
demo-dev-curated-report	eu-west-2	-	layer	curated
demo-dev-curated-report	eu-west-2	-	managed-by	dorc-synth
demo-dev-curated-report	eu-west-2	-	pipeline	report
demo-dev-curated-report	eu-west-2	-	project	demo
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
dev	demo-dev-raw-census	demo-dev-curated-report
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
curated/report	curated__report__write	demo/curated/report/write	3b2dec4475a36279029235cd271132bc10cfdd61ab6122d56b43ab1d06cd0c23
raw/census	raw__census__ingest	demo/raw/census/ingest	816f490af0228e45396fbf4eb2acc2ebce6b0bf7725a25bb006a4d2bc5cfca4e
END_OF_PLAN
}
