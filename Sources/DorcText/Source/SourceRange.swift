/// A place in a text file. Both numbers are 1-based and `column` counts Unicode scalars.
package struct SourcePosition: Sendable, Hashable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static let start = SourcePosition(line: 1, column: 1)

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// From the first character of something to the one after its last.
@usableFromInline
package struct SourceRange: Sendable {
    package var file: SourceFile
    package var start: SourcePosition
    package var end: SourcePosition

    package init(file: SourceFile, start: SourcePosition, end: SourcePosition) {
        self.file = file
        self.start = start
        self.end = end
    }

    /// A file or folder as a whole, where it is not read or cannot be.
    package static func whole(_ path: String) -> SourceRange { SourceFile(path: path, bytes: []).wholeFile }

    package var path: String { file.path }
}

extension SourceRange: Equatable {
    @usableFromInline
    package static func == (left: SourceRange, right: SourceRange) -> Bool {
        left.path == right.path && left.start == right.start && left.end == right.end
    }
}

/// A value together with the place that it was written at.
@usableFromInline
package struct Located<Value: Sendable>: Sendable {
    @usableFromInline package var value: Value
    @usableFromInline package var range: SourceRange

    // Inlinable, since every value of a file is put into one: without it, each would look up what `Value` is.
    @inlinable
    package init(_ value: Value, _ range: SourceRange) {
        self.value = value
        self.range = range
    }

    package func map<Other>(_ transform: (Value) -> Other) -> Located<Other> {
        Located<Other>(transform(value), range)
    }
}

/// Equal values are equal wherever they are written.
extension Located: Equatable where Value: Equatable {
    @usableFromInline
    package static func == (left: Located, right: Located) -> Bool { left.value == right.value }
}

extension SourceRange {
    /// Where a range of several lines starts, for a caret that marks one line.
    package var firstLine: SourceRange {
        guard end.line != start.line else { return self }
        return SourceRange(
            file: file, start: start, end: SourcePosition(line: start.line, column: start.column + 1))
    }
}
