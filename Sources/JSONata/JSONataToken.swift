struct JSONataToken: Sendable, Equatable {
    let kind: Kind
    let offset: Range<Int>

    enum Kind: Sendable, Equatable {
        case name(String, isQuoted: Bool)
        /// Without its `$`.
        case variable(String)
        case string(String)
        case number(Double)
        case boolean(Bool)
        case null
        case regularExpression(String)
        case symbol(JSONataSymbol)
        case end
    }

    var symbol: JSONataSymbol? {
        if case .symbol(let symbol) = kind { symbol } else { nil }
    }

    var bindingPower: Int { symbol?.bindingPower ?? 0 }
}
