#!/bin/sh
# Deploys what is beside this script with the AWS CLI and Docker; `deploy.sh --help` explains how.
# Written by dorc-synth: a change here is lost with its next run. It is the same in every project: what is deployed is in
# deploy.plan, and which images in docker-bake.json.
set -eu

usage() {
    cat <<END_OF_HELP
Usage: deploy.sh ENVIRONMENT [--pipeline LAYER/NAME]... [--images-from ENVIRONMENT | --rebuild | --skip-images]
                 [--dry-run] [--force] [--old-versions] [--prune [--yes]] [--take-over]

Deploys the project $(project): first the universal stacks (image repositories), then images that the registry
lacks, then the environment's infra stack, then a core stack for each pipeline. What is unchanged is left alone.

  ENVIRONMENT             one of: $(environments | joined)
  --pipeline LAYER/NAME   only this pipeline's images and core stack; may be repeated
  --images-from ENVIRONMENT
                          copy missing images from that environment's registry, and build none: what was tested
                          there is what runs here
  --rebuild               build missing images from the newest base images, without Docker's cache; also those that
                          unchanged stacks lack
  --skip-images           build and push nothing: the images are there already
  --dry-run               only say what would be done; AWS is read, nothing is changed, Docker is not needed
  --force                 also remove functions, roles and pipelines that runs which are going on may need
  --old-versions          also delete old versions of the functions of unchanged pipelines, which no run needs any more
  --prune                 delete the stacks of pipelines that were removed (without it they are listed); asks first
  --yes                   do not ask; --prune needs it where there is no terminal
  --take-over             also update stacks whose tag \`repository\` names another repository, as after it was renamed
  --help                  this text

Environment variables:
  AWS_PROFILE, ...        credentials, as for the AWS CLI: those of the environment's account
  DORC_ARTIFACT_BUCKET    S3 bucket for templates over 51,200 bytes, in the stacks' region
  DORC_REGISTRY_PROFILE   AWS profile for the account with the images, where that is another one
  DORC_REGISTRY_ARTIFACT_BUCKET
                          the bucket for that account's templates, where it is another one
  DORC_SOURCE_PROFILE     AWS profile for the account that --images-from copies from, where it is another one
  DORC_JOBS               how many stacks at a time (default: 4)
  DORC_WAIT               how many minutes to wait for stacks that someone else deploys (default: 15)
  CONFIG_REPO_PATH        folder of this project's dorc.yaml (default: the nearest above this script, or the current folder)

Examples:
  deploy.sh dev                                  everything that changed
  deploy.sh dev --pipeline raw/census            one pipeline, and what all pipelines share
  deploy.sh prod --dry-run                       what would be done
  deploy.sh prod --images-from dev               with the images that dev has
  AWS_PROFILE=prod deploy.sh prod --prune        also without the pipelines that were removed

Exit status: 0 all is well, 1 something failed, 64 wrong usage.
END_OF_HELP
}

tab=$(printf '\t')

# The plan: rows of a kind in $plan, without the word for it; columns with tabs between them, and - for nothing.
rows() { sed -n "s/^$1$tab//p" "$plan"; }
project() { rows project | cut -f 1; }
repository() { rows project | cut -f 2; }
# Whether this folder was written without some of the environment's pipelines.
is_partial() { rows partial | grep -Fqx -e "$environment"; }
# Kind, name, region, account, environments, pipeline, template, capabilities.
stacks() { rows stack | awk -F "$tab" -v OFS="$tab" '{ print $2, $1, $3, $4, $5, $6, $7, $8 }'; }
# Stack, region, account, list of tags in JSON.
tags() { rows stack | cut -f 1,3,4,11; }
# Stack, region, account, trigger, what must not have passed, its time zone, its time.
deadlines() {
    rows stack | awk -F "$tab" -v OFS="$tab" '$10 != "-" {
        count = split($10, deadline, ";")
        for (i = 1; i <= count; i++) {
            split(deadline[i], part, "|")
            print $1, $3, $4, part[1], part[2], part[3], part[4]
        }
    }'
}
# Environment, stack, a stack that has to be deployed before it.
dependencies() {
    rows stack | awk -F "$tab" -v OFS="$tab" '$9 != "-" {
        count = split($9, needed, ",")
        for (i = 1; i <= count; i++) print $5, $1, needed[i]
    }'
}

say() { printf '%s\n' "$*"; }
error() { printf 'deploy.sh: %s\n' "$*" >&2; }
die() { error "$*"; exit 1; }
wrong_usage() { error "$*"; exit 64; }
joined() { awk 'NR > 1 { printf ", " } { printf "%s", $0 } END { print "" }'; }

environments() { stacks | awk -F "$tab" '$1 == "infra" { print $5 }'; }
pipelines_there() { stacks | awk -F "$tab" -v env="$environment" '$1 == "core" && $5 == env { print $6 }'; }

# The AWS CLI, with the profile of the registry's account where that is meant. Every value is in one word with its option, so
# that none is read as another option; what the user wrote (tags) goes through files.
cli() { aws ${profile:+"--profile=$profile"} "$@" </dev/null; }

# The same in the background, so that a signal reaches it.
cli_slow() {
    aws ${profile:+"--profile=$profile"} "$@" </dev/null &
    child=$!
    await_child
}

await_child() {
    child_status=0
    wait "$child" || child_status=$?
    child=''
    return "$child_status"
}

nap() {
    sleep "$pause" &
    child=$!
    [ "$pause" -ge 5 ] || pause=$((pause + 1))
    await_child
}

# -- 1. What is asked for
read_arguments() {
    environment='' pipelines='' skip_images='' dry_run='' prune='' yes='' take_over='' old_versions='' force='' images_from='' rebuild=''
    while [ $# -gt 0 ]; do
        case $1 in
            -h | --help) usage; exit ;;
            --pipeline)
                case ${2:-} in
                    '' | -* | *[,[:space:]]*)
                        wrong_usage "--pipeline needs a pipeline, LAYER/NAME; for several of them it is repeated"
                        ;;
                esac
                pipelines="${pipelines:+$pipelines,}$2"
                shift
                ;;
            --images-from)
                case ${2:-} in
                    '' | -* | *[,[:space:]]*) wrong_usage "--images-from needs an environment: $(environments | joined)" ;;
                esac
                images_from=$2
                shift
                ;;
            --rebuild) rebuild=yes ;;
            --skip-images) skip_images=yes ;;
            --dry-run) dry_run=yes ;;
            --force) force=yes ;;
            --old-versions) old_versions=yes ;;
            --prune) prune=yes ;;
            --yes) yes=yes ;;
            --take-over) take_over=yes ;;
            -*)
                wrong_usage "unknown option $1; there are --pipeline, --images-from, --rebuild, --skip-images, --dry-run," \
                    "--force, --old-versions, --prune, --yes, --take-over, --help"
                ;;
            *)
                [ -n "$1" ] || wrong_usage "an argument is empty; which environment? There are: $(environments | joined)"
                [ -z "$environment" ] || wrong_usage "one environment at a time, not $environment and $(say "$1" | joined)"
                environment=$1
                ;;
        esac
        shift
    done
    [ -z "$prune" ] || [ -z "$pipelines" ] || wrong_usage "--prune is about all pipelines: not together with --pipeline"
    case $images_from$rebuild$skip_images in
        '' | "$images_from" | "$rebuild" | "$skip_images") ;;
        *) wrong_usage "--images-from copies images, --rebuild builds them, and --skip-images does neither: only one of them" ;;
    esac
    jobs=${DORC_JOBS:-4}
    case $jobs in
        *[!0-9]* | 0* | ???*) wrong_usage "DORC_JOBS has to be a number from 1 to 99, not $jobs" ;;
    esac
    patience=${DORC_WAIT:-15}
    case $patience in
        *[!0-9]* | 0?* | ????*) wrong_usage "DORC_WAIT has to be a number of minutes from 0 to 999, not $patience" ;;
    esac
}

# Whether the plan has what is asked for.
check_arguments() {
    [ -n "$environment" ] || wrong_usage "which environment? There are: $(environments | joined) (see --help)"
    # grep would take each line for a name.
    case $environment in
        *[[:space:]]*)
            wrong_usage "there is no environment $(say "$environment" | joined); there are: $(environments | joined)"
            ;;
    esac
    environments | grep -Fqx -e "$environment" ||
        wrong_usage "there is no environment $environment; there are: $(environments | joined)"
    if [ -n "$images_from" ]; then
        environments | grep -Fqx -e "$images_from" ||
            wrong_usage "--images-from: there is no environment $images_from; there are: $(environments | joined)"
        [ "$images_from" != "$environment" ] ||
            wrong_usage "--images-from: images of $environment are in its registry already; name another environment"
    fi
    say "$pipelines" | tr , '\n' | while read -r pipeline; do
        [ -z "$pipeline" ] || pipelines_there | grep -Fqx -e "$pipeline" ||
            wrong_usage "$environment has no pipeline $pipeline; there are: $(pipelines_there | joined)"
    done
    [ -z "$prune" ] || ! is_partial ||
        wrong_usage "--prune needs all pipelines of $environment, and dorc-synth has written only some of them here:" \
            "run it without --pipeline, or --prune from the folder that has them all"
    [ -z "$prune" ] || [ -n "$yes$dry_run" ] || [ -t 0 ] ||
        wrong_usage "--prune deletes stacks: without a terminal to ask on it needs --yes (--dry-run lists them)"
}

# Stops where rows, on the standard input, do not have one column for each pattern, and as it says. The plan's names are parts
# of calls and paths: one that another program damaged must not become an option or another file.
check_rows() {
    file=$1 patterns=''
    shift
    for pattern in "$@"; do patterns="$patterns$pattern$tab"; done
    row=$(awk -F "$tab" -v patterns="$patterns" '
        BEGIN { columns = split(patterns, pattern, FS) - 1 }
        found { next }
        NF != columns { found = 1 }
        { for (i = 1; i <= columns; i++) if ($i !~ ("^(" pattern[i] ")$")) found = 1 }
        found { print }')
    [ -z "$row" ] || damaged "$file" "$row"
}

damaged() { die "$1 beside this script is damaged (a merge conflict?), run dorc-synth again: $2"; }

check_plan() {
    IFS=$tab read -r word version <"$plan" || :
    [ "$word" = dorc-plan ] || damaged deploy.plan "$word"
    case $version in '' | *[!0-9]*) damaged deploy.plan 'its first line names no version' ;; esac
    [ "$version" = 1 ] ||
        die "deploy.plan has version $version, and this script reads version 1: they were not written together." \
            "Run dorc-synth again, which writes both"
    row=$(awk -F "$tab" '
        NR > 1 && $0 != "" && $0 !~ /^#/ && $1 !~ /^(image|partial|project|registry|stack)$/ { print; exit }' "$plan")
    [ -z "$row" ] || damaged deploy.plan "$row"
    name='[A-Za-z][A-Za-z0-9-]*' region='[a-z][a-z0-9-]*' account='-|[0-9]+' environments='[a-z][a-z0-9]*'
    pipeline='[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*' path='[A-Za-z0-9]([A-Za-z0-9_-]*[./]?[A-Za-z0-9])*'
    rows project | check_rows deploy.plan "$name" '-|[A-Za-z0-9][A-Za-z0-9_.:/=+@-]*'
    [ "$(rows project | awk 'END { print NR }')" -eq 1 ] || damaged deploy.plan "it does not have one row of the project"
    rows partial | check_rows deploy.plan "$environments"
    rows registry | check_rows deploy.plan "$environments" "$account" "$region" '[a-z0-9.-]+'
    deadline='[a-z0-9][a-z0-9_-]*[|][a-z_ ]+[|][A-Za-z][A-Za-z0-9_/+-]*[|][0-9]+-[0-9]+-[0-9]+T[0-9:]+'
    rows stack | check_rows deploy.plan "$name" 'universal|infra|core' "$region" "$account" "-|$environments(,$environments)*" \
        "-|$pipeline" "$path" '-|[A-Z][A-Z_ ]*' "-|$name(,$name)*" "-|$deadline(;$deadline)*" \
        '[[][{]"Key": "[^-].*", "Value": ".*"[}][]]'
    row=$(rows stack | awk -F "$tab" '$11 ~ /"Key": "-/ { print; exit }')
    [ -z "$row" ] || damaged deploy.plan "$row"
    rows image | check_rows deploy.plan "$pipeline" '[a-z0-9][a-z0-9_-]*' '[a-z0-9][a-z0-9_./-]*' '[a-z0-9]+/[a-z0-9/]+'
}

# Writes the part of the plan that is asked for to files.
select_plan() {
    stacks | awk -F "$tab" -v env="$environment" -v pipelines="$pipelines" '
        function among(list, name) { return index("," list ",", "," name ",") }
        $1 == "universal" && among($5, env)
        $1 == "infra" && $5 == env
        $1 == "core" && $5 == env && (pipelines == "" || among(pipelines, $6))' >"$work/stacks"
    dependencies | awk -F "$tab" -v env="$environment" \
        'NR == FNR { selected[$2]; next } $1 == env && ($2 in selected) && ($3 in selected) { print $2 FS $3 }' \
        "$work/stacks" - >"$work/dependencies"
    IFS=$tab read -r _ _ region account _ <<END_OF_ROW
$(awk -F "$tab" '$1 == "infra"' "$work/stacks")
END_OF_ROW
    IFS=$tab read -r _ registry_account registry_region suffix <<END_OF_ROW
$(rows registry | awk -F "$tab" -v env="$environment" '$1 == env')
END_OF_ROW
    [ -n "$images_from" ] || return 0
    IFS=$tab read -r _ source_account source_region source_suffix <<END_OF_ROW
$(rows registry | awk -F "$tab" -v env="$images_from" '$1 == env')
END_OF_ROW
}

# -- 2. Checks, before anything is touched
check_accounts() {
    check_own_accounts
    [ -n "$images_from" ] || return 0
    check_source
}

# Sets what the images' source is called, and the profile for it.
check_source() {
    source_profile=${DORC_SOURCE_PROFILE:-}
    profile=$source_profile
    caller=$(caller_account)
    profile=''
    if [ "$source_account" = - ]; then source_account=$caller; fi
    if [ "$source_account" != "$caller" ]; then
        [ -z "$source_profile" ] ||
            die "images of $images_from are in account $source_account, but DORC_SOURCE_PROFILE=$source_profile is for $caller"
        die "images of $images_from are in account $source_account: set DORC_SOURCE_PROFILE to an AWS profile for it"
    fi
    source_registry=$source_account.dkr.ecr.$source_region.$source_suffix
    [ "$source_registry" != "$registry_account.dkr.ecr.$registry_region.$suffix" ] ||
        die "$images_from and $environment have one registry, $source_registry: there is nothing to copy, leave out --images-from"
}

check_own_accounts() {
    caller=$(caller_account)
    if [ "$account" = - ]; then
        say "$(project) $environment: account $caller ($environment names none, so it is not checked), $region"
    else
        [ "$account" = "$caller" ] || die "$environment is in account $account, but AWS credentials are for $caller"
        say "$(project) $environment: account $caller, $region"
    fi
    [ "$registry_account" != - ] || registry_account=$caller
    registry_profile=''
    [ "$registry_account" != "$caller" ] || return 0
    if [ -n "${DORC_REGISTRY_PROFILE:-}" ]; then
        registry_profile=$DORC_REGISTRY_PROFILE
        profile=$registry_profile
        caller=$(caller_account)
        profile=''
        [ "$registry_account" = "$caller" ] ||
            die "images are in account $registry_account, but DORC_REGISTRY_PROFILE=$registry_profile is for $caller"
    elif [ -n "$skip_images" ]; then
        say "account $registry_account, which has the images, is left alone: DORC_REGISTRY_PROFILE is not set"
        awk -F "$tab" '$1 != "universal"' "$work/stacks" >"$work/stacks.own"
        mv "$work/stacks.own" "$work/stacks"
    else
        die "images are in account $registry_account: set DORC_REGISTRY_PROFILE to an AWS profile for it," \
            "or use --skip-images where they are there already"
    fi
}

caller_account() {
    cli sts get-caller-identity "--region=$region" --query=Account --output=text 2>"$work/error" ||
        die "no valid AWS credentials${profile:+ in profile $profile}; log in or set AWS_PROFILE." \
            "The AWS CLI says: $(grep . "$work/error" | joined)"
}

# Writes all stacks of a region to a file: a row `stack` with name, status, id, the last change set and the digest of what it
# deployed, then rows `tag`. What other stacks may choose, outputs and tags, is JSON, which escapes what could look like another
# row.
list_stacks() {
    query="Stacks[].[[['stack', StackName, StackStatus, StackId, ChangeSetId,
        to_string(Outputs[?OutputKey=='ContentDigest'].OutputValue)]], Tags[].['tag', to_string([Key, Value])]][][]"
    cli cloudformation describe-stacks "--region=$1" --output=text "--query=$query" >"$2" 2>"$work/error" ||
        die "the stacks in $1 cannot be listed, which needs cloudformation:DescribeStacks and cloudformation:ListStacks." \
            "The AWS CLI says: $(grep . "$work/error" | joined)"
    row=$(awk -F "$tab" '
        NF == 0 { next }
        $1 == "stack" && NF == 6 && $2 ~ /^[A-Za-z][A-Za-z0-9-]*$/ && $3 ~ /^[A-Z][A-Z_]*$/ && $4 ~ /^arn:[^ ]*$/ &&
            $5 ~ /^(None|arn:[^ ]*)$/ && $6 ~ /^(null|\[.*\])$/ { next }
        $1 == "tag" && NF == 2 && $2 ~ /^\[".*"\]$/ { next }
        { print; exit }' "$2")
    [ -z "$row" ] || die "the AWS CLI lists the stacks in $1 in a form that is not expected: $row"
}

# Reads what there is, and writes for each stack: name, what is to be done, status, id, digest, repository, and `unseen` where
# nobody looked whether its images are there.
compare_stacks() {
    list_stacks "$region" "$work/own-stacks"
    : >"$work/registry-stacks"
    registry_stacks='own-stacks'
    if [ -n "$registry_profile" ] || [ "$registry_region" != "$region" ]; then
        profile=$registry_profile registry_stacks='registry-stacks'
        list_stacks "$registry_region" "$work/registry-stacks"
        profile=''
    fi
    (
        cd -- "$work"
        list_digests >digests
        awk -F "$tab" -v OFS="$tab" -v project="$(project)" -v repository="$(repository)" -v take_over="$take_over" \
            -v registry="$registry_stacks" '
            FILENAME == "digests" { digest[$1] = $2; next }
            FILENAME == "stacks" { decide($1, $2); next }
            $1 == "stack" { at = FILENAME FS $2; status[at] = $3; id[at] = $4; set[at] = $5; deployed[at] = digest_in($6) }
            $1 == "tag" && $2 == "[\"managed-by\",\"dorc-synth\"]" { managed[at]++ }
            $1 == "tag" && $2 == "[\"project\",\"" project "\"]" { managed[at]++ }
            $1 == "tag" && $2 ~ /^\["repository",/ { owner[at] = substr($2, 16, length($2) - 17) }

            function decide(kind, name,    at, state) {
                at = (kind == "universal" ? registry : "own-stacks") FS name
                state = status[at]
                if (state == "" || state == "REVIEW_IN_PROGRESS") state = "create" # in review: an empty shell
                else if (managed[at] != 2) state = "foreign"
                else if (owner[at] != "" && owner[at] != repository && !take_over) state = "other"
                else if (state == "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" && is_ours(set[at], deployed[at]) && deployed[at] == digest[name])
                    state = "unchanged" # it has all that is new, and only removes what is old
                else if (state ~ /_IN_PROGRESS$/) state = "busy"
                else if (state == "ROLLBACK_COMPLETE") state = "recreate"
                else if (state ~ /FAILED$/) state = "stuck"
                else if (state !~ /^(CREATE|UPDATE|IMPORT)_COMPLETE$/ || !is_ours(set[at], deployed[at])) state = "compare"
                else state = deployed[at] == digest[name] ? "unchanged" : "update"
                print name, state, (status[at] == "" ? "-" : status[at]), (id[at] == "" ? "-" : id[at]), digest[name],
                    (owner[at] == "" ? "-" : owner[at]), (set[at] ~ /-unseen\// ? "unseen" : "-")
            }
            # Of a JSON list with one SHA-256, or nothing.
            function digest_in(list) {
                return length(list) == 68 && list ~ /^\["[0-9a-f]+"\]$/ ? substr(list, 3, 64) : ""
            }
            # A stack that another program changed later may still say what deploy.sh deployed.
            function is_ours(set, digest,    part) {
                split(set, part, "/")
                return digest != "" && index(part[2], "dorc-" substr(digest, 1, 40) "-") == 1
            }' digests own-stacks registry-stacks stacks >states
    )
}

# Waits while someone else deploys a stack, as another environment does that shares the universal one, and then compares anew.
await_others() {
    [ -z "$dry_run" ] || return 0
    busy=$(awk -F "$tab" '$2 == "busy" { print $1 " (" $3 ")" }' "$work/states" | joined)
    [ -n "$busy" ] && [ "$patience" -gt 0 ] || return 0
    say "someone else deploys $busy: waiting at most $patience min for that to end"
    waits=$((patience * 12))
    while [ "$waits" -gt 0 ] && [ -n "$busy" ]; do
        waits=$((waits - 1)) pause=5
        nap
        compare_stacks
        check_owners
        busy=$(awk -F "$tab" '$2 == "busy" { print $1 }' "$work/states" | joined)
    done
}

# For each stack its name and the SHA-256 of its template's bytes and its tags: a file for each is hashed, all in one call.
list_digests() {
    [ -d content ] || mkdir content
    cut -f 7 stacks | sed 's,^,out/,' | hash_files >sums
    paste sums stacks >summed
    tags | awk -F "$tab" '
        NR == FNR { key = $3 FS $4 FS $5; sum[key] = $1; next }
        ($1 FS $2 FS $3) in sum {
            file = "content/" $1
            print sum[$1 FS $2 FS $3] "\n" $4 >file
            close(file)
        }' summed -
    cut -f 2 stacks | sed 's,^,content/,' | hash_files >digested
    [ "$(cat sums digested | wc -l)" -eq "$(cat stacks stacks | wc -l)" ] ||
        die "the templates beside this script cannot be read"
    cut -f 2 stacks | paste - digested
}

# The SHA-256 of each file that the standard input names.
hash_files() {
    if command -v sha256sum >/dev/null; then xargs sha256sum
    elif command -v shasum >/dev/null; then xargs shasum -a 256
    else xargs openssl dgst -sha256 -r
    fi | sed 's/^\\//' | cut -c 1-64
}

# Copies the templates that are asked for, and all that follows uses the copies: dorc-synth may write meanwhile. The names were
# checked with the plan, so that `xargs` takes each as one word.
copy_templates() {
    command -v sha256sum >/dev/null || command -v shasum >/dev/null || command -v openssl >/dev/null ||
        die "sha256sum, shasum or openssl is needed, to see which templates have changed"
    missing=''
    while IFS=$tab read -r _ _ _ _ _ _ template _; do
        [ -f "$out/$template" ] || missing="$missing $template"
    done <"$work/stacks"
    [ -z "$missing" ] || die "templates are missing beside this script, run dorc-synth again:$missing"
    mkdir "$work/out"
    cut -f 7 "$work/stacks" | sed 's,^[^/]*$,./&,; s,/[^/]*$,,' | sort -u >"$work/folders"
    # shellcheck disable=SC2016 # the shell that xargs starts expands them
    while read -r folder; do
        mkdir -p "$work/out/$folder"
        cut -f 7 "$work/stacks" | sed 's,^[^/]*$,./&,' | awk -v folder="$folder/" '
            index($0, folder) == 1 && index(substr($0, length(folder) + 1), "/") == 0' |
            (cd -- "$out" && xargs sh -c 'cp -- "$@" "$0"' "$work/out/$folder") ||
            die "the templates beside this script cannot be read"
    done <"$work/folders"
    [ ! -f "$out/docker-bake.json" ] || cp "$out/docker-bake.json" "$work/docker-bake.json"
    check_finished
}

check_finished() {
    [ ! -e "$out/.dorc-synth-incomplete" ] ||
        die "dorc-synth writes $out now, or was interrupted, so it may be partly old: run dorc-synth again"
}

# The rows of $work/stacks, in states that the pattern $1 names.
stacks_that() {
    awk -F "$tab" -v wanted="^($1)\$" 'NR == FNR { if ($2 ~ wanted) found[$1]; next } $2 in found' "$work/states" "$work/stacks"
}

check_owners() {
    foreign=$(awk -F "$tab" '$2 == "foreign" { print $1 }' "$work/states" | joined)
    [ -z "$foreign" ] ||
        die "stacks of these names exist without the tags of dorc and of the project $(project), so something else made them." \
            "Delete them, or choose another project name: $foreign"
    foreign=$(awk -F "$tab" '$2 == "other" { print $1 " (" $6 ")" }' "$work/states" | joined)
    here=$(repository)
    [ "$here" != - ] || here='not set'
    [ -z "$foreign" ] ||
        die "these stacks belong to another repository by their tag \`repository\`; in dorc.yaml, \`repository\` is $here." \
            "Two repositories need two project names; after a repository was renamed, use --take-over: $foreign"
}

# EventBridge Scheduler refuses to create a schedule whose start or only time has passed, and to change it: an update sends
# all values ("The StartDate you specify cannot be earlier than 5 minutes ago"). Times are in each schedule's own zone.
check_deadlines() {
    stacks_that 'create|recreate|update|compare' >"$work/changing"
    deadlines | awk -F "$tab" 'NR == FNR { changing[$2 FS $3 FS $4]; next } ($1 FS $2 FS $3) in changing' \
        "$work/changing" - >"$work/deadlines"
    cut -f 6 "$work/deadlines" | sort -u | while read -r zone; do
        # Without the zone's data, as in a small container, the zone in which time is latest: nothing is refused wrongly.
        rule=$zone
        [ "$zone" != UTC ] || rule=UTC0
        [ "$zone" = UTC ] || [ -e "${TZDIR:-/usr/share/zoneinfo}/$zone" ] || rule='<-12>12'
        say "$zone$tab$(TZ=$rule date +%Y-%m-%dT%H:%M:%S)"
    done >"$work/now"
    passed=$(awk -F "$tab" '
        NR == FNR { now[$1] = $2; next }
        ($7 "") < (now[$6] "") { print $1 ": " $5 " of the trigger " $4 ", " $7 " (" $6 ")" }' "$work/now" "$work/deadlines")
    [ -n "$passed" ] || return 0
    error "EventBridge Scheduler refuses schedules whose time has passed. Take out or change what follows in pipeline.yaml," \
        "and run dorc-synth again:"
    say "$passed" | sed 's/^/deploy.sh:   /' >&2
    exit 1
}

check_buckets() {
    own='' registry=''
    stacks_that 'create|recreate|update|compare' >"$work/changing"
    while IFS=$tab read -r kind _ _ _ _ _ template _; do
        [ "$(wc -c <"$work/out/$template")" -gt 51200 ] || continue
        case $kind$registry_profile in
            universal?*) registry="$registry $template" ;;
            *) own="$own $template" ;;
        esac
    done <"$work/changing"
    [ -z "$own" ] || check_bucket DORC_ARTIFACT_BUCKET "${DORC_ARTIFACT_BUCKET:-}" "$region for$own"
    [ -z "$registry" ] || check_bucket DORC_REGISTRY_ARTIFACT_BUCKET "${DORC_REGISTRY_ARTIFACT_BUCKET:-}" \
        "$registry_region, in account $registry_account, for$registry"
}

check_bucket() {
    case $2 in
        '') die "templates over 51,200 bytes go through S3: set $1 to a bucket in $3" ;;
        *[!a-z0-9.-]* | [!a-z0-9]*) die "$1 has to be the name of a bucket, not $2" ;;
    esac
}

# Lists the targets of the images that the registry lacks in $work/missing, and checks that they can be built. A stack that is
# unchanged has been deployed with its images, but for one that was with --skip-images; and images may go later.
check_images() {
    : >"$work/missing"
    [ -z "$skip_images" ] || return 0
    if [ -n "$rebuild" ]; then cp "$work/stacks" "$work/changing"
    else
        awk -F "$tab" 'NR == FNR { if ($2 ~ /^(create|recreate|update|compare)$/ || $7 == "unseen") found[$1]; next } $2 in found' \
            "$work/states" "$work/stacks" >"$work/changing"
    fi
    rows image | awk -F "$tab" 'NR == FNR { if ($1 == "core") changing[$6]; next } $1 in changing' "$work/changing" - >"$work/wanted"
    [ -s "$work/wanted" ] || return 0
    find_tags
    list_missing || die "the registry's images cannot be listed: $(cat "$work"/unlisted.* | grep . | head -n 1)"
    [ -s "$work/missing" ] || return 0
    if [ -n "$images_from" ]; then
        find_sources
    else
        config=$(config_folder)
        check_code
    fi
    [ -z "$dry_run" ] || return 0
    docker buildx version >/dev/null 2>&1 ||
        die "Docker with buildx is needed to build images and to copy them; where they are there already, use --skip-images"
    [ -n "$images_from" ] || check_platforms
}

# Writes the images with the tags that docker-bake.json has: pipeline, target, repository, tag, platform. In that file, a text that
# begins with the variable is an image's name: dorc writes `$${` for what the user writes so. How the file is laid out does not
# matter, since it is read from quote to quote.
find_tags() {
    [ -f "$work/docker-bake.json" ] || die "docker-bake.json is missing beside this script, run dorc-synth again"
    awk -F "$tab" -v OFS="$tab" '
        file == "bake" && index($0, "${REGISTRY}/") == 1 {
            colon = index($0, ":")
            name = substr($0, 13, colon - 13)
            if (name in tag) tag[name] = "-"
            else tag[name] = substr($0, colon + 1)
        }
        file == "rows" { print $1, $2, $3, (($3 in tag) ? tag[$3] : "-"), $4 }' \
        file=bake RS='"' "$work/docker-bake.json" file=rows RS='\n' "$work/wanted" >"$work/images"
    untagged=$(awk -F "$tab" '$4 == "-" { print $3; exit }' "$work/images")
    [ -z "$untagged" ] || damaged docker-bake.json "it does not have one tag for the image $untagged"
    check_rows docker-bake.json '.*' '.*' '.*' '[A-Za-z0-9_][A-Za-z0-9_.-]*' '.*' <"$work/images"
}

list_missing() {
    profile=$registry_profile listed=0 part=0
    while [ "$part" -lt "$jobs" ]; do
        lacking "$part" >"$work/lacking.$part" 2>"$work/unlisted.$part" &
        running="$running images-$part=$!"
        part=$((part + 1))
    done
    for job in $running; do wait "${job#*=}" || listed=1; done
    running='' profile=''
    cat "$work"/lacking.* | awk -F "$tab" 'NR == FNR { lacking[$1]; next } $2 in lacking { print $2 }' \
        - "$work/images" >"$work/missing"
    return "$listed"
}

# The targets of the images that the registry lacks, of every DORC_JOBS-th image from image $1.
lacking() {
    awk -v part="$1" -v parts="$jobs" 'NR % parts == part' "$work/images" |
        while IFS=$tab read -r _ target repository tag _; do
            problem=$(cli ecr describe-images "--region=$registry_region" "--repository-name=$repository" \
                "--image-ids=imageTag=$tag" --output=text 2>&1) && continue
            case $problem in
                *ImageNotFoundException* | *RepositoryNotFoundException*) say "$target" ;;
                *) say "$problem" >&2; exit 1 ;;
            esac
        done
}

# Writes what is to be copied to $work/copies: target, repository, tag, digest in the source.
find_sources() {
    profile=$source_profile listed=0 part=0
    while [ "$part" -lt "$jobs" ]; do
        sources "$part" >"$work/source.$part" 2>"$work/unlisted.$part" &
        running="$running source-$part=$!"
        part=$((part + 1))
    done
    for job in $running; do wait "${job#*=}" || listed=1; done
    running='' profile=''
    [ "$listed" -eq 0 ] || die "the images of $images_from cannot be listed: $(cat "$work"/unlisted.* | grep . | head -n 1)"
    cat "$work"/source.* | sort >"$work/copies"
    absent=$(awk -F "$tab" '$4 == "-" { print $1 }' "$work/copies" | joined)
    [ -z "$absent" ] ||
        die "the registry of $images_from lacks images that $environment needs: deploy $images_from first, or build them by leaving" \
            "out --images-from: $absent"
}

# The rows of every DORC_JOBS-th missing image from image $1, with - for the digest of one that the source lacks.
sources() {
    awk -F "$tab" 'NR == FNR { missing[$1]; next } $2 in missing' "$work/missing" "$work/images" |
        awk -v part="$1" -v parts="$jobs" 'NR % parts == part' |
        while IFS=$tab read -r _ target repository tag _; do
            digest=$(cli ecr describe-images "--region=$source_region" "--repository-name=$repository" \
                "--image-ids=imageTag=$tag" --output=text '--query=imageDetails[0].imageDigest' 2>&1) || {
                case $digest in
                    *ImageNotFoundException* | *RepositoryNotFoundException*) digest=- ;;
                    *) say "$digest" >&2; exit 1 ;;
                esac
            }
            case $digest in
                - | sha256:*[0-9a-f]) say "$target$tab$repository$tab$tag$tab$digest" ;;
                *) say "the AWS CLI tells the digest of $repository:$tag in a form that is not expected: $digest" >&2; exit 1 ;;
            esac
        done
}

# Whether Docker can run the images' platforms while it builds them: another one needs an emulator.
check_platforms() {
    able=$(docker buildx inspect --bootstrap 2>/dev/null </dev/null | sed -n 's/^Platforms://p' | tr -c 'a-z0-9/\n' ' ' | tr '\n' ' ')
    case $able in *[a-z]*) ;; *) return 0 ;; esac
    awk -F "$tab" 'NR == FNR { missing[$1]; next } ($2 in missing) && !seen[$5]++ { print $5 }' "$work/missing" "$work/images" |
        while read -r platform; do
            case " $able " in *" $platform "*) continue ;; esac
            die "images are for $platform, which Docker cannot run here. Install an emulator, as with" \
                "\`docker run --privileged --rm tonistiigi/binfmt --install ${platform#*/}\`, or build on such a machine"
        done
}

# The folder that the build contexts in docker-bake.json are relative to: that of this project's dorc.yaml.
config_folder() {
    if [ -n "${CONFIG_REPO_PATH:-}" ]; then
        [ -f "$CONFIG_REPO_PATH/dorc.yaml" ] || die "there is no dorc.yaml in CONFIG_REPO_PATH=$CONFIG_REPO_PATH"
        there=$(project_in "$CONFIG_REPO_PATH/dorc.yaml")
        [ "$there" = "$(project)" ] || [ -z "$there" ] ||
            die "the dorc.yaml in CONFIG_REPO_PATH=$CONFIG_REPO_PATH is of the project $there, not of $(project)"
        (cd -- "$CONFIG_REPO_PATH" && pwd)
        return
    fi
    others=''
    for folder in "$out" "$PWD"; do
        while [ ! -f "$folder/dorc.yaml" ] && [ "$folder" != / ]; do folder=$(dirname -- "$folder"); done
        [ -f "$folder/dorc.yaml" ] || continue
        [ "$(project_in "$folder/dorc.yaml")" != "$(project)" ] || { say "$folder"; return; }
        others=" (the dorc.yaml in $folder does not have the line \`project: $(project)\`)"
    done
    die "no dorc.yaml of the project $(project) above $out or $PWD$others:" \
        "set CONFIG_REPO_PATH to the folder that has it, to build images from there"
}

# The project that a dorc.yaml names, where that is a line of its own.
project_in() {
    sed -n "s/^[\"']\{0,1\}project[\"']\{0,1\}[[:space:]]*:[[:space:]]*[\"']\{0,1\}\([A-Za-z0-9_-]*\).*/\1/p" "$1" | head -n 1
}

# Refuses to build code that is newer than the templates: its images would get the tags of the older code, for ever.
check_code() {
    unchecked='so it was not checked whether the code was changed since dorc-synth ran'
    command -v dorc-synth >/dev/null || { say "dorc-synth is not on the PATH, $unchecked"; return 0; }
    # `--environment` leaves those out of which the folder may have none, and `--pipeline` what it lacks of this one.
    set -- "$out" --check --quiet "--config=$config" "--environment=$environment"
    case $(stacks | awk -F "$tab" -v env="$environment" '
        $1 == "universal" || $5 == env { sub(/.*[.]/, "", $7); if (!seen[$7]++) print $7 }' | sort | joined) in
        yaml) ;;
        json) set -- "$@" --format=json ;;
        *) say "the templates are partly JSON and partly YAML, $unchecked"; return 0 ;;
    esac
    if is_partial; then
        for pipeline in $(pipelines_there); do set -- "$@" "--pipeline=$pipeline"; done
    fi
    status=0
    dorc-synth "$@" </dev/null >"$work/differences" 2>"$work/error" || status=$?
    [ "$status" -ne 0 ] || return 0
    grep . "$work/error" | head -n 5 | sed 's/^/deploy.sh: dorc-synth: /' >&2 || :
    again="\`dorc-synth $*\` shows it"
    # It shows differences on its standard output, and what is wrong with the project or the call on its standard error.
    [ ! -s "$work/differences" ] ||
        die "$out is not what dorc-synth makes of $config now, so images would be built from other code than their" \
            "tags say. Run dorc-synth again, with the version that is on the PATH; $again"
    die "dorc-synth cannot compare $config with $out, so images might be built from other code than their tags say; $again"
}

# Lists the stacks that have the tags of dorc, this project, this repository, this environment and some pipeline, but no plan.
# A folder with some of the pipelines does not tell which are removed.
find_removed() {
    : >"$work/removed"
    : >"$work/unowned"
    ! is_partial || return 0
    { stacks; cat "$work/own-stacks"; } | awk -F "$tab" -v project="$(project)" -v env="$environment" \
        -v OFS="$tab" -v repository="$(repository)" '
        function show() {
            if (mine < 3 || !pipeline || status == "DELETE_IN_PROGRESS" || (name in planned)) return
            if (owner == repository) print name, id
            else if (owner == "-") print name, "-"
        }
        $1 == "core" { planned[$2] }
        $1 == "stack" { show(); name = $2; status = $3; id = $4; mine = pipeline = 0; owner = "-" }
        $1 == "tag" && $2 == "[\"managed-by\",\"dorc-synth\"]" { mine++ }
        $1 == "tag" && $2 == "[\"project\",\"" project "\"]" { mine++ }
        $1 == "tag" && $2 == "[\"environment\",\"" env "\"]" { mine++ }
        $1 == "tag" && $2 ~ /^\["pipeline",/ { pipeline = 1 }
        $1 == "tag" && $2 ~ /^\["repository",/ { owner = substr($2, 16, length($2) - 17) }
        END { show() }' >"$work/all-removed"
    awk -F "$tab" '$2 != "-"' "$work/all-removed" >"$work/removed"
    awk -F "$tab" '$2 == "-" { print $1 }' "$work/all-removed" >"$work/unowned"
}

# Asks whether they are to be deleted.
confirm_prune() {
    [ -n "$prune" ] && [ -z "$yes$dry_run" ] && [ -s "$work/removed" ] || return 0
    say "these stacks would be deleted, as their pipelines were removed:"
    cut -f 1 "$work/removed" | sed 's/^/  /'
    printf 'Delete them when all others are deployed? [y/N] '
    read -r answer || answer=''
    case $answer in
        [yY] | [yY][eE][sS]) ;;
        *) die "nothing was changed; without --prune the others are deployed" ;;
    esac
}

# -- 3. Images
push_images() {
    [ -s "$work/missing" ] || return 0
    registry=$registry_account.dkr.ecr.$registry_region.$suffix
    if [ -n "$dry_run" ]; then
        names=$(tr '\n' ' ' <"$work/missing" | sed 's/ $//')
        if [ -n "$images_from" ]; then say "images would be copied from $source_registry to $registry: $names"
        else say "images would be built and pushed to $registry: $names"
        fi
        return
    fi
    if [ -n "$images_from" ]; then
        profile=$source_profile
        password=$(cli ecr get-login-password "--region=$source_region") || return 1
        say "$password" | docker login --username AWS --password-stdin "$source_registry" >/dev/null || return 1
    fi
    profile=$registry_profile
    password=$(cli ecr get-login-password "--region=$registry_region") || return 1
    say "$password" | docker login --username AWS --password-stdin "$registry" >/dev/null || return 1
    # Tags are immutable, so a push fails where another job has pushed the same image meanwhile.
    while ! if [ -n "$images_from" ]; then copy_images; else bake; fi; do
        before=$(cat "$work/missing")
        list_missing || return 1
        [ "$before" != "$(cat "$work/missing")" ] || return 1
        say "another job has pushed some of these images: those are right as they are"
        [ -s "$work/missing" ] || return 0
    done
    pushed=$(($(wc -l <"$work/missing")))
    stacks_that unchanged >"$work/unchanged"
    repaired=$(awk -F "$tab" '
        file == "stacks" { if ($1 == "core") unchanged[$6]; next }
        file == "missing" { missing[$1]; next }
        ($1 in unchanged) && ($2 in missing) { print $2 }' \
        file=stacks "$work/unchanged" file=missing "$work/missing" file=images "$work/images" | joined)
    [ -z "$repaired" ] ||
        say "stacks that are unchanged lacked images: $repaired. Jobs take the new ones; a Lambda function stays with the bytes that" \
            "it was deployed with, and needs an image with another tag: change one of its build_arguments"
}

# Copies images as they are, by digest: a tag would follow whoever moves it.
copy_images() {
    say "copying from $source_registry to $registry: $(tr '\n' ' ' <"$work/missing" | sed 's/ $//')"
    part=0 copied=0
    awk -F "$tab" 'NR == FNR { missing[$1]; next } $1 in missing' "$work/missing" "$work/copies" >"$work/copying"
    while [ "$part" -lt "$jobs" ]; do
        copy_part "$part" &
        running="$running copy-$part=$!"
        part=$((part + 1))
    done
    for job in $running; do wait "${job#*=}" || copied=1; done
    running=''
    return "$copied"
}

# Without the option Docker makes an index of a manifest, which has another digest and which Lambda refuses.
copy_part() {
    status=0
    awk -v part="$1" -v parts="$jobs" 'NR % parts == part' "$work/copying" >"$work/copying.$1"
    while IFS=$tab read -r target repository tag digest; do
        docker buildx imagetools create --prefer-index=false --tag "$registry/$repository:$tag" \
            "$source_registry/$repository@$digest" </dev/null >"$work/copied.$1" 2>&1 || {
            error "$target: was not copied: $(grep . "$work/copied.$1" | tail -n 1)"
            status=1
        }
    done <"$work/copying.$1"
    return "$status"
}

bake() {
    set --
    while read -r target; do set -- "$@" "$target"; done <"$work/missing"
    cmp -s "$out/docker-bake.json" "$work/docker-bake.json" || {
        error "dorc-synth has written $out anew since this run began: start again"
        return 1
    }
    say "building and pushing to $registry: $(tr '\n' ' ' <"$work/missing" | sed 's/ $//')"
    (cd -- "$config" && OUT=$out REGISTRY=$registry docker buildx bake ${rebuild:+--pull} ${rebuild:+--no-cache} \
        --file "$out/docker-bake.json" --push "$@" </dev/null)
}

# -- 4. Stacks
# Deploys the stacks of kind $1: each after those that it needs, DORC_JOBS at a time, each in a job of its own.
deploy_stacks() {
    (cd -- "$work" && awk -F "$tab" -v kind="$1" -v all="$([ "$1" != core ] || say "$old_versions")" '
        NR == FNR { if ($2 == "unchanged") unchanged[$1]; next }
        $1 != kind { next }
        ($2 in unchanged) && all == "" { print $2 ": unchanged"; file = $2 ".outcome"; print "unchanged" >file; close(file); next }
        { print $2 >"waiting" }' states stacks)
    waiting=$(cat "$work/waiting" 2>/dev/null || :)
    rm -f "$work/waiting"
    while [ -n "$waiting$running" ]; do
        before=$waiting ran=$running
        start_jobs
        gather_jobs
        [ -z "$waiting" ] || [ -n "$ran$running" ] || [ "$waiting" != "$before" ] || die "stacks need each other:$waiting"
        [ -z "$running" ] || sleep 0.2 2>/dev/null || sleep 1
    done
}

start_jobs() {
    busy=0 later=''
    for _ in $running; do busy=$((busy + 1)); done
    for name in $waiting; do
        state=later
        [ "$busy" -ge "$jobs" ] || state=$(readiness "$name")
        case $state in
            ready)
                deploy_job "$name" 2>"$work/$name.problem" &
                running="$running $name=$!"
                busy=$((busy + 1))
                ;;
            later) later="$later $name" ;;
            *)
                say 'not started' >"$work/$name.outcome"
                error "$name: not started, because of $state"
                ;;
        esac
    done
    waiting=$later
}

# `ready`, `later`, or the stack that $1 needs and that failed or was not started.
readiness() {
    awk -F "$tab" -v name="$1" '$1 == name { print $2 }' "$work/dependencies" >"$work/needed"
    while read -r needed; do
        case $(outcome_of "$needed") in
            created | updated | unchanged | unclear) ;;
            '') say later; return ;;
            *) say "$needed"; return ;;
        esac
    done <"$work/needed"
    say ready
}

outcome_of() { cat "$work/$1.outcome" 2>/dev/null || :; }

# Reports the jobs that have ended, here so that their lines do not mix.
gather_jobs() {
    still=''
    for job in $running; do
        name=${job%%=*}
        outcome=$(outcome_of "$name")
        if [ -z "$outcome" ] && ! kill -0 "${job#*=}" 2>/dev/null; then
            # It has ended in this moment, or something killed it, and it left no word.
            outcome=$(outcome_of "$name")
            outcome=${outcome:-failed}
        fi
        case $outcome in
            '') still="$still $job" ;;
            failed)
                say failed >"$work/$name.outcome"
                sed "s/^/deploy.sh: $name: /" "$work/$name.problem" >&2
                error "$name: failed"
                ;;
            unclear) say "$name: would be compared with a change set, and updated if they differ" ;;
            unchanged) say "$name: unchanged" ;;
            *) say "$name: ${dry_run:+would be }$outcome" ;;
        esac
    done
    running=$still
}

deploy_job() {
    trap 'trap "" TERM; [ -z "$child" ] || kill "$child" 2>/dev/null; wait; exit 1' TERM
    child=''
    deploy_stack "$1" || outcome=failed
    case $kind-$outcome$dry_run in
        core-updated | core-unchanged)
            remove_versions 2>"$work/$1.log" ||
                say "$1: old versions of its functions were not deleted, the next update tries again: $(grep . "$work/$1.log" | head -n 1)"
            ;;
    esac
    say "$outcome" >"$work/$1.outcome.new"
    mv "$work/$1.outcome.new" "$work/$1.outcome"
}

# Sets `outcome`; the standard error is shown where it fails. It runs where `set -e` does not reach.
deploy_stack() {
    name=$1
    IFS=$tab read -r kind _ stack_region _ _ _ template capabilities <<END_OF_ROW
$(awk -F "$tab" -v name="$name" '$2 == name' "$work/stacks")
END_OF_ROW
    IFS=$tab read -r _ state stack_status stack_id digest _ <<END_OF_ROW
$(awk -F "$tab" -v name="$name" '$1 == name' "$work/states")
END_OF_ROW
    outcome=updated newest_event='' pause=1
    case $state in
        create) outcome=created ;;
        unchanged) outcome=unchanged ;;
        recreate)
            outcome=created
            say "$name: its creation failed ($stack_status), so it holds nothing and is deleted first"
            [ -n "$dry_run" ] || delete_stack "$stack_id" "$stack_region" || return 1
            ;;
        compare) [ -z "$dry_run" ] || outcome=unclear ;;
        busy)
            [ -z "$dry_run" ] || { say "$name: is $stack_status: someone else deploys it, and a deployment waits for that"; outcome=unclear; return 0; }
            say "is $stack_status: someone else deploys it. Try again when that has ended" >&2
            return 1
            ;;
        stuck)
            say "is $stack_status: $(cure)" >&2
            return 1
            ;;
    esac
    [ -z "$dry_run" ] && [ "$state" != unchanged ] || return 0

    say "$name: deploying"
    make_change_set || return 1
    [ "$outcome" != unchanged ] || return 0
    if [ "$kind-$outcome-$force" = core-updated- ] && ! spares_runs; then
        drop_change_set
        return 1
    fi
    if [ "$outcome" = updated ]; then
        newest_event=$(cli cloudformation describe-stack-events "--region=$stack_region" "--stack-name=$stack_id" \
            --no-paginate '--query=StackEvents[0].EventId' --output=text) || return 1
    fi
    # Where the answer is lost, the stack may be on its way: the change set stays, and the next run looks anew.
    cli_slow cloudformation execute-change-set "--region=$stack_region" "--change-set-name=$change_set" \
        >"$work/$name.answer" || return 1
    await_stack || { failed_events >&2; return 1; }
}

# What to do about a stack that no update reaches (CloudFormation guide, "Troubleshooting").
cure() {
    stack="--stack-name $name --region $stack_region"
    case $stack_status in
        UPDATE_ROLLBACK_FAILED)
            say "an update failed, and so did its undoing. Remove the cause, which" \
                "\`aws cloudformation describe-stack-events $stack\` shows, then run" \
                "\`aws cloudformation continue-update-rollback $stack\`, and deploy again when it is UPDATE_ROLLBACK_COMPLETE"
            ;;
        UPDATE_FAILED)
            say "someone updated it without rollback. Run \`aws cloudformation rollback-stack $stack\`, and deploy again"
            ;;
        IMPORT_ROLLBACK_FAILED)
            say "an import failed, and so did its undoing. Remove the cause, which" \
                "\`aws cloudformation describe-stack-events $stack\` shows, then ask AWS's support to repair it"
            ;;
        DELETE_FAILED)
            say "something in it could not be deleted. Remove the cause, which" \
                "\`aws cloudformation describe-stack-events $stack\` shows, then run" \
                "\`aws cloudformation delete-stack $stack\`, and deploy again"
            ;;
        *)
            say "its creation failed, and what it had made is still there. Run" \
                "\`aws cloudformation delete-stack $stack\`, and deploy again"
            ;;
    esac
}

# Sets `change_set` and `stack_id`, or `outcome` where there is nothing to change.
make_change_set() {
    type=UPDATE import=''
    [ "$outcome" != created ] || type=CREATE
    set -- "--template-body=file://$work/out/$template"
    if [ "$(wc -c <"$work/out/$template")" -gt 51200 ]; then
        upload_template || return 1
        set -- "--template-url=$url"
    fi
    # Repositories outlive their stack: one that is there is taken in by its name.
    [ "$kind" != universal ] || import='
  "ImportExistingResources": true,'
    given=''
    for capability in ${capabilities#-}; do given="$given${given:+, }\"$capability\""; done
    cat >"$work/$name.request" <<END_OF_REQUEST
{
  "StackName": "$name",
  "ChangeSetName": "dorc-$(say "$digest" | cut -c 1-40)-$run-$round${skip_images:+-unseen}",
  "ChangeSetType": "$type",$import
  "Capabilities": [$given],
  "Parameters": [{"ParameterKey": "ContentDigest", "ParameterValue": "$digest"}],
  "Tags": $(sed 1d "$work/content/$name")
}
END_OF_REQUEST
    waits=$((patience * 12))
    # The AWS CLI looks for this option as a word of its own.
    until cli_slow cloudformation create-change-set "--region=$stack_region" --cli-input-json "file://$work/$name.request" \
        "$@" --output=text '--query=[Id, StackId]' >"$work/$name.answer" 2>"$work/$name.log"; do
        # Someone else deploys it since the stacks were listed.
        if [ "$waits" -gt 0 ] && grep -q '_IN_PROGRESS state and can not be updated' "$work/$name.log"; then
            [ "$waits" -lt $((patience * 12)) ] ||
                say "$name: someone else deploys it: waiting at most $patience min for that to end"
            waits=$((waits - 1)) pause=5
            nap
            continue
        fi
        # The key is from 17 November 2023 (AWS SDK for Go, changelog of CloudFormation 1.40.0).
        ! grep -Eq 'Unknown parameter.*ImportExistingResources' "$work/$name.log" ||
            say "this AWS CLI is too old: deploy.sh needs version 1.31 or 2.14, or a later one" >&2
        grep . "$work/$name.log" >&2
        return 1
    done
    pause=1
    IFS=$tab read -r change_set stack_id <"$work/$name.answer" || return 1
    while :; do
        cli_slow cloudformation describe-change-set "--region=$stack_region" "--change-set-name=$change_set" --no-paginate \
            --output=text '--query=[Status, StatusReason]' >"$work/$name.answer" || return 1
        IFS=$tab read -r set_status _ <"$work/$name.answer"
        case $set_status in
            CREATE_COMPLETE) return 0 ;;
            CREATE_PENDING | CREATE_IN_PROGRESS) nap ;;
            *) break ;;
        esac
    done
    reason=$(cut -f 2- "$work/$name.answer")
    drop_change_set
    case $type-$reason in
        UPDATE-*"didn't contain changes"* | UPDATE-*'No updates are to be performed'*) outcome=unchanged; return 0 ;;
    esac
    say "AWS refuses the change set: $reason" >&2
    return 1
}

# What failed does not stay: the change set, and the empty stack that it began. Someone else may have filled that meanwhile.
drop_change_set() {
    cli_slow cloudformation delete-change-set "--region=$stack_region" "--change-set-name=$change_set" \
        >"$work/$name.answer" 2>&1 || :
    [ "$state" = create ] && [ "$stack_status" = - ] || return 0
    cli_slow cloudformation describe-stacks "--region=$stack_region" "--stack-name=$stack_id" --output=text \
        '--query=Stacks[0].StackStatus' >"$work/$name.answer" 2>&1 || return 0
    [ "$(cat "$work/$name.answer")" != REVIEW_IN_PROGRESS ] ||
        cli_slow cloudformation delete-stack "--region=$stack_region" "--stack-name=$stack_id" >"$work/$name.answer" 2>&1 || :
}

# The names of the stack's runs that are going on.
list_going() {
    cli_slow cloudformation list-stack-resources "--region=$stack_region" "--stack-name=$stack_id" --output=text \
        "--query=StackResourceSummaries[?LogicalResourceId=='StateMachine'].[PhysicalResourceId]" >"$work/$name.answer" || return 1
    machine=$(grep -E '^arn:[^:]*:states:' "$work/$name.answer") || { : >"$work/$name.answer"; return 0; }
    cli_slow stepfunctions list-executions "--region=$stack_region" "--state-machine-arn=$machine" --status-filter=RUNNING \
        --page-size=1000 --output=text '--query=executions[].[name]' >"$work/$name.answer"
}

# Whether no run is going on that may need what the change set takes away from a pipeline's stack: a function with all its versions, or
# a role, which versions and runs keep. A role that a run has lost fails its next state or call.
spares_runs() {
    query="Changes[].ResourceChange | [?Action=='Remove' || Replacement=='True'] |
        [?ResourceType=='AWS::Lambda::Function' || ResourceType=='AWS::IAM::Role'].[LogicalResourceId]"
    cli_slow cloudformation describe-change-set "--region=$stack_region" "--change-set-name=$change_set" --output=text \
        "--query=$query" >"$work/$name.answer" || return 1
    gone=$(awk 'NF == 1 && $1 != "None"' "$work/$name.answer" | joined)
    [ -n "$gone" ] || return 0
    pipeline=$(awk -F "$tab" -v name="$name" '$2 == name { print $6 }' "$work/stacks")
    advice="Wait until they have ended (\`run.sh $environment status $pipeline\`), or deploy with --force: then they may fail"
    list_going 2>"$work/$name.log" || {
        say "is not deployed: it would remove $gone, which runs may need, and whether any are going on is not known; that needs" \
            "cloudformation:ListStackResources and states:ListExecutions. $advice. The AWS CLI says: $(grep . "$work/$name.log" | joined)" >&2
        return 1
    }
    going=$(grep -c . "$work/$name.answer") || return 0
    say "is not deployed: it would remove $gone, which runs may need, and $going of $pipeline are going on. $advice" >&2
    return 1
}

# Sets `url`.
upload_template() {
    bucket=${DORC_ARTIFACT_BUCKET:-}
    [ -z "$profile" ] || bucket=${DORC_REGISTRY_ARTIFACT_BUCKET:-}
    key=$(project)/$environment/$name-$digest.template
    cli_slow s3 cp "$work/out/$template" "s3://$bucket/$key" "--region=$stack_region" --only-show-errors \
        >"$work/$name.answer" || return 1
    url=https://s3.$stack_region.$suffix/$bucket/$key
}

# Waits until the stack is deployed. An answer that fails once does not end that.
await_stack() {
    pause=1 lost=0
    while :; do
        if cli_slow cloudformation describe-stacks "--region=$stack_region" "--stack-name=$stack_id" \
            --output=text '--query=Stacks[0].StackStatus' >"$work/$name.answer" 2>"$work/$name.log"; then
            lost=0
            case $(cat "$work/$name.answer") in
                CREATE_COMPLETE | UPDATE_COMPLETE | IMPORT_COMPLETE) return 0 ;;
                *_IN_PROGRESS) ;;
                *) return 1 ;;
            esac
        else
            lost=$((lost + 1))
            [ "$lost" -lt 5 ] || { grep . "$work/$name.log" >&2; return 1; }
        fi
        nap
    done
}

# The first failures since `newest_event`, oldest first. AWS lists the newest first.
failed_events() {
    query='StackEvents[].[EventId, ResourceStatus, LogicalResourceId, ResourceType, ResourceStatusReason]'
    cli cloudformation describe-stack-events "--region=$stack_region" "--stack-name=$stack_id" --output=text \
        "--query=$query" 2>/dev/null |
        awk -F "$tab" -v newest="$newest_event" '
            $1 == newest { exit }
            $2 ~ /_FAILED$/ && $5 !~ /cancelled/ { line[++n] = "  " $3 " (" $4 "): " $5 }
            # What fails the stack itself, as an export that is in use.
            $2 ~ /ROLLBACK_IN_PROGRESS$/ && $5 != "None" && $5 !~ /^The following resource/ { line[++n] = "  " $3 ": " $5 }
            END { for (i = n; i > 0 && i > n - 5; i--) print line[i] }'
}

delete_stack() {
    cli_slow cloudformation delete-stack "--region=$2" "--stack-name=$1" &&
        cli_slow cloudformation wait stack-delete-complete "--region=$2" "--stack-name=$1"
}

# -- 5. Old versions of functions
# For awk: seconds of a time in UTC or with its offset, as Lambda and the second version of the AWS CLI write it, or of a number, as the
# first one does.
epoch='
    function epoch(text,    year, month, days, zone) {
        if (text ~ /^[0-9]+([.][0-9]+)?$/) return text + 0
        year = substr(text, 1, 4) + 0
        month = substr(text, 6, 2) + 0
        if (month < 3) { year--; month += 12 }
        days = 365 * year + int(year / 4) - int(year / 100) + int(year / 400) + int((153 * (month - 3) + 2) / 5) + substr(text, 9, 2)
        zone = match(text, /[+-][0-9][0-9]:?[0-9][0-9]$/) ? substr(text, RSTART) : "+0000"
        zone = (substr(zone, 1, 1) "1") * (substr(zone, 2, 2) * 3600 + substr(zone, length(zone) - 1) * 60)
        return (days - 719469) * 86400 + substr(text, 12, 2) * 3600 + substr(text, 15, 2) * 60 + substr(text, 18, 2) - zone
    }'

# Deletes what dorc published of the functions of the stack $name, was replaced, and no run needs any more. A run keeps the versions that
# it began with, also where it is redriven, up to 14 days after its end (Step Functions guide, "Restarting state machine executions with
# redrive"). A machine is updated a while after its functions, and AWS may list a run a little later: a run that began within a day after
# a version was replaced may need it.
remove_versions() {
    query="StackResourceSummaries[?ResourceType=='AWS::Lambda::Version' || LogicalResourceId=='StateMachine'].[PhysicalResourceId]"
    cli_slow cloudformation list-stack-resources "--region=$stack_region" "--stack-name=$stack_id" --output=text \
        "--query=$query" >"$work/$name.resources" || return 1
    machine=$(grep -E '^arn:[^:]*:states:' "$work/$name.resources") || return 0
    : >"$work/$name.versions"
    while IFS= read -r arn; do
        case $arn in arn:*:function:*:[1-9]*) ;; *) continue ;; esac
        number=${arn##*:} function=${arn%:*} function=${function##*:}
        [ "$number" -gt 1 ] || continue
        cli_slow lambda list-versions-by-function "--region=$stack_region" "--function-name=$function" --output=text \
            "--query=Versions[].['$function', '$number', Version, LastModified, Description]" >>"$work/$name.versions" || return 1
    done <"$work/$name.resources"
    # Function, version, and the time until which a run that began may need it. Descriptions of dorc's versions end in a digest.
    now=$(date -u +%Y-%m-%dT%H:%M:%S)
    awk -F "$tab" -v now="$now" "$epoch"'
        function subject(text) { return match(text, /, [0-9a-f]+$/) && RLENGTH == 14 ? substr(text, 1, RSTART) : "" }
        NF == 5 && $3 ~ /^[0-9]+$/ { count++; name[count] = $1; current[count] = $2; version[count] = $3; time[count] = epoch($4)
            about[count] = subject($5)
            if ($2 == $3) mine[$1] = about[count]
        }
        END {
            for (i = 1; i <= count; i++) {
                if (version[i] + 0 >= current[i] + 0 || about[i] == "" || about[i] != mine[name[i]]) continue
                next_one = 0
                for (j = 1; j <= count; j++)
                    if (name[j] == name[i] && version[j] + 0 > version[i] + 0 && (!next_one || version[j] + 0 < version[next_one] + 0))
                        next_one = j
                if (time[next_one] + 86400 < epoch(now))
                    printf "%s\t%s\t%.0f\n", name[i], version[i], time[next_one] + 86400
            }
        }' "$work/$name.versions" >"$work/$name.replaced"
    [ -s "$work/$name.replaced" ] || return 0
    cli_slow stepfunctions describe-state-machine "--region=$stack_region" "--state-machine-arn=$machine" --output=text \
        --query=definition >"$work/$name.definition" || return 1
    : >"$work/$name.runs"
    for run_status in RUNNING FAILED TIMED_OUT ABORTED; do
        cli_slow stepfunctions list-executions "--region=$stack_region" "--state-machine-arn=$machine" "--status-filter=$run_status" \
            --page-size=1000 --output=text '--query=executions[].[status, startDate, stopDate]' >>"$work/$name.runs" || return 1
    done
    removed=''
    awk -F "$tab" -v OFS="$tab" -v now="$now" "$epoch"'
        file == "runs" {
            if (NF == 3 && ($1 == "RUNNING" || epoch($3) + 15 * 86400 > epoch(now)) && (oldest == "" || epoch($2) < oldest)) oldest = epoch($2)
            next
        }
        oldest == "" || oldest >= $3 { print $1, $2 }' \
        file=runs "$work/$name.runs" file=replaced "$work/$name.replaced" >"$work/$name.unneeded"
    while IFS=$tab read -r function number; do
        ! grep -Eq "function:$function:$number([^0-9]|\$)" "$work/$name.definition" || continue
        problem=$(cli lambda delete-function "--region=$stack_region" "--function-name=$function" "--qualifier=$number" 2>&1) || {
            # An alias names it, or someone else has deleted it.
            case $problem in
                *ResourceConflictException* | *ResourceNotFoundException*) continue ;;
                *) say "$problem" >&2; return 1 ;;
            esac
        }
        removed="$removed $function:$number"
    done <"$work/$name.unneeded"
    [ -z "$removed" ] || say "$name: deleted versions of functions that no run needs any more:$removed"
}

# -- 6. Removed pipelines
remove_pipelines() {
    failed=0
    while read -r name; do
        say "$name: its pipeline was removed, but its triggers still start runs. It has no tag \`repository\`: if no other repository" \
            "deploys it, delete it by hand"
    done <"$work/unowned"
    while IFS=$tab read -r name id; do
        if [ -z "$prune" ]; then
            say "$name: its pipeline was removed, but its triggers still start runs; \`deploy.sh $environment --prune\` deletes it"
        elif [ -n "$dry_run" ]; then
            say "$name: would be deleted, as its pipeline was removed"
        elif ! may_be_deleted; then
            failed=1
        elif say "$name: deleting, as its pipeline was removed" && delete_stack "$id" "$region"; then
            say "$name: deleted"
            deleted=$((deleted + 1))
        else
            error "$name: was not deleted"
            failed=1
        fi
    done <"$work/removed"
    : >"$work/removed"
    : >"$work/unowned"
    return "$failed"
}

# Whether no run of the removed pipeline is going on: it would fail without its state machine and functions.
may_be_deleted() {
    [ -z "$force" ] || return 0
    stack_region=$region stack_id=$id
    list_going 2>"$work/$name.log" || {
        error "$name: was not deleted, as it is not known whether runs of it are going on, which needs cloudformation:ListStackResources" \
            "and states:ListExecutions; --force deletes it. The AWS CLI says: $(grep . "$work/$name.log" | joined)"
        return 1
    }
    going=$(grep -c . "$work/$name.answer") || return 0
    error "$name: was not deleted, as runs of it are going on: $going. Wait until they have ended, or use --force as well: then they fail"
    return 1
}

# Where the infra stack failed as core stacks import a security group that goes, says what to do, and fails: they cannot go
# first, as the new group is not there yet, and Lambda needs the roles' rights to remove its interfaces from the old one.
explain_network() {
    mark=$(sed -n 's/.*-lambda-security-group-\([0-9a-f]*\)-id.* in use.*/\1/p' "$work/"*.problem 2>/dev/null | head -n 1)
    [ -n "$mark" ] || return 0
    infra=$(awk -F "$tab" '$1 == "infra" { print $2 }' "$work/stacks")
    # As the stack's template has it, where that is one line of YAML.
    vpc=$(cli cloudformation get-template "--region=$region" "--stack-name=$infra" --template-stage=Original \
        --query=TemplateBody --output=text 2>/dev/null | awk -v id="LambdaSecurityGroup$mark:" '
            $1 == id { inside = 1 }
            inside && $1 == "VpcId:" { sub(/^ *VpcId: */, ""); print; exit }') || :
    case $vpc in '' | '!Select' | '!Join' | 'Fn::'*) vpc="the vpc_id of before, as it was written" ;; esac
    error "the functions of $environment leave a VPC, but the environment does not say which. Add this to it in dorc.yaml:"
    error "    previous_vpc_id: $vpc"
    error "Then run dorc-synth and deploy again. Remove the line when the runs of before have ended, \`deploy.sh $environment" \
        "--old-versions\` has deleted their versions of functions, and 20 minutes have passed: Lambda needs the time."
    return 1
}

# Where the infra stack loses job queues, which jobs may run in and the core stacks still name, says which ($leaving), and writes a
# template that has them yet: new runs go to another queue only when the core stacks are deployed. It is the new template with what
# the deployed one has of them; both were written by dorc-synth, in one form.
find_leaving_queues() {
    leaving='' left_template=''
    IFS=$tab read -r _ infra _ _ _ _ template _ <<END_OF_ROW
$(stacks_that 'update|compare' | awk -F "$tab" '$1 == "infra"')
END_OF_ROW
    [ -n "$infra" ] && [ -z "$dry_run" ] || return 0
    case $(head -n 1 "$work/out/$template") in
        '{'*) form=json ;;
        *) form=text ;;
    esac
    cli cloudformation get-template "--region=$region" "--stack-name=$infra" --template-stage=Original \
        --query=TemplateBody "--output=$form" >"$work/deployed" 2>/dev/null || return 0
    # The AWS CLI indents JSON by four spaces.
    awk -v form="$form" '
        function resource(line, width) {
            if (substr(line, 1, width) !~ /^ *$/) return ""
            line = substr(line, width + 1)
            if (line !~ (form == "json" ? "^\"[A-Za-z0-9]+\": [{]$" : "^[A-Za-z0-9]+:$")) return ""
            gsub(/[^A-Za-z0-9]/, "", line)
            return line
        }
        NR == FNR { here[resource($0, form == "json" ? 4 : 2)]; next }
        { id = resource($0, form == "json" ? 8 : 2) }
        id != "" || $0 ~ /^[A-Za-z]/ { inside = id ~ /^(JobQueue|ComputeEnvironment|JobInstance)/ && !(id in here) }
        inside && form == "json" && $0 ~ /^        }/ { sub(/},?$/, "},"); print; inside = 0 }
        inside' "$work/out/$template" "$work/deployed" >"$work/leaving"
    leaving=$(sed -n 's/^ *"\{0,1\}JobQueueName"\{0,1\}: "\{0,1\}\([a-z0-9-]*\)"\{0,1\},\{0,1\}$/\1/p' "$work/leaving")
    [ -n "$leaving" ] || return 0
    grep -q 'AWS::Batch::JobQueue' "$work/out/$template" || return 0
    left_template=$work/out/$template
    cp "$left_template" "$work/without-leaving"
    awk -v leaving="$work/leaving" '
        { print }
        !found && /^ *"?Resources"?: *[{]?$/ { found = 1; while ((getline line <leaving) > 0) print line }' "$work/without-leaving" >"$left_template"
    cp "$work/states" "$work/states.without-leaving"
    none=$(printf '%064d' 0)
    awk -F "$tab" -v OFS="$tab" -v name="$infra" -v none="$none" '$1 == name { $5 = none } { print }' \
        "$work/states.without-leaving" >"$work/states"
}

# Deploys the infra stack without those queues, where no job is in them and nothing here can name them any more.
remove_leaving_queues() {
    if [ -n "$pipelines" ] || is_partial; then
        say "$infra: stays as it is where jobs of other pipelines may run in $(say "$leaving" | joined);" \
            "a deployment of all pipelines removes that"
        return
    fi
    for queue in $leaving; do
        for job_status in SUBMITTED PENDING RUNNABLE STARTING RUNNING; do
            count=$(cli batch list-jobs "--region=$region" "--job-queue=$queue" "--job-status=$job_status" --no-paginate \
                --output=text '--query=length(jobSummaryList)' 2>"$work/error") || count=unknown
            case $count in
                0) ;;
                unknown)
                    say "$infra: $queue stays, as it is not known whether jobs are in it; that needs batch:ListJobs." \
                        "The AWS CLI says: $(grep . "$work/error" | joined)"
                    return
                    ;;
                *) say "$infra: $queue stays, as jobs are in it; the next deployment removes it"; return ;;
            esac
        done
    done
    if [ -n "$left_template" ]; then
        cp "$work/without-leaving" "$left_template"
        cp "$work/states.without-leaving" "$work/states"
    fi
    rm -f "$work/$infra.outcome"
    round=2
    deploy_stacks infra
    [ "$(count failed)" -eq 0 ]
}

# -- 7. The whole
count() { cat "$work"/*.outcome 2>/dev/null | grep -cx -e "$1" || :; }

# Ends with a line that sums up.
finish() {
    [ -z "$dry_run" ] || { say "dry run: nothing was changed"; exit "$1"; }
    created=$(count created) updated=$(count updated) unchanged=$(count unchanged) failed=$(count failed)
    unstarted=$(($(wc -l <"$work/stacks") - created - updated - unchanged - failed))
    summary="$created created, $updated updated, $unchanged unchanged, $failed failed"
    [ "$unstarted" -eq 0 ] || summary="$summary, $unstarted not started"
    [ "$deleted" -eq 0 ] || summary="$summary, $deleted deleted"
    images='images'
    [ "$pushed" -ne 1 ] || images='image'
    done='pushed'
    [ -z "$images_from" ] || done="copied from $images_from"
    say "$(project) $environment: $summary; $pushed $images $done"
    exit "$1"
}

# shellcheck disable=SC2329 # the traps in main call it
interrupted() {
    trap '' INT TERM HUP
    for job in $running; do kill "${job#*=}" 2>/dev/null || :; done
    [ -z "$child" ] || kill "$child" 2>/dev/null || :
    wait
    error "interrupted; AWS finishes the stacks that it has begun"
    exit "$1"
}

# The folder of this script, also where it was called by a symbolic link.
own_folder() {
    script=$0
    while [ -L "$script" ]; do
        target=$(readlink -- "$script") || return 1
        case $target in
            /*) script=$target ;;
            *) script=$(dirname -- "$script")/$target ;;
        esac
    done
    [ -f "$script" ] && cd -- "$(dirname -- "$script")" && pwd
}

main() {
    # For the AWS CLI: no pager, no questions, errors as plain text.
    export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_CLI_ERROR_FORMAT=legacy
    unset CDPATH
    profile='' child='' running='' round=1 pushed=0 deleted=0
    out=$(own_folder) || die "the folder of this script, $0, cannot be found: call it by its own path, not by a link"
    plan=$out/deploy.plan
    [ -f "$plan" ] || die "deploy.plan is missing beside this script, run dorc-synth again"
    read_arguments "$@"
    check_finished
    check_plan
    check_arguments
    command -v aws >/dev/null || die "the AWS CLI (aws) is missing: see https://aws.amazon.com/cli"
    case ${TMPDIR:-/tmp} in
        /*) ;;
        *) die "TMPDIR has to be an absolute path, not $TMPDIR" ;;
    esac
    work=$(mktemp -d 2>/dev/null) ||
        die "no folder for temporary files can be made in TMPDIR=${TMPDIR:-/tmp}: set TMPDIR to a folder that can be written to"
    trap 'rm -rf -- "$work"' EXIT
    trap 'interrupted 130' INT
    trap 'interrupted 143' TERM HUP
    # The AWS CLI would replace a variable in a file's path.
    case $work in *'$'*) die "the folder for temporary files must not have a \$ in its path: $work" ;; esac
    run=$(basename "$work" | tr -cd A-Za-z0-9)

    # What dorc-synth writes from here on is for the next run.
    cp "$plan" "$work/plan"
    plan=$work/plan
    check_plan
    check_arguments
    select_plan
    copy_templates
    check_accounts
    compare_stacks
    check_owners
    await_others
    check_deadlines
    check_buckets
    check_images
    find_removed
    confirm_prune

    profile=$registry_profile
    deploy_stacks universal
    [ "$(count failed)" -eq 0 ] || finish 1
    push_images || { error "images were not pushed"; finish 1; }
    profile=''

    find_leaving_queues
    if [ -n "$leaving" ] && [ -z "$left_template" ]; then
        # No function is a job any more. What is deployed of jobs stays until the core stacks are without them.
        say "$infra: the core stacks are deployed first, as it loses the job queues that they name"
        say unchanged >"$work/$infra.outcome"
    else
        deploy_stacks infra
    fi
    explain_network || finish 1
    # A key that goes: the core stacks have to let go of it first.
    if grep -Eqs 'cannot be deleted as it is in use|Cannot delete export' "$work/"*.problem; then
        say "core stacks still import what the infra stack no longer exports: they are deployed first"
        rm -f "$work/"*.problem
        infra=$(awk -F "$tab" '$1 == "infra" { print $2 }' "$work/stacks")
        rm -f "$work/$infra.outcome"
        deploy_stacks core
        [ "$(count failed)" -eq 0 ] || finish 1
        [ -z "$prune" ] || remove_pipelines || finish 1
        round=2
        deploy_stacks infra
        [ "$(count failed)" -eq 0 ] || finish 1
    else
        [ "$(count failed)" -eq 0 ] || finish 1
        deploy_stacks core
    fi
    [ "$(count failed)" -gt 0 ] || [ -z "$leaving" ] || remove_leaving_queues || finish 1
    if [ "$(count failed)" -gt 0 ]; then
        [ -z "$prune" ] || error "nothing is pruned, because a stack failed"
        finish 1
    fi
    remove_pipelines || finish 1
    finish 0
}

main "$@"
