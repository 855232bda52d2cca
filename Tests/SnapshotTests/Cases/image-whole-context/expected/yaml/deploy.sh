project() { echo 'acme'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	acme-universal	eu-west-2	-	dev	-	universal.yaml	873	-
infra	acme-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	11465	CAPABILITY_NAMED_IAM
core	acme-dev-raw-p	eu-west-2	-	dev	raw/p	dev/core/raw/p.yaml	3540	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
acme-universal	eu-west-2	-	managed-by	dorc-synth
acme-universal	eu-west-2	-	project	acme
acme-dev-infra	eu-west-2	-	environment	dev
acme-dev-infra	eu-west-2	-	managed-by	dorc-synth
acme-dev-infra	eu-west-2	-	project	acme
acme-dev-raw-p	eu-west-2	-	environment	dev
acme-dev-raw-p	eu-west-2	-	layer	raw
acme-dev-raw-p	eu-west-2	-	managed-by	dorc-synth
acme-dev-raw-p	eu-west-2	-	pipeline	p
acme-dev-raw-p	eu-west-2	-	project	acme
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/p	raw__p__load	acme/raw/p/load	138128a3f71e42dafade0d6e407710bb2aadea3c69145211c0739f56cf76d6be
END_OF_PLAN
}
