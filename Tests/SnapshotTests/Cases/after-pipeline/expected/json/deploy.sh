project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	6202	-
universal	demo-universal	eu-west-2	444455556666	prod	-	universal.json	6202	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	17395	CAPABILITY_NAMED_IAM
core	demo-dev-raw-geography	eu-west-2	-	dev	raw/geography	dev/core/raw/geography.json	6346	-
core	demo-dev-raw-returns	eu-west-2	-	dev	raw/returns	dev/core/raw/returns.json	6316	-
core	demo-dev-curated-model	eu-west-2	-	dev	curated/model	dev/core/curated/model.json	12442	-
infra	demo-prod-infra	eu-west-2	444455556666	prod	-	prod/infra.json	17435	CAPABILITY_NAMED_IAM
core	demo-prod-raw-geography	eu-west-2	444455556666	prod	raw/geography	prod/core/raw/geography.json	6366	-
core	demo-prod-raw-returns	eu-west-2	444455556666	prod	raw/returns	prod/core/raw/returns.json	6336	-
core	demo-prod-curated-model	eu-west-2	444455556666	prod	curated/model	prod/core/curated/model.json	14358	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-universal	eu-west-2	444455556666	managed-by	dorc-synth
demo-universal	eu-west-2	444455556666	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-geography	eu-west-2	-	environment	dev
demo-dev-raw-geography	eu-west-2	-	layer	raw
demo-dev-raw-geography	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-geography	eu-west-2	-	pipeline	geography
demo-dev-raw-geography	eu-west-2	-	project	demo
demo-dev-raw-returns	eu-west-2	-	environment	dev
demo-dev-raw-returns	eu-west-2	-	layer	raw
demo-dev-raw-returns	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-returns	eu-west-2	-	pipeline	returns
demo-dev-raw-returns	eu-west-2	-	project	demo
demo-dev-curated-model	eu-west-2	-	environment	dev
demo-dev-curated-model	eu-west-2	-	layer	curated
demo-dev-curated-model	eu-west-2	-	managed-by	dorc-synth
demo-dev-curated-model	eu-west-2	-	pipeline	model
demo-dev-curated-model	eu-west-2	-	project	demo
demo-prod-infra	eu-west-2	444455556666	environment	prod
demo-prod-infra	eu-west-2	444455556666	managed-by	dorc-synth
demo-prod-infra	eu-west-2	444455556666	project	demo
demo-prod-raw-geography	eu-west-2	444455556666	environment	prod
demo-prod-raw-geography	eu-west-2	444455556666	layer	raw
demo-prod-raw-geography	eu-west-2	444455556666	managed-by	dorc-synth
demo-prod-raw-geography	eu-west-2	444455556666	pipeline	geography
demo-prod-raw-geography	eu-west-2	444455556666	project	demo
demo-prod-raw-returns	eu-west-2	444455556666	environment	prod
demo-prod-raw-returns	eu-west-2	444455556666	layer	raw
demo-prod-raw-returns	eu-west-2	444455556666	managed-by	dorc-synth
demo-prod-raw-returns	eu-west-2	444455556666	pipeline	returns
demo-prod-raw-returns	eu-west-2	444455556666	project	demo
demo-prod-curated-model	eu-west-2	444455556666	environment	prod
demo-prod-curated-model	eu-west-2	444455556666	layer	curated
demo-prod-curated-model	eu-west-2	444455556666	managed-by	dorc-synth
demo-prod-curated-model	eu-west-2	444455556666	pipeline	model
demo-prod-curated-model	eu-west-2	444455556666	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-curated-model	demo-dev-raw-geography
dev	demo-dev-curated-model	demo-dev-raw-returns
prod	demo-prod-curated-model	demo-prod-raw-geography
prod	demo-prod-curated-model	demo-prod-raw-returns
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
prod	444455556666	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
curated/model	curated__model__run	demo/curated/model/run	b4b521186c226855d3ebfe85af265ea02be9400a12ca7cc21e586d1c2a2e6d94
raw/geography	raw__geography__run	demo/raw/geography/run	8f776a20ca33772c36657a51229bfd644e120031a53b799cc60373bc094f0224
raw/returns	raw__returns__run	demo/raw/returns/run	0ece46a983ef290adcf7107e8c4d62e6a47ffa3563e8f9e50fa207a1d87a7471
END_OF_PLAN
}
