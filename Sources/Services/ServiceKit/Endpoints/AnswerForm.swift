import Effects

/// How an answer travels: as JSON, as the bytes of a file, or as text.
package struct AnswerForm<Answer: Sendable>: Sendable {
    let description: EndpointDescription.Answer
    let write: @Sendable (Answer) throws -> EndpointResponse
    let read: @Sendable (EndpointResponse, _ path: String) throws -> Answer
}

extension AnswerForm where Answer: Codable {
    package static var json: Self {
        let description = EndpointDescription.Answer.json(JSONSchema.read(Answer.self))
        return AnswerForm(
            description: description,
            write: { EndpointResponse(contentType: description.contentType, body: try OperatorJSON.bytes($0)) },
            read: { try OperatorJSON.value(Answer.self, from: $0.body, place: $1) })
    }
}

extension AnswerForm where Answer == [UInt8] {
    package static var file: Self {
        let description = EndpointDescription.Answer.file
        return AnswerForm(
            description: description,
            write: { EndpointResponse(contentType: description.contentType, body: $0) },
            read: { answer, _ in answer.body })
    }
}

extension AnswerForm where Answer == String {
    /// - Parameter type: with its character set, which is UTF-8.
    package static func text(_ type: String) -> Self {
        AnswerForm(
            description: .text(type: type),
            write: { EndpointResponse(contentType: type, body: Array($0.utf8)) },
            read: { answer, _ in String(decoding: answer.body, as: UTF8.self) })
    }
}
