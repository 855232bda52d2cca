project() { echo 'demo'; }

# kind, name, region, account, environments, pipeline, template, bytes, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	demo-universal	eu-west-2	-	uk	-	universal.yaml	1502	-
universal	demo-universal	cn-north-1	111122223333	china	-	universal.yaml	1502	-
universal	demo-universal	us-gov-west-1	222233334444	gov	-	universal.yaml	1502	-
universal	demo-universal	eusc-de-east-1	-	sovereign	-	universal.yaml	1502	-
universal	demo-universal	us-isob-east-1	-	secret	-	universal.yaml	1502	-
infra	demo-uk-infra	eu-west-2	-	uk	-	uk/infra.yaml	11407	CAPABILITY_NAMED_IAM
core	demo-uk-raw-p	eu-west-2	-	uk	raw/p	uk/core/raw/p.yaml	6931	CAPABILITY_NAMED_IAM
infra	demo-china-infra	cn-north-1	111122223333	china	-	china/infra.yaml	11741	CAPABILITY_NAMED_IAM
core	demo-china-raw-p	cn-north-1	111122223333	china	raw/p	china/core/raw/p.yaml	7091	CAPABILITY_NAMED_IAM
infra	demo-gov-infra	us-gov-west-1	222233334444	gov	-	gov/infra.yaml	11548	CAPABILITY_NAMED_IAM
core	demo-gov-raw-p	us-gov-west-1	222233334444	gov	raw/p	gov/core/raw/p.yaml	7070	CAPABILITY_NAMED_IAM
infra	demo-sovereign-infra	eusc-de-east-1	-	sovereign	-	sovereign/infra.yaml	11767	CAPABILITY_NAMED_IAM
core	demo-sovereign-raw-p	eusc-de-east-1	-	sovereign	raw/p	sovereign/core/raw/p.yaml	7127	CAPABILITY_NAMED_IAM
infra	demo-secret-infra	us-isob-east-1	-	secret	-	secret/infra.yaml	11570	CAPABILITY_NAMED_IAM
core	demo-secret-raw-p	us-isob-east-1	-	secret	raw/p	secret/core/raw/p.yaml	7052	CAPABILITY_NAMED_IAM
END_OF_PLAN
}
# stack, region, account, key, value
tags() { cat <<'END_OF_PLAN'
demo-universal	eu-west-2	-	managed-by	dorc-synth
demo-universal	eu-west-2	-	project	demo
demo-universal	cn-north-1	111122223333	managed-by	dorc-synth
demo-universal	cn-north-1	111122223333	project	demo
demo-universal	us-gov-west-1	222233334444	managed-by	dorc-synth
demo-universal	us-gov-west-1	222233334444	project	demo
demo-universal	eusc-de-east-1	-	managed-by	dorc-synth
demo-universal	eusc-de-east-1	-	project	demo
demo-universal	us-isob-east-1	-	managed-by	dorc-synth
demo-universal	us-isob-east-1	-	project	demo
demo-uk-infra	eu-west-2	-	environment	uk
demo-uk-infra	eu-west-2	-	managed-by	dorc-synth
demo-uk-infra	eu-west-2	-	project	demo
demo-uk-raw-p	eu-west-2	-	environment	uk
demo-uk-raw-p	eu-west-2	-	layer	raw
demo-uk-raw-p	eu-west-2	-	managed-by	dorc-synth
demo-uk-raw-p	eu-west-2	-	pipeline	p
demo-uk-raw-p	eu-west-2	-	project	demo
demo-china-infra	cn-north-1	111122223333	environment	china
demo-china-infra	cn-north-1	111122223333	managed-by	dorc-synth
demo-china-infra	cn-north-1	111122223333	project	demo
demo-china-raw-p	cn-north-1	111122223333	environment	china
demo-china-raw-p	cn-north-1	111122223333	layer	raw
demo-china-raw-p	cn-north-1	111122223333	managed-by	dorc-synth
demo-china-raw-p	cn-north-1	111122223333	pipeline	p
demo-china-raw-p	cn-north-1	111122223333	project	demo
demo-gov-infra	us-gov-west-1	222233334444	environment	gov
demo-gov-infra	us-gov-west-1	222233334444	managed-by	dorc-synth
demo-gov-infra	us-gov-west-1	222233334444	project	demo
demo-gov-raw-p	us-gov-west-1	222233334444	environment	gov
demo-gov-raw-p	us-gov-west-1	222233334444	layer	raw
demo-gov-raw-p	us-gov-west-1	222233334444	managed-by	dorc-synth
demo-gov-raw-p	us-gov-west-1	222233334444	pipeline	p
demo-gov-raw-p	us-gov-west-1	222233334444	project	demo
demo-sovereign-infra	eusc-de-east-1	-	environment	sovereign
demo-sovereign-infra	eusc-de-east-1	-	managed-by	dorc-synth
demo-sovereign-infra	eusc-de-east-1	-	project	demo
demo-sovereign-raw-p	eusc-de-east-1	-	environment	sovereign
demo-sovereign-raw-p	eusc-de-east-1	-	layer	raw
demo-sovereign-raw-p	eusc-de-east-1	-	managed-by	dorc-synth
demo-sovereign-raw-p	eusc-de-east-1	-	pipeline	p
demo-sovereign-raw-p	eusc-de-east-1	-	project	demo
demo-secret-infra	us-isob-east-1	-	environment	secret
demo-secret-infra	us-isob-east-1	-	managed-by	dorc-synth
demo-secret-infra	us-isob-east-1	-	project	demo
demo-secret-raw-p	us-isob-east-1	-	environment	secret
demo-secret-raw-p	us-isob-east-1	-	layer	raw
demo-secret-raw-p	us-isob-east-1	-	managed-by	dorc-synth
demo-secret-raw-p	us-isob-east-1	-	pipeline	p
demo-secret-raw-p	us-isob-east-1	-	project	demo
END_OF_PLAN
}
# environment, stack, a stack that has to stand before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, end of the registry's host
registries() { cat <<'END_OF_PLAN'
uk	-	eu-west-2	amazonaws.com
china	111122223333	cn-north-1	amazonaws.com.cn
gov	222233334444	us-gov-west-1	amazonaws.com
sovereign	-	eusc-de-east-1	amazonaws.eu
secret	-	us-isob-east-1	sc2s.sgov.gov
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag
images() { cat <<'END_OF_PLAN'
raw/p	raw__p__f	demo/raw/p/f	f6667baf45bc9ede873892b50f1b089d366f095cbf23f7b7cfd2d39aa6480e8e
END_OF_PLAN
}
