#!/bin/sh
# Deploys what stands beside this script with the AWS CLI and Docker; `deploy.sh --help` explains how.
# Written by dorc-synth: a change here is lost with its next run.
set -eu

# The plan: tables with tabs between the columns and - for nothing. Only this part differs between projects.
@PLAN@

usage() {
    cat <<END_OF_HELP
Usage: deploy.sh ENVIRONMENT [--pipeline LAYER/NAME]... [--skip-images] [--dry-run] [--prune]

Deploys the project $(project): first the universal stacks (image repositories), then images that the registry
lacks, then the environment's infra stack, then a core stack for each pipeline. What is unchanged is left alone.

  ENVIRONMENT             one of: $(environments | joined)
  --pipeline LAYER/NAME   only this pipeline's images and core stack; may be repeated
  --skip-images           build and push nothing: the images are there already
  --dry-run               only say what would be done; AWS is read, nothing is changed, Docker is not needed
  --prune                 delete the stacks of pipelines that were removed (without it they are listed)
  --help                  this text

Environment variables:
  AWS_PROFILE, ...        credentials, as for the AWS CLI: those of the environment's account
  DORC_REGISTRY_PROFILE   AWS profile for the account with the images, where that is another one
  DORC_ARTIFACT_BUCKET    S3 bucket for templates over 51,200 bytes, in the stacks' region
  DORC_JOBS               how many stacks at a time (default: 4)
  CONFIG_REPO_PATH        folder of dorc.yaml (default: the nearest above this script, or the current folder)

Examples:
  deploy.sh dev                                  everything that changed
  deploy.sh dev --pipeline raw/census            one pipeline, and what all pipelines share
  deploy.sh prod --dry-run                       what would be done
  AWS_PROFILE=prod deploy.sh prod --prune        also without the pipelines that were removed

Exit status: 0 all is well, 1 something failed, 64 wrong usage.
END_OF_HELP
}

tab=$(printf '\t')
say() { printf '%s\n' "$*"; }
error() { printf 'deploy.sh: %s\n' "$*" >&2; }
die() { error "$*"; exit 1; }
wrong_usage() { error "$*"; exit 64; }
joined() { awk 'NR > 1 { printf ", " } { printf "%s", $0 } END { print "" }'; }

environments() { stacks | awk -F "$tab" '$1 == "infra" { print $5 }'; }
pipelines_there() { stacks | awk -F "$tab" -v env="$environment" '$1 == "core" && $5 == env { print $6 }'; }

# The AWS CLI, with the profile of the registry's account where that is meant.
cli() { aws ${profile:+--profile "$profile"} "$@"; }

# The same for what takes minutes: in the background, so that a signal reaches it.
cli_slow() {
    aws ${profile:+--profile "$profile"} "$@" &
    child=$!
    wait "$child"
}

# -- 1. What is asked for
read_arguments() {
    environment='' pipelines='' skip_images='' dry_run='' prune=''
    while [ $# -gt 0 ]; do
        case $1 in
            -h | --help) usage; exit ;;
            --pipeline)
                [ $# -gt 1 ] || wrong_usage "--pipeline needs a pipeline, LAYER/NAME"
                pipelines="${pipelines:+$pipelines,}$2"
                shift
                ;;
            --skip-images) skip_images=yes ;;
            --dry-run) dry_run=yes ;;
            --prune) prune=yes ;;
            -*) wrong_usage "unknown option $1; there are --pipeline, --skip-images, --dry-run, --prune, --help" ;;
            *)
                [ -z "$environment" ] || wrong_usage "one environment at a time, not $environment and $1"
                environment=$1
                ;;
        esac
        shift
    done
    [ -n "$environment" ] || wrong_usage "which environment? There are: $(environments | joined) (see --help)"
    environments | grep -Fqx -e "$environment" ||
        wrong_usage "there is no environment $environment; there are: $(environments | joined)"
    say "$pipelines" | tr , '\n' | while read -r pipeline; do
        [ -z "$pipeline" ] || pipelines_there | grep -Fqx -e "$pipeline" ||
            wrong_usage "$environment has no pipeline $pipeline; there are: $(pipelines_there | joined)"
    done
    [ -z "$prune" ] || [ -z "$pipelines" ] || wrong_usage "--prune is about all pipelines: not together with --pipeline"
    jobs=${DORC_JOBS:-4}
    case $jobs in
        *[!0-9]* | 0*) wrong_usage "DORC_JOBS has to be a number from 1, not $jobs" ;;
    esac
}

