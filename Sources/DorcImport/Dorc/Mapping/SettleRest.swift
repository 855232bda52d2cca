import DorcText

extension DorcMapping {
    /// What has been read and is in no file that is written.
    mutating func settleRest() {
        for index in facts.objects.indices {
            let object = facts.objects[index]
            if object.name == "LayerConfig" {
                settleRest(of: index, "it is for rAPId's triggers and clients: dorc makes no clients")
            } else if used.contains(index) {
                settleRest(of: index, "the original knows no such argument, and ignores it")
            } else {
                settleRest(
                    of: index,
                    object.isInCode ? "it is in code that only Python runs" : "no pipeline and no configuration uses it"
                )
                if object.arguments.isEmpty {
                    ledger.remark(
                        .noEquivalent, "\(object.name)(...)", at: object.range, "nothing uses it")
                }
            }
        }
        for statement in facts.statements {
            ledger.remark(
                .noEquivalent, "statement", at: statement.range, "\(statement.why): \(statement.source)")
        }
        for stack in settings.stacks {
            for name in stack.values.keys.sorted() {
                guard let setting = stack.values[name] else { continue }
                ledger.settle(
                    under: "config.\(name)", in: setting.range.path, .noEquivalent, "no definition reads it")
                if !ledger.isSettled(setting.key) {
                    ledger.settle(setting.key, .noEquivalent, "no definition reads it")
                }
            }
        }
    }
}
