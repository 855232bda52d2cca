import DorcTestSupport
import Testing
@testable import DorcText

/// Mistakes in a pipeline.yaml: each example has one, at its mark.
@Suite struct PipelineFindingTests {
    private func check(_ source: String, _ id: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let marked = Marked(source)
        let findings = Repository(marked.text).load().findings
            .filter { ![.unreadBucket, .unusedFunction].contains($0.id) }
        #expect(findings.map(\.id.rawValue) == [id], sourceLocation: sourceLocation)
        if let finding = findings.first { #expect(finding.place == marked.place, sourceLocation: sourceLocation) }
    }

    @Test(arguments: [
        ("steps: [extract, {name: load, after: [⟦lod⟧]}]", "unknown-step"),
        ("steps: [{name: ⟦extract⟧, after: load}, {name: load, after: extract}]", "step-cycle"),
        ("steps: [{name: ⟦extract⟧, after: extract}]", "step-cycle"),
        ("steps: [extract, {name: load, after: [extract, ⟦extract⟧]}]", "duplicate-after"),
        ("steps: [extract, ⟦extract⟧]", "duplicate-step"),
        ("steps: [{name: ⟦go⟧, wait: 5m, task: 'arn:aws:states:::sns:publish'}]", "two-actions"),
        ("steps: [⟦{wait: 5m}⟧]", "missing-key"),
        ("steps: [{name: settle, wait: 5m, retry: ⟦2⟧}]", "misplaced-key"),
        ("steps: [{name: settle, wait: {until: ⟦tomorrow⟧}}]", "invalid-value"),
        ("steps: [{name: load, max_concurrency: ⟦4⟧}]", "misplaced-key"),
        ("steps: [{name: load, for_each: [1], max_concurrency: ⟦41⟧}]", "out-of-range"),
        ("steps: [{name: train, pipeline: ⟦curated/model⟧}]", "unknown-pipeline"),
        ("steps: [{name: load, timeout: ⟦1m⟧}]", "step-timeout"),
        ("steps: [extract]\nfunctions: {⟦load⟧: {memory: 512}}", "unused-settings"),
        ("steps: [{name: x, function: ⟦extrct⟧}]", "no-function"),
        ("steps: [extract]\nfunctions: {extract: {reserved_concurrency: ⟦0⟧}}", "out-of-range"),
    ])
    func `a mistake in the steps is told at its place`(source: String, id: String) { check(source, id) }

    @Test(arguments: [
        ("steps: [{name: extract, catch: ⟦load⟧}, load]", "error-path"),
        ("steps: [extract, {name: ⟦load⟧, only_on_error: true}]", "uncaught-handler"),
        (
            "steps: [{name: extract, catch: load}, {name: load, only_on_error: true}, {name: x, function: load, after: ⟦load⟧}]",
            "error-path"
        ),
        ("steps: [{name: extract, catch: ⟦nobody⟧}]", "unknown-step"),
        ("steps: [{name: extract, then: ⟦fail⟧}]", "misplaced-key"),
        (
            "steps: [{name: extract, catch: [{errors: ⟦States.ALL⟧, next: load}, {next: load}]}, {name: load, only_on_error: true}]",
            "retry-errors"
        ),
        (
            "steps: [{name: extract, for_each: {items: [1]}, catch: [{errors: ⟦[ValueError, States.Timeout]⟧, next: load}]}, {name: load, only_on_error: true}]",
            "unmatched-error"
        ),
        ("steps: [{name: extract, retry: {errors: [⟦States.ExceedToleratedFailureThreshold⟧]}}]", "unmatched-error"),
        ("steps: [{name: extract, retry: {errors: [⟦Lambda.TooManyRequestException⟧]}}]", "unknown-error"),
        ("steps: [{name: extract, retry: {errors: [⟦lambda.TooManyRequestsException⟧]}}]", "unknown-error"),
        (
            "steps: [{name: extract, catch: [{errors: [⟦Lambda.ServiceExeption⟧], next: load}]}, {name: load, only_on_error: true}]",
            "unknown-error"
        ),
        ("steps: [{name: extract, retry: {errors: [⟦Lambda.TooManyRequests⟧]}}]", "unknown-error"),
        ("steps: [{name: extract, retry: {errors: [⟦Exception⟧, ValueError]}}]", "unknown-error"),
        ("steps: [{name: extract, retry: {errors: [⟦json.JSONDecodeError⟧]}}]", "unknown-error"),
        ("steps: [{name: extract, retry: {errors: [⟦requests.exceptions.HTTPError⟧]}}]", "unknown-error"),
        ("steps: [{name: extract, retry: {errors: [⟦Lambda.Timeout⟧]}}]", "unknown-error"),
        ("steps: [{name: extract, retry: {errors: [⟦IOError⟧]}}]", "unknown-error"),
    ])
    func `a mistake in an error path is told at its place`(source: String, id: String) { check(source, id) }

    @Test(arguments: [
        ("steps: [{name: extract, when: ⟦rows > 0⟧}]", "jsonata-syntax"),
        ("steps: [{name: extract, when: '{% $states.input.rows > ⟦)⟧ %}'}]", "jsonata-syntax"),
        ("steps: [{name: extract, when: ⟦'{% 1 + 1 %}'⟧}]", "no-condition"),
        ("steps: [{name: extract, when: '{% ⟦rows⟧ > 0 %}'}]", "jsonata-mistake"),
        ("steps: [{name: extract, when: '{% ⟦$row⟧ > 0 %}'}]", "jsonata-mistake"),
        (
            "steps:\n  - name: extract\n    when: >-\n      {% $states.input.rows >\n      ⟦$limit⟧ %}",
            "jsonata-mistake"
        ),
        (
            "steps:\n  - name: extract\n    when: |\n      {% $states.input.rows\n         > ⟦$limit⟧ %}",
            "jsonata-mistake"
        ),
        ("steps: [{name: extract, when: '{% $states.input.day = ''x'' and ⟦$y⟧ %}'}]", "jsonata-mistake"),
        (#"steps: [{name: extract, when: "{% $states.input.day = \"x\" and ⟦$y⟧ %}"}]"#, "jsonata-mistake"),
        ("steps: [{name: extract, when: \"{% $states.input.day =\n   ⟦$y⟧ %}\"}]", "jsonata-mistake"),
        ("steps: [{name: extract, for_each: ⟦files⟧}]", "no-list"),
        ("steps: [{name: extract, for_each: ⟦'{% $states.input.files'⟧}]", "jsonata-syntax"),
        ("steps: [{name: extract, for_each: ⟦'{% 3 %}'⟧}]", "no-list"),
        ("steps: [{name: extract, for_each: ⟦'{% $states.input.files[size > 1] %}'⟧}]", "may-be-no-list"),
        ("steps: [{name: extract, for_each: ⟦{results: {bucket: landing}}⟧}]", "for-each-source"),
        ("steps: [{name: extract, for_each: {s3: {bucket: ⟦Landing⟧}}}]", "invalid-bucket"),
        ("steps: [{name: extract, for_each: ⟦{s3: {bucket: landing}}⟧}]", "results-too-large"),
        ("steps: [{name: extract, for_each: [1], batch: ⟦5⟧}]", "misplaced-key"),
        ("steps: [{name: extract, for_each: {items: [1]}, tolerated_failures: ⟦-1⟧}]", "invalid-value"),
        ("steps: [{name: extract, for_each: {items: [1]}, tolerated_failures: ⟦100.5%⟧}]", "invalid-value"),
        ("steps: [{name: extract, retry: {errors: [⟦States.Runtime⟧]}}]", "terminal-error"),
        ("steps: [{name: extract, arguments: {⟦Ref⟧: x}}]", "function-in-arguments"),
        ("steps: [{name: extract, arguments: {b: ⟦$.detail.bucket.name⟧}}]", "dead-expression"),
        ("steps: [{name: extract, arguments: {b: [⟦'$$.Execution.Id'⟧]}}]", "dead-expression"),
        ("steps: [{name: extract, arguments: {b: ⟦$states.input.x⟧}}]", "dead-expression"),
        ("steps: [{name: extract, arguments: {b: ⟦'{{ $states.input.x }}'⟧}}]", "dead-expression"),
        ("steps: [{name: extract, arguments: {b: 'at ⟦{{$states.input.x}}⟧'}}]", "dead-expression"),
        ("steps: [{name: extract, arguments: {b: '{% ⟦$states.input.fit-mean⟧.rows %}'}}]", "jsonata-mistake"),
        ("steps: [{name: extract, arguments: {b: '{% ⟦$states.input.a-b-c⟧ %}'}}]", "jsonata-mistake"),
        (
            "parameters: {full: 1}\nsteps: [{name: extract, arguments: {b: '{% $run_input.⟦ful⟧ %}'}}]",
            "unlikely-parameter"
        ),
        (
            "parameters: {full: 1}\nsteps: [{name: extract, for_each: {items: [1]}, arguments: {b: '{% ⟦$run_input⟧.full %}'}}]",
            "jsonata-mistake"
        ),
        (
            "steps: [{name: extract, for_each: {items: [1]}, arguments: {b: '{% ⟦$states.context.Execution.Input⟧ %}'}}]",
            "raw-input"
        ),
        ("steps: [{name: extract, arguments: {b: '{% $states.context.⟦execution⟧.Name %}'}}]", "unknown-context"),
        ("steps: [{name: extract, arguments: '{% $states.context.⟦Map⟧.Item.Value %}'}]", "unknown-context"),
        (
            "steps: [{name: extract, for_each: [1], when: '{% $states.context.⟦Map⟧.Item.Value = 1 %}'}]",
            "unknown-context"
        ),
        ("steps: [{name: extract, arguments: {b: '{% $states.input⟦[\"detail\"]⟧ %}'}}]", "jsonata-mistake"),
        (
            "steps: [{name: extract, for_each: {s3: {bucket: landing, prefix: a/}, results: ⟦{bucket: landing, prefix: a/out}⟧}}]",
            "results-are-items"
        ),
        (
            "steps: [{name: extract, for_each: {s3: {bucket: landing, prefix: a}, results: ⟦{bucket: landing, prefix: a}⟧}}]",
            "results-are-items"
        ),
        (
            "steps: [{name: extract, for_each: {s3: {bucket: landing}, results: ⟦{bucket: landing}⟧}}]",
            "results-are-items"
        ),
    ])
    func `a mistake in an expression is told at its place`(source: String, id: String) { check(source, id) }

    @Test(arguments: [
        "arguments: {price: $5.00, home: $HOME, all: $, dot: $., text: $.5, sum: $.a + 1, two: $.a $.b, end: $.a-}",
        "arguments: {InputPath: $.detail, PathsMap: {x: [$.detail.x]}, jsonpath: '$[0].b', shell: $states.inputs}",
        "for_each: [1], arguments: '{% $states.context.Map.Item.Value %}'",
        "for_each: {s3: {bucket: landing, prefix: a/}, results: {bucket: landing, prefix: b}}",
        "for_each: {s3: {bucket: landing, prefix: a/}, results: {bucket: other, prefix: a/out}}",
        "for_each: {s3: {bucket: landing, prefix: a/}, results: {bucket: landing, prefix: ab}}",
        "for_each: {s3: {bucket: landing, prefix: a/}, results: {bucket: landing}}",
        "retry: {errors: [Lambda.TooManyRequestsException, Lambda.Unknown, Lambda.SomethingOther, TooManyRequest]}",
        "retry: {errors: [Lambda.SnapStartException, Lambda.EFSIOException]}",
    ])
    func `what is meant so is let through`(keys: String) {
        let findings = Repository("steps: [{name: extract, \(keys)}]").load().findings
        #expect(findings.filter { ![.unreadBucket, .unusedFunction].contains($0.id) } == [])
    }

    @Test(arguments: [
        "[{next: load}]", "[{errors: [States.ExceedToleratedFailureThreshold, ValueError], next: load}]",
        "[{errors: States.TaskFailed, next: load}]", "[{errors: States.ItemReaderFailed, next: load}]",
    ])
    func `a catch of a Distributed Map that can match is let through`(value: String) {
        let steps = "{name: extract, for_each: {items: [1], results: {bucket: out}}, catch: \(value)}"
        let findings = Repository("steps: [\(steps), {name: load, only_on_error: true}]").load().findings
        #expect(findings.filter { ![.unreadBucket, .unusedFunction].contains($0.id) } == [])
    }

    @Test(arguments: [
        ("⟦sns:publish⟧", "invalid-task"),
        ("⟦arn:aws:states:::redshift:run⟧", "invalid-task"),
        ("⟦arn:aws:states:::aws-sdk:s3:CopyObject⟧", "invalid-task"),
        ("⟦arn:aws:states:::glue:startJobRun.wait⟧", "invalid-task"),
        ("⟦arn:aws:states:::aws-sdk:s3⟧", "invalid-task"),
        ("⟦arn:aws:lambda:eu-west-2:1:function:x⟧", "invalid-task"),
        ("⟦arn:aws:s3:::bucket⟧", "invalid-task"),
    ])
    func `a mistake in a task is told at its place`(source: String, id: String) {
        let step = "{name: call, task: '\(source)', permissions: []}"
        check("steps: [\(step.replacing("'⟦", with: "⟦'").replacing("⟧'", with: "'⟧"))]", id)
    }

    @Test(arguments: [
        "arn:aws:states:::sns:publish", "arn:aws:states:::glue:startJobRun.sync",
        "arn:aws:states:::sqs:sendMessage", "arn:aws:states:::aws-sdk:s3:copyObject",
        "arn:aws-cn:states:::aws-sdk:sagemakerruntime:invokeEndpoint",
        "arn:aws:lambda:${region}:${account}:function:other", "arn:aws:states:eu-west-2:111122223333:activity:press",
    ])
    func `every kind of task is let through`(resource: String) {
        let findings = Repository(
            "steps: [{name: call, task: '\(resource)', permissions: [], timeout: 1h}]", functions: []
        )
        .load()
        .findings
        #expect(findings == [])
    }

    @Test(arguments: [
        ("{actions: s3:GetObject, resources: ⟦'*'⟧}", "wildcard-resource"),
        ("{actions: sns:Publish, resources: ⟦'arn:aws:sns:eu-west-2:111122223333:*'⟧}", "wildcard-resource"),
        ("{actions: sns:Publish, resources: ⟦topic⟧}", "invalid-value"),
        ("{actions: ⟦publish⟧, resources: 'arn:aws:sns:eu-west-2:111122223333:t'}", "invalid-value"),
        ("⟦{actions: sns:Publish}⟧", "missing-key"),
    ])
    func `a mistake in permissions is told at its place`(source: String, id: String) {
        check("steps: [extract]\npermissions: [\(source)]", id)
    }

    @Test func `a wildcard with a reason is let through`() {
        let permission = "{actions: 'athena:ListDataCatalogs', resources: '*', reason: takes no ARN}"
        let findings = Repository("steps: [extract, load]\npermissions: [\(permission)]").load().findings
        #expect(findings == [])
    }

    @Test(arguments: [
        "steps: [{name: extract, retry: {errors: [ValueError, S3.NoSuchKeyException, my-error, States.Http.StatusCode.404]}}]",
        "steps: [{name: extract, retry: {errors: [Sandbox.Timedout, Runtime.OutOfMemory, Function.ResponseSizeTooLarge]}}]",
        "parameters: {full: 1}\nsteps: [{name: extract, arguments: {b: '{% $run_input.scheduled_time & $run_input.full %}'}}]",
        "steps: [{name: extract, arguments: {b: '{% $states.input.a - $states.input.b %}'}}]",
        "steps: [{name: extract, for_each: [1], arguments: {b: '{% $states.context.Execution.Input %}'}}]",
        "functions: {extract: {environment: {TT: 'at {{ $x }}'}}}\nsteps: [extract]",
    ])
    func `what looks like a mistake and is none is let through`(source: String) {
        let findings = Repository(source).load().findings.filter { $0.id != .unusedFunction }
        #expect(findings.map(\.id) == [])
    }

    @Test(arguments: [
        ("steps: [{name: extract, parallel: [a]}]", "side by side"), ("steps: [extract, [extract]]", "side by side"),
        ("steps: [{name: extract, else: a}]", "opposite"), ("steps: [{name: extract, while: a}]", "for_each"),
        ("steps: [{name: extract, choice: a}]", "`when`"), ("steps: [{name: extract, gpu: 1}]", "compute: {"),
        ("functions: {extract: {gpu: 1}}\nsteps: [extract]", "compute: {"),
        ("functions: {extract: {requirements: [a]}}\nsteps: [extract]", "next to pipeline.yaml"),
        ("start_date: 2030-01-01\nsteps: [extract]", "start_date: 2030-01-01"),
        ("timezone: UTC\nsteps: [extract]", "timezone: Europe/London"),
    ])
    func `a word of other tools is told what to write instead`(source: String, words: String) throws {
        let findings = Repository(source).load().findings.filter { $0.id != .unusedFunction }
        let finding = try #require(findings.first)
        #expect(findings.count == 1 && finding.help?.contains(words) == true)
    }

    @Test func `where GPUs cannot be read, nothing is said of the size`() {
        let source = "functions: {extract: {compute: {vcpu: 3, memory: 16384, gpu: true}}}\nsteps: [extract]"
        #expect(!Repository(source).load().findings.contains { $0.id == .computeOnEC2 })
    }
}