# Writes the part of the plan that is asked for to files.
select_plan() {
    stacks | awk -F "$tab" -v env="$environment" -v pipelines="$pipelines" '
        function among(list, name) { return index("," list ",", "," name ",") }
        $1 == "universal" && among($5, env)
        $1 == "infra" && $5 == env
        $1 == "core" && $5 == env && (pipelines == "" || among(pipelines, $6))' >"$work/stacks"
    images | awk -F "$tab" 'NR == FNR { if ($1 == "core") selected[$6]; next } $1 in selected' \
        "$work/stacks" - >"$work/images"
    dependencies | awk -F "$tab" -v env="$environment" \
        'NR == FNR { selected[$2]; next } $1 == env && ($2 in selected) && ($3 in selected) { print $2 FS $3 }' \
        "$work/stacks" - >"$work/dependencies"
    IFS=$tab read -r _ _ region account _ <<END_OF_ROW
$(awk -F "$tab" '$1 == "infra"' "$work/stacks")
END_OF_ROW
    IFS=$tab read -r _ registry_account registry_region suffix <<END_OF_ROW
$(registries | awk -F "$tab" -v env="$environment" '$1 == env')
END_OF_ROW
}

# -- 2. Checks, before anything is touched
check_accounts() {
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
    cli sts get-caller-identity --region "$region" --query Account --output text 2>"$work/error" ||
        die "no valid AWS credentials${profile:+ in profile $profile}; log in or set AWS_PROFILE." \
            "The AWS CLI says: $(grep . "$work/error" | joined)"
}

# Writes all stacks of a region to a file: a row `stack` with name, status and id, then rows `tag`.
list_stacks() {
    query="Stacks[].[[['stack', StackName, StackStatus, StackId]], Tags[].['tag', Key, Value]][][]"
    cli cloudformation describe-stacks --region "$1" --output text --query "$query" >"$2" 2>"$work/error" ||
        die "the stacks in $1 cannot be listed. The AWS CLI says: $(grep . "$work/error" | joined)"
}

check_stacks() {
    own_stacks=$work/own-stacks registry_stacks=$work/own-stacks
    list_stacks "$region" "$own_stacks"
    if [ -n "$registry_profile" ] || [ "$registry_region" != "$region" ]; then
        profile=$registry_profile registry_stacks=$work/registry-stacks
        list_stacks "$registry_region" "$registry_stacks"
        profile=''
    fi
}

check_templates() {
    missing='' large=''
    while IFS=$tab read -r _ _ _ _ _ _ template bytes _; do
        [ -f "$out/$template" ] || missing="$missing $template"
        [ "$bytes" -le 51200 ] || large="$large $template"
    done <"$work/stacks"
    [ -z "$missing" ] || die "templates are missing beside this script, run dorc-synth again:$missing"
    [ -z "$large" ] || [ -n "${DORC_ARTIFACT_BUCKET:-}" ] ||
        die "templates over 51,200 bytes go through S3: set DORC_ARTIFACT_BUCKET to a bucket in $region for$large"
}

# Lists the targets of the images that the registry lacks in $work/missing, and checks that they can be built.
check_images() {
    : >"$work/missing"
    [ -z "$skip_images" ] || return 0
    profile=$registry_profile
    part=0
    while [ "$part" -lt "$jobs" ]; do
        lacking "$part" >"$work/lacking.$part" 2>"$work/unlisted.$part" &
        running="$running images-$part=$!"
        part=$((part + 1))
    done
    for job in $running; do
        wait "${job#*=}" || die "the registry's images cannot be listed: $(cat "$work"/unlisted.* | grep . | head -n 1)"
    done
    running='' profile=''
    cat "$work"/lacking.* | awk -F "$tab" 'NR == FNR { lacking[$1]; next } $2 in lacking { print $2 }' \
        - "$work/images" >"$work/missing"
    [ -s "$work/missing" ] || return 0
    config=$(config_folder)
    [ -f "$out/docker-bake.json" ] || die "docker-bake.json is missing beside this script, run dorc-synth again"
    [ -z "$dry_run" ] || return 0
    docker buildx version >/dev/null 2>&1 ||
        die "Docker with buildx is needed to build images; where they are there already, use --skip-images"
}

