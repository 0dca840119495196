/// What two systems say to each other below all messages (PS3.8, 9.3).
package enum AssociationPDU: Hashable, Sendable {
    case request(AssociationOffer)
    case accept(AssociationAnswer)
    case reject(AssociationRejection)
    case data([PresentationValue])
    case releaseRequest
    case releaseResponse
    case abort(AssociationAbort)

    var type: UInt8 {
        switch self {
        case .request: 1
        case .accept: 2
        case .reject: 3
        case .data: 4
        case .releaseRequest: 5
        case .releaseResponse: 6
        case .abort: 7
        }
    }
}

/// A piece of a command or of a data set.
package struct PresentationValue: Hashable, Sendable {
    package var contextID: UInt8
    package var isCommand: Bool
    package var isLast: Bool
    package var bytes: [UInt8]

    package init(contextID: UInt8, isCommand: Bool, isLast: Bool, bytes: [UInt8]) {
        self.contextID = contextID
        self.isCommand = isCommand
        self.isLast = isLast
        self.bytes = bytes
    }
}

/// What somebody wants to do in an association, and in which transfer syntaxes.
package struct PresentationContext: Hashable, Sendable {
    /// An odd number.
    package var id: UInt8
    package var abstractSyntax: String
    package var transferSyntaxes: [String]

    package init(id: UInt8, abstractSyntax: String, transferSyntaxes: [String]) {
        self.id = id
        self.abstractSyntax = abstractSyntax
        self.transferSyntaxes = transferSyntaxes
    }
}

/// Which side of a service a system takes (PS3.7, D.3.3.4).
package struct AssociationRole: Hashable, Sendable {
    package var abstractSyntax: String
    package var asksForIt: Bool
    package var offersIt: Bool

    package init(abstractSyntax: String, asksForIt: Bool, offersIt: Bool) {
        self.abstractSyntax = abstractSyntax
        self.asksForIt = asksForIt
        self.offersIt = offersIt
    }
}

/// What a system says of itself.
package struct AssociationUser: Hashable, Sendable {
    /// The longest unit of data that it takes; 0 is any.
    package var maximumBytes: UInt32
    package var implementationUID: String
    package var implementationName: String
    package var roles: [AssociationRole]

    package init(
        maximumBytes: UInt32, implementationUID: String = DICOMWriter.implementationUID,
        implementationName: String = DICOMWriter.implementationName, roles: [AssociationRole] = []
    ) {
        self.maximumBytes = maximumBytes
        self.implementationUID = implementationUID
        self.implementationName = implementationName
        self.roles = roles
    }
}

/// A request for an association.
package struct AssociationOffer: Hashable, Sendable {
    package static let applicationContext = "1.2.840.10008.3.1.1.1"

    package var calledTitle: String
    package var callingTitle: String
    package var contexts: [PresentationContext]
    package var user: AssociationUser
    package var applicationContext = AssociationOffer.applicationContext

    package init(
        calledTitle: String, callingTitle: String, contexts: [PresentationContext], user: AssociationUser
    ) {
        self.calledTitle = calledTitle
        self.callingTitle = callingTitle
        self.contexts = contexts
        self.user = user
    }
}

/// What becomes of one context of a request.
package struct PresentationResult: Hashable, Sendable {
    package enum Outcome: UInt8, Sendable {
        case accepted = 0
        case refusedByUser = 1
        case refused = 2
        case abstractSyntaxUnknown = 3
        case transferSyntaxesUnknown = 4
    }

    package var id: UInt8
    package var outcome: Outcome
    /// The one that counts where it is accepted.
    package var transferSyntax: String

    package init(id: UInt8, outcome: Outcome, transferSyntax: String) {
        self.id = id
        self.outcome = outcome
        self.transferSyntax = transferSyntax
    }
}

/// An association that is granted.
package struct AssociationAnswer: Hashable, Sendable {
    package var calledTitle: String
    package var callingTitle: String
    package var results: [PresentationResult]
    package var user: AssociationUser

    package init(
        calledTitle: String, callingTitle: String, results: [PresentationResult], user: AssociationUser
    ) {
        self.calledTitle = calledTitle
        self.callingTitle = callingTitle
        self.results = results
        self.user = user
    }
}

/// An association that is refused (PS3.8, 9.3.4).
package struct AssociationRejection: Hashable, Sendable {
    package var isPermanent: Bool
    package var source: UInt8
    package var reason: UInt8

    package init(isPermanent: Bool, source: UInt8, reason: UInt8) {
        self.isPermanent = isPermanent
        self.source = source
        self.reason = reason
    }

    package static let unspecified = AssociationRejection(isPermanent: true, source: 1, reason: 1)
    package static let applicationContextUnknown = AssociationRejection(isPermanent: true, source: 1, reason: 2)
    package static let callingTitleUnknown = AssociationRejection(isPermanent: true, source: 1, reason: 3)
    package static let calledTitleUnknown = AssociationRejection(isPermanent: true, source: 1, reason: 7)
    /// Too many at once: the peer may try again.
    package static let limitReached = AssociationRejection(isPermanent: false, source: 3, reason: 2)
}

/// The end of an association without ceremony (PS3.8, 9.3.8).
package struct AssociationAbort: Hashable, Sendable {
    package var isByProvider: Bool
    package var reason: UInt8

    package init(isByProvider: Bool, reason: UInt8 = 0) {
        self.isByProvider = isByProvider
        self.reason = reason
    }

    package static let byUser = AssociationAbort(isByProvider: false)
    package static let unrecognizedUnit = AssociationAbort(isByProvider: true, reason: 1)
    package static let unexpectedUnit = AssociationAbort(isByProvider: true, reason: 2)
    package static let invalidParameter = AssociationAbort(isByProvider: true, reason: 6)
}
