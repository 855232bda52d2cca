/// The colours of diagrams and of the page, in light and in dark. Texts have a contrast of 4.5 to what is behind them, lines and icons
/// of 3 (WCAG 2.2, 1.4.3 and 1.4.11); a test computes them.
package enum Palette {
    package struct Colour: Sendable {
        package var name: String
        package var light: String
        package var dark: String
        package var use: Use
    }

    package enum Use: Sendable {
        case surface, text, line
        /// Between things that differ without it too.
        case decoration
    }

    package static let colours: [Colour] = [
        Colour(name: "paper", light: "#fbfbfa", dark: "#121417", use: .surface),
        Colour(name: "card", light: "#ffffff", dark: "#1b1e23", use: .surface),
        Colour(name: "tint", light: "#f1f2f4", dark: "#22262c", use: .surface),
        Colour(name: "ink", light: "#16191d", dark: "#eceef1", use: .text),
        Colour(name: "muted", light: "#59616b", dark: "#a2abb6", use: .text),
        Colour(name: "rule", light: "#dcdfe4", dark: "#31363e", use: .decoration),
        Colour(name: "edge", light: "#c3c9d1", dark: "#454c57", use: .decoration),
        Colour(name: "wire", light: "#808893", dark: "#747d89", use: .line),
        Colour(name: "accent", light: "#1f57c3", dark: "#8ab4ff", use: .text),
        Colour(name: "error", light: "#b3261e", dark: "#ff978b", use: .text),
        Colour(name: "function", light: "#1f57c3", dark: "#8ab4ff", use: .text),
        Colour(name: "map", light: "#0a6e69", dark: "#5cc9bf", use: .text),
        Colour(name: "pipeline", light: "#6a3db8", dark: "#c2a6ff", use: .text),
        Colour(name: "wait", light: "#8a5300", dark: "#e4b25c", use: .text),
        Colour(name: "task", light: "#4b5763", dark: "#aeb8c4", use: .text),
        Colour(name: "good", light: "#1c6f3a", dark: "#74cf94", use: .text),
    ]

    /// `--paper:#fbfbfa;...`
    static func declarations(isDark: Bool) -> String {
        colours.map { "--\($0.name):\(isDark ? $0.dark : $0.light);" }.joined()
    }

    /// Which of them a kind of box has.
    static let byKind: [(kinds: [String], colour: String)] = [
        (["function", "job"], "function"), (["map", "distributed-map", "parallel"], "map"),
        (["pipeline", "step", "choice"], "pipeline"),
        (["wait", "schedule"], "wait"), (["task", "pass", "event", "bucket", "more"], "task"),
        (["succeed", "completion"], "good"),
        (["fail"], "error"),
    ]

    static var kindRules: String {
        byKind.map { entry in
            entry.kinds.map { ".k-\($0)" }.joined(separator: ",") + "{--kind:var(--\(entry.colour))}\n"
        }.joined()
    }
}
