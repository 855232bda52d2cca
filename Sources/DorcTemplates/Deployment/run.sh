#!/bin/sh
# Starts, follows, stops and repairs runs of what deploy.sh beside it has deployed; `run.sh --help` explains how.
# Written by dorc-synth: a change here is lost with its next run. It is the same in every project: which pipelines there are is
# in deploy.plan, and all else is asked of AWS.
set -eu

usage() {
    cat <<END_OF_HELP
Usage: run.sh ENVIRONMENT COMMAND [LAYER/NAME] [OPTION]...

Runs of the pipelines of $(project), as they are deployed in one of: $(environments | joined)

  status [LAYER/NAME]           what runs now, how the last run ended; of one pipeline, also when the next one starts,
                                and which other pipelines it waits for
  start LAYER/NAME              starts a run
      --input JSON|@FILE|@-       its input: JSON, a file, or the standard input (default: {})
      --name NAME                 its name; AWS starts no second run of a name
      --follow                    shows what it does until it has ended
  logs LAYER/NAME [STEP|FUNCTION]
      --since 2h|DAY|TIME         from when on (default: the start of the last run)
      --follow                    also what is logged from now on
  stop LAYER/NAME [RUN]         stops the run; of several, the one that is named
      --all                       all of them
  redrive LAYER/NAME [RUN]      goes on with a failed run, by default the last one, at the steps that failed,
                                with the code that it began with
      --trigger NAME              a run of this trigger, which waits for several pipelines
      --follow                    shows what it does until it has ended
  dead-letters [LAYER/NAME]     starts that failed, from the environment's dead-letter queue
      --start                     starts them again, and takes each out of the queue once it has started
  backfill LAYER/NAME --from DAY --to DAY
                                a run for each time of the pipeline's schedules on these days, oldest first; a time that
                                has had its run is left alone
      --at-once N                 how many run at a time (default: 1)
      --trigger NAME              only the times of this schedule
      --label WORD                part of the runs' names: with a new word, all times are run once more
      --dry-run                   only shows the times
      --yes                       also more than 500 runs
  --help                        this text

Days are those of the schedule's time zone, as 2026-03-29. Ctrl-C ends --follow and backfill, but no run.

Environment variables:
  AWS_PROFILE, ...              credentials, as for the AWS CLI: those of the environment's account
  DORC_JOBS                     how many calls of AWS at a time (default: 4)

Examples:
  run.sh dev status
  run.sh dev start raw/census --input '{"full": true}' --follow
  run.sh dev logs raw/census extract --since 2h
  run.sh prod redrive raw/census --follow
  run.sh prod backfill raw/census --from 2026-01-01 --to 2026-01-31 --at-once 4

Exit status: 0 all is well, 1 something failed (also a run that is followed), 64 wrong usage.
END_OF_HELP
}

tab=$(printf '\t')
commands='status start logs stop redrive dead-letters backfill'

# The plan: rows of a kind in $plan, without the word for it; columns with tabs between them, and - for nothing.
rows() { sed -n "s/^$1$tab//p" "$plan"; }
project() { rows project | cut -f 1; }
environments() { rows stack | awk -F "$tab" '$2 == "infra" { print $5 }'; }
pipelines() { rows stack | awk -F "$tab" -v env="$environment" '$2 == "core" && $5 == env { print $6 }'; }

say() { printf '%s\n' "$*"; }
error() { printf 'run.sh: %s\n' "$*" >&2; }
die() { error "$*"; exit 1; }
wrong_usage() { error "$*"; exit 64; }
joined() { awk 'NR > 1 { printf ", " } { printf "%s", $0 } END { print "" }'; }

# -- 1. For awk, which counts bytes, since LC_ALL is C where it reads these
# JSON as the AWS CLI's to_string() writes it: on one line and in ASCII, so that no text ends a row or a column.
json_functions='
function utf8(code) {
    if (code < 128) return sprintf("%c", code)
    if (code < 2048) return sprintf("%c%c", 192 + int(code / 64), 128 + code % 64)
    if (code < 65536) return sprintf("%c%c%c", 224 + int(code / 4096), 128 + int(code / 64) % 64, 128 + code % 64)
    return sprintf("%c%c%c%c", 240 + int(code / 262144), 128 + int(code / 4096) % 64, 128 + int(code / 64) % 64, 128 + code % 64)
}
function hexadecimal(digits,    i, value) {
    value = 0
    for (i = 1; i <= 4; i++) value = value * 16 + index("0123456789abcdef", tolower(substr(digits, i, 1))) - 1
    return value
}
# What is between the quotes of a JSON string.
function decoded(text,    count, part, i, kind, found, code, high) {
    count = split(text, part, "\\")
    found = part[1]
    high = 0
    for (i = 2; i <= count; i++) {
        kind = substr(part[i], 1, 1)
        if (kind == "u") {
            code = hexadecimal(substr(part[i], 2, 4))
            if (code >= 55296 && code < 56320) { high = code; continue }
            if (high) code = 65536 + (high - 55296) * 1024 + code - 56320
            high = 0
            found = found (code ? utf8(code) : "") substr(part[i], 6)
        }
        else if (kind == "") { i++; found = found "\\" (i <= count ? part[i] : "") }
        else if (kind == "n") found = found "\n" substr(part[i], 2)
        else if (kind == "t") found = found "\t" substr(part[i], 2)
        else if (kind == "r") found = found "\r" substr(part[i], 2)
        else if (kind == "b") found = found "\b" substr(part[i], 2)
        else if (kind == "f") found = found "\f" substr(part[i], 2)
        else found = found part[i]
    }
    return found
}
# The items of a list of strings, numbers and nulls: how many there are. Null is an empty string.
function items(text, list,    count, part, i, j, item, inside, slashes, between, found) {
    count = split(substr(text, 2, length(text) - 2), part, "\"")
    found = inside = 0
    for (i = 1; i <= count; i++) {
        if (inside) {
            slashes = part[i]
            sub(/.*[^\\]/, "", slashes)
            item = item part[i]
            if (length(slashes) % 2) { item = item "\""; continue }
            list[++found] = decoded(item)
            inside = 0
        } else {
            gsub(/ /, "", part[i])
            split("", between)
            split(part[i], between, ",")
            for (j = 1; j in between; j++) if (between[j] != "") list[++found] = between[j] == "null" ? "" : between[j]
            inside = 1
            item = ""
        }
    }
    return found
}
'

