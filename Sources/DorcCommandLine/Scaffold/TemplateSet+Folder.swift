import Foundation

extension TemplateSet {
    /// Names that programs leave behind, and no user means to be copied.
    private static let passedOver: Set<String> = [".DS_Store", "__pycache__"]

    /// The user's own: `folder` is laid out as `templates/` of dorc's repository is. A group that it has no folder for
    /// is taken from the built-in ones.
    init(folder: String) throws(ScaffoldError) {
        self = .builtIn
        var found = false
        for group in TemplateGroup.allCases {
            let path = folder + "/" + group.rawValue
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                continue
            }
            found = true
            self[group] = try Self.files(in: path, below: "")
        }
        guard found else {
            let names = TemplateGroup.allCases.map { $0.rawValue + "/" }.joined(separator: ", ")
            throw .templateFolder(path: folder, reason: "it has none of the folders \(names)")
        }
    }

    private static func files(in folder: String, below parent: String) throws(ScaffoldError) -> [Template] {
        var templates: [Template] = []
        for name in try names(in: folder) where !passedOver.contains(name) {
            let shown = folder + "/" + name
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: shown, isDirectory: &isFolder), isFolder.boolValue {
                guard (try? FileManager.default.destinationOfSymbolicLink(atPath: shown)) == nil else {
                    throw .templateFolder(
                        path: shown, reason: "it is a link to a folder, which could lead into a cycle")
                }
                templates += try files(in: shown, below: parent + name + "/")
            } else {
                templates.append(Template(path: parent + name, shownPath: shown, contents: try contents(of: shown)))
            }
        }
        return templates
    }

    private static func names(in folder: String) throws(ScaffoldError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw .templateFolder(path: folder, reason: error.localizedDescription)
        }
    }

    private static func contents(of file: String) throws(ScaffoldError) -> [UInt8] {
        do {
            return try Array(Data(contentsOf: URL(fileURLWithPath: file)))
        } catch {
            throw .templateFolder(path: file, reason: error.localizedDescription)
        }
    }
}
