package import Effects

/// One thing that an operator can ask of a node: declared once, then served, called, described and tested from that.
///
/// The declaration says nothing about sockets. A service declares its endpoints beside its model and gives each a handler
/// (``serve(_:)``); the console serves them below `/v1`, and its client calls them.
package struct Endpoint<Question: Sendable, Answer: Sendable>: Sendable {
    package let description: EndpointDescription
    let role: EndpointRole<Question>
    let question: QuestionForm<Question>
    let answer: AnswerForm<Answer>

    /// - Parameters:
    ///   - path: below `/v1/`, without parameters; what is asked stands in the question.
    ///   - summary: what it does, in one English sentence.
    ///   - role: who asks.
    ///   - audit: the action that it leaves in the audit ledger of every node that serves it, where it is about a person;
    ///     none where it never is.
    ///   - failures: the classes of what it refuses besides those that every endpoint has: `invalid`, `retry` and `broken`.
    package init(
        _ method: EndpointDescription.Method, _ path: String, summary: String, role: EndpointRole<Question> = .operator,
        audit: String? = nil, question: QuestionForm<Question>, answer: AnswerForm<Answer>,
        failures: Set<FailureClass> = []
    ) {
        description = EndpointDescription(
            method: method, path: path, summary: summary, role: role.name, audit: audit,
            question: question.description, answer: answer.description,
            failures: failures.union([.invalid, .retry, .broken]))
        self.role = role
        self.question = question
        self.answer = answer
    }

    /// The endpoint with what answers it.
    package func serve(_ handler: @escaping @Sendable (Question) async throws -> Answer) -> ServedEndpoint {
        ServedEndpoint(description: description) { [self] request in
            let asked = try question.read(request)
            try role.check(asked)
            return try answer.write(try await handler(asked))
        }
    }

    /// A question as it goes to a node.
    package func request(_ asked: Question) throws -> EndpointRequest { try question.write(asked) }

    /// A node's answer.
    ///
    /// - Throws: `console.badAnswer` where it is none.
    package func read(_ response: EndpointResponse) throws -> Answer { try answer.read(response, description.path) }
}

/// Who asks something of a node; whoever holds the operator's token or may open the socket may ask everything.
package enum EndpointRole<Question: Sendable>: Sendable {
    /// The operator, for the node.
    case `operator`
    /// A practitioner, whom the question names; the operator enters it.
    case practitioner(@Sendable (Question) -> String)

    var name: String {
        switch self {
        case .operator: "operator"
        case .practitioner: "practitioner"
        }
    }

    /// - Throws: `access.incomplete` where the question must name somebody and does not.
    func check(_ question: Question) throws {
        if case .practitioner(let name) = self, name(question).isEmpty {
            throw Failure(
                "access.incomplete", "the question does not say who asks", remedy: "give --practitioner")
        }
    }
}
