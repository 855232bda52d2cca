project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	dev	-	universal.json	6197	-
universal	demo-universal	us-east-1	111122223333	test	-	universal.json	6197	-
universal	demo-universal	eu-west-2	444455556666	prod	-	universal.json	6197	-
universal	demo-universal	cn-north-1	012345678901	china	-	universal.json	6197	-
infra	demo-dev-infra	eu-west-2	-	dev	-	dev/infra.json	18553	CAPABILITY_NAMED_IAM
core	demo-dev-raw-census	eu-west-2	-	dev	raw/census	dev/core/raw/census.json	11161	-
core	demo-dev-raw-survey	eu-west-2	-	dev	raw/survey	dev/core/raw/survey.json	5898	-
infra	demo-test-infra	us-east-1	111122223333	test	-	test/infra.json	18595	CAPABILITY_NAMED_IAM
core	demo-test-raw-census	us-east-1	111122223333	test	raw/census	test/core/raw/census.json	11175	-
core	demo-test-raw-survey	us-east-1	111122223333	test	raw/survey	test/core/raw/survey.json	5914	-
infra	demo-prod-infra	eu-west-2	444455556666	prod	-	prod/infra.json	18595	CAPABILITY_NAMED_IAM
core	demo-prod-raw-census	eu-west-2	444455556666	prod	raw/census	prod/core/raw/census.json	11175	-
core	demo-prod-raw-survey	eu-west-2	444455556666	prod	raw/survey	prod/core/raw/survey.json	5914	-
infra	demo-china-infra	cn-north-1	012345678901	china	-	china/infra.json	18635	CAPABILITY_NAMED_IAM
core	demo-china-raw-census	cn-north-1	012345678901	china	raw/census	china/core/raw/census.json	11210	-
core	demo-china-raw-survey	cn-north-1	012345678901	china	raw/survey	china/core/raw/survey.json	5930	-
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-universal	us-east-1	111122223333	managed-by	dorc-synth
demo-universal	us-east-1	111122223333	project	demo
demo-universal	eu-west-2	444455556666	managed-by	dorc-synth
demo-universal	eu-west-2	444455556666	project	demo
demo-universal	cn-north-1	012345678901	managed-by	dorc-synth
demo-universal	cn-north-1	012345678901	project	demo
demo-dev-infra	eu-west-2	-	environment	dev
demo-dev-infra	eu-west-2	-	managed-by	dorc-synth
demo-dev-infra	eu-west-2	-	project	demo
demo-dev-raw-census	eu-west-2	-	environment	dev
demo-dev-raw-census	eu-west-2	-	layer	raw
demo-dev-raw-census	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-census	eu-west-2	-	pipeline	census
demo-dev-raw-census	eu-west-2	-	project	demo
demo-dev-raw-survey	eu-west-2	-	environment	dev
demo-dev-raw-survey	eu-west-2	-	layer	raw
demo-dev-raw-survey	eu-west-2	-	managed-by	dorc-synth
demo-dev-raw-survey	eu-west-2	-	pipeline	survey
demo-dev-raw-survey	eu-west-2	-	project	demo
demo-test-infra	us-east-1	111122223333	environment	test
demo-test-infra	us-east-1	111122223333	managed-by	dorc-synth
demo-test-infra	us-east-1	111122223333	project	demo
demo-test-raw-census	us-east-1	111122223333	environment	test
demo-test-raw-census	us-east-1	111122223333	layer	raw
demo-test-raw-census	us-east-1	111122223333	managed-by	dorc-synth
demo-test-raw-census	us-east-1	111122223333	pipeline	census
demo-test-raw-census	us-east-1	111122223333	project	demo
demo-test-raw-survey	us-east-1	111122223333	environment	test
demo-test-raw-survey	us-east-1	111122223333	layer	raw
demo-test-raw-survey	us-east-1	111122223333	managed-by	dorc-synth
demo-test-raw-survey	us-east-1	111122223333	pipeline	survey
demo-test-raw-survey	us-east-1	111122223333	project	demo
demo-prod-infra	eu-west-2	444455556666	environment	prod
demo-prod-infra	eu-west-2	444455556666	managed-by	dorc-synth
demo-prod-infra	eu-west-2	444455556666	project	demo
demo-prod-raw-census	eu-west-2	444455556666	environment	prod
demo-prod-raw-census	eu-west-2	444455556666	layer	raw
demo-prod-raw-census	eu-west-2	444455556666	managed-by	dorc-synth
demo-prod-raw-census	eu-west-2	444455556666	pipeline	census
demo-prod-raw-census	eu-west-2	444455556666	project	demo
demo-prod-raw-survey	eu-west-2	444455556666	environment	prod
demo-prod-raw-survey	eu-west-2	444455556666	layer	raw
demo-prod-raw-survey	eu-west-2	444455556666	managed-by	dorc-synth
demo-prod-raw-survey	eu-west-2	444455556666	pipeline	survey
demo-prod-raw-survey	eu-west-2	444455556666	project	demo
demo-china-infra	cn-north-1	012345678901	environment	china
demo-china-infra	cn-north-1	012345678901	managed-by	dorc-synth
demo-china-infra	cn-north-1	012345678901	project	demo
demo-china-raw-census	cn-north-1	012345678901	environment	china
demo-china-raw-census	cn-north-1	012345678901	layer	raw
demo-china-raw-census	cn-north-1	012345678901	managed-by	dorc-synth
demo-china-raw-census	cn-north-1	012345678901	pipeline	census
demo-china-raw-census	cn-north-1	012345678901	project	demo
demo-china-raw-survey	cn-north-1	012345678901	environment	china
demo-china-raw-survey	cn-north-1	012345678901	layer	raw
demo-china-raw-survey	cn-north-1	012345678901	managed-by	dorc-synth
demo-china-raw-survey	cn-north-1	012345678901	pipeline	survey
demo-china-raw-survey	cn-north-1	012345678901	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
dev	demo-dev-raw-survey	demo-dev-raw-census
test	demo-test-raw-survey	demo-test-raw-census
prod	demo-prod-raw-survey	demo-prod-raw-census
china	demo-china-raw-survey	demo-china-raw-census
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
dev	-	eu-west-2	amazonaws.com
test	111122223333	us-east-1	amazonaws.com
prod	444455556666	eu-west-2	amazonaws.com
china	012345678901	cn-north-1	amazonaws.com.cn
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/census	raw__census__extract	demo/raw/census/extract	b8a8bf3863460b3fa636198c925d5fd7a60dfb1521582501299a43e0ac467546
raw/census	raw__census__load	demo/raw/census/load	edfc99111c2b507a05b26c29e6200c4c59ebac01ef517301d9172462e433e1b4
raw/survey	raw__survey__ingest	demo/raw/survey/ingest	e0ac244c19d3d85ca93b50e7731f22a39efa0de42a4ade4915feca88a69cedea
END_OF_PLAN
}
