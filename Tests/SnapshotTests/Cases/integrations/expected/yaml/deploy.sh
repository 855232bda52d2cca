project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	11447	CAPABILITY_NAMED_IAM
core	demo-dev-raw-jobs	eu-west-2	-	dev	raw/jobs	dev/core/raw/jobs.yaml	7094	CAPABILITY_NAMED_IAM
core	demo-dev-raw-many	eu-west-2	-	dev	raw/many	dev/core/raw/many.yaml	6018	CAPABILITY_NAMED_IAM
core	demo-dev-raw-written	eu-west-2	-	dev	raw/written	dev/core/raw/written.yaml	3864	CAPABILITY_NAMED_IAM
infra	demo-prod-infra	eu-west-1	444455556666	prod	-	prod/infra.yaml	11487	CAPABILITY_NAMED_IAM
core	demo-prod-raw-jobs	eu-west-1	444455556666	prod	raw/jobs	prod/core/raw/jobs.yaml	7016	CAPABILITY_NAMED_IAM
core	demo-prod-raw-many	eu-west-1	444455556666	prod	raw/many	prod/core/raw/many.yaml	6030	CAPABILITY_NAMED_IAM
core	demo-prod-raw-written	eu-west-1	444455556666	prod	raw/written	prod/core/raw/written.yaml	3865	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-jobs	eu-west-2	-	environment	dev
demo-dev-raw-jobs	eu-west-2	-	layer	raw
demo-dev-raw-jobs	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-jobs	eu-west-2	-	pipeline	jobs
demo-dev-raw-jobs	eu-west-2	-	project	demo
demo-dev-raw-many	eu-west-2	-	environment	dev
demo-dev-raw-many	eu-west-2	-	layer	raw
demo-dev-raw-many	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-many	eu-west-2	-	pipeline	many
demo-dev-raw-many	eu-west-2	-	project	demo
demo-dev-raw-written	eu-west-2	-	environment	dev
demo-dev-raw-written	eu-west-2	-	layer	raw
demo-dev-raw-written	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-written	eu-west-2	-	pipeline	written
demo-dev-raw-written	eu-west-2	-	project	demo
demo-prod-infra	eu-west-1	444455556666	environment	prod
demo-prod-infra	eu-west-1	444455556666	managed-by	dorc-synth
demo-prod-infra	eu-west-1	444455556666	project	demo
demo-prod-raw-jobs	eu-west-1	444455556666	environment	prod
demo-prod-raw-jobs	eu-west-1	444455556666	layer	raw
demo-prod-raw-jobs	eu-west-1	444455556666	managed-by	dorc-synth
demo-prod-raw-jobs	eu-west-1	444455556666	pipeline	jobs
demo-prod-raw-jobs	eu-west-1	444455556666	project	demo
demo-prod-raw-many	eu-west-1	444455556666	environment	prod
demo-prod-raw-many	eu-west-1	444455556666	layer	raw
demo-prod-raw-many	eu-west-1	444455556666	managed-by	dorc-synth
demo-prod-raw-many	eu-west-1	444455556666	pipeline	many
demo-prod-raw-many	eu-west-1	444455556666	project	demo
demo-prod-raw-written	eu-west-1	444455556666	environment	prod
demo-prod-raw-written	eu-west-1	444455556666	layer	raw
demo-prod-raw-written	eu-west-1	444455556666	managed-by	dorc-synth
demo-prod-raw-written	eu-west-1	444455556666	pipeline	written
demo-prod-raw-written	eu-west-1	444455556666	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
prod	444455556666	eu-west-1	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