# Seconds since 1970, in UTC, from what the AWS CLI writes: seconds (version 1), or ISO 8601 in some zone (version 2).
# shellcheck disable=SC2016 # awk has its own $
time_functions='
function day_number(year, month, day,    era, of_era) {
    if (month <= 2) year--
    era = int(year / 400)
    of_era = year - era * 400
    return era * 146097 + of_era * 365 + int(of_era / 4) - int(of_era / 100) + \
        int((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1 - 719468
}
# Sets `year`, `month` and `day`.
function set_date(number,    era, of_era, year_of_era, of_year, shifted) {
    number += 719468
    era = int(number / 146097)
    of_era = number - era * 146097
    year_of_era = int((of_era - int(of_era / 1460) + int(of_era / 36524) - int(of_era / 146096)) / 365)
    of_year = of_era - (365 * year_of_era + int(year_of_era / 4) - int(year_of_era / 100))
    shifted = int((5 * of_year + 2) / 153)
    day = of_year - int((153 * shifted + 2) / 5) + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = year_of_era + era * 400 + (month <= 2)
}
function seconds(text,    time, sign, zone) {
    if (text ~ /^[0-9]+([.][0-9]+)?$/) return int(text)
    if (text !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]/) return -1
    time = day_number(substr(text, 1, 4) + 0, substr(text, 6, 2) + 0, substr(text, 9, 2) + 0) * 86400
    time += substr(text, 12, 2) * 3600 + substr(text, 15, 2) * 60 + (substr(text, 17, 1) == ":" ? substr(text, 18, 2) : 0)
    if (match(text, /[+-][0-9][0-9]:?[0-9][0-9]$/)) {
        zone = substr(text, RSTART + 1)
        sub(/:/, "", zone)
        sign = substr(text, RSTART, 1) == "-" ? -1 : 1
        time -= sign * (substr(zone, 1, 2) * 3600 + substr(zone, 3, 2) * 60)
    }
    return time
}
function stamp(time, form) {
    set_date(int(time / 86400))
    return sprintf(form == "" ? "%04d-%02d-%02d %02d:%02d:%02d UTC" : form, year, month, day, \
        int(time % 86400 / 3600), int(time % 3600 / 60), time % 60)
}
function duration(length_of_time) {
    if (length_of_time < 60) return length_of_time " s"
    if (length_of_time < 3600) return int(length_of_time / 60) " min " length_of_time % 60 " s"
    if (length_of_time < 86400) return int(length_of_time / 3600) " h " int(length_of_time % 3600 / 60) " min"
    return int(length_of_time / 86400) " d " int(length_of_time % 86400 / 3600) " h"
}
'

# The times of the schedule `expression` on the days from `first` to `last`, or from the moment `now` on the first `most` of them,
# as seconds; on the standard input are the periods of its time zone. As EventBridge Scheduler does it (user guide, "Schedule
# types"): a time that the clocks skip is none, and of one that comes twice the first counts. Its cron has the fields minutes,
# hours, day of the month, month, day of the week (Sunday is 1), year.
# shellcheck disable=SC2016 # awk has its own $
schedule_functions='
function value(text,    position) {
    if (text ~ /^[0-9]+$/) return text + 0
    position = index(names, text)
    return position ? (position + 2) / 3 : -1
}
function expand(field, lowest, highest, set,    list, count, i, part, range, from, to, step, v) {
    split("", set)
    count = split(field, list, ",")
    for (i = 1; i <= count; i++) {
        split("", part)
        split(list[i], part, "/")
        step = part[2] == "" ? 1 : part[2] + 0
        if (step < 1) step = 1
        if (part[1] == "*" || part[1] == "?") { from = lowest; to = highest }
        else if (split(part[1], range, "-") == 2) { from = value(range[1]); to = value(range[2]) }
        else { from = value(part[1]); to = part[2] == "" ? from : highest }
        if (to < from) to += highest - lowest + 1
        for (v = from; v <= to; v += step) set[v > highest ? v - (highest - lowest + 1) : v]
    }
}
# 1 is Sunday.
function weekday(number) { return (number + 4) % 7 + 1 }
function length_of(year, month) {
    return day_number(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) - day_number(year, month, 1)
}
function workday(number, first, last,    of_week) {
    of_week = weekday(number)
    if (of_week == 7) return number > first ? number - 1 : number + 2
    if (of_week == 1) return number < last ? number + 1 : number - 2
    return number
}
function fits(number,    first, last, part, position) {
    set_date(number)
    if (!(month in months) || !(year in years)) return 0
    first = number - day + 1
    last = first + length_of(year, month) - 1
    if (field[3] != "?" && field[3] != "*") {
        if (field[3] == "L") return number == last
        if (field[3] == "LW" || field[3] == "WL") return number == (weekday(last) == 7 ? last - 1 : weekday(last) == 1 ? last - 2 : last)
        if (field[3] ~ /^[0-9]+W$/) {
            position = first + field[3] - 1
            return position <= last && number == workday(position, first, last)
        }
        if (!(day in days)) return 0
    }
    if (field[5] != "?" && field[5] != "*") {
        if (field[5] ~ /#/) {
            split(field[5], part, "#")
            return weekday(number) == value(part[1]) && int((day + 6) / 7) == part[2]
        }
        if (field[5] ~ /^.+L$/) {
            part[1] = substr(field[5], 1, length(field[5]) - 1)
            return weekday(number) == value(part[1]) && last - number < 7
        }
        return weekday(number) in weekdays
    }
    return 1
}
function show(time) {
    if (time < now || begin != "" && time < begin || end != "" && time >= end) return 0
    print sprintf("%.0f", time)
    return 1
}
# The moment at which the clock shows a time first, or -1.
function moment(local,    i) {
    for (i = 1; i <= count_of_periods; i++) {
        if (local - offset[i] >= start[i] && local - offset[i] < stop[i]) return local - offset[i]
    }
    return -1
}
{ start[NR] = $1; stop[NR] = $2; offset[NR] = $3; count_of_periods = NR }
END {
    shown = 0
    kind = expression
    sub(/[(].*/, "", kind)
    sub(/^[a-z]+[(]/, "", expression)
    sub(/[)]$/, "", expression)
    split(first, part, "-")
    from = day_number(part[1] + 0, part[2] + 0, part[3] + 0)
    split(last, part, "-")
    to = day_number(part[1] + 0, part[2] + 0, part[3] + 0)
    if (kind == "at") {
        time = moment(seconds(expression))
        at = int(seconds(expression) / 86400)
        if (time >= 0 && at >= from && at <= to) show(time)
    } else if (kind == "rate") {
        split(expression, part, " ")
        step = part[1] * (part[2] ~ /^minute/ ? 60 : part[2] ~ /^hour/ ? 3600 : 86400)
        if (step < 60) exit
        origin = begin == "" ? 0 : begin
        earliest = now > from * 86400 ? now : from * 86400
        time = origin
        if (earliest > origin) time += int((earliest - origin + step - 1) / step) * step
        for (; time < (to + 1) * 86400 && (!most || shown < most); time += step) shown += show(time)
    } else {
        split(toupper(expression), field, " ")
        names = ""
        expand(field[1], 0, 59, minutes)
        expand(field[2], 0, 23, hours)
        expand(field[3], 1, 31, days)
        names = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"
        expand(field[4], 1, 12, months)
        names = ""
        expand(field[6] == "" ? "*" : field[6], 1970, 2199, years)
        names = "SUNMONTUEWEDTHUFRISAT"
        if (field[5] == "L") field[5] = "7"
        expand(field[5], 1, 7, weekdays)
        for (number = from; number <= to && (!most || shown < most); number++) {
            if (!fits(number)) continue
            for (hour = 0; hour < 24; hour++) {
                if (!(hour in hours)) continue
                for (minute = 0; minute < 60; minute++) {
                    if (!(minute in minutes)) continue
                    time = moment(number * 86400 + hour * 3600 + minute * 60)
                    if (time >= 0 && (!most || shown < most)) shown += show(time)
                }
            }
        }
    }
}
'

# States and the functions that they call, from a definition in JSON on one line: state, tab, ARN.
# shellcheck disable=SC2016 # awk has its own $
definition_functions='
{ text = text $0 " " }
END {
    count = split(text, part, "\"")
    depth = 0
    inside = 0
    for (i = 1; i <= count; i++) {
        if (inside) {
            slashes = part[i]
            sub(/.*[^\\]/, "", slashes)
            item = item part[i]
            if (length(slashes) % 2) { item = item "\""; continue }
            inside = 0
            # A string with a colon after it is a key.
            if (part[i + 1] ~ /^[ \t\r]*:/) { key[depth] = decoded(item); continue }
            item = decoded(item)
            if (!(item ~ /^arn:[^:]*:lambda:[^:]*:[^:]*:function:/ && key[depth] ~ /^(Resource|FunctionName)$/) \
                && !(item ~ /^arn:[^:]*:batch:[^:]*:[^:]*:job-definition\// && key[depth] == "JobDefinition")) continue
            for (level = depth; level > 0 && key[level] != "States"; level--);
            if (level && level < depth) print key[level + 1] "\t" item
        } else {
            opened = part[i]
            depth += gsub(/[{]|\[/, "", opened)
            depth -= gsub(/[}]|\]/, "", opened)
            inside = 1
            item = ""
        }
    }
}
'

bytes_awk() { LC_ALL=C awk "$@"; }

# The names on the standard input that $1 is most like, or the first of them all.
suggestion() {
    wrong=$1 awk '
        BEGIN { wrong = ENVIRON["wrong"] }
        function distance(a, b,    i, j, row, before, above) {
            for (j = 0; j <= length(b); j++) row[j] = j
            for (i = 1; i <= length(a); i++) {
                before = row[0]
                row[0] = i
                for (j = 1; j <= length(b); j++) {
                    above = row[j]
                    before += substr(a, i, 1) != substr(b, j, 1)
                    if (row[j] + 1 < before) before = row[j] + 1
                    if (row[j - 1] + 1 < before) before = row[j - 1] + 1
                    row[j] = before
                    before = above
                }
            }
            return row[length(b)]
        }
        {
            if (NR <= 12) all = all (NR > 1 ? ", " : "") $0
            part = $0
            sub(/.*\//, "", part)
            near = distance(wrong, $0)
            if (part == wrong) near = 0
            if (NR == 1 || near < least) { least = near; best = $0 }
        }
        END {
            if (NR == 0) print "there are none"
            else if (least * 3 <= length(wrong) + 2) print "did you mean " best "?"
            else print "there are: " all (NR > 12 ? " and " NR - 12 " more" : "")
        }'
}

# -- 2. What is asked for
read_arguments() {
    environment='' command='' pipeline='' part='' given=''
    input='' name='' since='' from='' to='' trigger='' at_once=1 label=''
    follow='' all='' start='' dry_run='' yes=''
    while [ $# -gt 0 ]; do
        case $1 in
            --[a-z]*=*)
                option=${1%%=*} value=${1#*=}
                shift
                set -- "$option" "$value" "$@"
                ;;
        esac
        case $1 in
            -h | --help) usage; exit ;;
            --input | --name | --since | --from | --to | --trigger | --at-once | --label)
                [ $# -ge 2 ] && [ -n "$2" ] || wrong_usage "$1 needs a value (see --help)"
                given="$given $1"
                case $1 in
                    --input) input=$2 ;;
                    --name) name=$2 ;;
                    --since) since=$2 ;;
                    --from) from=$2 ;;
                    --to) to=$2 ;;
                    --trigger) trigger=$2 ;;
                    --at-once) at_once=$2 ;;
                    --label) label=$2 ;;
                esac
                shift
                ;;
            --follow) follow=yes given="$given $1" ;;
            --all) all=yes given="$given $1" ;;
            --start) start=yes given="$given $1" ;;
            --dry-run) dry_run=yes given="$given $1" ;;
            --yes) yes=yes given="$given $1" ;;
            -*)
                wrong_usage "unknown option $1; $(printf -- '--%s\n' input name follow since all start from to at-once trigger \
                    label dry-run yes help | suggestion "$1")"
                ;;
            *)
                [ -n "$1" ] || wrong_usage "an argument is empty (see --help)"
                if [ -z "$environment" ]; then environment=$1
                elif [ -z "$command" ]; then command=$1
                elif [ -z "$pipeline" ]; then pipeline=$1
                elif [ -z "$part" ]; then part=$1
                else wrong_usage "one argument too many: $(say "$1" | joined) (see --help)"
                fi
                ;;
        esac
        shift
    done
    jobs=${DORC_JOBS:-4}
    case $jobs in *[!0-9]* | 0* | ???*) wrong_usage "DORC_JOBS has to be a number from 1 to 99, not $jobs" ;; esac
}

# Whether $1, which is called $2, is one of the lines on the standard input.
check_name() {
    cat >"$work/names"
    # grep would take each line for a name.
    case $1 in
        *[[:space:]]*) ;;
        *) ! grep -Fqx -e "$1" "$work/names" || return 0 ;;
    esac
    wrong_usage "there is no $2 $(say "$1" | joined)$3; $(suggestion "$(say "$1" | joined)" <"$work/names")"
}

check_arguments() {
    [ -n "$environment" ] || wrong_usage "which environment? There are: $(environments | joined) (see --help)"
    environments | check_name "$environment" environment ''
    [ -n "$command" ] || wrong_usage "what is to be done? There are: $(say "$commands" | tr ' ' '\n' | joined) (see --help)"
    say "$commands" | tr ' ' '\n' | check_name "$command" command ''
    case $command in
        status) check_options '' ; needs='' takes='' ;;
        start) check_options '--input --name --follow'; needs=yes takes='' ;;
        logs) check_options '--since --follow'; needs=yes takes=yes ;;
        stop) check_options '--all'; needs=yes takes=yes ;;
        redrive) check_options '--trigger --follow'; needs=yes takes=yes ;;
        dead-letters) check_options '--start'; needs='' takes='' ;;
        backfill) check_options '--from --to --trigger --at-once --label --dry-run --yes'; needs=yes takes='' ;;
    esac
    [ -z "$needs" ] || [ -n "$pipeline" ] || wrong_usage "$command needs a pipeline, LAYER/NAME (see --help)"
    [ -z "$part" ] || [ -n "$takes" ] || wrong_usage "one argument too many: $(say "$part" | joined) (see --help)"
    [ -z "$pipeline" ] || pipelines | check_name "$pipeline" pipeline " in $environment"
    case $name in *[!A-Za-z0-9_-]*) wrong_usage "--name may have letters, digits, - and _" ;; esac
    [ "${#name}" -le 80 ] || wrong_usage "--name may have 80 characters"
    case $label in *[!A-Za-z0-9_-]*) wrong_usage "--label may have letters, digits, - and _" ;; esac
    [ "${#label}" -le 30 ] || wrong_usage "--label may have 30 characters"
    case $at_once in *[!0-9]* | 0* | ????*) wrong_usage "--at-once has to be a number from 1 to 999, not $at_once" ;; esac
    [ "$command" != backfill ] || check_days
    [ -z "$since" ] || is_time "$since" ||
        wrong_usage "--since has to be a time like 90s, 15m, 2h, 7d, 2026-03-29 or 2026-03-29T06:00:00Z, not $since"
}

check_options() {
    for option in $given; do
        case " $1 " in
            *" $option "*) ;;
            *) wrong_usage "$option does not go with $command; it takes ${1:-no options} (see --help)" ;;
        esac
    done
}

