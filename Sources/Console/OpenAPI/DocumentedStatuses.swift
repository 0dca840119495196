import Effects
import HTTPTypes
import ServiceKit

/// The HTTP statuses that the document names for a class of failure; ``ProblemStatus`` gives one of them for each code.
enum DocumentedStatuses {
    static func of(_ class: FailureClass) -> [HTTPResponse.Status] {
        switch `class` {
        case .invalid: [.badRequest, .contentTooLarge]
        case .forbidden: [.forbidden]
        case .absent: [.notFound]
        case .conflict, .tooLate: [.conflict]
        case .retry: [.badGateway, .serviceUnavailable, .tooManyRequests]
        case .broken: [.internalServerError]
        }
    }

    /// Those of an endpoint besides 200; everybody may come without a token.
    static func all(of endpoint: EndpointDescription) -> [HTTPResponse.Status] {
        Set(endpoint.failures.flatMap(of) + [.unauthorized]).sorted { $0.code < $1.code }
    }

    static func meaning(of status: HTTPResponse.Status) -> String {
        switch status {
        case .badRequest: "What was sent is wrong; the same will be refused again."
        case .unauthorized: "The request carries no operator's token that the node takes."
        case .forbidden: "The asker may not."
        case .notFound: "What was named does not exist here."
        case .conflict: "It contradicts what stands, or comes too late."
        case .contentTooLarge: "What was sent is too large."
        case .tooManyRequests: "Too much is asked; try again later."
        case .badGateway: "Another node could not be asked; try again later."
        case .serviceUnavailable: "The node cannot now; try again later."
        default: "Something is wrong in the node; its operator has to look."
        }
    }
}
