/// The functions of an expression in Step Functions (developer guide, "Transforming data with JSONata"): those of JSONata
/// 2.0.6 without `$eval`, and six of AWS's own.
package enum JSONataFunction {
    /// The kind of each function's result.
    package static let kinds: [String: JSONataKind] = {
        var kinds: [String: JSONataKind] = [:]
        for (kind, names) in namesByKind {
            for name in names.split(separator: " ") { kinds[String(name)] = kind }
        }
        return kinds
    }()

    package static var names: some Sequence<String> { kinds.keys }

    /// They give one item instead of a list of one, and nothing instead of an empty list.
    static let givingSequence: Set<String> = ["map", "filter", "each", "keys", "match", "spread"]

    /// They take a function as their second argument.
    static let takingFunction: Set<String> = ["map", "filter", "single", "reduce", "sift", "each", "sort"]

    private static let namesByKind: [(JSONataKind, String)] = [
        (
            .string,
            """
            string substring substringBefore substringAfter uppercase lowercase trim pad join replace base64encode \
            base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl formatNumber formatBase formatInteger \
            type now fromMillis hash uuid
            """
        ),
        (
            .number,
            """
            length number abs floor ceil round power sqrt random parseInteger sum max min average count millis toMillis
            """
        ),
        (.boolean, "contains boolean not exists"),
        (.array, "split sort reverse shuffle zip partition range"),
        (.object, "merge sift"),
        (
            .unknown,
            """
            match append distinct keys lookup spread each error assert map filter single reduce clone parse
            """
        ),
    ]

    /// What other languages call them. Functions that JSONata has under the same name are not among these.
    static let elsewhere: [String: String] = [
        "len": "count", "size": "count", "str": "string", "int": "number", "float": "number", "Number": "number",
        "bool": "boolean", "upper": "uppercase", "lower": "lowercase", "toUpperCase": "uppercase", "strip": "trim",
        "toLowerCase": "lowercase", "avg": "average", "mean": "average", "pow": "power", "sorted": "sort",
        "reversed": "reverse", "unique": "distinct", "concat": "append",
        "loads": "parse", "dumps": "string", "stringify": "string", "ceiling": "ceil", "today": "now", "time": "millis",
        "typeof": "type", "includes": "contains",
        "uuid4": "uuid", "sha256": "hash", "strptime": "toMillis", "strftime": "fromMillis",
        "b64encode": "base64encode", "b64decode": "base64decode", "chunk": "partition",

    ]

    /// The intrinsic functions of JSONPath, `States.Format` and its like, by the part after the dot.
    static let intrinsics: [String: String] = [
        "Format": "strings joined by `&`", "StringToJson": "`$parse(text)`", "JsonToString": "`$string(value)`",
        "Array": "`[a, b]`", "ArrayPartition": "`$partition(list, size)`", "ArrayContains": "`value in list`",
        "ArrayRange": "`$range(first, last, step)`", "ArrayGetItem": "`list[0]`", "ArrayLength": "`$count(list)`",
        "ArrayUnique": "`$distinct(list)`", "Base64Encode": "`$base64encode(text)`",
        "Base64Decode": "`$base64decode(text)`", "Hash": "`$hash(text, 'SHA-256')`", "JsonMerge": "`$merge([a, b])`",
        "MathRandom": "`$random()`", "MathAdd": "`a + b`", "StringSplit": "`$split(text, separator)`",
        "UUID": "`$uuid()`",
    ]
}
