import DorcTestSupport
import Testing
@testable import JSONata

@Suite struct JSONataFindingTests {
    private func findings(_ text: String) throws -> [JSONataFinding] {
        try JSONataExpression(parsing: text).findings(stateFields: ["input", "context"], variables: ["threshold"])
    }

    @Test(arguments: JSONataExamples.forStepFunctions)
    func `an expression for Step Functions is let through`(text: String) throws {
        #expect(try findings(text) == [])
    }

    @Test(arguments: [
        ("⟦$conut⟧($states.input.rows)", JSONataFinding.Rule.unknownFunction, "$count" as String?),
        ("⟦$len⟧($states.input.rows)", .unknownFunction, "$count"),
        ("⟦$eval⟧($states.input.text)", .unknownFunction, "$parse"),
        ("⟦len⟧($states.input.rows)", .unknownFunction, "$count"),
        ("⟦count⟧($states.input.rows)", .unknownFunction, "$count"),
        ("$states.input.name.⟦upper⟧()", .unknownFunction, "$uppercase"),
        ("$states.input.rows ~> ⟦$summ⟧", .unknownFunction, "$sum"),
        ("$map($states.input.rows, ⟦$uper⟧)", .unknownFunction, nil),
        ("( $double := function($x) { $x * 2 }; ⟦$duoble⟧(2) )", .unknownFunction, "$double"),
        ("⟦States.Format⟧('{}', $states.input.day)", .unknownFunction, nil),
        ("⟦$nothingLikeIt⟧(1)", .unknownFunction, nil),
        ("⟦$input⟧.rows > 0", .unknownVariable, "$states.input"),
        ("⟦$state⟧.input", .unknownVariable, "$states"),
        ("( $rows := 1; ⟦$row⟧ + 1 )", .unknownVariable, "$rows"),
        ("$states.⟦result⟧.Payload", .unknownStateField, nil),
        ("$states.⟦errorOutput⟧", .unknownStateField, nil),
        ("$states.⟦inputs⟧.rows", .unknownStateField, "input"),
        ("$states.⟦rows⟧[0]", .unknownStateField, "input.rows"),
        ("$states.input⟦['detail']⟧", .stringFilter, ".detail"),
        ("$states.input⟦[\"detail\"]['bucket name'][\"in\"]⟧", .stringFilter, ".detail.`bucket name`.`in`"),
        ("$states.input.rows[0]⟦['day']⟧ & '!'", .stringFilter, ".day"),
        ("$states.input⟦['rows']⟧[price > 1]", .stringFilter, ".rows"),
        ("$states⟦['input']⟧.rows", .stringFilter, ".input"),
        ("$states.input⟦['a`b']⟧", .stringFilter, nil),
        ("$states.context.⟦execution⟧.Name", .unknownContextField, "Execution"),
        ("$states.context.Execution.⟦name⟧", .unknownContextField, "Name"),
        ("$states.context.Execution.⟦StartTme⟧", .unknownContextField, "StartTime"),
        ("$states.context.Map.Item.⟦index⟧ + 1", .unknownContextField, "Index"),
        ("⟦rows⟧ > 0", .noContext, "$states.input.rows"),
        ("$count(⟦rows⟧)", .noContext, "$states.input.rows"),
        ("⟦rows⟧.price", .noContext, "$states.input.rows"),
        ("⟦rows⟧[price > 1]", .noContext, "$states.input.rows"),
        ("$states.input.rows[price > 1] & ⟦day⟧", .noContext, "$states.input.day"),
        ("⟦input⟧.rows", .noContext, "$states.input"),
        ("⟦states⟧.input", .noContext, "$states"),
        ("⟦`first name`⟧", .noContext, "$states.input.`first name`"),
        ("{⟦day⟧: 1}", .noContext, "\"day\""),
        ("$map($states.input.rows, function($row) { ⟦row⟧.price })", .noContext, "$row"),
        ("$map($states.input.rows, function($row) { ⟦price⟧ })", .noContext, "$states.input.price"),
        ("⟦$⟧.rows", .noContext, "$states.input"),
        ("⟦$$⟧.Execution.Id", .noContext, "$states.context"),
        ("⟦$$⟧.rows", .noContext, "$states.input"),
        ("$states.input.rows[price > ⟦$$⟧.limit]", .noContext, "$states.input"),
        ("$count(⟦*⟧)", .noContext, nil),
        ("⟦**⟧.price", .noContext, nil),
        ("⟦'rows'⟧.price", .noContext, "$states.input.'rows'"),
        ("$states.input.x = ⟦None⟧", .foreignValue, "null"),
        ("$states.input.rows[done = ⟦True⟧]", .foreignValue, "true"),
        ("'day ' ⟦+⟧ $states.input.day", .addedText, "&"),
        ("1 ⟦+⟧ $string(2)", .addedText, "&"),
        ("( $x ⟦=⟧ 1; $x + 1 )", .unusedComparison, ":="),
        ("⟦$states.input.a ?? 1⟧", .newerOperator, "($exists($states.input.a) ? $states.input.a : 1)"),
        ("⟦$states.input.a ?: 1⟧", .newerOperator, "($states.input.a ? $states.input.a : 1)"),
    ])
    func `a mistake is found in its place`(source: String, rule: JSONataFinding.Rule, replacement: String?) throws {
        let marked = Marked(source)
        let found = try findings(marked.text)
        #expect(found.map(\.rule) == [rule])
        #expect(found.first?.offset == marked.offset)
        #expect(found.first?.replacement == replacement)
    }