check_days() {
    [ -n "$from" ] && [ -n "$to" ] || wrong_usage "backfill needs --from DAY and --to DAY (see --help)"
    is_day "$from" || wrong_usage "--from has to be a day like 2026-03-29, not $from"
    is_day "$to" || wrong_usage "--to has to be a day like 2026-03-29, not $to"
    expr "x$from" \<= "x$to" >/dev/null || wrong_usage "--from $from is after --to $to"
}

is_day() {
    text=$1 awk "$time_functions"'
        BEGIN {
            text = ENVIRON["text"]
            if (text !~ /^(19[7-9]|20[0-9]|21[0-9])[0-9]-[0-9][0-9]-[0-9][0-9]$/) exit 1
            number = day_number(substr(text, 1, 4) + 0, substr(text, 6, 2) + 0, substr(text, 9, 2) + 0)
            set_date(number)
            exit sprintf("%04d-%02d-%02d", year, month, day) != text
        }'
}

is_time() {
    case $1 in
        *[!0-9]*[smhd] | [smhd]) return 1 ;;
        *[smhd]) [ "${#1}" -le 8 ] ;;
        *T*) say "$1" | grep -Eqx '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:?[0-9]{2})?' ;;
        *) is_day "$1" ;;
    esac
}

damaged() { die "deploy.plan beside this script is damaged (a merge conflict?), run dorc-synth again: $1"; }

# The plan's names are parts of calls: one that another program damaged must not become an option.
check_plan() {
    IFS=$tab read -r word version <"$plan" || :
    [ "$word" = dorc-plan ] || damaged "$word"
    [ "$version" = 1 ] ||
        die "deploy.plan has version $version, and this script reads version 1: they were not written together." \
            "Run dorc-synth again, which writes both"
    [ "$(rows project | awk 'END { print NR }')" -eq 1 ] || damaged "it does not have one row of the project"
    row=$({ rows project; rows stack; } | awk -F "$tab" '
        NR == 1 { if ($1 !~ /^[a-z][a-z0-9-]*$/) { print; exit }; next }
        $1 !~ /^[A-Za-z][A-Za-z0-9-]*$/ || $2 !~ /^(universal|infra|core)$/ || $3 !~ /^[a-z][a-z0-9-]*$/ ||
            $4 !~ /^(-|[0-9]+)$/ || $5 !~ /^(-|[a-z][a-z0-9,]*)$/ ||
            $6 !~ /^(-|[a-z0-9][a-z0-9_-]*\/[a-z0-9][a-z0-9_-]*)$/ { print; exit }')
    [ -z "$row" ] || damaged "$row"
}

# -- 3. Calls of AWS
# The standard output goes to $work/answer, the standard error to $work/error. It runs in the background, so that a signal reaches
# it. Every value is in one word with its option, so that none is read as another option.
call() {
    aws "$@" </dev/null >"$work/answer" 2>"$work/error" &
    child=$!
    await_child
}

await_child() {
    child_status=0
    wait "$child" || child_status=$?
    child=''
    return "$child_status"
}

# The same, which has to succeed for what $1 says.
must() {
    what=$1
    shift
    call "$@" || failed "$what"
}

failed() {
    ! grep -q StateMachineDoesNotExist "$work/error" || not_deployed
    die "$1 failed. The AWS CLI says: $(cli_error)"
}

cli_error() { grep . "$work/error" | joined; }

not_deployed() { die "$pipeline is not deployed in $environment: \`deploy.sh $environment --pipeline $pipeline\` does that"; }

nap() {
    sleep "$pause" &
    child=$!
    [ "$pause" -ge 5 ] || pause=$((pause + 1))
    await_child || :
}

check_account() {
    prefix=$(project)-$environment
    IFS=$tab read -r region account <<END_OF_ROW
$(rows stack | awk -F "$tab" -v OFS="$tab" -v env="$environment" '$2 == "infra" && $5 == env { print $3, $4 }')
END_OF_ROW
    call sts get-caller-identity "--region=$region" '--query=[Account, Arn]' --output=text ||
        die "no valid AWS credentials; log in or set AWS_PROFILE. The AWS CLI says: $(cli_error)"
    IFS=$tab read -r caller arn <"$work/answer"
    [ "$account" = - ] || [ "$account" = "$caller" ] ||
        die "$environment is in account $account, but AWS credentials are for $caller"
    partition=${arn#arn:}
    partition=${partition%%:*}
    case $partition in
        aws-cn) console=console.amazonaws.cn ;;
        aws-us-gov) console=console.amazonaws-us-gov.com ;;
        aws-eusc) console=console.amazonaws-eusc.eu ;;
        aws-iso) console=console.c2shome.ic.gov ;;
        aws-iso-b) console=console.sc2shome.sgov.gov ;;
        aws-iso-e) console=console.csphome.adc-e.uk ;;
        aws-iso-f) console=console.csphome.hci.ic.gov ;;
        *) console=console.aws.amazon.com ;;
    esac
    [ -z "$pipeline" ] || set_pipeline "$pipeline"
}

# A name as dorc-synth makes it: a longer one is cut, and ends in the first eight digits of its SHA-256.
limited() {
    if [ "${#1}" -le "$2" ]; then say "$1"; return; fi
    if command -v sha256sum >/dev/null; then digest=$(printf %s "$1" | sha256sum)
    elif command -v shasum >/dev/null; then digest=$(printf %s "$1" | shasum -a 256)
    elif command -v openssl >/dev/null; then digest=$(printf %s "$1" | openssl dgst -sha256 -r)
    else die "sha256sum, shasum or openssl is needed, as names of $1 are shortened"
    fi
    say "$(printf %s "$1" | cut -c "1-$(($2 - 9))" | sed 's/[-_]*$//')-$(say "$digest" | cut -c 1-8)"
}

# Sets what the pipeline $1 is called in AWS.
set_pipeline() {
    whole=$prefix-$(say "$1" | tr / -)
    machine_name=$(limited "$whole" 80)
    machine=arn:$partition:states:$region:$caller:stateMachine:$machine_name
    runs=arn:$partition:states:$region:$caller:execution:$machine_name
}

link() { say "https://$region.$console/states/home?region=$region#/v2/executions/details/$1"; }

# -- 4. Status
# The newest runs of the machine, newest first: name, status, start, stop. They are at most a hundred, and may be fewer although there
# are more (Step Functions API, ListExecutions): then `more_runs` holds.
list_runs() {
    call stepfunctions list-executions "--region=$region" "--state-machine-arn=$machine" --max-results=100 --no-paginate "$@" \
        --output=text '--query=[executions[].[name, status, startDate, stopDate], [[nextToken]]][]'
}

more_runs() { awk 'NF == 1 && $1 != "None" { found = 1 } END { exit !found }' "$work/answer"; }

# In the background, with a folder of its own.
status_job() {
    work=$1
    trap '[ -z "$child" ] || kill "$child" 2>/dev/null; exit 1' TERM
    list_runs || { say "$pipeline$tab$(no_runs)" >"$work/line"; return; }
    cp "$work/answer" "$work/listed"
    cp "$work/answer" "$work/running"
    older=''
    if more_runs; then
        older=yes
        list_runs --status-filter=RUNNING || { say "$pipeline$tab$(no_runs)" >"$work/line"; return; }
        cp "$work/answer" "$work/running"
    fi
    more=''
    ! more_runs || more=+
    awk -F "$tab" -v OFS="$tab" -v pipeline="$pipeline" -v more="$more" -v older="$older" "$time_functions"'
        file == "running" { if ($2 == "RUNNING" || $2 == "PENDING_REDRIVE") running++; next }
        NF == 4 { count++ }
        NF == 4 && $2 != "RUNNING" && $2 != "PENDING_REDRIVE" && last == "" { last = $2 " at " stamp(seconds($4 == "None" ? $3 : $4)) }
        END {
            if (last == "") last = older == "" ? "no run yet" : "not among the newest " count
            print pipeline, running + 0 more, last
        }' file=running "$work/running" file=listed "$work/listed" >"$work/line"
}

status_of_all() {
    pipelines >"$work/pipelines"
    count=0 running=''
    while read -r pipeline; do
        set_pipeline "$pipeline"
        count=$((count + 1))
        mkdir "$work/status.$count"
        status_job "$work/status.$count" </dev/null &
        running="$running $!"
        [ $((count % jobs)) -ne 0 ] || { await_all; running=''; }
    done <"$work/pipelines"
    await_all
    running=''
    number=0
    while [ "$number" -lt "$count" ]; do
        number=$((number + 1))
        cat "$work/status.$number/line" 2>/dev/null || say "?${tab}?${tab}no answer"
    done | awk -F "$tab" '
        BEGIN { row[0] = "PIPELINE"; now[0] = "RUNS NOW"; last[0] = "LAST RUN"; width = 8 }
        { row[NR] = $1; now[NR] = $2; last[NR] = $3; if (length($1) > width) width = length($1) }
        END { for (i = 0; i <= NR; i++) printf "%-" width "s  %8s  %s\n", row[i], now[i], last[i] }'
    grep -hs . "$work"/status.*/problem >"$work/problems" || return 0
    die "some pipelines could not be asked about. The AWS CLI says: $(head -n 1 "$work/problems")"
}

await_all() { for job in $running; do wait "$job" || :; done; }

# What takes the place of a pipeline's runs; what AWS refuses for another reason goes to a file.
no_runs() {
    if grep -q StateMachineDoesNotExist "$work/error"; then say "-${tab}not deployed"; return; fi
    cli_error >"$work/problem"
    say "?${tab}not known"
}

status() {
    say "$(project) $environment: account $caller, $region"
    if [ -z "$pipeline" ]; then status_of_all; return; fi
    list_runs --status-filter=RUNNING || failed "listing the runs of $pipeline"
    cp "$work/answer" "$work/running"
    more='' older=''
    ! more_runs || more=yes
    list_runs || failed "listing the runs of $pipeline"
    cp "$work/answer" "$work/listed"
    ! more_runs || older=yes
    say "$pipeline"
    now=$(date +%s)
    awk -F "$tab" 'NF == 4' "$work/running" >"$work/rows"
    [ -s "$work/rows" ] || say "  runs now:   none"
    while IFS=$tab read -r run _ began _; do
        say "  runs now:   $run, since $(moment "$began") ($(since_words "$began"))"
        say "              $(link "$runs:$run")"
    done <"$work/rows"
    [ -z "$more" ] || say "              and more than these $(($(wc -l <"$work/rows")))"
    awk -F "$tab" 'NF == 4 && $2 != "RUNNING" && $2 != "PENDING_REDRIVE" { print; exit }' "$work/listed" >"$work/rows"
    if [ -s "$work/rows" ]; then :
    elif [ -n "$older" ]; then say "  last run:   none of the newest $(awk -F "$tab" 'NF == 4' "$work/listed" | wc -l | tr -d ' ') has ended yet"
    else say "  last run:   none has ended yet"
    fi
    while IFS=$tab read -r run state began ended; do
        [ "$ended" != None ] || ended=$began
        say "  last run:   $run: $state at $(moment "$ended") after $(length_words "$began" "$ended")"
        [ "$state" = SUCCEEDED ] || say "              $(reason_of "$runs:$run")"
        say "              $(link "$runs:$run")"
    done <"$work/rows"
    show_next
    show_joins || die "what $pipeline waits for is not known. The AWS CLI says: $(cli_error)"
}

