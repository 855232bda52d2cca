internal import DorcModel
internal import DorcText

/// `access` of all places that speak of a function -> Access, for one environment. It adds up: none of them takes anything away.
struct AccessResolver {
    let context: ResolutionContext

    /// `sections` from the one that is farthest from the function to its own; nil where there is none.
    func access(_ sections: [Located<AccessSection>], _ diagnostics: inout Diagnostics) -> Access? {
        guard let closest = sections.last else { return nil }
        var access = Access(range: closest.range.firstLine)
        for section in sections { add(section.value, to: &access, &diagnostics) }
        return access
    }

    private func add(_ section: AccessSection, to access: inout Access, _ diagnostics: inout Diagnostics) {
        add(section.s3Read, .s3Read, to: &access, &diagnostics, objects)
        add(section.s3Write, .s3Write, to: &access, &diagnostics, objects)
        add(section.s3Delete, .s3Delete, to: &access, &diagnostics, objects)
        if let athena = section.athena?.value { add(athena, to: &access, &diagnostics) }
        add(section.glue?.value.read, .glueRead, to: &access, &diagnostics, tables)
        add(section.glue?.value.write, .glueWrite, to: &access, &diagnostics, tables)
        add(section.kms, .kms, to: &access, &diagnostics, named(.key))
        add(section.secrets, .secrets, to: &access, &diagnostics, named(.secret))
        add(section.sqs?.value.send, .sqsSend, to: &access, &diagnostics, named(.queue))
        add(section.sqs?.value.receive, .sqsReceive, to: &access, &diagnostics, named(.queue))
        add(section.sns, .sns, to: &access, &diagnostics, named(.topic))
        add(section.dynamodb?.value.read, .dynamodbRead, to: &access, &diagnostics, named(.table))
        add(section.dynamodb?.value.write, .dynamodbWrite, to: &access, &diagnostics, named(.table))
        add(section.bedrock, .bedrock, to: &access, &diagnostics, model)
        if section.lakeFormation?.value == true { access.add(.lakeFormation, .everything) }
        add(section.assumeRole, .assumeRole, to: &access, &diagnostics, named(.role))
    }

    private func add(
        _ athena: AccessSection.AthenaSection, to access: inout Access, _ diagnostics: inout Diagnostics
    ) {
        add(athena.read, .athenaRead, to: &access, &diagnostics, tables)
        add(athena.write, .athenaWrite, to: &access, &diagnostics, tables)
        add(athena.results, .athenaResults, to: &access, &diagnostics, objects)
        if let workgroup = athena.workgroup {
            let found = named(.workgroup)(workgroup, &diagnostics)
            if let found { access.add(.athenaWorkgroup, found) }
        } else if !athena.writtenKeys.contains("workgroup") {
            // Athena guide, "How workgroups work": each account has this one.
            access.add(.athenaWorkgroup, .resource(.arn("athena", .literal("workgroup/primary"))))
        }
    }

    private typealias Reader = (Located<VariableText>, inout Diagnostics) -> AccessGrant.Target?

    private func add(
        _ names: AccessSection.Names?, _ word: AccessWord, to access: inout Access, _ diagnostics: inout Diagnostics,
        _ read: Reader
    ) {
        guard let names else { return }
        AccessTwice.check(names.value, areObjects: word.isOfObjects, &diagnostics)
        for name in names.value {
            if let target = read(name, &diagnostics) { access.add(word, target) }
        }
    }

    // MARK: What is named

    private func objects(_ name: Located<VariableText>, _ diagnostics: inout Diagnostics) -> AccessGrant.Target? {
        let text = context.expand(name, &diagnostics)
        guard context.isSound(name.value), S3ObjectsCheck(name: name, text: text).run(into: &diagnostics) else {
            return nil
        }
        return .objects(S3Objects(text))
    }

    private func named(_ kind: AccessResource) -> Reader {
        { name, diagnostics in
            let text = context.expand(name, &diagnostics)
            guard context.isSound(name.value), let arn = kind.arn(of: text, name, context, &diagnostics) else {
                return nil
            }
            return .resource(arn)
        }
    }

    private func model(_ name: Located<VariableText>, _ diagnostics: inout Diagnostics) -> AccessGrant.Target? {
        let text = context.expand(name, &diagnostics)
        guard context.isSound(name.value) else { return nil }
        return BedrockModel.target(of: text, name, context, &diagnostics)
    }

    private func tables(_ name: Located<VariableText>, _ diagnostics: inout Diagnostics) -> AccessGrant.Target? {
        let text = context.expand(name, &diagnostics)
        guard context.isSound(name.value) else { return nil }
        return CatalogName.tables(of: text, name, context, &diagnostics).map { .tables($0) }
    }
}

extension AccessWord {
    fileprivate var isOfObjects: Bool { [.s3Read, .s3Write, .s3Delete, .athenaResults].contains(self) }
}

/// What one list of `access` names twice, by what is written: that variables have the same value in some environment is no mistake.
private enum AccessTwice {
    static func check(_ names: [Located<VariableText>], areObjects: Bool, _ diagnostics: inout Diagnostics) {
        // Each with each: a list is as long as a policy can be.
        let sources = names.map { S3Objects(.literal($0.value.source)) }
        for index in names.indices {
            let other = names.indices.first { other in
                guard other != index else { return false }
                if sources[other] == sources[index], areObjects || names[other].value == names[index].value {
                    return other < index
                }
                return areObjects && sources[other].covers(sources[index])
            }
            if let other { diagnostics.report(.accessTwice(names[index], names[other])) }
        }
    }
}

extension Diagnostic {
    fileprivate static func accessTwice(_ name: Located<VariableText>, _ other: Located<VariableText>) -> Diagnostic {
        Diagnostic(
            .accessTwice, at: name.range.firstLine,
            name.value == other.value
                ? "`\(name.value.source)` is named twice"
                : "`\(name.value.source)` is among what `\(other.value.source)` names",
            help: "remove one of the two", notes: [Note(other.range.firstLine, "the other one is here")])
    }
}