    @Test(arguments: [
        "$states.context.Execution.Input.name", "$states.context.Execution.Input.detail.Execution",
        "$states.context.Execution.RedriveTime", "$states.context.State.RetryCount > 0", "$states.context.Task.Token",
        "$states.context.StateMachine.Name", "$states.context.Map.Item.Value.value", "$states.context.Map.Item.Source",
        "$states.context.Execution.SomethingNew", "$states.context.*.Name",
        "$states.context[State.Name = 'x'].Execution",
        "$states.input.context.execution.name", "$states.input.rows[day = 'x']", "$states.input.rows[$trim(name)]",
        "$states.input.rows[0]", "$states.input.rows[$states.input.key]", "['detail']", "{'a': ['b']}",
    ])
    func `what is as documented is let through`(text: String) throws {
        #expect(try findings(text) == [])
    }

    @Test func `there is an item in an iteration alone`() throws {
        let expression = try JSONataExpression(parsing: "$states.context.Map.Item.Value")
        let found = expression.findings(stateFields: ["input", "context"], hasItem: false)
        #expect(found.map(\.rule) == [.unknownContextField])
        #expect(found.first?.offset == 16..<19)
    }

    @Test(arguments: [
        "⟦rows⟧ > 0", "$count(⟦rows⟧)", "⟦len⟧($states.input.rows)", "{⟦day⟧: 1}", "⟦$⟧.rows", "'a' ⟦+⟧ 'b'",
        "( $x ⟦=⟧ 1; $x + 1 )", "$states.⟦rows⟧", "$states.input⟦['a']['b c']⟧",
        "$states.context.⟦execution⟧.Id", "[⟦$states.input.a ?? 1⟧]", "$states.input.x = ⟦None⟧",
    ])
    func `a replacement leaves nothing to find`(source: String) throws {
        let marked = Marked(source)
        let replacement = try #require(try findings(marked.text).first?.replacement)
        #expect(try findings(marked.replacing(replacement)) == [])
    }

    @Test func `what is available decides`() throws {
        let expression = try JSONataExpression(parsing: "$states.result.Payload")
        #expect(expression.findings(stateFields: ["input", "context", "result"]) == [])
        #expect(expression.findings(stateFields: ["input", "context"]).count == 1)
    }
}

