"""Runs a pipeline on this computer, without AWS and without Docker.

What runs is the compiled state machine. In the order in which data flows:

    plan          the JSON that `dorc-synth run` writes -> Plan: machines, functions, what starts them
    command_line  options -> a Run, its output on stdout, an exit status
    interpreter   a machine, an input -> an output or a failure: the states one after another, retries, catches
    parallel      Parallel and Map: branches and items side by side
    distributed   what a Distributed Map has beside that: batches, tolerated failures, items and results in files
    expressions   JSONata between {% and %} -> values
    tasks         the resource of a Task -> its answer: a function, another pipeline, a mock
    workers       functions -> answers, by processes that are kept between calls; `worker` is such a process
    report        what happens -> lines, a live list, or JSON

Where a rule is AWS's own, its source stands beside it. "Guide" is the AWS Step Functions Developer Guide, "Lambda guide" that of
AWS Lambda, "recorded" an execution on AWS whose history LocalStack published as a snapshot.
"""
