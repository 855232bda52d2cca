enum EventPatternCheck { static func run(_ node: YAMLNode, _ diagnostics: inout Diagnostics) {} }