@Suite struct JSONataKindTests {
    @Test(arguments: [
        ("[1, 2]", JSONataKind.array), ("$states.input.rows[]", .array), ("$states.input.rows[][a]", .array),
        ("$split('a b', ' ')", .array),
        ("{'a': 1}", .object), ("$states.input.rows{name: $sum(price)}", .object), ("$merge([])", .object),
        ("'x'", .string), ("1 & 2", .string), ("'a' ~> $uppercase", .string), ("'a' ~> $uppercase()", .string),
        ("5", .number), ("-$x", .number), ("1 + $x", .number), ("$count($x)", .number),
        ("true", .boolean), ("$x > 1", .boolean), ("$x in [1]", .boolean), ("$exists($x)", .boolean),
        ("$not($x)", .boolean),
        ("null", .null),
        ("function($x) { 1 }", .function), ("$sum", .function), ("$f(?, 1)", .function), ("/a/", .function),
        ("$trim ~> $uppercase", .function),
        ("$x ? 'a' : 'b'", .string), ("$x ? 'a' : 1", .unknown), ("$x ? 1", .number),
        ("( $x := 1; [$x] )", .array), ("$x := 'a'", .string), ("()", .unknown),
        ("$states.input", .unknown), ("$x", .unknown), ("$states.input.rows[0]", .unknown),
        ("$lookup($x, 'a')", .unknown),
        ("( $count := function($x) { 'a' }; $count(1) )", .unknown), ("function($x) { 'a' }(1)", .string),
    ])
    func `a kind is known where it is sure`(text: String, kind: JSONataKind) throws {
        #expect(try JSONataExpression(parsing: text).kind == kind)
    }

    @Test(arguments: [
        ("$states.input.rows[price > 1]", true), ("$rows[price > 1]", true), ("$filter($rows, $boolean)", true),
        ("$rows ~> $filter(function($r) { $r.price > 1 })", true), ("$map($rows, function($r) { $r.id })", true),
        ("( $x := 1; $rows[price > $x] )", true), ("$c ? $rows[a] : []", true), ("$keys($x)", true),
        ("$states.input.rows", false), ("$states.input.rows[0]", false), ("$rows[-1]", false), ("$rows[$i - 1]", false),
        ("$rows[price > 1][]", false), ("$rows[][price > 1]", false), ("[$rows[price > 1]]", false),
        ("$states.input.rows[id = 3].files", false), ("$rows[price > 1][0]", false), ("5", false),
    ])
    func `a list that may come as one item is known`(text: String, expected: Bool) throws {
        #expect(try JSONataExpression(parsing: text).mayBeSingle == expected)
    }

    /// Those that JSONata gives one item for are also in `Tests/Python/test_singletons.py`, which asks an evaluator.
    @Test(arguments: [
        ("$states.input.files.{'key': key}", true), ("$states.input.files^(key)", true),
        ("$states.input.files@$f.{'key': $f.key}", true), ("$states.input.files#$i.{'key': key, 'i': $i}", true),
        ("$states.input.files#$i", true), ("$states.input.files[size > 0].key", true),
        ("[0..$n].($f($))", true), ("( $f := function($x) { $x }; [0..$n].($f($)) )", true),
        ("$states.input.files.($k := key; {'key': $k})", true), ("$states.input.files.$uppercase(key)", true),
        ("$states.input.files.(size > 0 ? {'key': key})", true), ("$states.input.*", true),
        ("$states.input.files.(key & 'x')", true), ("$states.input.files^(key).key", true),
        ("($states.input.files[size > 0])[]", true), ("$distinct($states.input.files[size > 0].key)", true),
        ("$append($rows[a > 1], $rows[b > 1])", true), ("( $x := $rows[a > 1]; $x )", true),
        ("$rows[a > 1] ?: []", true), ("$filter($rows, $boolean).key", true),
        ("$states.input.files.key", false), ("$states.input.result.files", false), ("$states.input.(files)", false),
        ("$states.input.body.$parse($)", false), ("$states.input.files.[key]", false),
        ("$states.input.files.$split(key, '/')", false), ("$states.input.files[].{'key': key}", false),
        ("$states.input.files.{'key': key}[]", false), ("$states.input.files[]^(key)", false),
        ("[$states.input.files.{'key': key}]", false), ("$map($rows, function($r) { $r.id })[]", false),
        ("[1..12].{'month': $}", false), ("['a', 'b'].{'region': $}", false), ("[3, 1]^($)", false),
        ("$map([1..12], function($m) { {'month': $m} })", false), ("$range(1, 12, 1).{'month': $}", false),
        ("$append($states.input.files, [])", false), ("$append($rows[a > 1], [])", false),
        ("$distinct($states.input.regions)", false), ("$sort($rows[a > 1])", false),
        ("( $x := [1]; $x )", false),
    ])
    func `a mapping, a sort and a path after many give one item itself`(text: String, expected: Bool) throws {
        #expect(try JSONataExpression(parsing: text).mayBeSingle == expected)
    }
}
