package import ServiceKit

/// Who asks about a person, and why.
public struct TestInquirer: Hashable, Sendable {
    /// What somebody asks for.
    ///
    /// What each rests on stands in `docs/identity.md`. Services have purposes of their own.
    public struct Purpose: RawRepresentable, Hashable, Sendable {
        /// The word, as statements and files have it.
        public let rawValue: String

        /// A purpose by its word; a node answers nobody for one that none of its services knows.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// To treat a patient.
        public static let treatment = Purpose(rawValue: "treatment")
        /// Where there is no time for an order or consent.
        public static let emergency = Purpose(rawValue: "emergency")
        /// Because the patient asks for it.
        public static let ownRecord = Purpose(rawValue: "ownRecord")
        /// To review how somebody was treated.
        public static let qualityReview = Purpose(rawValue: "qualityReview")
    }

    /// Who asks, as the hospital names its staff.
    public var practitioner: String
    /// Where they work: a unit of the node, or a department.
    public var organizationUnit: String
    /// What they ask for.
    public var purpose: Purpose
    /// The number or words under which the patient's consent is filed.
    public var consent: String?
    /// Mandatory for `emergency`.
    public var breakGlassReason: String?
    /// The number of the order or encounter for which somebody asks; treatment rests on it, or on consent.
    public var order: String?

    /// A doctor who treats somebody and has an order, where nothing else is said.
    public init(
        _ practitioner: String = "doctor", organizationUnit: String = "clinic", purpose: Purpose = .treatment,
        consent: String? = nil, breakGlassReason: String? = nil, order: String? = "TEST-ORDER"
    ) {
        self.practitioner = practitioner
        self.organizationUnit = organizationUnit
        self.purpose = purpose
        self.consent = consent
        self.breakGlassReason = breakGlassReason
        self.order = order
    }
}

extension TestInquirer {
    /// As the services take it.
    package var asking: Asking {
        Asking(
            practitioner: practitioner, organizationUnit: organizationUnit,
            purpose: AccessStatement.Purpose(rawValue: purpose.rawValue), consent: consent,
            breakGlassReason: breakGlassReason, order: order)
    }
}
