# the project; what the tag `repository` says; each environment that lacks pipelines here
settings() { cat <<'END_OF_PLAN'
project	national-statistics-pipeline
repository	-
END_OF_PLAN
}
# kind, name, region, account, environments, pipeline, template, capabilities
stacks() { cat <<'END_OF_PLAN'
universal	national-statistics-pipeline-universal	eu-west-2	-	preproduction	-	universal.json	-
infra	national-statistics-pipeline-preproduction-infra	eu-west-2	-	preproduction	-	preproduction/infra.json	CAPABILITY_NAMED_IAM
core	national-statistics-pipeline-preproduction-a-very-long-layer-name-population-estimates-by-area-and-year	eu-west-2	-	preproduction	a-very-long-layer-name/population-estimates-by-area-and-year	preproduction/core/a-very-long-layer-name/population-estimates-by-area-and-year.json	-
END_OF_PLAN
}
# stack, region, account, tag
tags() { cat <<'END_OF_PLAN'
national-statistics-pipeline-universal	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
national-statistics-pipeline-universal	eu-west-2	-	{"Key": "project", "Value": "national-statistics-pipeline"}
national-statistics-pipeline-preproduction-infra	eu-west-2	-	{"Key": "environment", "Value": "preproduction"}
national-statistics-pipeline-preproduction-infra	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
national-statistics-pipeline-preproduction-infra	eu-west-2	-	{"Key": "project", "Value": "national-statistics-pipeline"}
national-statistics-pipeline-preproduction-a-very-long-layer-name-population-estimates-by-area-and-year	eu-west-2	-	{"Key": "environment", "Value": "preproduction"}
national-statistics-pipeline-preproduction-a-very-long-layer-name-population-estimates-by-area-and-year	eu-west-2	-	{"Key": "layer", "Value": "a-very-long-layer-name"}
national-statistics-pipeline-preproduction-a-very-long-layer-name-population-estimates-by-area-and-year	eu-west-2	-	{"Key": "managed-by", "Value": "dorc-synth"}
national-statistics-pipeline-preproduction-a-very-long-layer-name-population-estimates-by-area-and-year	eu-west-2	-	{"Key": "pipeline", "Value": "population-estimates-by-area-and-year"}
national-statistics-pipeline-preproduction-a-very-long-layer-name-population-estimates-by-area-and-year	eu-west-2	-	{"Key": "project", "Value": "national-statistics-pipeline"}
END_OF_PLAN
}
# environment, stack, a stack that has to be deployed before it
dependencies() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
# environment, account and region of its images, what host names end with there
registries() { cat <<'END_OF_PLAN'
preproduction	-	eu-west-2	amazonaws.com
END_OF_PLAN
}
# pipeline, target in docker-bake.json, repository, tag, platform
images() { cat <<'END_OF_PLAN'
a-very-long-layer-name/population-estimates-by-area-and-year	a-very-long-layer-name__population-estimates-by-area-and-year__validate-everything-that-came-in	national-statistics-pipeline/a-very-long-layer-name/population-estimates-by-area-and-year/validate-everything-that-came-in	d7ab0548189eda52cbcfa7d42b33dd521b2647472b55d3a7bdb5fa18e553eaff	linux/amd64
a-very-long-layer-name/population-estimates-by-area-and-year	a-very-long-layer-name__population-estimates-by-area-and-year__validate_everything_that_came_in_twice	national-statistics-pipeline/a-very-long-layer-name/population-estimates-by-area-and-year/validate_everything_that_came_in_twice	acc02d060a0fa1840d21e645ff70388f496e1f461e96ba6866d5b9691158ae11	linux/amd64
END_OF_PLAN
}
# stack, region, account, trigger, what must not have passed, its time zone and time
deadlines() { cat <<'END_OF_PLAN'
END_OF_PLAN
}
