/// libyaml's terse messages in plain words, with what people usually did.
enum YAMLProblem {
    static func plainWords(_ problem: String) -> String {
        switch problem {
        case "found character that cannot start any token": "this character cannot start a value"
        case "mapping values are not allowed in this context": "a `:` is not expected here"
        case "did not find expected alphabetic or numeric character":
            "`*` and `&` are followed by the name of an anchor"
        case "did not find expected key": "a key is expected here"
        case "did not find expected '-' indicator": "a `-` is expected here"
        case "could not find expected ':'": "a `:` is missing behind this key"
        case "found unexpected end of stream": "the file ends inside a quoted text"
        case "did not find expected ',' or ']'": "a `,` or `]` is expected here"
        case "did not find expected ',' or '}'": "a `,` or `}` is expected here"
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            "a tab stands where the line is indented"
        default: problem
        }
    }

    static func help(_ problem: String) -> String? {
        switch problem {
        case "found character that cannot start any token":
            "indent with spaces, not tabs; put JSONata (`\"{% ... %}\"`) and a text that starts with `@`, `` ` `` or `%` in quotes"
        case "mapping values are not allowed in this context":
            "put a text that contains `: ` in quotes; check the indentation of this line"
        case "did not find expected key", "did not find expected '-' indicator":
            "check the indentation of this line and of the one before it, and that every quote further up is closed"
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
            "inside `[ ]` and `{ }`, put a text that has brackets, commas or `${name}` in quotes"
        case "could not find expected ':'":
            "write `key: value` with a space behind the colon"
        case "did not find expected alphabetic or numeric character":
            "put a text that starts with `*` or `&`, such as a cron line, in quotes"
        case "found unexpected end of stream", "found unexpected document indicator":
            "close the quotes"
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            "indent with spaces"
        default: nil
        }
    }
}
