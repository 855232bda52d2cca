package import DorcText

/// A text of pipeline.yaml as written, split at its `${name}` variables. `$${` stands for a literal `${`.
package struct VariableText: Sendable {
    package struct Variable: Hashable, Sendable {
        package var name: String
        /// Counts Unicode scalars from 0 in the text as written, `${` and `}` included.
        package var offsets: Range<Int>

        package init(name: String, offsets: Range<Int>) {
            self.name = name
            self.offsets = offsets
        }
    }

    package enum Problem: Error, Equatable {
        case unclosed(offsets: Range<Int>)
        case badName(String, offsets: Range<Int>)
    }

    package let text: Interpolated<Variable>
    /// As it is in the file.
    package let source: String

    package init(literal: String) {
        text = .literal(literal)
        source = literal
    }

    /// `isName` says what may stand between the braces.
    package init(
        parsing text: String, where isName: (String) -> Bool = Names.isVariable
    ) throws(Problem) {
        source = text
        guard text.utf8.contains(UInt8(ascii: "$")) else {
            self.text = .literal(text)
            return
        }
        var parts: [Interpolated<Variable>.Part] = []
        var literal = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let rest = scalars[index...]
            if rest.starts(with: ["$", "$", "{"]) {
                // One by one: to append a sequence copies what is there.
                literal.append("$")
                literal.append("{")
                index += 3
            } else if rest.starts(with: ["$", "{"]) {
                guard let end = rest.firstIndex(of: "}") else {
                    throw .unclosed(offsets: index..<index + 2)
                }
                var name = String.UnicodeScalarView()
                name.append(contentsOf: scalars[(index + 2)..<end])
                guard isName(String(name)) else {
                    throw .badName(String(name), offsets: index..<end + 1)
                }
                if !literal.isEmpty { parts.append(.literal(String(literal))) }
                literal = String.UnicodeScalarView()
                parts.append(.hole(Variable(name: String(name), offsets: index..<end + 1)))
                index = end + 1
            } else {
                literal.append(scalars[index])
                index += 1
            }
        }
        parts.append(.literal(String(literal)))
        self.text = Interpolated(joining: parts)
    }
}

/// Two texts are equal that are written alike, whatever they were read from.
extension VariableText: Equatable {
    package static func == (left: VariableText, right: VariableText) -> Bool { left.written == right.written }
}

extension VariableText {
    /// What to write for it. `source` is what was read; in a text that was made, a literal may have `${` in it.
    package var written: String {
        var result = String.UnicodeScalarView()
        for part in text.parts {
            switch part {
            case .literal(let text):
                var previous: Unicode.Scalar?
                for scalar in text.unicodeScalars {
                    // `$${` is a literal `${`.
                    if scalar == "{", previous == "$" { result.append("$") }
                    result.append(scalar)
                    previous = scalar
                }
            case .hole(let variable): result.append(contentsOf: "${\(variable.name)}".unicodeScalars)
            }
        }
        return String(result)
    }
}

/// As it is in pipeline.yaml: plain scalars are read as JSON reads them (`1`, `2.5`, `true`, `null`), all other
/// scalars are texts.
package typealias JSONSource = JSONValue<Located<VariableText>>

/// The variables that every pipeline.yaml can use without declaring them.
package enum BuiltInVariable: String, CaseIterable, Sendable {
    case project, environment, region, account, partition, layer, pipeline

    package static let names = Set(allCases.map(\.rawValue))
}