moment() { awk -v text="$1" "$time_functions"'BEGIN { print stamp(seconds(text)) }'; }
length_words() { awk -v a="$1" -v b="$2" "$time_functions"'BEGIN { print duration(seconds(b) - seconds(a)) }'; }
since_words() {
    awk -v text="$1" -v now="$now" "$time_functions"'BEGIN { d = now - seconds(text); print duration(d < 0 ? 0 : d) }'
}

# The error of a run, in a line.
reason_of() {
    call stepfunctions describe-execution "--region=$region" "--execution-arn=$1" --output=text \
        '--query=to_string([error, cause])' || { say "(its error is not known: $(cli_error))"; return; }
    bytes_awk "$json_functions$reason_function"'{ items($0, item); print reason(item[1], item[2]) }' "$work/answer"
}

# A cause may be the JSON that Lambda makes of an exception.
reason_function='
function reason(error, cause,    text) {
    text = cause
    if (match(text, /"errorMessage": *"/)) {
        text = substr(text, RSTART + RLENGTH)
        for (position = 1; position <= length(text); position++) {
            if (substr(text, position, 1) == "\\") position++
            else if (substr(text, position, 1) == "\"") break
        }
        text = decoded(substr(text, 1, position - 1))
    }
    gsub(/[\n\r\t]+/, " ", text)
    if (length(text) > 400) text = substr(text, 1, 400) " ..."
    return (error == "" ? "no error is given" : error) (text == "" ? "" : ": " text)
}
'

# -- 5. Schedules
# Writes the pipeline's schedules to $work/schedules: name, expression, time zone, start, end, state; and the input of each to
# $work/input.NAME, as it is.
read_schedules() {
    must "listing the schedules of $environment" scheduler list-schedules "--region=$region" "--group-name=$prefix" --output=text \
        "--query=Schedules[?Target.Arn=='$machine'].[Name]"
    awk 'NF' "$work/answer" | sort >"$work/schedule-names"
    : >"$work/schedules"
    while read -r schedule; do
        must "reading the schedule $schedule" scheduler get-schedule "--region=$region" "--group-name=$prefix" \
            "--name=$schedule" --output=text \
            '--query=to_string([Name, ScheduleExpression, ScheduleExpressionTimezone, StartDate, EndDate, State, Arn, Target.Input])'
        bytes_awk -v OFS="$tab" -v file="$work/input.$schedule" "$json_functions$time_functions"'
            {
                if (items($0, item) != 8) exit 1
                zone = item[3] == "" ? "UTC" : item[3]
                print item[1], item[2], zone, (item[4] == "" ? "-" : seconds(item[4])), (item[5] == "" ? "-" : seconds(item[5])), \
                    item[6], item[7]
                printf "%s", (item[8] == "" ? "{}" : item[8]) >file
            }' "$work/answer" >>"$work/schedules" || die "AWS describes the schedule $schedule in a form that is not expected"
    done <"$work/schedule-names"
    # The part of a schedule's name that the user knows.
    cut -f 1 "$work/schedules" | sed "s/^$whole-//" | sed 's/-by-weekday$//' | sort -u >"$work/triggers"
}

# A moment in the form $2, as a clock in the zone $3 shows it; GNU's and BusyBox's date want it in one way, BSD's in another.
clock_at() { TZ=$2 date -d "@$1" "$3" 2>/dev/null || TZ=$2 date -r "$1" "$3"; }

zone_offset() {
    clock_at "$1" "$zone" +%z | awk '
        /^[+-][0-9][0-9][0-9][0-9]$/ {
            print (substr($0, 1, 1) == "-" ? -1 : 1) * (substr($0, 2, 2) * 3600 + substr($0, 4, 2) * 60)
            found = 1
        }
        END { exit !found }'
}

# The periods in which the clock of $zone keeps its distance to UTC, from $1 to $2: start, end, distance. It is looked at once a
# week: no zone has changed it twice in one.
periods() {
    if [ "$zone" = UTC ]; then say "$1 $2 0"; return; fi
    [ -e "${TZDIR:-/usr/share/zoneinfo}/$zone" ] ||
        die "the time zone $zone is not known on this computer: install its time zones (the package tzdata)"
    begun=$1 here=$1 distance=$(zone_offset "$1") || die "\`date\` of this computer does not convert times"
    while [ "$here" -lt "$2" ]; do
        next=$((here + 604800))
        [ "$next" -le "$2" ] || next=$2
        later=$(zone_offset "$next")
        if [ "$later" != "$distance" ]; then
            low=$here high=$next
            while [ $((high - low)) -gt 1 ]; do
                middle=$(((low + high) / 2))
                if [ "$(zone_offset "$middle")" = "$distance" ]; then low=$middle; else high=$middle; fi
            done
            say "$begun $high $distance"
            begun=$high here=$high distance=$(zone_offset "$high")
        else
            here=$next
        fi
    done
    say "$begun $2 $distance"
}

# The times of a schedule on the days from $2 to $3, of which the first $5 after the moment $4, or with 0 all.
times_of() {
    IFS=$tab read -r _ expression zone begin end _ <<END_OF_ROW
$1
END_OF_ROW
    [ "$begin" != - ] || begin=''
    [ "$end" != - ] || end=''
    around=$(awk -v a="$2" -v b="$3" "$time_functions"'
        function of(text) { return day_number(substr(text, 1, 4) + 0, substr(text, 6, 2) + 0, substr(text, 9, 2) + 0) * 86400 }
        BEGIN { low = of(a) - 172800; print sprintf("%.0f %.0f", low < 0 ? 0 : low, of(b) + 259200) }')
    periods "${around% *}" "${around#* }" >"$work/periods"
    awk -v expression="$expression" -v first="$2" -v last="$3" -v now="$4" -v most="$5" -v begin="$begin" -v end="$end" \
        "$time_functions$schedule_functions" "$work/periods"
}

show_next() {
    read_schedules
    if [ ! -s "$work/schedules" ]; then
        say "  next start: no schedule"
        return
    fi
    now=$(date +%s)
    while IFS= read -r row; do
        schedule=$(say "$row" | cut -f 1)
        what="$(trigger_of "$schedule"): $(say "$row" | cut -f 2), $(say "$row" | cut -f 3)"
        if [ "$(say "$row" | cut -f 6)" != ENABLED ]; then
            say "  next start: never, as its triggers are disabled ($what)"
            continue
        fi
        next=$(times_of "$row" "$(day_of $((now - 86400)))" "$(day_of $((now + 400 * 86400)))" "$now" 1)
        if [ -n "$next" ]; then say "  next start: $(moment "$next") ($what)"
        else say "  next start: none in the next 400 days ($what)"
        fi
    done <"$work/schedules"
}

trigger_of() { say "$1" | sed "s/^$whole-//; s/-by-weekday\$//"; }
day_of() { awk -v time="$1" "$time_functions"'BEGIN { print stamp(time, "%04d-%02d-%02d") }'; }

# -- 6. Triggers that wait for several pipelines
# Writes them to $work/joins: trigger, machine, words, the pipelines with commas between them, and `within` in seconds or -. The
# pipeline's stack knows their machines, and the definition of each says what it is about, as JoinStates.swift writes it.
read_joins() {
    : >"$work/joins"
    call cloudformation list-stack-resources "--region=$region" --output=text "--stack-name=$(rows stack |
        awk -F "$tab" -v env="$environment" -v pipeline="$pipeline" '$2 == "core" && $5 == env && $6 == pipeline { print $1 }')" \
        "--query=StackResourceSummaries[?ResourceType=='AWS::StepFunctions::StateMachine'].[PhysicalResourceId]" || {
        ! grep -q 'does not exist' "$work/error" || return 0
        return 1
    }
    awk -v own="$machine" '/^arn:/ && $0 != own' "$work/answer" >"$work/machines"
    while read -r other; do
        call stepfunctions describe-state-machine "--region=$region" "--state-machine-arn=$other" --output=text \
            '--query=to_string([definition])' || return 1
        bytes_awk "$json_functions"'{ items($0, item); print item[1] }' "$work/answer" | bytes_awk -v OFS="$tab" -v machine="$other" '
            { text = text $0 " " }
            END {
                if (!match(text, /"Comment": *"Starts [^" ]+ of [^"]*"/)) exit
                words = substr(text, RSTART, RLENGTH - 1)
                sub(/^"Comment": *"Starts /, "", words)
                trigger = words
                sub(/ .*/, "", trigger)
                sub(/.*\//, "", trigger)
                sub(/^[^:]*: /, "", words)
                if (!match(text, /":all": *[{] *"SS": *[[][^]]*[]]/)) exit
                names = substr(text, RSTART, RLENGTH)
                sub(/^[^[]*[[]/, "", names)
                gsub(/[" ]|[]]/, "", names)
                within = "-"
                if (match(text, /[$]min[(][$]times[)] <= [0-9]+000 /)) {
                    within = substr(text, RSTART, RLENGTH - 4)
                    sub(/.* /, "", within)
                }
                print trigger, machine, words, names, within
            }' >>"$work/joins"
    done <"$work/machines"
}

# What triggers that wait for several pipelines wait for.
show_joins() {
    read_joins || { say "  waits for:  not known"; return 1; }
    now=$(date +%s)
    while IFS=$tab read -r trigger_name other words names within; do
        say "  waits for:  $trigger_name: $words"
        # Of each pipeline the end that no start has taken, and its last one.
        query=$(say "$names" | tr ',' '\n' | awk '{ printf ", Item.\"%s\".M.ended.N, Item.\"last %s\".N", $0, $0 }')
        call dynamodb get-item "--region=$region" "--table-name=$prefix-joins" --consistent-read --output=text \
            "--key={\"id\": {\"S\": \"$pipeline/$trigger_name\"}}" "--query=to_string([Item.started.S$query])" || {
            say "              not known"
            return 1
        }
        bytes_awk -v names="$names" -v words="$words" -v within="$within" -v now="$now" "$json_functions$time_functions"'
            {
                count = split(names, name, ",")
                if (items($0, item) != 1 + 2 * count) exit 1
                verb = words ~ / failed/ ? "failed" : words ~ / succeeded/ ? "succeeded" : "ended"
                since = item[1] == "" ? "" : " since the last start, at " stamp(seconds(item[1]))
                for (i = 1; i <= count; i++) {
                    end = item[2 * i]
                    last = item[2 * i + 1]
                    line = name[i] ": "
                    if (end == "") {
                        line = line "has not " verb (since == "" ? " yet" : since)
                    } else {
                        end = int(end / 1000)
                        line = line verb " at " stamp(end)
                        if (within != "-" && end + within < now) line = line ", too long ago: it counts no more"
                        else if (within != "-") line = line ", which counts until " stamp(end + within)
                    }
                    print "              " line
                }
            }' "$work/answer" || die "AWS describes what $trigger_name waits for in a form that is not expected"
        show_failed_join || return 1
    done <"$work/joins"
}

# The last run of the trigger $trigger_name that has failed: the end of a pipeline that it did not record, or a start that it did
# not make. AWS redrives a run within 14 days.
show_failed_join() {
    own=$machine machine=$other
    list_runs || { machine=$own; return 1; }
    machine=$own
    awk -F "$tab" -v OFS="$tab" -v now="$now" "$time_functions"'
        $2 ~ /^(FAILED|TIMED_OUT|ABORTED)$/ && seconds($4) > now - 14 * 86400 { print $1, $2, $4 }' "$work/answer" >"$work/rows"
    count=$(($(wc -l <"$work/rows")))
    [ "$count" -gt 0 ] || return 0
    IFS=$tab read -r run state ended <"$work/rows"
    run=$(say "$other" | sed 's/:stateMachine:/:execution:/'):$run
    say "              $count $(plural "$count" run runs) of the trigger failed, the last one at $(moment "$ended") ($state):"
    say "              $(reason_of "$run")"
    say "              $(link "$run")"
    say "              \`run.sh $environment redrive $pipeline --trigger $trigger_name\` goes on with it"
}

# Makes the machine of the trigger $trigger the one that is worked with.
use_join() {
    machine_name=$(limited "$whole--$trigger" 80)
    machine=arn:$partition:states:$region:$caller:stateMachine:$machine_name
    runs=arn:$partition:states:$region:$caller:execution:$machine_name
    call stepfunctions describe-state-machine "--region=$region" "--state-machine-arn=$machine" --output=text --query=status || {
        grep -q StateMachineDoesNotExist "$work/error" || failed "finding the trigger $trigger"
        machine=''
        read_joins || failed "finding the triggers of $pipeline"
        cut -f 1 "$work/joins" | check_name "$trigger" trigger " of $pipeline that waits for several pipelines"
    }
}

# -- 7. Start, follow, stop, go on
start_run() {
    whose=$pipeline
    case $input in
        '') printf '{}' >"$work/input" ;;
        @-) cat >"$work/input" ;;
        @*) cat -- "${input#@}" >"$work/input" 2>"$work/error" || die "the input cannot be read: $(cli_error)" ;;
        *) printf %s "$input" >"$work/input" ;;
    esac
    [ "$(wc -c <"$work/input")" -le 262144 ] ||
        die "the input has $(($(wc -c <"$work/input"))) bytes; Step Functions takes 262,144. Put the data into S3, and its place into the input"
    # With a name, a call that the AWS CLI makes again since its answer was lost starts no second run.
    [ -n "$name" ] || name=by-hand-$(date -u +%Y%m%dT%H%M%SZ)-$(basename "$work" | tr -cd A-Za-z0-9 | cut -c 1-16)
    if ! call_start "$name" "$work/input"; then
        case $(cli_error) in
            *ExecutionAlreadyExists*) die "$pipeline has had a run with the name $name: $(link "$runs:$name")" ;;
            *InvalidExecutionInput*)
                hint=''
                [ ! -f "$input" ] || hint="; to read the file, write --input @$input"
                die "the input is not JSON$hint. AWS says: $(cli_error)"
                ;;
        esac
        failed "starting $pipeline"
    fi
    say "$pipeline: started the run $name"
    link "$runs:$name"
    [ -z "$follow" ] || follow_run "$runs:$name"
}

