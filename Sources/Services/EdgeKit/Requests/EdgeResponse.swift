package import Effects
package import FHIR

/// An answer to a request, apart from HTTP's framing; the edge adds its type, its correlation id, and that it is not to be
/// stored.
package struct EdgeResponse: Sendable {
    package var status: Int
    package var headers: [String: String]
    package var body: [UInt8]

    package init(_ status: Int, _ body: [UInt8], headers: [String: String] = [:]) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    package init(_ status: Int, _ json: JSONValue, headers: [String: String] = [:]) {
        self.init(status, JSONPrinter.bytes(json), headers: headers)
    }
}

/// A request that is not done, with its HTTP status and the OperationOutcome that says why.
///
/// A handler throws one where the standard asks for a status that no failure's class stands for: 412 where a version has
/// changed meanwhile, 422 where a resource can be read and makes no sense. Every other `Failure` that it throws gets the
/// status of its class.
package struct FHIRRefusal: Error {
    package var status: Int
    package var issue: OperationOutcome.Issue
    package var headers: [String: String] = [:]

    package init(
        _ status: Int, _ code: OperationOutcome.IssueType, _ text: String, expression: String? = nil,
        headers: [String: String] = [:]
    ) {
        self.status = status
        issue = .init(code, text, expression: expression)
        self.headers = headers
    }
}

/// A request of plain JSON that is not done and gets another status than its failure's class stands for.
package struct PlainRefusal: Error {
    package var status: Int
    package var failure: Failure
    package var headers: [String: String]

    package init(_ status: Int, _ failure: Failure, headers: [String: String] = [:]) {
        self.status = status
        self.failure = failure
        self.headers = headers
    }
}