# The targets of the images that the registry lacks, of every DORC_JOBS-th image from image $1.
lacking() {
    awk -v part="$1" -v parts="$jobs" 'NR % parts == part' "$work/images" |
        while IFS=$tab read -r _ target repository tag; do
            problem=$(cli ecr describe-images --region "$registry_region" --repository-name "$repository" \
                --image-ids "imageTag=$tag" --output text 2>&1 </dev/null) && continue
            case $problem in
                *ImageNotFoundException* | *RepositoryNotFoundException*) say "$target" ;;
                *) say "$problem" >&2; exit 1 ;;
            esac
        done
}

# The folder that the build contexts in docker-bake.json are relative to.
config_folder() {
    if [ -n "${CONFIG_REPO_PATH:-}" ]; then
        [ -f "$CONFIG_REPO_PATH/dorc.yaml" ] || die "there is no dorc.yaml in CONFIG_REPO_PATH=$CONFIG_REPO_PATH"
        cd "$CONFIG_REPO_PATH" && pwd
        return
    fi
    for folder in "$out" "$PWD"; do
        while [ ! -f "$folder/dorc.yaml" ] && [ "$folder" != / ]; do folder=$(dirname "$folder"); done
        [ ! -f "$folder/dorc.yaml" ] || { say "$folder"; return; }
    done
    die "no dorc.yaml above $out or $PWD: set CONFIG_REPO_PATH to the folder that has it, to build images from there"
}

# -- 3. Images
push_images() {
    [ -s "$work/missing" ] || return 0
    registry=$registry_account.dkr.ecr.$registry_region.$suffix
    set --
    while read -r target; do set -- "$@" "$target"; done <"$work/missing"
    [ -z "$dry_run" ] || { say "images would be built and pushed to $registry: $*"; return; }
    say "building and pushing to $registry: $*"
    password=$(cli ecr get-login-password --region "$registry_region") || return 1
    say "$password" | docker login --username AWS --password-stdin "$registry" >/dev/null || return 1
    (cd "$config" && REGISTRY=$registry docker buildx bake --file "$out/docker-bake.json" --push "$@") || return 1
    pushed=$#
}

# -- 4. Stacks
# Deploys the stacks of kind $1: each after those that it needs, DORC_JOBS at a time, each in a job of its own.
deploy_stacks() {
    waiting=$(awk -F "$tab" -v kind="$1" '$1 == kind { print $2 }' "$work/stacks")
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
        case $outcome in
            '') still="$still $job" ;;
            failed) sed "s/^/deploy.sh: $name: /" "$work/$name.problem" >&2; error "$name: failed" ;;
            unclear) say "$name: would be compared with a change set, and updated if they differ" ;;
            unchanged) say "$name: unchanged" ;;
            *) say "$name: ${dry_run:+would be }$outcome" ;;
        esac
    done
    running=$still
}

deploy_job() {
    trap 'kill $child 2>/dev/null; wait; exit 1' TERM
    deploy_stack "$1" || outcome=failed
    say "$outcome" >"$work/$1.outcome.new"
    mv "$work/$1.outcome.new" "$work/$1.outcome"
}

# Sets `outcome`; the standard error is shown where it fails.
deploy_stack() {
    IFS=$tab read -r kind _ stack_region stack_account _ _ template bytes capabilities <<END_OF_ROW
$(awk -F "$tab" -v name="$1" '$2 == name' "$work/stacks")
END_OF_ROW
    tags | awk -F "$tab" -v name="$1" -v region="$stack_region" -v account="$stack_account" \
        '$1 == name && $2 == region && $3 == account { print $4 FS $5 }' >"$work/$1.tags"
    case $kind in universal) there=$registry_stacks ;; *) there=$own_stacks ;; esac
    IFS=$tab read -r stack_status stack_id <<END_OF_ROW
