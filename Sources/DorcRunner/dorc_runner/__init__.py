"""Runs a pipeline on this computer, without AWS and without Docker.

What runs is the compiled state machine. In the order in which data flows:

    plan          the JSON that `dorc-synth run` writes -> Plan: machines, functions, what starts them
    options, command_line   options -> a run, its output on standard output, an exit status; `attempt` is that run, to be interrupted
    interpreter   a machine, an input -> an output or a failure: the states one after another, retries, catches
    parallel      Parallel and Map: branches and items side by side
    distributed   what a Distributed Map has beside that: batches, tolerated failures, items and results in files
    expressions   JSONata between {% and %} -> values
    tasks         the resource of a Task -> its answer: a function, another pipeline, a mock
    workers       functions -> answers, by processes that are kept between calls; `process` is one seen from here, `worker` what runs in it
    report, live  what happens -> lines or JSON, or a live list
    testing       cases beside a pipeline -> verdicts

Where a rule is AWS's own, its source is in a comment there. "Guide" is the AWS Step Functions Developer Guide, "Lambda guide" that of
AWS Lambda, "recorded" an execution on AWS whose history LocalStack published as a snapshot.
"""
