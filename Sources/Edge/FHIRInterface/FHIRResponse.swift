import FHIR

/// An answer of the FHIR interface, apart from HTTP's framing.
struct FHIRResponse: Sendable {
    var status: Int
    var headers: [String: String]
    var body: [UInt8]

    init(_ status: Int, _ body: [UInt8], headers: [String: String] = [:]) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    init(_ status: Int, _ json: JSONValue, headers: [String: String] = [:]) {
        self.init(status, JSONPrinter.bytes(json), headers: headers)
    }
}

/// A request that is not done, with its HTTP status and the OperationOutcome that says why.
struct FHIRRefusal: Error {
    var status: Int
    var issue: OperationOutcome.Issue
    var headers: [String: String] = [:]

    init(
        _ status: Int, _ code: OperationOutcome.IssueType, _ text: String, expression: String? = nil,
        headers: [String: String] = [:]
    ) {
        self.status = status
        issue = .init(code, text, expression: expression)
        self.headers = headers
    }
}
