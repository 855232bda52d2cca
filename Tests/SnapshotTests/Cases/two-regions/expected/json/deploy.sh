# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	-
universal	demo-universal	us-east-1	111122223333	test	-	universal.json	-
universal	demo-universal	eu-west-2	444455556666	prod	-	universal.json	-
universal	demo-universal	cn-north-1	012345678901	china	-	universal.json	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.json	-
core	demo-dev-raw-survey	eu-west-2	-	dev	raw/survey	dev/core/raw/survey.json	-
infra	demo-test-infra	us-east-1	111122223333	test	-	test/infra.json	CAPABILITY_NAMED_IAM
core	demo-test-raw-census	us-east-1	111122223333	test	raw/census	test/core/raw/census.json	-
core	demo-test-raw-survey	us-east-1	111122223333	test	raw/survey	test/core/raw/survey.json	-
infra	demo-prod-infra	eu-west-2	444455556666	prod	-	prod/infra.json	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-2	444455556666	prod	raw/census	prod/core/raw/census.json	-
core	demo-prod-raw-survey	eu-west-2	444455556666	prod	raw/survey	prod/core/raw/survey.json	-
infra	demo-china-infra	cn-north-1	012345678901	china	-	china/infra.json	CAPABILITY_NAMED_IAM
core	demo-china-raw-census	cn-north-1	012345678901	china	raw/census	china/core/raw/census.json	-
core	demo-china-raw-survey	cn-north-1	012345678901	china	raw/survey	china/core/raw/survey.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-universal	us-east-1	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	us-east-1	111122223333	{"Key": "project", "Value": "demo"}
demo-universal	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
demo-universal	cn-north-1	012345678901	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	cn-north-1	012345678901	{"Key": "project", "Value": "demo"}
demo-dev-infra	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-census	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-census	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-census	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-census	eu-west-2	-	{"Key": "pipeline", "Value": "census"}
demo-dev-raw-census	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-dev-raw-survey	eu-west-2	-	{"Key": "environment", "Value": "dev"}
demo-dev-raw-survey	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-dev-raw-survey	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-dev-raw-survey	eu-west-2	-	{"Key": "pipeline", "Value": "survey"}
demo-dev-raw-survey	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-test-infra	us-east-1	111122223333	{"Key": "environment", "Value": "test"}
demo-test-infra	us-east-1	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-test-infra	us-east-1	111122223333	{"Key": "project", "Value": "demo"}
demo-test-raw-census	us-east-1	111122223333	{"Key": "environment", "Value": "test"}
demo-test-raw-census	us-east-1	111122223333	{"Key": "layer", "Value": "raw"}
demo-test-raw-census	us-east-1	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-test-raw-census	us-east-1	111122223333	{"Key": "pipeline", "Value": "census"}
demo-test-raw-census	us-east-1	111122223333	{"Key": "project", "Value": "demo"}
demo-test-raw-survey	us-east-1	111122223333	{"Key": "environment", "Value": "test"}
demo-test-raw-survey	us-east-1	111122223333	{"Key": "layer", "Value": "raw"}
demo-test-raw-survey	us-east-1	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-test-raw-survey	us-east-1	111122223333	{"Key": "pipeline", "Value": "survey"}
demo-test-raw-survey	us-east-1	111122223333	{"Key": "project", "Value": "demo"}
demo-prod-infra	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-infra	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-infra	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-raw-census	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-raw-census	eu-west-2	444455556666	{"Key": "layer", "Value": "raw"}
demo-prod-raw-census	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-census	eu-west-2	444455556666	{"Key": "pipeline", "Value": "census"}
demo-prod-raw-census	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "environment", "Value": "prod"}
demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "layer", "Value": "raw"}
demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "managed-by", "Value": "dorc-synth"}
demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "pipeline", "Value": "survey"}
demo-prod-raw-survey	eu-west-2	444455556666	{"Key": "project", "Value": "demo"}
demo-china-infra	cn-north-1	012345678901	{"Key": "environment", "Value": "china"}
demo-china-infra	cn-north-1	012345678901	{"Key": "managed-by", "Value": "dorc-synth"}
demo-china-infra	cn-north-1	012345678901	{"Key": "project", "Value": "demo"}
demo-china-raw-census	cn-north-1	012345678901	{"Key": "environment", "Value": "china"}
demo-china-raw-census	cn-north-1	012345678901	{"Key": "layer", "Value": "raw"}
demo-china-raw-census	cn-north-1	012345678901	{"Key": "managed-by", "Value": "dorc-synth"}
demo-china-raw-census	cn-north-1	012345678901	{"Key": "pipeline", "Value": "census"}
demo-china-raw-census	cn-north-1	012345678901	{"Key": "project", "Value": "demo"}
demo-china-raw-survey	cn-north-1	012345678901	{"Key": "environment", "Value": "china"}
demo-china-raw-survey	cn-north-1	012345678901	{"Key": "layer", "Value": "raw"}
demo-china-raw-survey	cn-north-1	012345678901	{"Key": "managed-by", "Value": "dorc-synth"}
demo-china-raw-survey	cn-north-1	012345678901	{"Key": "pipeline", "Value": "survey"}
demo-china-raw-survey	cn-north-1	012345678901	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-raw-survey	demo-dev-raw-census
test	demo-test-raw-survey	demo-test-raw-census
prod	demo-prod-raw-survey	demo-prod-raw-census
china	demo-china-raw-survey	demo-china-raw-census
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
test	111122223333	us-east-1	amazonaws.com
prod	444455556666	eu-west-2	amazonaws.com
china	012345678901	cn-north-1	amazonaws.com.cn
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__extract	demo/raw/census/extract	b8a8bf3863460b3fa636198c925d5fd7a60dfb1521582501299a43e0ac467546	linux/arm64
raw/census	raw__census__load	demo/raw/census/load	edfc99111c2b507a05b26c29e6200c4c59ebac01ef517301d9172462e433e1b4	linux/arm64
raw/survey	raw__survey__ingest	demo/raw/survey/ingest	e0ac244c19d3d85ca93b50e7731f22a39efa0de42a4ade4915feca88a69cedea	linux/arm64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