$(awk -F "$tab" -v name="$1" '$1 == "stack" && $2 == name { print $3 FS $4 }' "$there")
END_OF_ROW
    outcome=updated newest_event=''
    case $stack_status in
        '' | REVIEW_IN_PROGRESS) outcome=created ;; # in review: an empty shell, whose creation the AWS CLI begins again
        ROLLBACK_COMPLETE)
            outcome=created
            say "$1: its creation failed (ROLLBACK_COMPLETE), so it holds nothing and is deleted first"
            [ -n "$dry_run" ] || delete_stack "$stack_id" "$stack_region" || return 1
            ;;
        *_IN_PROGRESS)
            say "is $stack_status: someone else deploys it. Try again when that has ended" >&2
            return 1
            ;;
        CREATE_COMPLETE | UPDATE_COMPLETE | IMPORT_COMPLETE)
            case $template in
                *.yaml) if is_unchanged "$1"; then outcome=unchanged; return; fi ;;
                *) [ -z "$dry_run" ] || outcome=unclear ;;
            esac
            ;;
        *) [ -z "$dry_run" ] || outcome=unclear ;;
    esac
    [ -z "$dry_run" ] || return 0

    if [ "$outcome" = updated ]; then
        newest_event=$(cli cloudformation describe-stack-events --region "$stack_region" --stack-name "$1" \
            --no-paginate --query 'StackEvents[0].EventId' --output text) || return 1
    fi
    say "$1: deploying"
    name=$1
    set -- --template-file "$out/$template" --stack-name "$name" --region "$stack_region" --no-fail-on-empty-changeset
    [ "$bytes" -le 51200 ] || set -- "$@" --s3-bucket "$DORC_ARTIFACT_BUCKET" --s3-prefix "$(project)/$environment"
    [ "$capabilities" = - ] || set -- "$@" --capabilities
    for capability in ${capabilities#-}; do set -- "$@" "$capability"; done
    [ ! -s "$work/$name.tags" ] || set -- "$@" --tags
    while IFS=$tab read -r key value; do set -- "$@" "$key=$value"; done <"$work/$name.tags"
    if cli_slow cloudformation deploy "$@" >"$work/$name.log" 2>&1; then
        ! grep -q 'No changes to deploy' "$work/$name.log" || outcome=unchanged
    else
        tr '\r' '\n' <"$work/$name.log" | sed -e '/^$/d' -e '/^Waiting for /d' -e '/^Uploading to /d' \
            -e '/^to fetch the list/d' -e '/^aws cloudformation describe-stack-events/d' \
            -e 's/ *Run the following command$//' >&2
        failed_events "$name" >&2
        return 1
    fi
}

# Whether the stack $1 has the tags and the template's text, but for the end of its last line.
is_unchanged() {
    LC_ALL=C sort "$work/$1.tags" >"$work/$1.wanted"
    awk -F "$tab" -v name="$1" '$1 == "stack" { its = $2 == name } $1 == "tag" && its { print $2 FS $3 }' "$there" |
        LC_ALL=C sort | cmp -s - "$work/$1.wanted" || return 1
    body=$(cli cloudformation get-template --region "$stack_region" --stack-name "$1" --template-stage Original \
        --query TemplateBody --output text 2>/dev/null) || return 1
    [ "$body" = "$(cat "$out/$template")" ]
}

# The first failures since `newest_event`, oldest first. AWS lists the newest first.
failed_events() {
    query='StackEvents[].[EventId, ResourceStatus, LogicalResourceId, ResourceType, ResourceStatusReason]'
    cli cloudformation describe-stack-events --region "$stack_region" --stack-name "$1" --output text \
        --query "$query" 2>/dev/null |
        awk -F "$tab" -v newest="$newest_event" '
            $1 == newest { exit }
            $2 ~ /_FAILED$/ && $5 !~ /cancelled/ { line[++n] = "  " $3 " (" $4 "): " $5 }
            # What fails the stack itself, as an export that is in use.
            $2 ~ /ROLLBACK_IN_PROGRESS$/ && $5 != "None" && $5 !~ /^The following resource/ { line[++n] = "  " $3 ": " $5 }
            END { for (i = n; i > 0 && i > n - 5; i--) print line[i] }'
}

delete_stack() {
    cli cloudformation delete-stack --stack-name "$1" --region "$2" &&
        cli_slow cloudformation wait stack-delete-complete --stack-name "$1" --region "$2"
}

