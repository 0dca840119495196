import Effects
import Ledgers
import Regions
import Storage

extension AuthorRule {
    /// The requester itself, for a unit that delivers to it.
    static let consultationRequest = AuthorRule { question in
        let fields = try ConsultationFields(bytes: question.entry.fields)
        guard question.entry.author == fields.request.requester else {
            throw Failure("author.notRequester", "\(question.entry.author) wrote another node's request")
        }
        try question.refuseForeign(fields.organizationUnit)
    }

    /// The first attempt: the requester's first home at rule time; later ones: the dispatcher of that time.
    static let consultationOpened = AuthorRule { question in
        let fields = try ConsultationFields(bytes: question.entry.fields)
        guard fields.attempt == 1 else { return try question.requireDispatcher() }
        let home = HomeRule.firstHome(of: fields.request.requester, in: try question.tree)
        guard question.entry.author == fields.home, home == fields.home else {
            throw Failure(
                "author.notHome",
                "\(question.entry.author) took on a request of \(fields.request.requester), whose first home is another"
            )
        }
    }

    /// The home that the attempt's first event names.
    static let consultationHome = AuthorRule { try checkHome($0) }

    @discardableResult
    static func checkHome(_ question: AuthorQuestion) throws -> ConsultationFields {
        let fields = try ConsultationFields(bytes: question.entry.fields)
        guard question.entry.author == fields.home, try follows(fields, question) else {
            throw Failure(
                "author.notHome", "\(question.entry.author) wrote an event of an attempt whose home it is not")
        }
        return fields
    }

    /// Whether the event names an earlier one of the same attempt as its cause; the first of them was opened by whoever
    /// may open it.
    private static func follows(_ fields: ConsultationFields, _ question: AuthorQuestion) throws -> Bool {
        for cause in question.entry.causes {
            let row = try question.sql.row(
                "SELECT fields FROM consultation_event WHERE entry = $1 AND request = $2",
                [cause.description, fields.request.description])
            guard let row else { continue }
            let before = try ConsultationFields(bytes: try row.bytes(0))
            if before.attempt == fields.attempt, before.home == fields.home, before.number < fields.number {
                return true
            }
        }
        return false
    }
}
