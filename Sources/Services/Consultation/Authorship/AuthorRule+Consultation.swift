import Effects
import Ledgers
import Regions
import ServiceKit
import Storage

extension AuthorRule {
    /// The requester itself, for a unit that delivers to it, on the terms of that time, about the patient of its access
    /// statement.
    static let consultationRequest = AuthorRule { question in
        let fields = try ConsultationFields(bytes: question.entry.fields)
        guard question.entry.author == fields.request.requester else {
            throw Failure("author.notRequester", "\(question.entry.author) wrote another node's request")
        }
        try question.refuseForeign(fields.organizationUnit)
        let terms = fields.terms
        let isAgreed = try question.mayHaveGoneBy { configuration in
            configuration.serviceLevel(terms.kind).map { ConsultationTerms($0, requestedTime: terms.requestedTime) }
                == terms
        }
        guard isAgreed else {
            throw Failure(
                "author.otherTerms",
                "\(question.entry.author) wrote a request on terms that the region did not agree on",
                remedy: "see serviceLevels in the region configuration with `yilian region show`")
        }
        try checkStatement(fields, question)
    }

    /// The keys in the header are those of the access statement that lies beside the patient's data, which the requester
    /// signed for this request.
    private static func checkStatement(_ fields: ConsultationFields, _ question: AuthorQuestion) throws {
        guard let payload = question.entry.payload else { return }
        guard let signed = try ConsultationContent(wireBytes: payload).statement,
            signed.statement.node == question.entry.author,
            // Sealed by a key that holds: a clock that is off when the statement is made changes nothing.
            try signed.isSigned(by: question.region) || signed.isSigned(by: question.region, at: question.time),
            signed.statement.asking.organizationUnit == fields.organizationUnit,
            Set(signed.statement.patientKeys) == Set(fields.patientKeys)
        else {
            throw Failure(
                "author.otherPatient",
                "the access statement of a request is not about the patient whom its header names")
        }
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
