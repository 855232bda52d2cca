import Testing

@testable import DorcDiagrams

/// WCAG 2.2: 1.4.3 (texts, 4.5 to 1) and 1.4.11 (lines and icons, 3 to 1).
@Suite struct PaletteTests {
    @Test(arguments: Palette.colours.filter { $0.use == .text || $0.use == .line }.map(\.name), [false, true])
    func `each colour stands out from each surface`(name: String, isDark: Bool) throws {
        let colour = try #require(Palette.colours.first { $0.name == name })
        let least = colour.use == .text ? 4.5 : 3
        for surface in Palette.colours where surface.use == .surface {
            let contrast = Self.contrast(
                try Self.luminance(isDark ? colour.dark : colour.light),
                try Self.luminance(isDark ? surface.dark : surface.light))
            #expect(contrast >= least, "\(name) on \(surface.name): \(contrast)")
        }
    }

    @Test func `every kind of box has a colour and an icon`() {
        let kinds = Palette.byKind.flatMap(\.kinds)
        for kind in DiagramNode.Kind.allCases.map(\.rawValue) + Starter.Kind.allCases.map(\.rawValue) {
            #expect(kinds.count { $0 == kind } == 1, "\(kind)")
            #expect(Icon.outlines[kind] != nil, "\(kind)")
        }
    }

    private static func contrast(_ one: Double, _ other: Double) -> Double {
        (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    private static func luminance(_ colour: String) throws -> Double {
        let value = try #require(Int(colour.dropFirst(), radix: 16))
        let parts = [16, 8, 0].map { shift -> Double in
            let part = Double(value >> shift & 255) / 255
            return part <= 0.04045 ? part / 12.92 : exponential((part + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// To the power of 2.4.
    private static func exponential(_ value: Double) -> Double {
        // x^2.4 = (x^12)^(1/5), by Newton's method.
        let power = (0..<12).reduce(1.0) { result, _ in result * value }
        var root = max(value, 0.01)
        for _ in 0..<60 { root -= (root * root * root * root * root - power) / (5 * root * root * root * root) }
        return root
    }
}
