/// Who asks about whom, and why; what every look at a person's data must say.
package struct RecordQuestion: Codable, Sendable, Equatable {
    /// The kind of the identifier; `citizenID` for a GB 11643 number.
    package var identifierType: String
    /// Who issued it; `CN` for citizen identity numbers.
    package var identifierAuthority: String
    package var identifier: String
    package var practitioner: String
    /// The unit in which the practitioner works; none means the node's first.
    package var unit: String?
    /// `treatment`, `emergency`, `ownRecord`, `qualityReview`, or one that a service declares.
    package var purpose: String
    package var consent: String?
    package var breakGlassReason: String?
    /// The number of the order, encounter, request or review for which somebody asks.
    package var order: String?
    package var limit: UInt32?

    package init(
        identifierType: String = "citizenID", identifierAuthority: String = "CN", identifier: String,
        practitioner: String, unit: String? = nil, purpose: String = "treatment", consent: String? = nil,
        breakGlassReason: String? = nil, order: String? = nil, limit: UInt32? = nil
    ) {
        self.identifierType = identifierType
        self.identifierAuthority = identifierAuthority
        self.identifier = identifier
        self.practitioner = practitioner
        self.unit = unit
        self.purpose = purpose
        self.consent = consent
        self.breakGlassReason = breakGlassReason
        self.order = order
        self.limit = limit
    }
}
