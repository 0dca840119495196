package import Effects

/// An error as the operator's interface gives it: a failure, and the id under which the node's log knows it.
package struct ProblemInfo: Codable, Sendable, Equatable {
    package var code: String
    package var message: String
    package var place: String?
    package var remedy: String?
    package var correlation: String

    package init(_ failure: Failure, correlation: String) {
        code = failure.code.rawValue
        message = failure.message
        place = failure.place
        remedy = failure.remedy
        self.correlation = correlation
    }

    /// The failure that a client throws for it; the correlation stands at the end of the message.
    package var failure: Failure {
        Failure(
            Failure.Code(rawValue: code), "\(message) (correlation \(correlation))", place: place, remedy: remedy)
    }
}
