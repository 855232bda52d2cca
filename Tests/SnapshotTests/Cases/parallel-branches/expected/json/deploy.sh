project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	4148	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	17395	CAPABILITY_NAMED_IAM
core	demo-dev-raw-apart	eu-west-2	-	dev	raw/apart	dev/core/raw/apart.json	8563	-
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.json	28084	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-apart	eu-west-2	-	environment	dev
demo-dev-raw-apart	eu-west-2	-	layer	raw
demo-dev-raw-apart	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-apart	eu-west-2	-	pipeline	apart
demo-dev-raw-apart	eu-west-2	-	project	demo
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
raw/apart	raw__apart__f	demo/raw/apart/f	60ab7d6ca4700b16af7f1468c5383fc904bbbda48d0cf8013334f8297a1af69f
raw/census	raw__census__f	demo/raw/census/f	05503eaad33cf94799fc4eaeae76ce2435c0813700df01ed3c3bcab18a54627e
END_OF_PLAN
}
