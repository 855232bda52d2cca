/// A file of a starting point. Its path below its group may hold values in `{{ }}`; where the path ends in `.stencil`, the
/// contents are text with values too, and the file is made without that ending. Any other file is copied byte for byte.
struct Blueprint: Equatable, Sendable {
    private static let suffix = ".stencil"

    /// Below the group's folder, with `/` between its parts.
    var path: String
    /// The path to show in messages.
    var shownPath: String
    var contents: [UInt8]

    /// - Throws: every mistake in the path and in the contents.
    func file(_ variables: [String: String]) throws(BlueprintMistakes) -> ScaffoldFile {
        var mistakes: [BlueprintMistake] = []
        var path = path
        var contents = contents
        let isText = path.hasSuffix(Self.suffix)
        do throws(BlueprintMistakes) {
            path = try render(isText ? String(path.dropLast(Self.suffix.count)) : path, variables)
            if let reason = Self.mistake(inPath: path) {
                mistakes.append(BlueprintMistake(file: shownPath, reason: reason))
            }
        } catch {
            mistakes += error.all.map { mistake in
                BlueprintMistake(file: shownPath, reason: "in the file's name: " + mistake.reason)
            }
        }
        if isText {
            do throws(BlueprintMistakes) {
                guard let text = String(validating: contents, as: UTF8.self) else {
                    throw BlueprintMistakes(all: [BlueprintMistake(file: shownPath, reason: "it is not UTF-8 text")])
                }
                contents = Array(try render(text, variables).utf8)
            } catch {
                mistakes += error.all
            }
        }
        guard mistakes.isEmpty else { throw BlueprintMistakes(all: mistakes) }
        return ScaffoldFile(path: path, contents: contents)
    }

    private func render(_ text: String, _ variables: [String: String]) throws(BlueprintMistakes) -> String {
        try BlueprintText(text, file: shownPath, variables: Set(variables.keys)).render(variables)
    }

    /// What a path must not be, so that every file stays below its folder.
    private static func mistake(inPath path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) {
            return "its name becomes `\(path)`, which is not a path below the folder that it belongs to"
        }
        if path.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return "its name becomes one with a control character"
        }
        return nil
    }
}
