project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	4172	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	17395	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.json	13900	CAPABILITY_NAMED_IAM
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
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__ask	demo/raw/census/ask	c83923a1f833b656f8dc4013690bb491590ba0c9a513c23c113d5cfa45be9fb9
raw/census	raw__census__count-rows	demo/raw/census/count-rows	f81837598374d4659aa7ca5c51623ba5cf3abfb8854fa0d104ff5b8f0f6c3c86
END_OF_PLAN
}
