"""Runs a pipeline on this computer, without AWS and without Docker.

What runs is the compiled state machine. In the order in which data flows:

What is given
    plan          the JSON that `dorc-synth run` writes -> Plan: machines, functions, what starts them; read with `nodes`
    languages     which definitions can run here
    options       the command line -> values; `events` the input that a trigger sends, `secret_values` the values of secrets,
                  `reach` which pipelines and functions can run at all

The run
    command_line  options -> a run, its output on standard output, an exit status
    attempt       a run in a thread, to be interrupted; `resume` what `--from` goes on with, `changes` whether it
                  still fits, `single` what `--only` runs
    execution     the values that go with a run: Run, Execution, Branch, Visit; `scope` what ends with what, and when
    interpreter   a machine, an input -> an output or a failure: the states one after another, retries, catches
    parallel      Parallel and Map: branches and items side by side
    distributed   what a Distributed Map has beside that: batches, tolerated failures, items and results in files
    datasets      the items of a Map, from data or from files; `buckets` is S3 as a folder
    expressions   JSONata between {% and %} -> values; `dialect` the functions of Step Functions, `jsonata_errors` what is said of one
                  that fails, `jsonata_text` how values are written
    tasks         the resource of a Task -> its answer: a function, another pipeline, or one of the `mocks`
    errors        what goes wrong, and which names in `Retry` and `Catch` cover it

Functions
    workers       functions -> answers, by processes that are kept between calls
    process       one process seen from here; `worker` is what runs in it, with `marshalling` what it answers, and needs nothing of the
                  rest
    lambda_answers  the environment of a function on Lambda, and what Lambda says of a call that failed
    folders       which files a run has written where Lambda lets functions only read
    image_packages  which packages they import that their image will not have

What is told
    report        what happens -> lines or JSON; `live` a list on a terminal, `messages` how a run has ended and what to do next,
                  `terminal` what of it a terminal may show
    testing       the `cases` beside pipelines -> verdicts

Where a rule is AWS's own, its source is in a comment there. "Guide" is the AWS Step Functions Developer Guide, "Lambda guide" that of
AWS Lambda, "recorded" an execution on AWS whose history LocalStack published as a snapshot.
"""
