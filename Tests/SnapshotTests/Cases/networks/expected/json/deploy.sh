project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	plain,ports,listed,moving,leaving	-	universal.json	2116	-
infra	demo-plain-infra	eu-west-2	-	plain	-	plain/infra.json	19772	CAPABILITY_NAMED_IAM
core	demo-plain-raw-p	eu-west-2	-	plain	raw/p	plain/core/raw/p.json	9147	CAPABILITY_NAMED_IAM
infra	demo-ports-infra	eu-west-2	-	ports	-	ports/infra.json	21091	CAPABILITY_NAMED_IAM
core	demo-ports-raw-p	eu-west-2	-	ports	raw/p	ports/core/raw/p.json	9272	CAPABILITY_NAMED_IAM
infra	demo-listed-infra	eu-west-2	-	listed	-	listed/infra.json	19839	CAPABILITY_NAMED_IAM
core	demo-listed-raw-p	eu-west-2	-	listed	raw/p	listed/core/raw/p.json	9286	CAPABILITY_NAMED_IAM
infra	demo-moving-infra	eu-west-2	-	moving	-	moving/infra.json	21465	CAPABILITY_NAMED_IAM
core	demo-moving-raw-p	eu-west-2	-	moving	raw/p	moving/core/raw/p.json	9168	CAPABILITY_NAMED_IAM
infra	demo-leaving-infra	eu-west-2	-	leaving	-	leaving/infra.json	19883	CAPABILITY_NAMED_IAM
core	demo-leaving-raw-p	eu-west-2	-	leaving	raw/p	leaving/core/raw/p.json	8961	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-plain-infra	eu-west-2	-	environment	plain
demo-plain-infra	eu-west-2	-	managed-by	dorc-synth
demo-plain-infra	eu-west-2	-	project	demo
demo-plain-raw-p	eu-west-2	-	environment	plain
demo-plain-raw-p	eu-west-2	-	layer	raw
demo-plain-raw-p	eu-west-2	-	managed-by	dorc-synth
demo-plain-raw-p	eu-west-2	-	pipeline	p
demo-plain-raw-p	eu-west-2	-	project	demo
demo-ports-infra	eu-west-2	-	environment	ports
demo-ports-infra	eu-west-2	-	managed-by	dorc-synth
demo-ports-infra	eu-west-2	-	project	demo
demo-ports-raw-p	eu-west-2	-	environment	ports
demo-ports-raw-p	eu-west-2	-	layer	raw
demo-ports-raw-p	eu-west-2	-	managed-by	dorc-synth
demo-ports-raw-p	eu-west-2	-	pipeline	p
demo-ports-raw-p	eu-west-2	-	project	demo
demo-listed-infra	eu-west-2	-	environment	listed
demo-listed-infra	eu-west-2	-	managed-by	dorc-synth
demo-listed-infra	eu-west-2	-	project	demo
demo-listed-raw-p	eu-west-2	-	environment	listed
demo-listed-raw-p	eu-west-2	-	layer	raw
demo-listed-raw-p	eu-west-2	-	managed-by	dorc-synth
demo-listed-raw-p	eu-west-2	-	pipeline	p
demo-listed-raw-p	eu-west-2	-	project	demo
demo-moving-infra	eu-west-2	-	environment	moving
demo-moving-infra	eu-west-2	-	managed-by	dorc-synth
demo-moving-infra	eu-west-2	-	project	demo
demo-moving-raw-p	eu-west-2	-	environment	moving
demo-moving-raw-p	eu-west-2	-	layer	raw
demo-moving-raw-p	eu-west-2	-	managed-by	dorc-synth
demo-moving-raw-p	eu-west-2	-	pipeline	p
demo-moving-raw-p	eu-west-2	-	project	demo
demo-leaving-infra	eu-west-2	-	environment	leaving
demo-leaving-infra	eu-west-2	-	managed-by	dorc-synth
demo-leaving-infra	eu-west-2	-	project	demo
demo-leaving-raw-p	eu-west-2	-	environment	leaving
demo-leaving-raw-p	eu-west-2	-	layer	raw
demo-leaving-raw-p	eu-west-2	-	managed-by	dorc-synth
demo-leaving-raw-p	eu-west-2	-	pipeline	p
demo-leaving-raw-p	eu-west-2	-	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
plain	-	eu-west-2	amazonaws.com
ports	-	eu-west-2	amazonaws.com
listed	-	eu-west-2	amazonaws.com
moving	-	eu-west-2	amazonaws.com
leaving	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/p	raw__p__f	demo/raw/p/f	f6667baf45bc9ede873892b50f1b089d366f095cbf23f7b7cfd2d39aa6480e8e
END_OF_PLAN
}