call_start() {
    call stepfunctions start-execution "--region=$region" "--state-machine-arn=$machine" "--name=$1" "--input=file://$2" \
        --output=text --query=startDate
}

# Shows what the run $1 does until it has ended.
follow_run() {
    at_interrupt="the run goes on; \`run.sh $environment status $pipeline\` shows it, and \`run.sh $environment stop $pipeline\` stops it"
    [ "$whose" = "$pipeline" ] || at_interrupt="the run goes on"
    : >"$work/history"
    seen=${2:-0} pause=1 lost=0
    while :; do
        if call stepfunctions describe-execution "--region=$region" "--execution-arn=$1" --output=text --query=status; then
            lost=0
        else
            lost=$((lost + 1))
            [ "$lost" -lt 5 ] || failed "following the run"
            nap
            continue
        fi
        state=$(cat "$work/answer")
        new_events "$1" && show_events
        case $state in RUNNING | PENDING_REDRIVE) nap ;; *) break ;; esac
    done
    call stepfunctions describe-execution "--region=$region" "--execution-arn=$1" --output=text \
        '--query=to_string([status, startDate, stopDate, error, cause])' || failed "following the run"
    bytes_awk "$json_functions$time_functions$reason_function"'
        {
            items($0, item)
            took = item[3] == "" ? "" : " after " duration(seconds(item[3]) - seconds(item[2]))
            print item[1] took (item[1] == "SUCCEEDED" ? "" : ": " reason(item[4], item[5]))
        }' "$work/answer"
    at_interrupt=''
    [ "$state" = SUCCEEDED ] || return 1
    call stepfunctions describe-execution "--region=$region" "--execution-arn=$1" --output=text \
        '--query=to_string([output])' || failed "following the run"
    bytes_awk "$json_functions"'{ items($0, item); print "output: " item[1] }' "$work/answer"
}

# Adds the events of the run $1 that are new to $work/history: id, the one before it, type, time, then in JSON state, error, cause.
new_events() {
    details='taskFailedEventDetails || taskTimedOutEventDetails || taskStartFailedEventDetails || taskSubmitFailedEventDetails
        || lambdaFunctionFailedEventDetails || lambdaFunctionTimedOutEventDetails || lambdaFunctionStartFailedEventDetails
        || lambdaFunctionScheduleFailedEventDetails || evaluationFailedEventDetails || mapRunFailedEventDetails'
    query="events[].[id, previousEventId, type, timestamp, to_string([stateEnteredEventDetails.name || stateExitedEventDetails.name,
        ($details).error, ($details).cause])]"
    call stepfunctions get-execution-history "--region=$region" "--execution-arn=$1" --no-include-execution-data \
        --reverse-order --max-results=200 --no-paginate --output=text "--query=$query" || return 1
    # All that are new may not be on the first page.
    if [ "$(awk -F "$tab" 'NF == 5 && (least == "" || $1 < least) { least = $1 } END { print least + 0 }' "$work/answer")" -gt $((seen + 1)) ]; then
        call stepfunctions get-execution-history "--region=$region" "--execution-arn=$1" --no-include-execution-data \
            --output=text "--query=$query" || return 1
    fi
    awk -F "$tab" -v seen="$seen" 'NF == 5 && $1 > seen' "$work/answer" | sort -n >"$work/new"
    cat "$work/new" >>"$work/history"
}

show_events() {
    bytes_awk -F "$tab" -v seen="$seen" "$json_functions$time_functions$reason_function"'
        {
            split("", item)
            items($5, item)
            time = seconds($4)
            state[$1] = item[1] != "" ? item[1] : state[$2]
            if ($3 ~ /StateEntered$/) entered[$1] = time
            begun[$1] = ($1 in entered) ? entered[$1] : begun[$2]
            # How a run waits while there are too many is told of once.
            limit = state[$1] ~ /^max_active_runs( [(]|$)/
            if (limit && $3 == "WaitStateEntered") turns++
            if ($1 <= seen) next
            if (limit && $3 == "WaitStateEntered" && turns == 1) print stamp(time) "  waits for its turn (max_active_runs)"
            if (limit && $3 ~ /State(Entered|Exited)$/) next
            line = ""
            # A loop may have thousands of items: only those that fail are told of.
            if (state[$1] ~ / [(](item|batch)[)]$/ && $3 ~ /^TaskState/) next
            if ($3 ~ /^(Task|Map|Wait)StateEntered$/) line = state[$1] ": started"
            else if ($3 ~ /^(Task|Map|Wait)StateExited$/) line = state[$1] ": ended after " duration(time - begun[$2])
            else if ($3 ~ /^(Task|LambdaFunction|Evaluation|MapRun)(Start|Submit|Schedule)?(Failed|TimedOut)$/)
                line = state[$1] ": failed: " reason(item[2] == "" && $3 ~ /TimedOut$/ ? "States.Timeout" : item[2], item[3])
            else if ($3 == "ExecutionRedriven") line = "the run goes on"
            if (line != "") print stamp(time) "  " line
        }' "$work/history"
    seen=$(awk -F "$tab" -v seen="$seen" '$1 > seen { seen = $1 } END { print seen + 0 }' "$work/history")
}

stop_runs() {
    if [ -n "$part" ]; then stop_named; return; fi
    list_running
    [ -s "$work/running" ] || die "no run of $pipeline is running"
    count=$(($(wc -l <"$work/running")))
    if [ -z "$all" ] && [ "$count" -gt 1 ]; then
        others=''
        [ "$count" -le 10 ] || others=" and $((count - 10)) more"
        wrong_usage "several runs of $pipeline are running: name one of them, or use --all:" \
            "$(head -n 10 "$work/running" | joined)$others"
    fi
    stop_all
}

# The names of all runs that go on, however many they are.
list_running() {
    must "listing the runs of $pipeline" stepfunctions list-executions "--region=$region" "--state-machine-arn=$machine" \
        --status-filter=RUNNING --page-size=1000 --output=text '--query=executions[].[name]'
    awk 'NF' "$work/answer" >"$work/running"
}

# By its name, however old it is. AWS also stops what has ended, and says nothing.
stop_named() {
    part=${part#"$runs:"}
    case $part in *[!A-Za-z0-9_-]*) wrong_usage "a run's name has letters, digits, - and _: $(say "$part" | joined)" ;; esac
    call stepfunctions describe-execution "--region=$region" "--execution-arn=$runs:$part" --output=text --query=status || {
        ! grep -q ExecutionDoesNotExist "$work/error" ||
            wrong_usage "$pipeline has no run $part; \`run.sh $environment status $pipeline\` shows those that are running"
        failed "asking about the run $part"
    }
    state=$(cat "$work/answer")
    case $state in
        RUNNING | PENDING_REDRIVE) ;;
        *) die "the run $part is not running: it has ended, $state" ;;
    esac
    must "stopping the run $part" stepfunctions stop-execution "--region=$region" "--execution-arn=$runs:$part" \
        --error=Stopped '--cause=Stopped by hand, by run.sh' --output=text --query=stopDate
    say "$pipeline: stopped the run $part"
}

