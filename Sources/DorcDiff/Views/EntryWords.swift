/// An entry as a line: what the text and the Markdown have in common.
struct EntryWords {
    enum Piece: Equatable {
        case words(String)
        /// Something that has a name.
        case name(String)
        case value(String)
    }

    /// Before the values.
    var subject: [Piece]
    var old: String?
    var new: String?
    /// In brackets, after all else.
    var notes: [String]

    init(_ entry: Entry) {
        (old, new) = (entry.old, entry.new)
        notes = [entry.note].compactMap { $0 }
        switch entry.effect {
        case .wider?: notes.append("wider")
        case .narrower?: notes.append("narrower")
        case nil: break
        }
        let object = entry.object ?? ""
        switch entry.kind {
        case .property: subject = [.name(entry.subject)]
        case .code: subject = [.words("code of "), .name(entry.subject)]
        case .image: subject = [.words("image of "), .name(entry.subject)]
        case .variable: subject = [.words("environment variable "), .name(entry.subject)]
        case .secret: subject = [.words("secret "), .name(entry.subject)]
        case .tag: subject = [.words("tag "), .name(entry.subject)]
        case .step: subject = [.words("step "), .name(entry.subject)]
        case .setting where entry.subject.isEmpty: subject = [.words("workflow: "), .name(object)]
        case .setting: subject = [.words("step "), .name(entry.subject), .words(": "), .name(object)]
        case .edge: subject = [.words("edge "), .name(entry.subject), .words(" to "), .name(object)]
        case .errorEdge: subject = [.words("error edge "), .name(entry.subject), .words(" to "), .name(object)]
        case .schedule: subject = [.words("schedule "), .name(entry.subject)]
        case .permission: subject = [.words(entry.subject)]
        case .managedPolicy: subject = [.words("managed policy "), .name(entry.subject)]
        case .boundary: subject = [.words(entry.subject)]
        case .recipient: subject = [.words("tells "), .name(entry.subject)]
        case .message: subject = [.words("words to "), .name(entry.subject)]
        case .alert: subject = [.words("goes off without success for")]
        case .output: subject = [.words("output "), .name(entry.subject)]
        }
    }

    static func mark(_ change: Entry.Change) -> String {
        switch change {
        case .added: "+"
        case .removed: "-"
        case .changed: "~"
        }
    }

    /// As terraform has them; CloudFormation creates the new one before it removes the old one.
    static func mark(_ change: ResourceDifference.Change) -> String {
        switch change {
        case .added: "+"
        case .removed: "-"
        case .changed: "~"
        case .replaced, .maybeReplaced: "+/-"
        }
    }
}

extension ResourceDifference {
    /// As in "will be replaced"; nil for what the mark says.
    var verdict: String? {
        switch change {
        case .added, .changed: nil
        case .removed: isKept && !isLeft ? "leaves the stack and stays in AWS" : nil
        case .replaced: isKept ? "is replaced; the old one stays in AWS" : "is replaced"
        case .maybeReplaced: isKept ? "may be replaced; the old one stays in AWS" : "may be replaced"
        }
    }

    /// `AWS::Lambda::Function` is "Lambda::Function": all of them are AWS's.
    var shortType: String { type.hasPrefix("AWS::") ? String(type.dropFirst(5)) : type }
    var shownName: String { name ?? id }
}

extension StackDifference {
    /// What becomes of a stack that the project no longer has.
    var farewell: String {
        let fate =
            isLeft ? "`deploy.sh` does not delete it: delete it in AWS" : "`deploy.sh --prune` deletes it"
        return "no longer in the project; \(fate)\(kind == "core" ? "; until then, its triggers go on" : "")"
    }

    /// As in "core stack in eu-west-2, account 111122223333".
    var place: String {
        (kind.isEmpty ? "stack" : "\(kind) stack") + " in \(key.region)" + (key.account.map { ", account \($0)" } ?? "")
    }
}
