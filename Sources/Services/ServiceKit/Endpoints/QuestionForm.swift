import Effects

/// How a question travels: in the query, as a JSON body, or as the bytes of a file.
package struct QuestionForm<Question: Sendable>: Sendable {
    let description: EndpointDescription.Question
    let write: @Sendable (Question) throws -> EndpointRequest
    /// Throws `console.badRequest` where the request is no such question.
    let read: @Sendable (EndpointRequest) throws -> Question
}

/// Nothing is asked.
package struct NoQuestion: Codable, Sendable, Equatable {
    package init() {}
}

/// The bytes of a file, and what is asked about it.
package struct Upload<Parameters: Codable & Sendable>: Sendable {
    package var parameters: Parameters
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8], _ parameters: Parameters) {
        self.bytes = bytes
        self.parameters = parameters
    }
}

extension QuestionForm where Question == NoQuestion {
    package static var none: Self {
        let query = QueryText<NoQuestion>()
        return QuestionForm(
            description: .init(), write: { _ in EndpointRequest() },
            read: {
                try $0.refuseBody()
                return try query.read($0.query)
            })
    }
}

extension QuestionForm where Question: Codable {
    /// Plain values as parameters of the query.
    package static var query: Self {
        let query = QueryText<Question>()
        return QuestionForm(
            description: .init(query: query.schema), write: { EndpointRequest(query: try query.write($0)) },
            read: {
                try $0.refuseBody()
                return try query.read($0.query)
            })
    }

    /// A JSON body.
    package static var json: Self {
        let schema = JSONSchema.read(Question.self)
        let noQuery = QueryText<NoQuestion>()
        return QuestionForm(
            description: .init(body: .json(schema)), write: { EndpointRequest(body: try OperatorJSON.bytes($0)) },
            read: { request in
                _ = try noQuery.read(request.query)
                let value = try OperatorJSON.value(
                    AnyJSON.self, from: request.body, place: nil, code: EndpointRequest.refusal)
                if let problem = try schema.get().problem(in: value) {
                    throw Failure(EndpointRequest.refusal, "the JSON is not what is wanted here: \(problem)")
                }
                return try OperatorJSON.value(
                    Question.self, from: request.body, place: nil, code: EndpointRequest.refusal)
            })
    }
}

extension QuestionForm {
    /// The bytes of a file as the body, and parameters of the query.
    package static func upload<Parameters>(limitBytes: Int) -> Self where Question == Upload<Parameters> {
        let query = QueryText<Parameters>()
        return QuestionForm(
            description: .init(
                query: Parameters.self == NoQuestion.self ? nil : query.schema, body: .file(limitBytes: limitBytes)),
            write: { EndpointRequest(query: try query.write($0.parameters), body: $0.bytes) },
            read: { Upload($0.body, try query.read($0.query)) })
    }
}

extension EndpointRequest {
    static let refusal: Failure.Code = "console.badRequest"

    fileprivate func refuseBody() throws {
        guard body.isEmpty else {
            throw Failure(Self.refusal, "this takes no body", remedy: "leave it out")
        }
    }
}