# What is listed, and then what was started meanwhile or that AWS lists a moment late, until there is nothing new.
stop_all() {
    at_interrupt="the same call stops those that are left"
    round=0 pause=1 count=0 unstopped=0 late=0
    : >"$work/tried"
    while :; do
        awk 'file == "tried" { tried[$1]; next } !($1 in tried)' file=tried "$work/tried" file=running "$work/running" >"$work/new"
        [ -s "$work/new" ] || break
        [ "$round" -lt 10 ] ||
            die "stopped $((count - unstopped)) runs of $pipeline, and new ones still start: switch its triggers off" \
                "(triggers_enabled: false, and a deployment), and stop those that are left"
        [ "$round" -eq 0 ] || late=$((late + $(wc -l <"$work/new")))
        round=$((round + 1))
        stop_new
        cat "$work/new" >>"$work/tried"
        nap
        list_running
    done
    at_interrupt=''
    [ "$count" -eq 1 ] || say "$pipeline: stopped $((count - unstopped)) runs"
    [ "$late" -eq 0 ] ||
        error "$late $(plural "$late" 'run was' 'runs were') started while others were stopped: the triggers of $pipeline are on, and start" \
            "further ones. triggers_enabled: false and a deployment switch them off"
    [ "$unstopped" -eq 0 ]
}

# Stops the runs of $work/new, DORC_JOBS at a time.
stop_new() {
    running='' begun=''
    while read -r run; do
        count=$((count + 1))
        mkdir "$work/stop.$count"
        stop_job "$work/stop.$count" "$run" </dev/null &
        running="$running $!" begun="$begun $count=$run"
        [ $((count % jobs)) -ne 0 ] || gather_stopped
    done <"$work/new"
    gather_stopped
}

# In the background, with a folder of its own.
stop_job() {
    work=$1
    trap '[ -z "$child" ] || kill "$child" 2>/dev/null; exit 1' TERM
    if call stepfunctions stop-execution "--region=$region" "--execution-arn=$runs:$2" --error=Stopped \
        '--cause=Stopped by hand, by run.sh' --output=text --query=stopDate; then : >"$work/stopped"
    fi
}

gather_stopped() {
    await_all
    for each in $begun; do
        if [ -e "$work/stop.${each%%=*}/stopped" ]; then
            say "$pipeline: stopped the run ${each#*=}"
        else
            unstopped=$((unstopped + 1))
            error "the run ${each#*=} was not stopped. The AWS CLI says: $(grep -hs . "$work/stop.${each%%=*}/error" | joined)"
        fi
    done
    running='' begun=''
}

redrive_run() {
    whose=$pipeline
    # A notice's link to a run of a trigger ends in its ARN.
    case $trigger$part in
        arn:*:execution:*:*)
            found=$(say "${part%:*}" | sed 's/:execution:/:stateMachine:/')
            if [ "$found" != "$machine" ]; then
                pipeline_of "${found##*:}"
                [ -n "$join" ] && [ "$pipeline_name" = "$pipeline" ] || wrong_usage "the run $(say "$part" | joined) is not one of $pipeline"
                machine=$found runs=${part%:*} whose="a trigger of $pipeline"
            fi
            ;;
        *) [ -z "$trigger" ] || { use_join; whose="the trigger $trigger of $pipeline"; } ;;
    esac
    if [ -z "$part" ]; then
        list_runs || failed "listing the runs of $whose"
        part=$(awk -F "$tab" '$2 ~ /^(FAILED|TIMED_OUT|ABORTED)$/ { print $1; exit }' "$work/answer")
        [ -n "$part" ] || die "no run of $whose has failed lately"
    fi
    run=$runs:${part##*:}
    part=${part##*:}
    case $part in *[!A-Za-z0-9_-]*) wrong_usage "a run's name has letters, digits, - and _: $(say "$part" | joined)" ;; esac
    call stepfunctions describe-execution "--region=$region" "--execution-arn=$run" --output=text \
        '--query=[status, to_string([redriveStatus, redriveStatusReason])]' || {
        ! grep -q ExecutionDoesNotExist "$work/error" || die "$whose has no run $part; \`run.sh $environment status $pipeline\` shows the last one"
        failed "asking about the run $part"
    }
    IFS=$tab read -r state _ <"$work/answer"
    case $state in
        SUCCEEDED) die "the run $part has succeeded: there is nothing to go on with" ;;
        RUNNING | PENDING_REDRIVE) die "the run $part is still running" ;;
    esac
    # What is there is not shown again. A run that ended in a state that fails goes on with that state.
    seen=0 end=None
    if call stepfunctions get-execution-history "--region=$region" "--execution-arn=$run" \
        --reverse-order --max-results=2 --no-paginate --no-include-execution-data --output=text \
        "--query=[max(events[].id), events[?type=='FailStateEntered'].stateEnteredEventDetails.name | [0]]"; then
        IFS=$tab read -r seen end <"$work/answer"
    else
        [ -z "$follow" ] || failed "reading the run's history"
    fi
    : >"$work/history"
    call stepfunctions redrive-execution "--region=$region" "--execution-arn=$run" "--client-token=$(basename "$work" | tr -cd A-Za-z0-9)" \
        --output=text --query=redriveDate || {
        ! grep -Eq "invalid choice|Invalid choice" "$work/error" ||
            die "this AWS CLI is too old to redrive a run: version 1.31 or 2.14, or a later one, is needed"
        ! grep -q ExecutionNotRedrivable "$work/error" || die "the run $part cannot go on. AWS says: $(cli_error)"
        failed "redriving the run $part"
    }
    say "$whose: the run $part goes on where it failed, with the definition that it began with"
    link "$run"
    [ "$end" = None ] ||
        error "the run ended in \`$end\`, after \`finally\`, a handler with \`then: fail\`, or by its definition: it fails there again," \
            "and no step is tried again. \`run.sh $environment start $pipeline\` starts a new run"
    [ -z "$follow" ] || follow_run "$run" "$seen"
}

# -- 8. Logs
logs() {
    must "reading $pipeline" stepfunctions describe-state-machine "--region=$region" "--state-machine-arn=$machine" \
        --output=text '--query=to_string([definition])'
    bytes_awk "$json_functions"'{ items($0, item); print item[1] }' "$work/answer" >"$work/definition"
    # State, function, log group. A step may be in several states, as `load (for extract)`; an ARN may end in a version.
    bytes_awk "$json_functions$definition_functions" "$work/definition" | awk -F "$tab" -v OFS="$tab" '
        {
            kind = $2 ~ /^arn:[^:]*:batch:/ ? "batch" : "lambda"
            sub(/ [(].*/, "", $1)
            sub(kind == "batch" ? ".*:job-definition/" : ".*:function:", "", $2)
            sub(/:.*/, "", $2)
            print $1, $2, "/aws/" kind "/" $2
        }' | sort -u >"$work/steps"
    if [ -n "$part" ]; then
        function_name=$(limited "$whole-$part" 64)
        awk -F "$tab" -v part="$part" -v name="$function_name" '$1 == part || $2 == name' "$work/steps" >"$work/chosen"
        [ -s "$work/chosen" ] || { cut -f 1 "$work/steps"; cut -f 2 "$work/steps" | sed "s/^$whole-//"; } | sort -u |
            check_name "$part" "step or function" " of $pipeline with logs"
    else
        cp "$work/steps" "$work/chosen"
    fi
    cut -f 3 "$work/chosen" | sort -u >"$work/groups"
    [ -s "$work/groups" ] || die "no step of $pipeline calls a function of its own, so there are no logs"
    set_since
    : >"$work/shown"
    at_interrupt=''
    pause=2
    while :; do
        asked=$(date +%s)
        show_logs
        [ -n "$follow" ] || break
        # What a function wrote may reach the logs late: the last two minutes are read again, and what was shown is left out.
        [ $((asked - 120)) -le "$since_time" ] || since_time=$((asked - 120))
        nap
    done
    [ -s "$work/shown" ] || error "nothing was logged since $(moment "$since_time"); --since looks further back"
}

# Sets `since_time`, in seconds.
set_since() {
    case $since in
        '')
            list_runs || failed "listing the runs of $pipeline"
            since_time=$(awk -F "$tab" "$time_functions"'NF == 4 { print seconds($3); exit }' "$work/answer")
            [ -n "$since_time" ] || die "$pipeline has had no run yet; --since looks at a time of your choice"
            ;;
        *[smhd])
            unit=1
            case $since in *m) unit=60 ;; *h) unit=3600 ;; *d) unit=86400 ;; esac
            number=$(say "${since%?}" | sed 's/^0*\(.\)/\1/')
            since_time=$(($(date +%s) - number * unit))
            ;;
        *T*) since_time=$(awk -v text="$since" "$time_functions"'BEGIN { print seconds(text) }') ;;
        *) since_time=$(awk -v text="${since}T00:00:00" "$time_functions"'BEGIN { print seconds(text) }') ;;
    esac
    [ "$since_time" -ge 0 ] || since_time=0
}

logs_job() {
    work=$1
    trap '[ -z "$child" ] || kill "$child" 2>/dev/null; exit 1' TERM
    rm -f "$work/problem"
    call logs filter-log-events "--region=$region" "--log-group-name=$group" \
        "--start-time=${since_time}000" --output=text '--query=events[].[eventId, timestamp, to_string([message])]' || {
        # Where someone deleted the group, Lambda makes it again with the next run.
        grep -q ResourceNotFoundException "$work/error" || cli_error >"$work/problem"
        : >"$work/answer"
    }
    awk -F "$tab" -v OFS="$tab" -v name="${group##*/}" 'NF == 3 { print $2, $1, name, $3 }' "$work/answer" >"$work/rows"
}

# Of all functions, by time: what was not shown before.
show_logs() {
    count=0 running=''
    while read -r group; do
        count=$((count + 1))
        mkdir -p "$work/logs.$count"
        logs_job "$work/logs.$count" </dev/null &
        running="$running $!"
        [ $((count % jobs)) -ne 0 ] || { await_all; running=''; }
    done <"$work/groups"
    await_all
    running=''
    ! cat "$work"/logs.*/problem >"$work/error" 2>/dev/null || failed "reading the logs"
    sort -k 1,1n -k 2,2 "$work"/logs.*/rows | awk -F "$tab" '
        old { shown[$1 FS $2]; next }
        !(($3 FS $2) in shown)' old=1 "$work/shown" old=0 - >"$work/new"
    awk -F "$tab" -v OFS="$tab" '{ print $3, $2 }' "$work/new" >>"$work/shown"
    bytes_awk -F "$tab" -v prefix="$whole-" -v many="$(wc -l <"$work/groups")" "$json_functions$time_functions"'
        {
            split("", item)
            items($4, item)
            sub(/[\r\n]+$/, "", item[1])
            name = index($3, prefix) == 1 ? substr($3, length(prefix) + 1) : $3
            head = stamp(int($1 / 1000)) "  " (many > 1 ? name ": " : "")
            count = split(item[1], line, "\n")
            for (i = 1; i <= count || i == 1; i++) print head line[i]
        }' "$work/new"
}

