internal import DorcText

/// What runs a function: its image, its environment variables and its secrets.
enum FunctionComparison {
    static func compare(_ old: Tree?, _ new: Tree, into entries: inout [Entry]) {
        compareImages(old?["Code"]?["ImageUri"], new["Code"]?["ImageUri"], into: &entries)
        compareVariables(
            old?["Environment"]?["Variables"]?.members ?? [], new["Environment"]?["Variables"]?.members ?? [],
            into: &entries)
    }

    /// Without what is compared here.
    static func rest(_ properties: Tree) -> Tree {
        func without(_ tree: Tree, _ section: String, _ name: String) -> Tree {
            guard case .object(let members) = tree else { return tree }
            return .object(
                members.compactMap { member in
                    guard member.name == section, case .object(let inner) = member.value else { return member }
                    let rest = inner.filter { $0.name != name }
                    return rest.isEmpty ? nil : Tree.Member(name: section, value: .object(rest))
                })
        }
        let rest = without(without(properties, "Code", "ImageUri"), "Environment", "Variables")
        return .object(rest.members.filter { $0.name != "Description" })
    }

    private struct Image {
        /// All before the repository.
        var registry: String
        var repository: String
        var tag: String

        init?(_ uri: String) {
            guard let slash = uri.firstIndex(of: "/"), let colon = uri.lastIndex(of: ":"), slash < colon else {
                return nil
            }
            registry = String(uri[..<slash])
            repository = String(uri[uri.index(after: slash)..<colon])
            tag = String(uri[uri.index(after: colon)...])
        }

        /// dorc tags an image with the SHA-256 of what goes into it.
        var isBuiltHere: Bool { tag.utf8.count == 64 && tag.allSatisfy(\.isHexDigit) }

        /// `raw/census/extract` of the repository `census-demo/raw/census/extract`.
        var function: String {
            let parts = repository.split(separator: "/")
            guard parts.count > 3 else { return repository }
            let name = parts.suffix(3).joined(separator: "/")
            // The image for jobs.
            return name.hasSuffix(".job") ? String(name.dropLast(4)) : name
        }
    }

    static func compareImages(_ old: Tree?, _ new: Tree?, into entries: inout [Entry]) {
        let (before, after) = (old.flatMap(Tree.plain), new.flatMap(Tree.plain))
        guard before != after else { return }
        let (oldImage, newImage) = (before.flatMap(Image.init), after.flatMap(Image.init))
        if let newImage, newImage.isBuiltHere {
            if let oldImage, oldImage.isBuiltHere, oldImage.repository == newImage.repository {
                if oldImage.tag != newImage.tag { entries.append(Entry(.code, newImage.function, change: .changed)) }
                if oldImage.registry != newImage.registry {
                    entries.append(
                        Entry(
                            .image, newImage.function, old: oldImage.registry, new: newImage.registry, note: "registry")
                    )
                }
            } else if before == nil {
                entries.append(Entry(.code, newImage.function, change: .added))
            } else {
                entries.append(Entry(.image, newImage.function, old: before.map(short), new: after.map(short)))
            }
        } else {
            let subject = newImage?.function ?? oldImage?.function ?? "the function"
            entries.append(Entry(.image, subject, old: before.map(short), new: after.map(short)))
        }
    }

    /// A hash says nothing to who reads it.
    private static func short(_ uri: String) -> String {
        guard let image = Image(uri), image.isBuiltHere else { return uri }
        return "\(image.registry)/\(image.repository):\(image.tag.prefix(8))…"
    }

    static func compareVariables(
        _ old: [Tree.Member], _ new: [Tree.Member], into entries: inout [Entry]
    ) {
        let before = Dictionary(old.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        for name in Set(before.keys).union(after.keys).sorted() {
            let (oldValue, newValue) = (before[name]?.shown, after[name]?.shown)
            guard oldValue != newValue else { continue }
            let secrets = [oldValue, newValue].compactMap { $0 }.map(secret)
            if secrets.contains(where: { $0 != nil }) {
                entries.append(
                    Entry(
                        .secret, name, old: oldValue.map { secret($0) ?? "a plain value" },
                        new: newValue.map { secret($0) ?? "a plain value" }))
            } else {
                entries.append(Entry(.variable, name, old: oldValue, new: newValue))
            }
        }
    }

    /// `census/api-key:key` of `{{resolve:secretsmanager:census/api-key:SecretString:key}}`; nil for other values.
    private static func secret(_ value: String) -> String? {
        guard value.hasPrefix("{{resolve:"), value.hasSuffix("}}") else { return nil }
        var name = String(value.dropFirst("{{resolve:".count).dropLast(2))
        for service in ["secretsmanager:", "ssm-secure:", "ssm:"] where name.hasPrefix(service) {
            name = String(name.dropFirst(service.count))
        }
        return name.replacing(":SecretString", with: "")
    }
}
