project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	111122223333	dev	-	universal.yaml	2962	-
infra	demo-dev-infra	eu-west-2	111122223333	dev	-	dev/infra.yaml	11447	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	111122223333	dev	raw/census	dev/core/raw/census.yaml	17023	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	111122223333	managed-by	dorc-synth
demo-universal	eu-west-2	111122223333	project	demo
demo-dev-infra	eu-west-2	111122223333	environment	dev
demo-dev-infra	eu-west-2	111122223333	managed-by	dorc-synth
demo-dev-infra	eu-west-2	111122223333	project	demo
demo-dev-raw-census	eu-west-2	111122223333	environment	dev
demo-dev-raw-census	eu-west-2	111122223333	layer	raw
demo-dev-raw-census	eu-west-2	111122223333	managed-by	dorc-synth
demo-dev-raw-census	eu-west-2	111122223333	pipeline	census
demo-dev-raw-census	eu-west-2	111122223333	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	111122223333	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__extract	demo/raw/census/extract	34fd88eb84885587820db698d1e405183256518d8b0b33e1b051240ac55b07f9
raw/census	raw__census__load	demo/raw/census/load	1599449974ab642ee9d8fe2f769dc42c6dfcb87e709a455ec3a4c888d41b1ee9
END_OF_PLAN
}
