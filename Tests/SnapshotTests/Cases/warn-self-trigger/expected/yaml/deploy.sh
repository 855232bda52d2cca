project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev,prod	-	universal.yaml	7319	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.yaml	12276	CAPABILITY_NAMED_IAM
core	demo-dev-raw-chain	eu-west-2	-	dev	raw/chain	dev/core/raw/chain.yaml	4953	-
core	demo-dev-raw-disabled	eu-west-2	-	dev	raw/disabled	dev/core/raw/disabled.yaml	9039	CAPABILITY_NAMED_IAM
core	demo-dev-raw-first	eu-west-2	-	dev	raw/first	dev/core/raw/first.yaml	8971	CAPABILITY_NAMED_IAM
core	demo-dev-raw-manifest	eu-west-2	-	dev	raw/manifest	dev/core/raw/manifest.yaml	9080	CAPABILITY_NAMED_IAM
core	demo-dev-raw-other-suffix	eu-west-2	-	dev	raw/other-suffix	dev/core/raw/other-suffix.yaml	9161	CAPABILITY_NAMED_IAM
core	demo-dev-raw-own	eu-west-2	-	dev	raw/own	dev/core/raw/own.yaml	8927	CAPABILITY_NAMED_IAM
core	demo-dev-raw-pattern	eu-west-2	-	dev	raw/pattern	dev/core/raw/pattern.yaml	10897	CAPABILITY_NAMED_IAM
core	demo-dev-raw-third	eu-west-2	-	dev	raw/third	dev/core/raw/third.yaml	7946	CAPABILITY_NAMED_IAM
core	demo-dev-raw-second	eu-west-2	-	dev	raw/second	dev/core/raw/second.yaml	3499	-
core	demo-dev-raw-whole-bucket	eu-west-2	-	dev	raw/whole-bucket	dev/core/raw/whole-bucket.yaml	9100	CAPABILITY_NAMED_IAM
infra	demo-prod-infra	eu-west-2	-	prod	-	prod/infra.yaml	12318	CAPABILITY_NAMED_IAM
core	demo-prod-raw-chain	eu-west-2	-	prod	raw/chain	prod/core/raw/chain.yaml	4974	-
core	demo-prod-raw-disabled	eu-west-2	-	prod	raw/disabled	prod/core/raw/disabled.yaml	9070	CAPABILITY_NAMED_IAM
core	demo-prod-raw-first	eu-west-2	-	prod	raw/first	prod/core/raw/first.yaml	9002	CAPABILITY_NAMED_IAM
core	demo-prod-raw-manifest	eu-west-2	-	prod	raw/manifest	prod/core/raw/manifest.yaml	9111	CAPABILITY_NAMED_IAM
core	demo-prod-raw-other-suffix	eu-west-2	-	prod	raw/other-suffix	prod/core/raw/other-suffix.yaml	9192	CAPABILITY_NAMED_IAM
core	demo-prod-raw-own	eu-west-2	-	prod	raw/own	prod/core/raw/own.yaml	8972	CAPABILITY_NAMED_IAM
core	demo-prod-raw-pattern	eu-west-2	-	prod	raw/pattern	prod/core/raw/pattern.yaml	10938	CAPABILITY_NAMED_IAM
core	demo-prod-raw-third	eu-west-2	-	prod	raw/third	prod/core/raw/third.yaml	7971	CAPABILITY_NAMED_IAM
core	demo-prod-raw-second	eu-west-2	-	prod	raw/second	prod/core/raw/second.yaml	3514	-
core	demo-prod-raw-whole-bucket	eu-west-2	-	prod	raw/whole-bucket	prod/core/raw/whole-bucket.yaml	9131	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-chain	eu-west-2	-	environment	dev
demo-dev-raw-chain	eu-west-2	-	layer	raw
demo-dev-raw-chain	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-chain	eu-west-2	-	pipeline	chain
demo-dev-raw-chain	eu-west-2	-	project	demo
demo-dev-raw-disabled	eu-west-2	-	environment	dev
demo-dev-raw-disabled	eu-west-2	-	layer	raw
demo-dev-raw-disabled	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-disabled	eu-west-2	-	pipeline	disabled
demo-dev-raw-disabled	eu-west-2	-	project	demo
demo-dev-raw-first	eu-west-2	-	environment	dev
demo-dev-raw-first	eu-west-2	-	layer	raw
demo-dev-raw-first	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-first	eu-west-2	-	pipeline	first
demo-dev-raw-first	eu-west-2	-	project	demo
demo-dev-raw-manifest	eu-west-2	-	environment	dev
demo-dev-raw-manifest	eu-west-2	-	layer	raw
demo-dev-raw-manifest	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-manifest	eu-west-2	-	pipeline	manifest
demo-dev-raw-manifest	eu-west-2	-	project	demo
demo-dev-raw-other-suffix	eu-west-2	-	environment	dev
demo-dev-raw-other-suffix	eu-west-2	-	layer	raw
demo-dev-raw-other-suffix	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-other-suffix	eu-west-2	-	pipeline	other-suffix
demo-dev-raw-other-suffix	eu-west-2	-	project	demo
demo-dev-raw-own	eu-west-2	-	environment	dev
demo-dev-raw-own	eu-west-2	-	layer	raw
demo-dev-raw-own	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-own	eu-west-2	-	pipeline	own
demo-dev-raw-own	eu-west-2	-	project	demo
demo-dev-raw-pattern	eu-west-2	-	environment	dev
demo-dev-raw-pattern	eu-west-2	-	layer	raw
demo-dev-raw-pattern	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-pattern	eu-west-2	-	pipeline	pattern
demo-dev-raw-pattern	eu-west-2	-	project	demo
demo-dev-raw-third	eu-west-2	-	environment	dev
demo-dev-raw-third	eu-west-2	-	layer	raw
demo-dev-raw-third	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-third	eu-west-2	-	pipeline	third
demo-dev-raw-third	eu-west-2	-	project	demo
demo-dev-raw-second	eu-west-2	-	environment	dev
demo-dev-raw-second	eu-west-2	-	layer	raw
demo-dev-raw-second	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-second	eu-west-2	-	pipeline	second
demo-dev-raw-second	eu-west-2	-	project	demo
demo-dev-raw-whole-bucket	eu-west-2	-	environment	dev
demo-dev-raw-whole-bucket	eu-west-2	-	layer	raw
demo-dev-raw-whole-bucket	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-whole-bucket	eu-west-2	-	pipeline	whole-bucket
demo-dev-raw-whole-bucket	eu-west-2	-	project	demo
demo-prod-infra	eu-west-2	-	environment	prod
demo-prod-infra	eu-west-2	-	managed-by	dorc-synth
demo-prod-infra	eu-west-2	-	project	demo
demo-prod-raw-chain	eu-west-2	-	environment	prod
demo-prod-raw-chain	eu-west-2	-	layer	raw
demo-prod-raw-chain	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-chain	eu-west-2	-	pipeline	chain
demo-prod-raw-chain	eu-west-2	-	project	demo
demo-prod-raw-disabled	eu-west-2	-	environment	prod
demo-prod-raw-disabled	eu-west-2	-	layer	raw
demo-prod-raw-disabled	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-disabled	eu-west-2	-	pipeline	disabled
demo-prod-raw-disabled	eu-west-2	-	project	demo
demo-prod-raw-first	eu-west-2	-	environment	prod
demo-prod-raw-first	eu-west-2	-	layer	raw
demo-prod-raw-first	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-first	eu-west-2	-	pipeline	first
demo-prod-raw-first	eu-west-2	-	project	demo
demo-prod-raw-manifest	eu-west-2	-	environment	prod
demo-prod-raw-manifest	eu-west-2	-	layer	raw
demo-prod-raw-manifest	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-manifest	eu-west-2	-	pipeline	manifest
demo-prod-raw-manifest	eu-west-2	-	project	demo
demo-prod-raw-other-suffix	eu-west-2	-	environment	prod
demo-prod-raw-other-suffix	eu-west-2	-	layer	raw
demo-prod-raw-other-suffix	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-other-suffix	eu-west-2	-	pipeline	other-suffix
demo-prod-raw-other-suffix	eu-west-2	-	project	demo
demo-prod-raw-own	eu-west-2	-	environment	prod
demo-prod-raw-own	eu-west-2	-	layer	raw
demo-prod-raw-own	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-own	eu-west-2	-	pipeline	own
demo-prod-raw-own	eu-west-2	-	project	demo
demo-prod-raw-pattern	eu-west-2	-	environment	prod
demo-prod-raw-pattern	eu-west-2	-	layer	raw
demo-prod-raw-pattern	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-pattern	eu-west-2	-	pipeline	pattern
demo-prod-raw-pattern	eu-west-2	-	project	demo
demo-prod-raw-third	eu-west-2	-	environment	prod
demo-prod-raw-third	eu-west-2	-	layer	raw
demo-prod-raw-third	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-third	eu-west-2	-	pipeline	third
demo-prod-raw-third	eu-west-2	-	project	demo
demo-prod-raw-second	eu-west-2	-	environment	prod
demo-prod-raw-second	eu-west-2	-	layer	raw
demo-prod-raw-second	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-second	eu-west-2	-	pipeline	second
demo-prod-raw-second	eu-west-2	-	project	demo
demo-prod-raw-whole-bucket	eu-west-2	-	environment	prod
demo-prod-raw-whole-bucket	eu-west-2	-	layer	raw
demo-prod-raw-whole-bucket	eu-west-2	-	managed-by	dorc-synth
demo-prod-raw-whole-bucket	eu-west-2	-	pipeline	whole-bucket
demo-prod-raw-whole-bucket	eu-west-2	-	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-raw-second	demo-dev-raw-third
prod	demo-prod-raw-second	demo-prod-raw-third
END_OF_PLAN
}
# environment, account and region of its images
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2
prod	-	eu-west-2
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/chain	raw__chain__load	demo/raw/chain/load	14ca244fffc626c454e667bfcf2574cd563448775da97065af2030b8ed84a6be
raw/disabled	raw__disabled__load	demo/raw/disabled/load	fba6de3549c5ac9ffc2a5327237a4c06e2ea8c714f0ef1e0e8bb0d6196b6015c
raw/first	raw__first__load	demo/raw/first/load	d52b7bd040dcb573828c9832e2748c3f8c4e35270b8c1c5ae7cc973e6316fc6d
raw/manifest	raw__manifest__load	demo/raw/manifest/load	117cf26b31f3e35f95e874b891c1d541aaee542b9ec4c0421c6ff4bf0ff5ab5a
raw/other-suffix	raw__other-suffix__load	demo/raw/other-suffix/load	8aa651d00d69ab0c0567d1b5637a9d15d7ecdda5a7027c30ca8b17bc99eb4d17
raw/own	raw__own__load	demo/raw/own/load	d90b06f702006811f9ec282c56107f4ddb6b253c0bf9bf5b4f3aa3a770cf0b35
raw/pattern	raw__pattern__load	demo/raw/pattern/load	47553cbb9aeefbec3220350873ae00754ea2a395f0b9648256d4d90a50f077a1
raw/third	raw__third__load	demo/raw/third/load	d468df4e196a99efb8a41f58f0d595a3c93518f22729cd82ec18fdd5b829ce39
raw/whole-bucket	raw__whole-bucket__load	demo/raw/whole-bucket/load	76ea1ebc5f6fff5944727d6f5cfb6ec67163a27bfbebb7609d3f866fe4579e96
END_OF_PLAN
}