# -- 9. Dead letters
# Reads the queue until it is empty, into $work/letters: message, receipt, machine, trigger, error, and when it was kept; the
# input of each to $work/letter.ID. Until they are given back nobody else sees them, for five minutes at most.
read_letters() {
    must "finding the dead-letter queue" sqs get-queue-url "--region=$region" "--queue-name=$prefix-dead-letters" \
        --output=text --query=QueueUrl
    queue=$(cat "$work/answer")
    : >"$work/letters"
    attributes='MessageAttributes'
    query="Messages[].[MessageId, ReceiptHandle, to_string([Attributes.SentTimestamp, $attributes.TARGET_ARN.StringValue,
        $attributes.SCHEDULE_ARN.StringValue, $attributes.RULE_ARN.StringValue, $attributes.SCHEDULED_TIME.StringValue,
        $attributes.ERROR_CODE.StringValue, $attributes.ERROR_MESSAGE.StringValue,
        $attributes.IS_PAYLOAD_TRUNCATED.StringValue, Body])]"
    while :; do
        must "reading the dead-letter queue" sqs receive-message "--region=$region" "--queue-url=$queue" \
            --max-number-of-messages=10 --visibility-timeout=300 --wait-time-seconds=1 --attribute-names All \
            --message-attribute-names All --output=text "--query=$query"
        before=$(wc -l <"$work/letters")
        bytes_awk -F "$tab" -v OFS="$tab" -v work="$work" "$json_functions$time_functions"'
            FILENAME ~ /letters$/ { known[$1]; next }
            NF == 3 && !($1 in known) && $1 ~ /^[A-Za-z0-9-]+$/ {
                split("", item)
                items($3, item)
                for (i = 1; i <= 8; i++) { gsub(/[\t\n\r]+/, " ", item[i]); if (item[i] == "") item[i] = "-" }
                source = item[3] != "-" ? item[3] : item[4]
                print $1, $2, item[2], source, item[5], item[6], item[7], item[8], stamp(int(item[1] / 1000))
                file = work "/letter." $1
                printf "%s", item[9] >file
                close(file)
            }' "$work/letters" "$work/answer" >"$work/more"
        cat "$work/more" >>"$work/letters"
        [ "$(wc -l <"$work/letters")" -gt "$before" ] || break
    done
}

dead_letters() {
    at_interrupt="what was not started is in the queue again in five minutes at most"
    read_letters
    : >"$work/back"
    listed=0 started=0 refused=0 skipping=''
    # The machine that tells runs of the ends of their jobs.
    watcher=$(limited "$prefix-watcher" 80)
    while IFS=$tab read -r id receipt target source meant code text truncated kept; do
        target_machine "$target" "$source"
        case $found in
            "arn:$partition:states:$region:$caller:stateMachine:$watcher") pipeline_name='' join='' ;;
            "arn:$partition:states:$region:$caller:stateMachine:$prefix-"*) pipeline_of "${found##*:}" ;;
            *) found='' pipeline_name='' join='' ;;
        esac
        if [ -n "$pipeline" ] && [ "$pipeline_name" != "$pipeline" ]; then
            say "$receipt" >>"$work/back"
            continue
        fi
        listed=$((listed + 1))
        describe_letter
        say "$line"
        if [ -z "$start" ]; then
            say "$receipt" >>"$work/back"
        elif start_letter; then
            started=$((started + 1))
        else
            refused=$((refused + 1))
            say "$receipt" >>"$work/back"
        fi
    done <"$work/letters"
    while read -r receipt; do
        call sqs change-message-visibility "--region=$region" "--queue-url=$queue" "--receipt-handle=$receipt" \
            --visibility-timeout=0 || :
    done <"$work/back"
    at_interrupt=''
    if [ "$listed" -eq 0 ]; then say "no start of ${pipeline:-$environment} has failed: $prefix-dead-letters has none"
    elif [ -z "$start" ]; then say "$listed $(plural "$listed" start starts) failed; with --start they are started again"
    else
        say "$started of $listed $(plural "$listed" "failed start was" "failed starts were") started again"
        [ "$refused" -eq 0 ] || return 1
    fi
}

plural() { if [ "$1" -eq 1 ]; then say "$2"; else say "$3"; fi; }

# Sets `found`: the machine that was to be started. Where the letter names the call, its schedule or rule knows.
target_machine() {
    found=$1
    case $1 in *:stateMachine:*) return ;; esac
    found=''
    case $2 in
        *:schedule/*/*)
            schedule=${2#*:schedule/}
            ! call scheduler get-schedule "--region=$region" "--group-name=${schedule%%/*}" "--name=${schedule#*/}" \
                --output=text --query=Target.Arn || found=$(cat "$work/answer")
            ;;
        *:rule/*)
            ! call events list-targets-by-rule "--region=$region" "--rule=${2##*/}" --output=text '--query=Targets[0].Arn' ||
                found=$(cat "$work/answer")
            ;;
    esac
}

