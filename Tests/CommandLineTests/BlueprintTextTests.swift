import Testing

@testable import DorcCommandLine

/// The language of starting points, by what a blueprint becomes.
@Suite struct BlueprintTextTests {
    private static let variables = [
        "function": "load_file", "layer": "raw", "account": "", "note": "Loads\n\nit's été",
    ]

    @Test(arguments: [
        ("plain { text } %}", "plain { text } %}"),
        ("{{ layer }}-{{layer}}", "raw-raw"),
        ("{{ account|yaml }} {{ layer|yaml }} {{ 7|yaml }}", "\"\" raw \"7\""),
        (#"{{ "${x}"|literal }}"#, "$${x}"),
        ("{{ function|uppercase }} {{ \"ABC\"|lowercase }} {{ function|capitalize }}", "LOAD_FILE abc Load_File"),
        ("{{ note|capitalize }}", "Loads\n\nIt's Été"),
        (#"{{ function|split:"_" }} {{ "a b"|split }} {{ "a b"|split:"" }}"#, #"["load", "file"] ["a", "b"] ["a b"]"#),
        (#"{{ function|split:"_"|join:", " }} {{ function|split:"_"|capitalize|join }}"#, "load, file LoadFile"),
        (#"{{ account|default:"none" }} {{ layer|default:"none" }}"#, "none raw"),
        ("{{ note|indent:2 }}", "Loads\n\n  it's été"),
        (#"{{ note|indent:1,"*",true }}"#, "*Loads\n\n*it's été"),
        ("{{ 1...3 }} {{ 3...1 }} {{ true }}", "[1, 2, 3] [3, 2, 1] true"),
        (#"{{ layer if account else "none" }}{{ layer if account }}"#, "none"),
        ("a{# {{ nothing }} #}b", "ab"),
        (" {{ layer }} \n", " raw \n"),
    ])
    func `values are written through filters`(text: String, result: String) throws {
        #expect(try rendered(text) == result)
    }

    @Test(arguments: [
        ("layer", true), ("account", false), ("not account", true), ("not not account", false), ("0", false),
        ("-1", false),
        (#"layer == "raw""#, true), (#"layer != "raw""#, false), (#"not layer == "raw""#, false),
        ("account or layer and account", false), ("(account or layer) and layer", true), ("layer or account", true),
        (#""ra" in layer"#, true), (#"layer in "raw,cooked"|split:",""#, true), (#""ra" in layer|split"#, false),
        ("3 > 2", true), ("2 >= 3", false), ("2 < 2", false), ("2 <= 2", true), ("layer < 2", false),
        ("1 == \"1\"", false),
    ])
    func `conditions decide`(condition: String, isTrue: Bool) throws {
        #expect(try rendered("{% if \(condition) %}yes{% else %}no{% endif %}") == (isTrue ? "yes" : "no"))
        #expect(try rendered("{% ifnot \(condition) %}yes{% endif %}") == (isTrue ? "" : "yes"))
        #expect(try rendered("{{ \"yes\" if \(condition) else \"no\" }}") == (isTrue ? "yes" : "no"))
    }

    @Test func `the first true branch is taken`() throws {
        let text = "{% if account %}a{% elif layer %}b{% elif function %}c{% else %}d{% endif %}"
        #expect(try rendered(text) == "b")
        #expect(try rendered(text.replacing("elif layer", with: "elif account")) == "c")
    }

    @Test func `a loop goes through a list or a range`() throws {
        let parts =
            "{{ forloop.counter }}{{ forloop.counter0 }}{{ forloop.first }}{{ forloop.last }}{{ forloop.length }}"
        #expect(try rendered("{% for n in 4...5 %}{{ n }}:\(parts);{% endfor %}") == "4:10truefalse2;5:21falsetrue2;")
        let words = #"{% for w in function|split:"_" where w != "load" %}{{ w }}{% empty %}none{% endfor %}"#
        #expect(try rendered(words) == "file")
        #expect(try rendered(words.replacing("w !=", with: "account or w ==")) == "load")
        #expect(try rendered(words.replacing("w !=", with: "false and w ==")) == "none")
        let nested =
            "{% for a in 1...2 %}{% for b in 1...a %}{{ a }}{{ b }},{% endfor %}{{ forloop.counter }};{% endfor %}"
        #expect(try rendered(nested) == "11,1;21,22,2;")
    }

    @Test(arguments: [
        ("a\n{% if layer %}\nb\n{% endif %}\nc", "a\nb\nc"),
        ("a\n  {% if layer %}  \n  b\n  {% endif %}\nc", "a\n  b\nc"),
        ("a {% if layer %} b {% endif %} c", "a b c"),
        ("a \n\n{%- if layer -%} \n b {%- endif -%} \n\n c", "abc"),
        ("a {%+ if layer +%} b {%+ endif +%}\nc", "a  b \nc"),
        ("a\n{# x #}\nb", "a\n\nb"),
    ])
    func `a block on its own line leaves no line`(text: String, result: String) throws {
        #expect(try rendered(text) == result)
    }

    @Test(arguments: [
        ("{{ }}", "1:1: error: a value is missing"),
        ("\n {{ layr }}", "2:2: error: unknown variable `layr`; there are account, function, layer, note"),
        ("{{ layer|yml }}", "1:1: error: unknown filter `yml`; did you mean `yaml`?"),
        ("{{ layer| }}", "1:1: error: the name of a filter is missing after `|`"),
        ("{{ |yaml }}", "1:1: error: a value is missing before `|`"),
        ("{{ layer|split: }}", "1:1: error: an argument is missing"),
        ("{{ layer|yaml:1 }}", "1:1: error: the filter `yaml` takes no argument"),
        ("{{ layer|split:1,2 }}", "1:1: error: the filter `split` takes one argument"),
        ("{{ layer layer }}", "1:1: error: `layer` is not expected here"),
        ("{{ layer[0] }}", "1:1: error: `layer` is text and has no parts"),
        ("{{ forloop.last }}", "1:1: error: unknown variable `forloop.last`; there are account, function, layer, note"),
        ("{{ \"a }}", "1:1: error: a quote is not closed"),
        ("{{ layer; }}", "1:1: error: `;` is not expected here"),
        ("{{ 99999999999999999999 }}", "1:1: error: `99999999999999999999` is not a number"),
        ("{{ (layer }}", "1:1: error: `(` is not closed by `)`"),
        ("{{ layer", "1:1: error: `{{` is not closed by `}}`"),
        ("a{% if layer", "1:2: error: `{%` is not closed by `%}`"),
        ("{#", "1:1: error: `{#` is not closed by `#}`"),
        ("{% %}", "1:1: error: the block does not begin with a word"),
        (
            "{% include \"x\" %}",
            "1:1: error: unknown block `include`; there are if, ifnot, elif, else, endif, for, empty, endfor"
        ),
        ("{% if layer %}", "1:1: error: `if` is not closed by `endif`"),
        ("{% for a in 1...2 %}{% if layer %}{% endfor %}", "1:35: error: `endfor` is not expected here"),
        ("{% endif %}", "1:1: error: `endif` is not expected here"),
        ("{% if %}{% endif %}", "1:1: error: a value is missing"),
        ("{% if layer %}{% else layer %}{% endif %}", "1:15: error: `layer` is not expected here"),
        ("{% for a, b in 1...2 %}{% endfor %}", "1:1: error: `for` is written `for NAME in VALUES`"),
        (
            "{% for a in layer %}{% endfor %}",
            "1:1: error: `for` goes through a list, as in `function|split:\"_\"`, or a range, as in `1...3`"
        ),
        ("{{ 1...layer }}", "1:1: error: a range needs a number on both sides of `...`"),
        ("{{ 1...99999 }}", "1:1: error: a range has at most 10000 numbers"),
        ("{{ -9223372036854775807...9223372036854775807 }}", "1:1: error: a range has at most 10000 numbers"),
        ("{{ layer|indent:\"x\" }}", "1:1: error: the first argument of `indent` is a number up to 100"),
        ("{{ 1...2|yaml }}", "1:1: error: a range needs a number on both sides of `...`"),
        ("{{ (1...2)|yaml }}", "1:1: error: the filter `yaml` takes text"),
    ])
    func `a mistake is told with its place`(text: String, mistake: String) {
        #expect(mistakes(in: text).first == "x:" + mistake)
    }

    @Test func `deep nesting is a mistake and not a crash`() {
        let blocks = mistakes(in: String(repeating: "{% if layer %}", count: 100_000))
        #expect(blocks == ["x:1:687: error: blocks are nested more than 50 deep"])
        let brackets = mistakes(in: "{{ " + String(repeating: "(", count: 100_000) + " }}")
        #expect(brackets == ["x:1:1: error: it is nested too deeply"])
    }

    private func rendered(_ text: String) throws -> String {
        try BlueprintText(text, file: "x", variables: Set(Self.variables.keys)).render(Self.variables)
    }

    private func mistakes(in text: String) -> [String] {
        do throws(BlueprintMistakes) {
            _ = try BlueprintText(text, file: "x", variables: Set(Self.variables.keys)).render(Self.variables)
            return []
        } catch {
            return error.all.map(\.description)
        }
    }
}
