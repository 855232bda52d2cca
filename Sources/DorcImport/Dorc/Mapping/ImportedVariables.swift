import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// Values for `${name}`: a text in each environment.
struct ImportedVariables {
    private struct Variable {
        /// By environment's name.
        var texts: [String: String]
        /// What it stands for, where it is not known in some environment: two that are not known are not the same.
        var origin: String?
    }

    private var variables: [String: Variable] = [:]

    subscript(name: String) -> [String: String]? { variables[name]?.texts }

    func values(in environment: String) -> LocatedMap<String>? {
        let values = variables.compactMap { name, variable in variable.texts[environment].map { (name, $0) } }
        return values.isEmpty ? nil : LocatedMap(made: values.sorted { $0.0 < $1.0 })
    }

    /// - Returns: the name, and whether it is new.
    mutating func add(
        _ texts: [String: String], origin: String?, names candidates: [String]
    ) -> (name: String, isNew: Bool) {
        var number = 1
        while true {
            for candidate in candidates.map(Self.name) {
                let name = number == 1 ? candidate : "\(candidate)_\(number)"
                guard let other = variables[name] else {
                    variables[name] = Variable(texts: texts, origin: origin)
                    return (name, true)
                }
                if other.texts == texts, other.origin == origin { return (name, false) }
            }
            number += 1
        }
    }

    private static func name(_ text: String) -> String {
        let letters = String(
            String.UnicodeScalarView(
                text.lowercased().unicodeScalars.map { scalar in
                    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? scalar : "_"
                }))
        let isFree = Names.isVariable(letters) && !BuiltInVariable.names.contains(letters)
        return isFree ? letters : "value_" + letters
    }
}
