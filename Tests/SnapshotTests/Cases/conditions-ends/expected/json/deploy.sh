project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	4153	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	17395	CAPABILITY_NAMED_IAM
core	demo-dev-raw-forked	eu-west-2	-	dev	raw/forked	dev/core/raw/forked.json	9387	-
core	demo-dev-raw-only	eu-west-2	-	dev	raw/only	dev/core/raw/only.json	5725	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-forked	eu-west-2	-	environment	dev
demo-dev-raw-forked	eu-west-2	-	layer	raw
demo-dev-raw-forked	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-forked	eu-west-2	-	pipeline	forked
demo-dev-raw-forked	eu-west-2	-	project	demo
demo-dev-raw-only	eu-west-2	-	environment	dev
demo-dev-raw-only	eu-west-2	-	layer	raw
demo-dev-raw-only	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-only	eu-west-2	-	pipeline	only
demo-dev-raw-only	eu-west-2	-	project	demo
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
raw/forked	raw__forked__run	demo/raw/forked/run	11aa70ee57a364dbf39df3325d45c83471d3e57ffe2485cface7b656cd9cd325
raw/only	raw__only__run	demo/raw/only/run	a1c2204744796b8d9b9852b673fa45eb890d77ff11f9862f9007c9c2ce019678
END_OF_PLAN
}
