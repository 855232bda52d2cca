project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	8209	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	17395	CAPABILITY_NAMED_IAM
core	demo-dev-raw-branches	eu-west-2	-	dev	raw/branches	dev/core/raw/branches.json	21476	-
core	demo-dev-raw-chains	eu-west-2	-	dev	raw/chains	dev/core/raw/chains.json	14838	-
core	demo-dev-raw-several	eu-west-2	-	dev	raw/several	dev/core/raw/several.json	14624	-
core	demo-dev-raw-short	eu-west-2	-	dev	raw/short	dev/core/raw/short.json	7701	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-branches	eu-west-2	-	environment	dev
demo-dev-raw-branches	eu-west-2	-	layer	raw
demo-dev-raw-branches	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-branches	eu-west-2	-	pipeline	branches
demo-dev-raw-branches	eu-west-2	-	project	demo
demo-dev-raw-chains	eu-west-2	-	environment	dev
demo-dev-raw-chains	eu-west-2	-	layer	raw
demo-dev-raw-chains	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-chains	eu-west-2	-	pipeline	chains
demo-dev-raw-chains	eu-west-2	-	project	demo
demo-dev-raw-several	eu-west-2	-	environment	dev
demo-dev-raw-several	eu-west-2	-	layer	raw
demo-dev-raw-several	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-several	eu-west-2	-	pipeline	several
demo-dev-raw-several	eu-west-2	-	project	demo
demo-dev-raw-short	eu-west-2	-	environment	dev
demo-dev-raw-short	eu-west-2	-	layer	raw
demo-dev-raw-short	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-short	eu-west-2	-	pipeline	short
demo-dev-raw-short	eu-west-2	-	project	demo
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
raw/branches	raw__branches__run	demo/raw/branches/run	2eb449c48081cf85864110b2be6c67817128a1443ae146b2dbe6d0c719cf2851
raw/chains	raw__chains__run	demo/raw/chains/run	3bc37301dc2804144ac800c3bf235a3fc0ae559400fbd1663f332ba62b0c63d9
raw/several	raw__several__run	demo/raw/several/run	fa755008b11d1cd8b56c1203b156560dbc7024b0ad5de7e2ba6a5e3b0cdced4c
raw/short	raw__short__run	demo/raw/short/run	589988c64ccb5702d581aef65d359a56efda6696a85a2c580ad6c469da3f323f
END_OF_PLAN
}
