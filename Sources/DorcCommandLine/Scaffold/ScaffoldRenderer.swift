import Foundation
import Stencil

/// Turns templates into files with one set of variables, through Stencil.
///
/// Beside Stencil's own filters there are `yaml` (a YAML scalar that reads back as the same string) and `literal` (the
/// text with `$${` for `${`, for values in which dorc expands variables).
struct ScaffoldRenderer {
    let variables: [String: String]

    func render(_ template: Template) throws(TemplateMistakes) -> ScaffoldFile {
        var mistakes: [TemplateMistake] = []
        var path = ""
        var contents = template.contents
        let isStencil = template.path.hasSuffix(Template.suffix)

        do throws(TemplateMistakes) {
            path = try render(
                isStencil ? String(template.path.dropLast(Template.suffix.count)) : template.path, of: template)
            if let reason = Self.mistake(inPath: path) {
                mistakes.append(TemplateMistake(file: template.shownPath, reason: reason))
            }
        } catch {
            mistakes += error.all.map { mistake in
                TemplateMistake(file: mistake.file, reason: "in the file's name: " + mistake.reason)
            }
        }
        if isStencil {
            do throws(TemplateMistakes) {
                guard let text = String(validating: template.contents, as: UTF8.self) else {
                    throw .init(all: [TemplateMistake(file: template.shownPath, reason: "it is not UTF-8 text")])
                }
                contents = try Array(render(text, of: template).utf8)
            } catch {
                mistakes += error.all
            }
        }
        guard mistakes.isEmpty else { throw TemplateMistakes(all: mistakes) }
        return ScaffoldFile(path: path, contents: contents)
    }

    private func render(_ text: String, of template: Template) throws(TemplateMistakes) -> String {
        let tags = TemplateTag.scan(text)
        var check = TemplateTagCheck(variables: Set(variables.keys))
        for tag in tags { check.check(tag) }
        guard check.mistakes.isEmpty else {
            throw TemplateMistakes(
                all: check.mistakes.map { mistake(in: template, at: $0.tag, $0.reason) })
        }

        let environment = Stencil.Environment(extensions: [Self.filters()], trimBehaviour: .smart)
        let parsed = Stencil.Template(templateString: text, environment: environment)
        do {
            return try parsed.render(variables)
        } catch let error as TemplateSyntaxError {
            let tokens = parsed.tokens.filter { $0.kind != .text }
            let index = tokens.firstIndex { $0 == error.token }
            throw TemplateMistakes(
                all: [mistake(in: template, at: index.flatMap { $0 < tags.count ? tags[$0] : nil }, error.reason)])
        } catch {
            throw TemplateMistakes(all: [mistake(in: template, at: nil, "\(error)")])
        }
    }

    private func mistake(in template: Template, at tag: TemplateTag?, _ reason: String) -> TemplateMistake {
        TemplateMistake(file: template.shownPath, line: tag?.line, column: tag?.column, reason: reason)
    }

    private static func filters() -> Extension {
        let filters = Extension()
        filters.registerFilter("yaml") { (value: Any?) in YAMLScalar.text(for: try text(value, filter: "yaml")) }
        filters.registerFilter("literal") { (value: Any?) in
            try text(value, filter: "literal").replacing("${", with: "$${")
        }
        return filters
    }

    private static func text(_ value: Any?, filter: String) throws -> String {
        switch value {
        case let text as String: return text
        case let number as Int: return String(number)
        default: throw TemplateSyntaxError("the filter `\(filter)` takes text")
        }
    }

    /// What a rendered path must not be, so that every file stays below its folder.
    private static func mistake(inPath path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) {
            return "its name becomes '\(path)', which is not a path below the folder that it belongs to"
        }
        if path.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return "its name becomes one with a control character"
        }
        return nil
    }
}