# Sets `pipeline_name`: the pipeline whose machine is called $1; or where it is the machine of a trigger that waits for several
# pipelines (--TRIGGER comes after the pipeline's name), the trigger's pipeline, and `join`.
pipeline_of() {
    join=''
    pipeline_name=$(pipelines | awk -v prefix="$prefix-" -v name="$1" '
        { whole = $0; sub("/", "-", whole); whole = prefix whole }
        whole == name || length(whole) > 80 { print length(whole), $0 }' | while read -r size each; do
        if [ "$size" -le 80 ] || [ "$(limited "$prefix-$(say "$each" | tr / -)" 80)" = "$1" ]; then say "$each"; break; fi
    done)
    [ -z "$pipeline_name" ] || return 0
    pipeline_name=$(pipelines | awk -v prefix="$prefix-" -v name="$1" '
        { whole = $0; sub("/", "-", whole); whole = prefix whole }
        index(name, whole "--") == 1 { print; exit }')
    # Where its name was cut before the trigger's, the machine says what it starts: PIPELINE/TRIGGER.
    if [ -z "$pipeline_name" ] && call stepfunctions describe-state-machine "--region=$region" "--state-machine-arn=$found" \
        --output=text --query=definition; then
        comment=$(sed -n 's/.*"Comment": *"Starts \([a-z0-9_-]*\/[a-z0-9_-]*\)\/[a-z0-9_-]* of .*/\1/p' "$work/answer" | head -n 1)
        pipeline_name=$(pipelines | awk -v name="$comment" '$0 == name')
    fi
    [ -z "$pipeline_name" ] || join=yes
}

# Sets `line`.
describe_letter() {
    if [ "${found##*:}" = "$watcher" ]; then
        job=$(sed -n 's/.*"jobName": *"\([A-Za-z0-9_-]*\)".*/\1/p' "$work/letter.$id" | head -n 1)
        line="the end of the job ${job:-with an unknown name}, which its run was not told, kept since $kept: $code"
        [ "$text" = - ] || line="$line: $text"
        return
    fi
    trigger_name=${source##*/}
    [ -z "$pipeline_name" ] || trigger_name=${trigger_name#"$prefix-$(say "$pipeline_name" | tr / -)-"}
    [ "$source" != - ] || trigger_name='an unknown trigger'
    line="${pipeline_name:-${found:-an unknown pipeline}}, by $trigger_name"
    [ "$meant" = - ] || line="$line, meant for $meant"
    line="$line, kept since $kept: $code"
    [ "$text" = - ] || line="$line: $text"
}

# Starts what the letter $id is about, and deletes it. Its name makes sure that a letter that could not be deleted is not started
# a second time, but where the run was skipped.
start_letter() {
    if [ -z "$found" ]; then
        error "letter $id: it does not say which pipeline it is about, so it stays"
        return 1
    fi
    if [ "$truncated" = true ]; then
        error "letter $id: its input was too long for the queue and is not whole, so it stays"
        return 1
    fi
    if [ "${found##*:}" = "$watcher" ]; then
        # An Express run has no page, and to tell a run twice does no harm.
        call stepfunctions start-execution "--region=$region" "--state-machine-arn=$found" "--input=file://$work/letter.$id" \
            --output=text --query=executionArn || {
            error "letter $id: its run was not told, so it stays. The AWS CLI says: $(cli_error)"
            return 1
        }
        say "  its run is told"
        call sqs delete-message "--region=$region" "--queue-url=$queue" "--receipt-handle=$receipt" || {
            error "letter $id: its run is told, but it is still in the queue. The AWS CLI says: $(cli_error)"
            return 1
        }
        return
    fi
    letter_runs=$(say "$found" | sed 's/:stateMachine:/:execution:/')
    run=dead-letter-$id skips=1
    until call stepfunctions start-execution "--region=$region" "--state-machine-arn=$found" "--name=$run" \
        "--input=file://$work/letter.$id" --output=text --query=executionArn; do
        if ! grep -q ExecutionAlreadyExists "$work/error"; then
            error "letter $id: was not started, so it stays. The AWS CLI says: $(cli_error)"
            return 1
        fi
        ask_state "$letter_runs:$run" || {
            error "letter $id: how its run $run ended is not known, so it stays. The AWS CLI says: $(cli_error)"
            return 1
        }
        if [ "$state$skip" != SUCCEEDEDTrue ] || [ "$skips" -ge 1000 ]; then
            say "  was started before"
            run=''
            break
        fi
        skips=$((skips + 1))
        run=dead-letter-$id-$skips
    done
    if [ -n "$run" ]; then
        if [ -n "$join" ]; then say "  started its trigger, which starts it when the others have ended: $(link "$letter_runs:$run")"
        else say "  started: $(link "$letter_runs:$run")"
        fi
        begins "$letter_runs:$run" || return 1
    fi
    call sqs delete-message "--region=$region" "--queue-url=$queue" "--receipt-handle=$receipt" || {
        error "letter $id: was started, but is still in the queue; it will not be started twice. The AWS CLI says: $(cli_error)"
        return 1
    }
}

# Whether the run $1 is not skipped: with `when_busy: skip` it is known only when the runs have been counted.
begins() {
    [ "$skipping" != "$found" ] || { await_turn "$1"; return; }
    call stepfunctions describe-state-machine "--region=$region" "--state-machine-arn=$found" --output=text --query=definition || {
        error "letter $id: whether its run is skipped is not known, so it stays. The AWS CLI says: $(cli_error)"
        return 1
    }
    grep -q '"max_active_runs (skipped)' "$work/answer" || return 0
    skipping=$found
    await_turn "$1"
}

await_turn() {
    pause=1 lost=0
    while [ "$lost" -lt 10 ]; do
        if ! ask_state "$1"; then lost=$((lost + 1))
        elif [ "$state$skip" = SUCCEEDEDTrue ]; then
            error "letter $id: ${pipeline_name:-its pipeline} was busy, so its run was skipped (when_busy: skip), and it stays:" \
                "start it again when no other run is active"
            return 1
        elif [ "$state" != RUNNING ]; then return 0
        elif call stepfunctions get-execution-history "--region=$region" "--execution-arn=$1" --no-include-execution-data \
            --output=text '--query=events[].stateEnteredEventDetails.[name]'; then
            # It goes on where another state comes after those that count.
            ! awk '/^max_active_runs( [(]|,|$)/ { counts = 1; next } NF && counts { found = 1; exit } END { exit !found }' "$work/answer" ||
                return 0
        fi
        nap
    done
    error "letter $id: whether its run is skipped is not known, so it stays. The AWS CLI says: $(cli_error)"
    return 1
}

# -- 10. Backfill
backfill() {
    read_schedules
    [ -s "$work/schedules" ] || die "$pipeline has no schedule in $environment, so it has no times"
    if [ -n "$trigger" ]; then
        case $trigger in *[!a-z0-9-]*) check_name "$trigger" schedule " of $pipeline" <"$work/triggers" ;; esac
        # Where cron's "or" takes two schedules, both are the trigger's.
        awk -F "$tab" -v first="$(limited "$whole-$trigger" 64)" -v second="$(limited "$whole-$trigger-by-weekday" 64)" \
            '$1 == first || $1 == second' "$work/schedules" >"$work/wanted"
        [ -s "$work/wanted" ] || check_name "$trigger" schedule " of $pipeline" <"$work/triggers"
        mv "$work/wanted" "$work/schedules"
    fi
    plan_runs
    count=$(($(wc -l <"$work/runs")))
    [ "$count" -gt 0 ] || { say "no schedule of $pipeline has a time from $from to $to that has come: nothing to start"; return; }
    if [ -n "$dry_run" ]; then
        bytes_awk -F "$tab" -v prefix="$whole-" '{
            if (index($4, prefix) == 1) $4 = substr($4, length(prefix) + 1)
            sub(/-by-weekday$/, "", $4)
            text = ""
            while ((getline line <$3) > 0) text = text line " "
            close($3)
            gsub(/[\t\r]/, " ", text)
            sub(/ $/, "", text)
            print $1 "  " $4 "  " text
        }' "$work/runs"
        say "dry run: $count $(plural "$count" run runs) of $pipeline, $at_once at a time; those that were started before would be left alone"
        return
    fi
    fill
}

# Writes a row for each run to $work/runs: time, name, file with its input, schedule. A name is made of the time and the input: two
# schedules with the same of both make one run, and no second call starts one again.
plan_runs() {
    now=$(date +%s)
    : >"$work/times"
    while IFS= read -r row; do
        times_of "$row" "$from" "$to" 0 0 | awk -v OFS="$tab" -v schedule="$(say "$row" | cut -f 1)" \
            -v arn="$(say "$row" | cut -f 7)" "$time_functions"'
            { print $1, stamp($1, "%04d-%02d-%02dT%02d:%02d:%02dZ"), schedule, arn }' >>"$work/times"
    done <"$work/schedules"
    future=$(awk -F "$tab" -v now="$now" '$1 > now { count++ } END { print count + 0 }' "$work/times")
    [ "$future" -eq 0 ] ||
        error "$future $(plural "$future" time times) from $from to $to $(plural "$future" has have) not come yet:" \
            "left to the schedules"
    awk -F "$tab" -v now="$now" '$1 <= now' "$work/times" | sort -k 1,1n -k 3,3 >"$work/past"
    [ "$(wc -l <"$work/past")" -le 500 ] || [ -n "$yes$dry_run" ] ||
        wrong_usage "that is $(($(wc -l <"$work/past"))) runs of $pipeline: with --yes they are started"
    mkdir "$work/inputs"
    # What EventBridge Scheduler puts in the place of these words (user guide, "Adding context attributes").
    bytes_awk -F "$tab" -v OFS="$tab" -v work="$work" -v stem="backfill-${label:+$label-}" '
        function replace(text, word, by,    position, found) {
            found = ""
            while (position = index(text, word)) {
                found = found substr(text, 1, position - 1) by
                text = substr(text, position + length(word))
            }
            return found text
        }
        function input_of(schedule,    line, text, count) {
            text = ""
            count = 0
            while ((getline line <(work "/input." schedule)) > 0) text = text (count++ ? "\n" : "") line
            close(work "/input." schedule)
            return text
        }
        {
            if (!($3 in input)) input[$3] = input_of($3)
            run = $2
            gsub(/[-:]/, "", run)
            run = stem run
            text = replace(input[$3], "<aws.scheduler.scheduled-time>", $2)
            text = replace(text, "<aws.scheduler.schedule-arn>", $4)
            text = replace(text, "<aws.scheduler.execution-id>", run)
            file = work "/inputs/" NR
            printf "%s", replace(text, "<aws.scheduler.attempt-number>", "1") >file
            close(file)
            print $2, run, file, $3
        }' "$work/past" >"$work/filled"
    : >"$work/sums"
    # The folder may have blanks in its path.
    [ ! -s "$work/filled" ] || awk '{ print NR }' "$work/filled" | (cd -- "$work/inputs" && xargs cksum) >"$work/sums"
    cut -d ' ' -f 1 "$work/sums" | paste - "$work/filled" |
        awk -F "$tab" -v OFS="$tab" 'NF == 5 && !seen[$3 FS $1]++ { print $2, $3 "-" $1, $4, $5 }' >"$work/runs"
}

# Starts the rows of $work/runs, so that never more than $at_once of them run.
fill() {
    at_interrupt="runs that were started go on; the same call goes on with those that are left"
    started=0 before=0 succeeded=0 failures=0 skipped=0 pause=1 lost=0
    : >"$work/flying"
    must "listing the runs of $pipeline" stepfunctions list-executions "--region=$region" "--state-machine-arn=$machine" \
        --status-filter=RUNNING --output=text '--query=executions[].[name]'
    cp "$work/answer" "$work/running"
    exec 3<"$work/runs"
    left=yes
    while [ -n "$left" ] || [ -s "$work/flying" ]; do
        if [ -s "$work/flying" ]; then land; fi
        while [ -n "$left" ] && [ "$(wc -l <"$work/flying")" -lt "$at_once" ]; do
            if IFS=$tab read -r time run file _ <&3; then launch; else left=''; fi
        done
        [ ! -s "$work/flying" ] || nap
    done
    exec 3<&-
    at_interrupt=''
    say "$pipeline: $started started, $before had run before; $succeeded succeeded, $failures failed$(
        [ "$skipped" -eq 0 ] || say ", $skipped skipped")"
    [ "$skipped" -eq 0 ] || error "$skipped $(plural "$skipped" "time was" "times were") skipped (when_busy: skip) and" \
        "$(plural "$skipped" has have) not had a run: the same call starts $(plural "$skipped" it them) again." \
        "With --at-once no more than max_active_runs, they seldom get into each other's way"
    [ "$failures" -eq 0 ] ||
        error "\`run.sh $environment redrive $pipeline RUN\` goes on with a failed run; --label starts all times once more"
    [ "$((failures + skipped))" -eq 0 ]
}

# Starts the run $run, where it was not started before. AWS keeps names for 90 days.
launch() {
    tries=0 skips=1 first=$run
    until call_start "$run" "$file"; do
        if grep -q ExecutionAlreadyExists "$work/error"; then
            ask_state "$runs:$run" || failed "asking about the run $run"
            if [ "$state$skip" = SUCCEEDEDTrue ]; then
                skips=$((skips + 1))
                [ "$skips" -lt 1000 ] || die "starting the run for $time failed: it was skipped $((skips - 1)) times"
                run=$first-$skips
                continue
            fi
            before=$((before + 1))
            say "$time: has had its run"
            return
        fi
        tries=$((tries + 1))
        grep -Eq 'Throttling|TooManyRequests|ExecutionLimitExceeded' "$work/error" || failed "starting the run for $time"
        [ "$tries" -lt 20 ] || failed "starting the run for $time"
        nap
    done
    # For a run of this name and input that goes on, AWS answers as for a new one.
    if grep -Fqx -e "$run" "$work/running"; then
        before=$((before + 1))
        say "$time: still runs"
    else
        started=$((started + 1))
        say "$time: started $run"
    fi
    say "$time$tab$run" >>"$work/flying"
    pause=1
}

# Sets `state`, and `skip` to True where the run $1 was skipped (when_busy: skip): it has succeeded, and done nothing.
ask_state() {
    call stepfunctions describe-execution "--region=$region" "--execution-arn=$1" --output=text "--query=[status,
        output=='{\"skipped\":\"max_active_runs\"}' || output=='{\"skipped\": \"max_active_runs\"}']" || return 1
    IFS=$tab read -r state skip <"$work/answer"
}

# Takes those that have ended out of $work/flying.
land() {
    : >"$work/still"
    while IFS=$tab read -r time run; do
        if ! ask_state "$runs:$run"; then
            # An answer that fails once does not end the rest.
            lost=$((lost + 1))
            [ "$lost" -lt 10 ] || failed "following the run $run"
            say "$time$tab$run" >>"$work/still"
            continue
        fi
        lost=0
        case $state$skip in
            RUNNING* | PENDING_REDRIVE*) say "$time$tab$run" >>"$work/still" ;;
            SUCCEEDEDTrue)
                skipped=$((skipped + 1))
                error "$time: skipped, as $pipeline was busy: the run $run has done nothing"
                ;;
            SUCCEEDED*)
                succeeded=$((succeeded + 1))
                say "$time: succeeded"
                ;;
            *)
                failures=$((failures + 1))
                error "$time: $state: $(reason_of "$runs:$run")"
                say "  $(link "$runs:$run")"
                ;;
        esac
    done <"$work/flying"
    mv "$work/still" "$work/flying"
}

# -- 11. The whole
# shellcheck disable=SC2329 # the traps in main call it
interrupted() {
    trap '' INT TERM HUP
    for job in $running; do kill "$job" 2>/dev/null || :; done
    [ -z "$child" ] || kill "$child" 2>/dev/null || :
    wait
    error "interrupted${at_interrupt:+: $at_interrupt}"
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
    # For the AWS CLI: no pager, no questions, errors as plain text, and files and answers in UTF-8 whatever the locale is.
    export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_CLI_ERROR_FORMAT=legacy AWS_CLI_FILE_ENCODING=UTF-8 PYTHONUTF8=1
    unset CDPATH
    child='' running='' at_interrupt=''
    out=$(own_folder) || die "the folder of this script, $0, cannot be found: call it by its own path, not by a link"
    plan=$out/deploy.plan
    [ -f "$plan" ] || die "deploy.plan is missing beside this script, run dorc-synth again"
    [ ! -e "$out/.dorc-synth-incomplete" ] ||
        die "dorc-synth writes $out now, or was interrupted, so it may be partly old: run dorc-synth again"
    read_arguments "$@"
    check_plan
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
    check_arguments
    command -v aws >/dev/null || die "the AWS CLI (aws) is missing: see https://aws.amazon.com/cli"
    check_account
    case $command in
        status) status ;;
        start) start_run ;;
        logs) logs ;;
        stop) stop_runs ;;
        redrive) redrive_run ;;
        dead-letters) dead_letters ;;
        backfill) backfill ;;
    esac
}

main "$@"
