# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	demo
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	uk	-	universal.json	-
universal	demo-universal	cn-north-1	111122223333	china	-	universal.json	-
universal	demo-universal	us-gov-west-1	222233334444	gov	-	universal.json	-
universal	demo-universal	eusc-de-east-1	-	sovereign	-	universal.json	-
universal	demo-universal	us-isob-east-1	-	secret	-	universal.json	-
infra	demo-uk-infra	eu-west-2	-	uk	-	uk/infra.json	CAPABILITY_NAMED_IAM
core	demo-uk-raw-p	eu-west-2	-	uk	raw/p	uk/core/raw/p.json	CAPABILITY_NAMED_IAM
infra	demo-china-infra	cn-north-1	111122223333	china	-	china/infra.json	CAPABILITY_NAMED_IAM
core	demo-china-raw-p	cn-north-1	111122223333	china	raw/p	china/core/raw/p.json	CAPABILITY_NAMED_IAM
infra	demo-gov-infra	us-gov-west-1	222233334444	gov	-	gov/infra.json	CAPABILITY_NAMED_IAM
core	demo-gov-raw-p	us-gov-west-1	222233334444	gov	raw/p	gov/core/raw/p.json	CAPABILITY_NAMED_IAM
infra	demo-sovereign-infra	eusc-de-east-1	-	sovereign	-	sovereign/infra.json	CAPABILITY_NAMED_IAM
core	demo-sovereign-raw-p	eusc-de-east-1	-	sovereign	raw/p	sovereign/core/raw/p.json	CAPABILITY_NAMED_IAM
infra	demo-secret-infra	us-isob-east-1	-	secret	-	secret/infra.json	CAPABILITY_NAMED_IAM
core	demo-secret-raw-p	us-isob-east-1	-	secret	raw/p	secret/core/raw/p.json	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-universal	cn-north-1	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	cn-north-1	111122223333	{"Key": "project", "Value": "demo"}
demo-universal	us-gov-west-1	222233334444	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	us-gov-west-1	222233334444	{"Key": "project", "Value": "demo"}
demo-universal	eusc-de-east-1	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	eusc-de-east-1	-	{"Key": "project", "Value": "demo"}
demo-universal	us-isob-east-1	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-universal	us-isob-east-1	-	{"Key": "project", "Value": "demo"}
demo-uk-infra	eu-west-2	-	{"Key": "environment", "Value": "uk"}
demo-uk-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-uk-infra	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-uk-raw-p	eu-west-2	-	{"Key": "environment", "Value": "uk"}
demo-uk-raw-p	eu-west-2	-	{"Key": "layer", "Value": "raw"}
demo-uk-raw-p	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-uk-raw-p	eu-west-2	-	{"Key": "pipeline", "Value": "p"}
demo-uk-raw-p	eu-west-2	-	{"Key": "project", "Value": "demo"}
demo-china-infra	cn-north-1	111122223333	{"Key": "environment", "Value": "china"}
demo-china-infra	cn-north-1	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-china-infra	cn-north-1	111122223333	{"Key": "project", "Value": "demo"}
demo-china-raw-p	cn-north-1	111122223333	{"Key": "environment", "Value": "china"}
demo-china-raw-p	cn-north-1	111122223333	{"Key": "layer", "Value": "raw"}
demo-china-raw-p	cn-north-1	111122223333	{"Key": "managed-by", "Value": "dorc-synth"}
demo-china-raw-p	cn-north-1	111122223333	{"Key": "pipeline", "Value": "p"}
demo-china-raw-p	cn-north-1	111122223333	{"Key": "project", "Value": "demo"}
demo-gov-infra	us-gov-west-1	222233334444	{"Key": "environment", "Value": "gov"}
demo-gov-infra	us-gov-west-1	222233334444	{"Key": "managed-by", "Value": "dorc-synth"}
demo-gov-infra	us-gov-west-1	222233334444	{"Key": "project", "Value": "demo"}
demo-gov-raw-p	us-gov-west-1	222233334444	{"Key": "environment", "Value": "gov"}
demo-gov-raw-p	us-gov-west-1	222233334444	{"Key": "layer", "Value": "raw"}
demo-gov-raw-p	us-gov-west-1	222233334444	{"Key": "managed-by", "Value": "dorc-synth"}
demo-gov-raw-p	us-gov-west-1	222233334444	{"Key": "pipeline", "Value": "p"}
demo-gov-raw-p	us-gov-west-1	222233334444	{"Key": "project", "Value": "demo"}
demo-sovereign-infra	eusc-de-east-1	-	{"Key": "environment", "Value": "sovereign"}
demo-sovereign-infra	eusc-de-east-1	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-sovereign-infra	eusc-de-east-1	-	{"Key": "project", "Value": "demo"}
demo-sovereign-raw-p	eusc-de-east-1	-	{"Key": "environment", "Value": "sovereign"}
demo-sovereign-raw-p	eusc-de-east-1	-	{"Key": "layer", "Value": "raw"}
demo-sovereign-raw-p	eusc-de-east-1	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-sovereign-raw-p	eusc-de-east-1	-	{"Key": "pipeline", "Value": "p"}
demo-sovereign-raw-p	eusc-de-east-1	-	{"Key": "project", "Value": "demo"}
demo-secret-infra	us-isob-east-1	-	{"Key": "environment", "Value": "secret"}
demo-secret-infra	us-isob-east-1	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-secret-infra	us-isob-east-1	-	{"Key": "project", "Value": "demo"}
demo-secret-raw-p	us-isob-east-1	-	{"Key": "environment", "Value": "secret"}
demo-secret-raw-p	us-isob-east-1	-	{"Key": "layer", "Value": "raw"}
demo-secret-raw-p	us-isob-east-1	-	{"Key": "managed-by", "Value": "dorc-synth"}
demo-secret-raw-p	us-isob-east-1	-	{"Key": "pipeline", "Value": "p"}
demo-secret-raw-p	us-isob-east-1	-	{"Key": "project", "Value": "demo"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
uk	-	eu-west-2	amazonaws.com
china	111122223333	cn-north-1	amazonaws.com.cn
gov	222233334444	us-gov-west-1	amazonaws.com
sovereign	-	eusc-de-east-1	amazonaws.eu
secret	-	us-isob-east-1	sc2s.sgov.gov
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
raw/p	raw__p__f	demo/raw/p/f	f6667baf45bc9ede873892b50f1b089d366f095cbf23f7b7cfd2d39aa6480e8e	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
