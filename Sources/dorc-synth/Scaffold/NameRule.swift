/// What the answers to scaffolding's questions may look like. A name that passes here passes `dorc-synth check`.
enum NameRule: Sendable {
    case project, environment, region, account, folder

    /// Completes the sentence "NAME must be ...".
    var explanation: String {
        switch self {
        case .project: "lower-case letters and digits in parts joined by '-', a letter first, as in census-demo"
        case .environment: "lower-case letters and digits, a letter first, as in dev, and not 'universal'"
        case .region: "an AWS region, as in eu-west-2"
        case .account: "the 12 digits of an AWS account"
        case .folder: "lower-case letters and digits in parts joined by '-' or '_', as in load_file"
        }
    }

    func accepts(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        switch self {
        case .project:
            return startsWithLetter(text) && parts.allSatisfy(isLowerCaseOrDigits)
        case .environment:
            return startsWithLetter(text) && isLowerCaseOrDigits(text) && text != "universal"
        case .region:
            guard parts.count >= 3, let number = parts.last, let continent = parts.first else { return false }
            return continent.utf8.count == 2 && number.utf8.count == 1 && number.utf8.allSatisfy(isDigit)
                && parts.dropLast().allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isLowerCase) }
        case .account:
            return text.utf8.count == 12 && text.utf8.allSatisfy(isDigit)
        case .folder:
            return text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "-" || $0 == "_" })
                .allSatisfy(isLowerCaseOrDigits)
        }
    }

    private func isLowerCaseOrDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isLowerCase($0) || isDigit($0) }
    }

    private func startsWithLetter(_ text: String) -> Bool {
        text.utf8.first.map(isLowerCase) ?? false
    }

    private func isLowerCase(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