# -- 5. Removed pipelines
# Lists or deletes the stacks that have the tags of dorc, this project, this environment and some pipeline, but no plan.
remove_pipelines() {
    { stacks; cat "$own_stacks"; } | awk -F "$tab" -v project="$(project)" -v env="$environment" '
        function show() {
            if (mine == 3 && pipeline && status != "DELETE_IN_PROGRESS" && !(name in planned)) print name FS id
        }
        $1 == "core" { planned[$2] }
        $1 == "stack" { show(); name = $2; status = $3; id = $4; mine = pipeline = 0 }
        $1 == "tag" && $2 == "managed-by" && $3 == "dorc-synth" { mine++ }
        $1 == "tag" && $2 == "project" && $3 == project { mine++ }
        $1 == "tag" && $2 == "environment" && $3 == env { mine++ }
        $1 == "tag" && $2 == "pipeline" { pipeline = 1 }
        END { show() }' >"$work/removed"
    failed=0
    while IFS=$tab read -r name id; do
        if [ -z "$prune" ]; then
            say "$name: its pipeline was removed; \`deploy.sh $environment --prune\` deletes it"
        elif [ -n "$dry_run" ]; then
            say "$name: would be deleted, as its pipeline was removed"
        elif say "$name: deleting, as its pipeline was removed" && delete_stack "$id" "$region" </dev/null; then
            say "$name: deleted"
            deleted=$((deleted + 1))
        else
            error "$name: was not deleted"
            failed=1
        fi
    done <"$work/removed"
    return "$failed"
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
    error "Then run dorc-synth and deploy again. Remove the line 20 minutes after that or later: Lambda needs the time."
    return 1
}

# -- 6. The whole
count() { cat "$work"/*.outcome 2>/dev/null | grep -cx -e "$1" || :; }

# Ends with a line that sums up.
finish() {
    [ -z "$dry_run" ] || { say "dry run: nothing was changed"; exit "$1"; }
    created=$(count created) updated=$(count updated) unchanged=$(count unchanged) failed=$(count failed)
    unstarted=$(($(wc -l <"$work/stacks") - created - updated - unchanged - failed))
    summary="$created created, $updated updated, $unchanged unchanged, $failed failed"
    [ "$unstarted" -eq 0 ] || summary="$summary, $unstarted not started"
    [ "$deleted" -eq 0 ] || summary="$summary, $deleted deleted"
    say "$(project) $environment: $summary; $pushed images pushed"
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

main() {
    # For the AWS CLI: no pager, no questions, errors as plain text.
    export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_CLI_ERROR_FORMAT=legacy
    unset CDPATH
    profile='' child='' running='' pushed=0 deleted=0
    read_arguments "$@"
    out=$(cd "$(dirname "$0")" && pwd)
    command -v aws >/dev/null || die "the AWS CLI (aws) is missing: see https://aws.amazon.com/cli"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'interrupted 130' INT
    trap 'interrupted 143' TERM HUP

    select_plan
    check_accounts
    check_templates
    check_images
    check_stacks

    profile=$registry_profile
    deploy_stacks universal
    [ "$(count failed)" -eq 0 ] || finish 1
    push_images || { error "images were not pushed"; finish 1; }
    profile=''

    deploy_stacks infra
    explain_network || finish 1
    # A key that goes: the core stacks have to let go of it first.
    if grep -Eqs 'cannot be deleted as it is in use|Cannot delete export' "$work/"*.problem; then
        say "core stacks still import what the infra stack no longer exports: they are deployed first"
        rm -f "$work/"*.problem
        infra=$(awk -F "$tab" '$1 == "infra" { print $2 }' "$work/stacks")
        rm -f "$work/$infra.outcome"
        deploy_stacks core
        [ "$(count failed)" -gt 0 ] || deploy_stacks infra
        [ "$(count failed)" -eq 0 ] || finish 1
    else
        [ "$(count failed)" -eq 0 ] || finish 1
        deploy_stacks core
    fi
    if [ "$(count failed)" -gt 0 ]; then
        [ -z "$prune" ] || error "nothing is pruned, because a stack failed"
        finish 1
    fi
    remove_pipelines || finish 1
    finish 0
}

main "$@"
