import Effects
import HTTPTypes

/// Which HTTP status fits a failure: by its class, never by its text.
enum ProblemStatus {
    /// What HTTP tells apart within a class.
    private static let named: [Failure.Code: HTTPResponse.Status] = [
        "console.unauthorised": .unauthorized, "console.wrongTokens": .tooManyRequests,
        "console.overloaded": .tooManyRequests, "console.tooLarge": .contentTooLarge,
        "access.tooMany": .tooManyRequests,
    ]

    static func of(_ failure: Failure) -> HTTPResponse.Status {
        if let status = named[failure.code] { return status }
        switch failure.class {
        case .invalid: return .badRequest
        case .forbidden: return .forbidden
        case .absent: return .notFound
        case .conflict, .tooLate: return .conflict
        // Another node could not be asked; this one is well.
        case .retry where failure.code.rawValue.hasPrefix("call."): return .badGateway
        case .retry: return .serviceUnavailable
        case .broken: return .internalServerError
        }
    }
}
