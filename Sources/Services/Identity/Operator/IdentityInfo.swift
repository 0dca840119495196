package import ServiceKit

/// A link that somebody wants to write: the question names the first identifier, who asks and why.
package struct IdentityLinking: Codable, Sendable, Equatable {
    package var question: RecordQuestion
    package var others: [IdentifierInfo]
    /// `document`, `ehealthCard`, `insurance`, `registry`, `operator`, or a code of the region's own.
    package var evidence: String
    package var reference: String?
    /// Separations that are thereby declared wrong.
    package var overrules: [String]?

    package init(
        question: RecordQuestion, others: [IdentifierInfo], evidence: String, reference: String? = nil,
        overrules: [String]? = nil
    ) {
        self.question = question
        self.others = others
        self.evidence = evidence
        self.reference = reference
        self.overrules = overrules
    }
}

/// A separation that somebody wants to write: the question names an identifier of the one person.
package struct IdentitySeparating: Codable, Sendable, Equatable {
    package var question: RecordQuestion
    /// Identifiers of the other person.
    package var from: [IdentifierInfo]
    /// Links that were wrong besides those that name both.
    package var links: [String]?
    package var reason: String

    package init(question: RecordQuestion, from: [IdentifierInfo], links: [String]? = nil, reason: String) {
        self.question = question
        self.from = from
        self.links = links
        self.reason = reason
    }
}

/// What became of a link or a separation.
package struct IdentityReceiptInfo: Codable, Sendable, Equatable {
    package var entry: String
    package var isNew: Bool
    package var undone: [String]
    /// Links over other identifiers that still lead from the one person to the other.
    package var stillJoinedBy: [String]
    /// It counts at the node alone, because the unit has not reported under any of the identifiers.
    ///
    /// None from an older node.
    package var isHereOnly: Bool?
    package var statement: String

    init(_ receipt: IdentityReceipt) {
        entry = receipt.entry.description
        isNew = receipt.isNew
        undone = receipt.undone.map(\.description)
        stillJoinedBy = receipt.stillJoinedBy.map(\.description)
        isHereOnly = receipt.isHereOnly
        statement = receipt.statement
    }
}

/// A link or a separation as the log shows it.
package struct IdentityRecordInfo: Codable, Sendable, Equatable {
    package var entry: String
    /// `link` or `separation`.
    package var deed: String
    package var node: String
    package var at: String
    package var receivedAt: String
    package var practitioner: String
    package var organizationUnit: String
    package var purpose: String
    package var statement: String
    /// A link's evidence: its code, and the word that a person reads.
    package var evidence: String?
    package var evidenceWord: String?
    /// A link's reference, or a separation's reason.
    package var text: String
    /// What it undoes or overrules.
    package var causes: [String]
    package var keyCount: Int
    /// `false` where a later one undid or overruled it.
    package var isStanding: Bool
    /// In clear, where they lie here and the question was about the person.
    package var identifiers: [IdentifierInfo]

    init(_ record: IdentityRecord) {
        entry = record.entry.description
        node = record.entry.author.rawValue
        at = record.authorTime.description
        receivedAt = record.receivedTime.description
        practitioner = record.actor.asking.practitioner
        organizationUnit = record.actor.asking.organizationUnit
        purpose = record.actor.asking.purpose.rawValue
        statement = record.actor.statement
        switch record.deed {
        case .link(let link):
            (deed, evidence, evidenceWord) = ("link", link.evidence.rawValue, link.evidence.word)
            (text, keyCount) = (link.reference, link.keys.count)
        case .separation(let separation):
            (deed, evidence, evidenceWord) = ("separation", nil, nil)
            (text, keyCount) = (separation.reason, separation.groups.reduce(0) { $0 + $1.count })
        }
        causes = record.causes.map(\.description)
        isStanding = record.isStanding
        identifiers = record.identifiers.map { IdentifierInfo($0.identifier) }
    }
}
