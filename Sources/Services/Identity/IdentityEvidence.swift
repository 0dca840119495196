/// On what a link rests: an open list of codes, so that a region may add its own.
package struct IdentityEvidence: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    /// - Returns: `nil` unless the code is 1 to 40 ASCII letters, digits and hyphens.
    package init?(rawValue: String) {
        let isWord = rawValue.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D
        }
        guard isWord, (1...40).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }

    private init(known rawValue: String) {
        self.rawValue = rawValue
    }

    /// Somebody compared the person's documents.
    package static let document = Self(known: "document")
    /// The platform that issues e-health cards says so.
    package static let ehealthCard = Self(known: "ehealthCard")
    /// The health insurance says so.
    package static let insurance = Self(known: "insurance")
    /// The population register says so.
    package static let registry = Self(known: "registry")
    /// An operator decided after reviewing the records.
    package static let `operator` = Self(known: "operator")

    package static let known: [IdentityEvidence] = [.document, .ehealthCard, .insurance, .registry, .operator]

    /// What a person reads: Chinese; an unknown code stands for itself.
    package var word: String {
        switch self {
        case .document: "证件核对"
        case .ehealthCard: "电子健康卡平台"
        case .insurance: "医保"
        case .registry: "人口库"
        case .operator: "人工复核"
        default: rawValue
        }
    }
}
