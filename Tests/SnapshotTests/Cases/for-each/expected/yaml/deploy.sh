# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.yaml	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-curated-model	eu-west-2	-	dev	curated/model	dev/core/curated/model.yaml	-
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.yaml	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-curated-model	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-curated-model	eu-west-2	-	{"Key": "layer", "Value": "curated"}
demo-dev-curated-model	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-curated-model	eu-west-2	-	{"Key": "pipeline", "Value": "model"}
demo-dev-curated-model	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-census	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-dev-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-raw-census	demo-dev-curated-model
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
curated/model	curated__model__fit	demo/curated/model/fit	ca0cddfaf5c10c75934aa60599738be3c434079ec95bfca5b479a1cbcf564ab1	linux/amd64
raw/census	raw__census__check	demo/raw/census/check	c9aece45a33f5824a3bc96aef8dc7e974f5f50db1b4e50501563db00cbb289bd	linux/amd64
raw/census	raw__census__list-files	demo/raw/census/list-files	5bf39b6d326adbb910e118f2b5591cc3579e127e95510b3df7d892dd7224869e	linux/amd64
raw/census	raw__census__load	demo/raw/census/load	325b3c733d8ae5053c994ee9c496c9635ed09e173768ed2a7fb21ef7c7c53027	linux/amd64
raw/census	raw__census__repair	demo/raw/census/repair	385fbba80556c748164fb5dbcef09ddaa5d8bd1190e79e0e8259f6d8d25b9be9	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
