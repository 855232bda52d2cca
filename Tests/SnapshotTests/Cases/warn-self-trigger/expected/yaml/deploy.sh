# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev,prod	-	universal.yaml	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-raw-chain	eu-west-2	-	dev	raw/chain	dev/core/raw/chain.yaml	-
core	demo-dev-raw-disabled	eu-west-2	-	dev	raw/disabled	dev/core/raw/disabled.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-raw-first	eu-west-2	-	dev	raw/first	dev/core/raw/first.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-raw-manifest	eu-west-2	-	dev	raw/manifest	dev/core/raw/manifest.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-raw-other-suffix	eu-west-2	-	dev	raw/other-suffix	dev/core/raw/other-suffix.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-raw-own	eu-west-2	-	dev	raw/own	dev/core/raw/own.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-raw-pattern	eu-west-2	-	dev	raw/pattern	dev/core/raw/pattern.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-raw-third	eu-west-2	-	dev	raw/third	dev/core/raw/third.yaml	CAPABILITY_NAMED_IAM
core	demo-dev-raw-second	eu-west-2	-	dev	raw/second	dev/core/raw/second.yaml	-
core	demo-dev-raw-whole-bucket	eu-west-2	-	dev	raw/whole-bucket	dev/core/raw/whole-bucket.yaml	CAPABILITY_NAMED_IAM
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.yaml	CAPABILITY_NAMED_IAM
core	demo-prod-raw-chain	eu-west-2	-	prod	raw/chain	prod/core/raw/chain.yaml	-
core	demo-prod-raw-disabled	eu-west-2	-	prod	raw/disabled	prod/core/raw/disabled.yaml	CAPABILITY_NAMED_IAM
core	demo-prod-raw-first	eu-west-2	-	prod	raw/first	prod/core/raw/first.yaml	CAPABILITY_NAMED_IAM
core	demo-prod-raw-manifest	eu-west-2	-	prod	raw/manifest	prod/core/raw/manifest.yaml	CAPABILITY_NAMED_IAM
core	demo-prod-raw-other-suffix	eu-west-2	-	prod	raw/other-suffix	prod/core/raw/other-suffix.yaml	CAPABILITY_NAMED_IAM
core	demo-prod-raw-own	eu-west-2	-	prod	raw/own	prod/core/raw/own.yaml	CAPABILITY_NAMED_IAM
core	demo-prod-raw-pattern	eu-west-2	-	prod	raw/pattern	prod/core/raw/pattern.yaml	CAPABILITY_NAMED_IAM
core	demo-prod-raw-third	eu-west-2	-	prod	raw/third	prod/core/raw/third.yaml	CAPABILITY_NAMED_IAM
core	demo-prod-raw-second	eu-west-2	-	prod	raw/second	prod/core/raw/second.yaml	-
core	demo-prod-raw-whole-bucket	eu-west-2	-	prod	raw/whole-bucket	prod/core/raw/whole-bucket.yaml	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-chain	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-chain	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-chain	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-chain	eu-west-2	-	{"Key": "pipeline", "Value": "chain"}
demo-dev-raw-chain	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-disabled	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-disabled	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-disabled	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-disabled	eu-west-2	-	{"Key": "pipeline", "Value": "disabled"}
demo-dev-raw-disabled	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-first	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-first	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-first	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-first	eu-west-2	-	{"Key": "pipeline", "Value": "first"}
demo-dev-raw-first	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-manifest	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-manifest	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-manifest	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-manifest	eu-west-2	-	{"Key": "pipeline", "Value": "manifest"}
demo-dev-raw-manifest	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-other-suffix	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-other-suffix	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-other-suffix	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-other-suffix	eu-west-2	-	{"Key": "pipeline", "Value": "other-suffix"}
demo-dev-raw-other-suffix	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-own	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-own	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-own	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-own	eu-west-2	-	{"Key": "pipeline", "Value": "own"}
demo-dev-raw-own	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-pattern	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-pattern	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-pattern	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-pattern	eu-west-2	-	{"Key": "pipeline", "Value": "pattern"}
demo-dev-raw-pattern	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-third	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-third	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-third	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-third	eu-west-2	-	{"Key": "pipeline", "Value": "third"}
demo-dev-raw-third	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-second	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-second	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-second	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-second	eu-west-2	-	{"Key": "pipeline", "Value": "second"}
demo-dev-raw-second	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-whole-bucket	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-whole-bucket	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-whole-bucket	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-whole-bucket	eu-west-2	-	{"Key": "pipeline", "Value": "whole-bucket"}
demo-dev-raw-whole-bucket	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-infra	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-chain	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-chain	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-chain	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-chain	eu-west-2	-	{"Key": "pipeline", "Value": "chain"}
demo-prod-raw-chain	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-disabled	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-disabled	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-disabled	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-disabled	eu-west-2	-	{"Key": "pipeline", "Value": "disabled"}
demo-prod-raw-disabled	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-first	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-first	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-first	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-first	eu-west-2	-	{"Key": "pipeline", "Value": "first"}
demo-prod-raw-first	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-manifest	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-manifest	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-manifest	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-manifest	eu-west-2	-	{"Key": "pipeline", "Value": "manifest"}
demo-prod-raw-manifest	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-other-suffix	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-other-suffix	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-other-suffix	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-other-suffix	eu-west-2	-	{"Key": "pipeline", "Value": "other-suffix"}
demo-prod-raw-other-suffix	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-own	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-own	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-own	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-own	eu-west-2	-	{"Key": "pipeline", "Value": "own"}
demo-prod-raw-own	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-pattern	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-pattern	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-pattern	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-pattern	eu-west-2	-	{"Key": "pipeline", "Value": "pattern"}
demo-prod-raw-pattern	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-third	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-third	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-third	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-third	eu-west-2	-	{"Key": "pipeline", "Value": "third"}
demo-prod-raw-third	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-second	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-second	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-second	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-second	eu-west-2	-	{"Key": "pipeline", "Value": "second"}
demo-prod-raw-second	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-prod-raw-whole-bucket	eu-west-2	-	{"Key": "environment", "Value": "prod"}
demo-prod-raw-whole-bucket	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-prod-raw-whole-bucket	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-whole-bucket	eu-west-2	-	{"Key": "pipeline", "Value": "whole-bucket"}
demo-prod-raw-whole-bucket	eu-west-2	-	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-raw-second	demo-dev-raw-third
prod	demo-prod-raw-second	demo-prod-raw-third
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
prod	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
raw/chain	raw__chain__load	demo/raw/chain/load	14ca244fffc626c454e667bfcf2574cd563448775da97065af2030b8ed84a6be	linux/amd64
raw/disabled	raw__disabled__load	demo/raw/disabled/load	fba6de3549c5ac9ffc2a5327237a4c06e2ea8c714f0ef1e0e8bb0d6196b6015c	linux/amd64
raw/first	raw__first__load	demo/raw/first/load	d52b7bd040dcb573828c9832e2748c3f8c4e35270b8c1c5ae7cc973e6316fc6d	linux/amd64
raw/manifest	raw__manifest__load	demo/raw/manifest/load	117cf26b31f3e35f95e874b891c1d541aaee542b9ec4c0421c6ff4bf0ff5ab5a	linux/amd64
raw/other-suffix	raw__other-suffix__load	demo/raw/other-suffix/load	8aa651d00d69ab0c0567d1b5637a9d15d7ecdda5a7027c30ca8b17bc99eb4d17	linux/amd64
raw/own	raw__own__load	demo/raw/own/load	d90b06f702006811f9ec282c56107f4ddb6b253c0bf9bf5b4f3aa3a770cf0b35	linux/amd64
raw/pattern	raw__pattern__load	demo/raw/pattern/load	47553cbb9aeefbec3220350873ae00754ea2a395f0b9648256d4d90a50f077a1	linux/amd64
raw/third	raw__third__load	demo/raw/third/load	d468df4e196a99efb8a41f58f0d595a3c93518f22729cd82ec18fdd5b829ce39	linux/amd64
raw/whole-bucket	raw__whole-bucket__load	demo/raw/whole-bucket/load	76ea1ebc5f6fff5944727d6f5cfb6ec67163a27bfbebb7609d3f866fe4579e96	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
