/// `<<<<<<<`, `=======` and `>>>>>>>`, which `git merge` leaves where both sides changed the same lines.
package enum MergeMark {
    /// Seven of one character, followed by a blank or the end of the line.
    private static let marks = ["<<<<<<<", ">>>>>>>", "|||||||", "======="].map { Array($0.utf8) }

    /// The first line that is a mark, in a file that cannot be read as it is.
    package static func find(in file: SourceFile) -> SourceRange? { find(in: file, marks) }

    /// The first mark that begins or ends a conflict: `=======` alone may be text.
    package static func findSurely(in file: SourceFile) -> SourceRange? { find(in: file, Array(marks.prefix(2))) }

    private static func find(in file: SourceFile, _ marks: [[UInt8]]) -> SourceRange? {
        for (number, start) in file.lineStarts.enumerated() {
            let line = file.bytes[start...].prefix(8)
            guard marks.contains(where: { line.starts(with: $0) }),
                line.count == 7 || line.last.map({ $0 <= 0x20 }) ?? true
            else { continue }
            return SourceRange(
                file: file, start: SourcePosition(line: number + 1, column: 1),
                end: SourcePosition(line: number + 1, column: 8))
        }
        return nil
    }
}

extension Diagnostic {
    package static func mergeMark(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .mergeMarks, at: range, "this line is a merge mark: two versions are in the file",
            help: "keep one of them, or both, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`")
    }
}
