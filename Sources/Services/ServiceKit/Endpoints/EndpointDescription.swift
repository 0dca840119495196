package import Effects

/// What an endpoint is, for whoever serves, lists or documents it.
package struct EndpointDescription: Sendable {
    package enum Method: String, Sendable {
        /// Changes nothing and may be asked again; nothing about a person stands in its address.
        case get = "GET"
        case post = "POST"
    }

    /// What is asked: parameters of the query, and a body.
    package struct Question: Sendable {
        /// An object of plain values; none where there are no parameters.
        package var query: SchemaResult?
        package var body: Body?
    }

    /// What a body holds.
    package enum Body: Sendable {
        case json(SchemaResult)
        /// Bytes of a file.
        case file(limitBytes: Int)
    }

    /// What is answered.
    package enum Answer: Sendable {
        case json(SchemaResult)
        /// Bytes of a file.
        case file
        /// Text of a media type.
        case text(type: String)
        /// Server-sent events.
        case events

        /// The media type of the answer.
        package var contentType: String {
            switch self {
            case .json: "application/json; charset=utf-8"
            case .file: "application/octet-stream"
            case .text(let type): type
            case .events: EventFeed.contentType
            }
        }
    }

    /// A schema that was read from a type, or why it could not be.
    package typealias SchemaResult = Result<JSONSchema, Failure>

    package let method: Method
    package let path: String
    package let summary: String
    /// `operator` or `practitioner`.
    package let role: String
    /// The action that stands in the audit ledger afterwards.
    package let audit: String?
    package let question: Question
    package let answer: Answer
    /// The classes of failure that it may answer.
    package let failures: Set<FailureClass>
}
