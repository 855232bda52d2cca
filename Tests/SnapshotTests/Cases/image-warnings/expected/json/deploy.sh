project() { echo 'acme'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	acme-universal	eu-west-2	111122223333	dev	-	universal.json	1238	-
infra	acme-dev-infra	eu-west-2	111122223333	dev	-	dev/infra.json	17413	CAPABILITY_NAMED_IAM
core	acme-dev-raw-p	eu-west-2	111122223333	dev	raw/p	dev/core/raw/p.json	8317	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
acme-universal	eu-west-2	111122223333	managed-by	dorc-synth
acme-universal	eu-west-2	111122223333	project	acme
acme-dev-infra	eu-west-2	111122223333	environment	dev
acme-dev-infra	eu-west-2	111122223333	managed-by	dorc-synth
acme-dev-infra	eu-west-2	111122223333	project	acme
acme-dev-raw-p	eu-west-2	111122223333	environment	dev
acme-dev-raw-p	eu-west-2	111122223333	layer	raw
acme-dev-raw-p	eu-west-2	111122223333	managed-by	dorc-synth
acme-dev-raw-p	eu-west-2	111122223333	pipeline	p
acme-dev-raw-p	eu-west-2	111122223333	project	acme
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images
registries() { cat <<'END_OF_PLAN'
dev	111122223333	eu-west-2
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/p	raw__p__load	acme/raw/p/load	1c76216dc65b77f15918704c24a6be3449ad3a6d9f4f5d171edc408d4b107ce2
END_OF_PLAN
}
