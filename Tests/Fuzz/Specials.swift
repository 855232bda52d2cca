/// Values that programs stumble over.
enum Specials {
    static let values: [String] =
        numbers + texts + expressions + schedules + [
            "true", "false", "null", "~", "yes", "no", "", "''", "\"\"", "[]", "{}", "[[]]", "{a: {}}", "[1, 2]",
            "{a: 1}",
            "!Ref x", "!ImportValue y", "!Sub '${x}'", "!!str 1.10", "!!binary aGk=", "! x", "&a x", "*a", "<<: *a",
        ]

    private static let numbers = [
        "0", "-0", "1", "-1", "007", "0x1F", "1e3", "1e400", "-1e-400", "1.5", ".5", "1.", "+1", "1_000", "1,000",
        "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "18446744073709551616", "99999999999999999999999999999999999999999", "0.1", "100%", "101%", "5 %", "128",
        "10240",
        "1s", "0s", "90s", "15m", "900s", "901s", "99999999999999999999d", "1h30m", "-5m", "1.5h", "1d", "365d", "366d",
        "5",
    ]

    private static let texts = [
        "a", "A", "a/b", "a/b/c", "../x", "/etc/passwd", ".", "..", "a//b", "a-", "-a", "a--b", "a_b", "ünï",
        "\u{1F600}",
        "\"\\u0000\"", "\"\\ud800\"", "\"\\U0010FFFF\"", "\"a\\nb\"", "\"\\x85\"", "a\u{2028}b", "\u{FEFF}a",
        "\u{202E}a",
        "e\u{301}", "arn:aws:s3:::b/*", "arn:aws:iam::111122223333:role/x", "arn:aws:states:::sns:publish",
        "arn:aws:states:::aws-sdk:s3:getObject", "arn:aws:states:::lambda:invoke.waitForTaskToken", "arn:",
        "arn:aws:::::",
        "012345678901", "111122223333", "eu-west-2", "cn-north-1", "us-gov-west-1", "mars-1", "s3:GetObject", "*",
        "s3:*",
        "111122223333.dkr.ecr.eu-west-2.amazonaws.com/x:y", "x@sha256:00", "{{resolve:ssm:/a}}", "{{resolve:",
        "{{ x }}",
        "'{{resolve:secretsmanager:a:SecretString:k}}'", "${environment}", "${x}", "${", "$${", "${}", "${a.b}",
        "${${a}}",
        "**/x", "!x", "# c", "[a-", "\\", "@daily", "on", "y",
    ]

    private static let expressions = [
        "'{% $states.input %}'", "'{% $states.input.x[0].y %}'", "'{% 1 + %}'", "'{% ( %}'", "'{% $f() %}'", "'{%%}'",
        "'{% $map($states.input, function($x) { $x + 1 }) %}'", "'x {% 1 %}'", "'{% \"a\" %}'", "'{% /a/ %}'",
        "'{% `a %}'",
        "'{% $sum($states.input.n) ~> $string %}'", "'{% {\"a\": [1..10]} %}'", "'{% $states.context.Execution.Id %}'",
        "'{% a ? b : c ? d : e %}'", "'{% $x := 1 %}'", "'{% [1..1e9] %}'", "'{% - - - - 1 %}'", "'{% $eval(\"1\") %}'",
    ]

    private static let schedules = [
        "'* * * * *'", "'0 6 31 2 *'", "'0 6 1-7 * 1'", "'*/0 * * * *'", "'60 24 32 13 8'", "'0 6 * * 1-5'",
        "'@hourly'",
        "cron(0 6 ? * MON#5 *)", "cron(0 6 29 2 ? 2031)", "cron(0 6 L * ? *)", "cron(0 6 1W * ? 1970-2199)", "cron()",
        "rate(0 minutes)", "rate(1 days)", "rate(99999999999999999999 hours)", "at(2031-02-30T00:00:00)",
        "at(2027-03-28T01:30:00)", "every 15m", "every 0s", "every 1s", "'5/99999999999 * * * *'", "Europe/London",
        "Mars/X",
    ]

    /// For ignore files.
    static let ignores = [
        "*", "!*", "**", "**/x", "!**/lambda.py", "[", "[]a]", "[a-", "\\", "a\\", "#", "/", "//", "a/**/b", "!", "?",
        "..", "../x", "{a,b}",
    ]

    /// What is put between other characters.
    static let specks: [String] = [
        "\0", "\u{1}", "\t", "\r", "\r\n", "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}",
        "\u{FFFF}",
        "\u{200B}", "\u{1F468}\u{200D}\u{1F469}", ":", ": ", " #", "- ", "? ", "|", ">", "|-\n", "'", "\"", "[", "]",
        "{", "}",
        ",", "&a ", "*a", "!", "!!", "%", "%TAG ! x\n", "---\n", "...\n", "<<: ", "\\", "`", "@", "$", "${", "{%", "%}",
        "\n",
        "\n\n", "  ", "<<<<<<< HEAD\n", ">>>>>>> x\n", "=======\n",
    ]
}
