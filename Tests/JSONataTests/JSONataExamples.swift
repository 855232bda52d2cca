import JSONata

func jsonataProblem(in text: String) -> JSONataProblem? {
    do throws(JSONataProblem) {
        _ = try JSONataExpression(parsing: text)
        return nil
    } catch {
        return error
    }
}

/// Expressions that are well formed.
enum JSONataExamples {
    /// Those that also work in Step Functions, in a place with `$states.input` and `$states.context`.
    static let forStepFunctions = [
        "$states.input",
        "$states.input.rows",
        "$states.input.`first name`",
        "$states.context.Execution.Input.scheduled_time",
        "$count($states.input.rows) > 0",
        "$states.input.rows[price > 10 and kind = 'new']",
        "$states.input.rows.{'id': id, 'total': price * quantity}",
        "$states.input.rows^(>price, name)[[0..9]]",
        "$states.input.rows{region: $sum(price)}",
        "$states.input.(first & ' ' & last)",
        "$exists($states.input.day) ? $states.input.day : $now('[Y0001]-[M01]-[D01]')",
        "$number('10')",
        "$partition($states.input.files, 10)",
        "$range(0, 10, 2)",
        "$hash($states.input.content, 'SHA-256')",
        "$random(7) + $random()",
        "$uuid()",
        "$parse($states.input.body).rows",
        "$states.input.status in ['done', 'failed']",
        "$not($states.input.status in ['done'])",
        "$merge([$states.input, {'run': $states.context.Execution.Name}])",
        "$states.input.Records[0].s3.object.key ~> $split('/') ~> $join('-')",
        "$contains($states.input.key, /\\.csv$/i)",
        "$map($states.input.rows, function($row, $index) { {'id': $row.id, 'place': $index} })",
        "$reduce($states.input.numbers, function($sum, $x) { $sum + $x }, 0)",
        "$filter($states.input.rows, function($row) { $row.price > $states.input.limit })",
        "$sift($states.input, function($value, $key) { $key != 'secret' })",
        "$map($states.input.rows, $string)",
        "$states.input ~> |rows|{'price': price * 1.2}, ['old']|",
        """
        (
            /* the newest file of each region */
            $files := $states.input.files;
            $newest := function($group) { $group^(>modified)[0] };
            $files{region: $newest($)} ~> $each(function($file, $region) {
                {'region': $region, 'key': $file.key}
            })
        )
        """,
        """
        (
            $factorial := function($n) { $n <= 1 ? 1 : $n * $factorial($n - 1) };
            $factorial(5)
        )
        """,
        "$states.input.orders@$o.lines@$l[$l.order = $o.id].{'order': $o.id, 'line': $l.id}",
        "$states.input.rows#$i[$i % 2 = 0]",
        "$states.input.orders.lines.{'line': id, 'order': %.id}",
        "$states.input.rows.price ~> $sum()",
        "$states.input.rows.$uppercase(name)",
        "$states.input.None",
        "$threshold * 2 < $states.input.rows[-1].price",
        "{'day': $states.input.day, 'tags': [$states.input.tags[], 'new'], 'note': null, 'full': true}",
    ]

    static let valid =
        forStepFunctions + [
            "1", "0", "-1", "1.5", "1e3", "1E-3", "0.5", "true", "false", "null", "\"a\"", "'a'", "''", "\"it's\"",
            "'\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041'", "'two\nlines'", "a", "`a b`", "``", "$", "$$", "$x", "$x_1", "日本",
            "*",
            "**",
            "a.b", "a.*", "a.**.b", "a.`b c`", "a.'b'", "\"a\".b", "a[0]", "a[-1]", "a[[0..2]]", "a[b]", "a[b][c]",
            "a[]",
            "a[].b", "a.b[][0]", "(a.b)[0]", "a.(b; c)", "a.[b, c]", "a.{'b': c}", "a.$f(b)", "a.%.b", "[]", "[1]",
            "[1, 'a', [true], {}]", "[1..3]", "[1..3, 5, 7..$x]", "{}", "{'a': 1}", "{a & 'x': b, 'c': {}}", "a{b: c}",
            "a{b: c, d: $sum(e)}", "1 + 2 - 3 * 4 / 5 % 6", "a & b", "a = b", "a != b", "a < b", "a <= b", "a > b",
            "a >= b",
            "a in b", "a and b or c", "and", "or and in", "in in in", "a.and", "a ? b", "a ? b : c",
            "a ? b : c ? d : e",
            "a ?: b",
            "a ?? b ?? c", "$x := 1", "$x := $y := 2", "()", "(1)", "(1;)", "( $x := 1; $x )", "$f()", "$f(1, 'a')",
            "$f(?)",
            "$f(?, 1, ?)", "f(1)", "function() { 1 }", "function($x) { $x }", "function($x, $y) <nn:n> { $x + $y }",
            "function($a) <a<s>:s> { $a }", "λ($x) { $x }", "function($x) { $x }(1)",
            "function($f) { function($x) { $f($x) } }",
            "/ab+/", "$match(a, /[/]\\//im)", "$replace(a, /(\\d+)/, '$1')", "a^(b)", "a^(<b)", "a^(>b, <c, d & e)",
            "a^(b).c",
            "a ~> $f", "a ~> $f(1) ~> $g", "$f ~> $g", "|a|{'b': 1}|", "a ~> |b|{'c': 1}, 'd'|", "a@$b", "a#$i",
            "a[b]#$i[$i = 1]",
            "a@$b.c@$d[$b.x = $d.y]", "/* a */ 1", "1 /* a\n b */", "1 /* ** */ + 2", "a / b", "(a) / (b) / c", "a-b",
            "a -1",
            "--1", "- a", "not", "a[b > 1 ? 0 : 1]", "\n a \n . \n b \n",
        ]
}
