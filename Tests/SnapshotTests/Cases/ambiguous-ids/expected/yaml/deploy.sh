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
core	demo-dev-raw-cen-sus	eu-west-2	-	dev	raw/cen-sus	dev/core/raw/cen-sus.yaml	-
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.yaml	-
core	demo-dev-raw-cen-sus2	eu-west-2	-	dev	raw-cen/sus2	dev/core/raw-cen/sus2.yaml	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-cen-sus	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-cen-sus	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-cen-sus	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-cen-sus	eu-west-2	-	{"Key": "pipeline", "Value": "cen-sus"}
demo-dev-raw-cen-sus	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-census	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-dev-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-cen-sus2	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-cen-sus2	eu-west-2	-	{"Key": "layer", "Value": "raw-cen"}
demo-dev-raw-cen-sus2	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-cen-sus2	eu-west-2	-	{"Key": "pipeline", "Value": "sus2"}
demo-dev-raw-cen-sus2	eu-west-2	-	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
raw/cen-sus	raw__cen-sus__fit1-2	demo/raw/cen-sus/fit1-2	05faf45fb5620a7518e67cad7345509b9d3d7f94d221889d1b8ac231c26fe747	linux/amd64
raw/census	raw__census__1	demo/raw/census/1	d74383ea9db3cdf54b13ab12e1babd870c551f1fff48e68a052112ea3dbc151e	linux/amd64
raw/census	raw__census__a2b	demo/raw/census/a2b	ee1449513483402f65bcff39b77a5c81605bfa9d9bbbc97e7724695d8f6ea3c6	linux/amd64
raw/census	raw__census__a_b	demo/raw/census/a_b	cf867a764d063c132a4856033719f8d3ae51ecbb0dd0ff32b2326323019c4031	linux/amd64
raw/census	raw__census__fit-1-2	demo/raw/census/fit-1-2	a98dbf5bc88f0505964203444977a2a4b8209dcdda53a843d459334d62d3db3c	linux/amd64
raw/census	raw__census__fit-12	demo/raw/census/fit-12	56d212e536c75173d27212965e8d962967f2356a0e415f730de7129fa7540e07	linux/amd64
raw/census	raw__census__fit1-2	demo/raw/census/fit1-2	5ccbe4c5d6a86984ffc60a492cd996802e09cefa453b5f2ae5b4268d569cd620	linux/amd64
raw/census	raw__census__fit12	demo/raw/census/fit12	c5053834383d375e033bda4cc6f7710ba67c5c5a4bcbd9f7b1c9e9a9dfc316a1	linux/amd64
raw/census	raw__census__fit_1_2	demo/raw/census/fit_1_2	2d0aec7d05b2c15d00389cce6287a2179c0389991c4496e65242468096c6285c	linux/amd64
raw/census	raw__census__function	demo/raw/census/function	433478aeff1782983006a5d40e4a7185f7d7a4a625a1962b8401df7cbc908d31	linux/amd64
raw/census	raw__census__log	demo/raw/census/log	e15a103aeac630e063dbfc0b337c6017448f1ac16a6617b3ce2c08d187665088	linux/amd64
raw/census	raw__census__ref	demo/raw/census/ref	227e17939e1169ca5e340e5ef0193e2e61da9635dc1b40a12e3da7c9e9692217	linux/amd64
raw/census	raw__census__schedule	demo/raw/census/schedule	673449f24a3588502b338c61cc61b86eafdcf96750c46661def32b141b87fbff	linux/amd64
raw/census	raw__census__state-machine	demo/raw/census/state-machine	c41200f7cde56c69b489d0151cc80ee03ed5a31a46c37f6e23dd762148b6e49c	linux/amd64
raw/census	raw__census__x	demo/raw/census/x	0b11265cc7fe7e986e9c12db88b8ced5b69bab2877c29282764f679b0c3ea3d7	linux/amd64
raw-cen/sus2	raw-cen__sus2__fit-12	demo/raw-cen/sus2/fit-12	eec6c5d072d860e391e42b366e07b5de0a2988d4a018de0ad3d674d9c691e4cc	linux/amd64
raw-cen/sus2	raw-cen__sus2__fit1-2	demo/raw-cen/sus2/fit1-2	9b5ac013c5dd57aa01853b48bc989dc707e4c874333ea63420a94f98af2dce15	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
