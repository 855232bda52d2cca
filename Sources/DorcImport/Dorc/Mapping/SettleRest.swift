import DorcText

extension DorcMapping {
    /// What has been read and is in no file that is written.
    mutating func settleRest() {
        for (draft, why) in dropped {
            if let index = draft.index { used.insert(index) }
            let words = "the pipeline is not imported: \(why)"
            for key in draft.creators where !ledger.isSettled(key) { ledger.settle(key, .noEquivalent, words) }
            settleDeep(draft.definition, words)
        }
        for index in facts.objects.indices {
            let object = facts.objects[index]
            if object.name == "LayerConfig" {
                settleOthers(of: object, "it is for rAPId's triggers and clients: dorc makes no clients")
            } else if used.contains(index) {
                settleOthers(of: object)
            } else {
                settleOthers(
                    of: object,
                    object.isInCode ? "it is in code that only Python runs" : "no pipeline and no configuration uses it"
                )
                if object.arguments.isEmpty {
                    ledger.remark(.noEquivalent, "\(object.name)(...)", at: object.range, "nothing uses it")
                }
            }
            // Entries of mappings that no environment has chosen.
            for argument in object.arguments {
                settleAll(argument.value, .noEquivalent, to: nil, "nothing that is imported uses it")
            }
        }
        for statement in facts.statements {
            ledger.remark(.noEquivalent, "statement", at: statement.range, "\(statement.why): \(statement.source)")
        }
        for mistake in facts.others {
            ledger.remark(
                .noEquivalent, "(the file)", at: mistake.range,
                "it is not Python that can be read (\(mistake.words)), and no definition needs it")
        }
        settleSettings()
    }

    /// Where no pipeline is left, and nothing is written.
    mutating func settleNothing() {
        let words = "nothing is imported: there is no pipeline with a function"
        for (draft, why) in dropped {
            let words = "the pipeline is not imported: \(why)"
            for key in draft.creators where !ledger.isSettled(key) { ledger.settle(key, .noEquivalent, words) }
            settleDeep(draft.definition, words)
        }
        for object in facts.objects { settleOthers(of: object, words) }
        settings.settleAll(&ledger, words)
    }

    /// An object with all that is in it, also other objects.
    private mutating func settleDeep(_ object: DefinedObject, _ words: String, depth: Int = 0) {
        for argument in object.arguments {
            settleAll(argument, .noEquivalent, words)
            guard depth < 4 else { continue }
            var inner = [argument.value]
            if case .list(let items) = argument.value.content { inner += items }
            for value in inner {
                guard let index = self.object(value), used.insert(index).inserted else { continue }
                settleDeep(facts.objects[index], words, depth: depth + 1)
            }
        }
    }

    private mutating func settleSettings() {
        for stack in settings.stacks { settle(stack.settings, in: stack.range.path, folder: stack.folder) }
        for project in settings.projects {
            settle(project.settings, in: project.range.path, folder: project.folder)
            ledger.settle(under: "", in: project.range.path, .noEquivalent, "it is Pulumi's own file of the project")
        }
    }

    /// Settings that are in nothing that is written: who reads them, and what to do with a secret.
    private mutating func settle(_ settings: [PulumiSettings.Setting], in file: String, folder: String) {
        for setting in settings {
            guard let key = ledger.key(setting.path, in: file), !ledger.isSettled(key) else {
                ledger.settle(
                    under: setting.path, in: file, .noEquivalent, "no definition that is imported reads it")
                continue
            }
            let reader = facts.reads.first { read in
                read.key == setting.name
                    && self.settings.setting(read.key, of: read.namespace, in: [setting], folder: folder) != nil
            }
            var words = "no definition reads it"
            if let reader {
                words =
                    "it is read at \(reader.range.path):\(reader.range.start.line), for nothing that is imported here"
            }
            if setting.isSecret {
                words =
                    "it is a secret of Pulumi's, encrypted, and cannot be read here: create it in Secrets Manager (`pulumi config get \(setting.namespace.map { "\($0):" } ?? "")\(setting.name)` shows it), and name it under `secrets` of the functions that need it; \(words)"
            }
            ledger.settle(key, .noEquivalent, words)
            ledger.settle(under: setting.path, in: file, .noEquivalent, words)
        }
    }
}
