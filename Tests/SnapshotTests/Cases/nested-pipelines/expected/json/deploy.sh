project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	4141	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	18553	CAPABILITY_NAMED_IAM
core	demo-dev-c-third	eu-west-2	-	dev	c/third	dev/core/c/third.json	6260	-
core	demo-dev-b-second	eu-west-2	-	dev	b/second	dev/core/b/second.json	3978	-
core	demo-dev-a-first	eu-west-2	-	dev	a/first	dev/core/a/first.json	6648	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-c-third	eu-west-2	-	environment	dev
demo-dev-c-third	eu-west-2	-	layer	c
demo-dev-c-third	eu-west-2	-	managed-by	dorc-synth
demo-dev-c-third	eu-west-2	-	pipeline	third
demo-dev-c-third	eu-west-2	-	project	demo
demo-dev-b-second	eu-west-2	-	environment	dev
demo-dev-b-second	eu-west-2	-	layer	b
demo-dev-b-second	eu-west-2	-	managed-by	dorc-synth
demo-dev-b-second	eu-west-2	-	pipeline	second
demo-dev-b-second	eu-west-2	-	project	demo
demo-dev-a-first	eu-west-2	-	environment	dev
demo-dev-a-first	eu-west-2	-	layer	a
demo-dev-a-first	eu-west-2	-	managed-by	dorc-synth
demo-dev-a-first	eu-west-2	-	pipeline	first
demo-dev-a-first	eu-west-2	-	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-b-second	demo-dev-c-third
dev	demo-dev-a-first	demo-dev-b-second
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
a/first	a__first__run	demo/a/first/run	7d87f012e8d72d5849e5f0041d9293ee9086f1c7180beb160dc4a235bf30ab79
c/third	c__third__run	demo/c/third/run	957e4385004ba2d96588b897b4dac9de6e100239e7b6cca9c72031cb271d649c
END_OF_PLAN
}
