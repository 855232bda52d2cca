import DorcConfig
import DorcModel
import DorcText
import DorcTestSupport

/// docs/diagnostics.md: an introduction written by hand, and after the marker the catalogue as Markdown.
enum DiagnosticsPage {
    static let marker =
        "<!-- From here on this page is written by `make record`, from the catalogue of diagnostics. -->\n"

    static func text(introduction: Substring) -> String {
        introduction + marker + DiagnosticGroup.allCases.map { "\n" + section($0) }.joined()
    }

    private static func section(_ group: DiagnosticGroup) -> String {
        let entries = group.ids.compactMap { id in group.entry(of: id).map { (id, $0) } }
        return "## \(group.title)\n\n| id | cause | cure |\n|---|---|---|\n" + entries.map(row).joined()
            + "\n<details>\n<summary>Examples</summary>\n\n" + entries.map(example).joined(separator: "\n")
            + "\n</details>\n"
    }

    private static func row(_ id: DiagnosticID, _ entry: DiagnosticEntry) -> String {
        let mark =
            switch entry.severity {
            case .error: ""
            case .warning: " (w)"
            case .note: " (n)"
            }
        let cause = entry.cause + (entry.warning.map { "; (w) \($0)" } ?? "")
        let page = entry.page.map { "; see [\($0.prefix { $0 != "#" })](\($0))" } ?? ""
        return "| [`\(id.rawValue)`](#\(id.rawValue))\(mark) | \(cause) | \(entry.cure)\(page) |\n"
    }

    private static func example(_ id: DiagnosticID, _ entry: DiagnosticEntry) -> String {
        let shown: String =
            switch entry.example {
            case .files(let files): files.map(block).joined(separator: "\n")
            case .words(let words): words.prefix(1).uppercased() + words.dropFirst() + ".\n"
            }
        return "### `\(id.rawValue)`\n\n\(shown)"
    }

    private static func block(_ file: DiagnosticExample.File) -> String {
        let languages = [".yaml": "yaml", ".yml": "yaml", ".json": "json", ".py": "python", "Dockerfile": "dockerfile"]
        let language = languages.first { file.path.hasSuffix($0.key) }?.value ?? "text"
        return "`\(file.path)`\n\n```\(language)\n\(file.text)```\n"
    }
}
