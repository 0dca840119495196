package import Effects

/// How a request ended, or that more comes (PS3.7, annex C; PS3.4).
package struct DIMSEStatus: RawRepresentable, Hashable, Sendable {
    package var rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let success = DIMSEStatus(rawValue: 0x0000)
    package static let processingFailure = DIMSEStatus(rawValue: 0x0110)
    package static let noSuchInstance = DIMSEStatus(rawValue: 0x0112)
    package static let classUnsupported = DIMSEStatus(rawValue: 0x0122)
    package static let notAuthorised = DIMSEStatus(rawValue: 0x0124)
    package static let operationUnknown = DIMSEStatus(rawValue: 0x0211)
    package static let noSuchAction = DIMSEStatus(rawValue: 0x0123)
    package static let invalidArgument = DIMSEStatus(rawValue: 0x0115)
    package static let outOfResources = DIMSEStatus(rawValue: 0xA700)
    /// The data set is not one of the class, or contradicts what stands.
    package static let contradicts = DIMSEStatus(rawValue: 0xA900)
    package static let cannotUnderstand = DIMSEStatus(rawValue: 0xC000)
    package static let cancelled = DIMSEStatus(rawValue: 0xFE00)
    /// An answer to a query; others follow.
    package static let pending = DIMSEStatus(rawValue: 0xFF00)
    /// The same where a key was asked for that is not matched by.
    package static let pendingInPart = DIMSEStatus(rawValue: 0xFF01)

    package var isPending: Bool { self == .pending || self == .pendingInPart }

    /// What a failure means to a system that stores.
    ///
    /// ``outOfResources`` is the one after which senders try again.
    package init(storing class: FailureClass) {
        self =
            switch `class` {
            case .invalid: .cannotUnderstand
            case .forbidden: .notAuthorised
            case .absent: .noSuchInstance
            case .conflict: .contradicts
            case .retry: .outOfResources
            case .tooLate, .broken: .processingFailure
            }
    }
}
