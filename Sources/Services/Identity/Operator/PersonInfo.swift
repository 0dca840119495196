package import ServiceKit

/// What a node knows of a person by an identifier.
package struct PersonInfo: Codable, Sendable, Equatable {
    /// An identifier in clear, where it stands and why it is the same person's.
    package struct Known: Codable, Sendable, Equatable {
        package var identifier: IdentifierInfo
        package var heldBy: String?
        /// `link ENTRY` or `report ENTRY`, from the one that was asked for to this one.
        package var evidence: [String]
    }

    /// A key that was kept apart.
    package struct Apart: Codable, Sendable, Equatable {
        package var separation: String
    }

    package var identifiers: [Known]
    package var records: [IdentityRecordInfo]
    /// Keys in all epochs under which the person is known here, those of the identifier itself included.
    package var keyCount: Int
    package var apart: [Apart]
    package var isKnown: Bool
    package var isTruncated: Bool
    /// The node is an index: it holds identifiers of its own hospitals' patients alone.
    package var isIndex: Bool
    package var statement: String

    init(_ answer: PersonAnswer) {
        identifiers = answer.identifiers.map { known in
            Known(
                identifier: IdentifierInfo(known.identifier), heldBy: known.heldBy?.description,
                evidence: known.path.map { $0.word + " " + $0.entry.description })
        }
        records = answer.records.map(IdentityRecordInfo.init)
        keyCount = answer.equivalents.keys.count
        apart = answer.equivalents.separated.map { Apart(separation: $0.by.description) }
        isKnown = answer.isKnown
        isTruncated = answer.equivalents.isTruncated
        isIndex = answer.isIndex
        statement = answer.statement
    }
}

/// A question for the other identifiers of a person, of one type or authority where they are named.
package struct IdentityLookup: Codable, Sendable, Equatable {
    package var question: RecordQuestion
    package var type: String?
    package var authority: String?

    package init(question: RecordQuestion, type: String? = nil, authority: String? = nil) {
        self.question = question
        self.type = type
        self.authority = authority
    }

    func takes(_ known: PersonInfo.Known) -> Bool {
        (type == nil || known.identifier.type == type)
            && (authority == nil || known.identifier.authority == authority)
    }
}
