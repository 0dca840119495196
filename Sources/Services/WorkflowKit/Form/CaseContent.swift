import Effects
import Ledgers
package import ServiceKit
package import Trust

/// A document that goes with a case: an ECG's waveform or its PDF.
package struct CaseAttachment: Sendable, Equatable {
    package var contentType: String
    package var title: String
    package var bytes: [UInt8]

    package init(contentType: String, title: String, bytes: [UInt8]) {
        self.contentType = contentType
        self.title = title
        self.bytes = bytes
    }
}

/// What was written about a case in clear: the payload of its creation and of every event that has a form.
package struct CaseContent: Sendable, Equatable {
    package var patient: PatientDemographics
    /// By the fields of the form.
    package var values: [String: String]
    package var attachments: [CaseAttachment]
    /// Entries that belong to it: recognised results, other cases.
    package var references: [String]
    /// The hospital system's own number of the order; empty where there is none.
    package var orderNumber: String
    /// On what passing the data on rests; signed by the creator's node.
    package var statement: SignedAccessStatement?
    /// Who wrote it, and the name under which they signed.
    package var actor: String
    package var actorName: String
    /// Blinds what the actor's node signed of it.
    package var nonce: [UInt8]

    package init(
        patient: PatientDemographics = PatientDemographics(identifiers: []), values: [String: String] = [:],
        attachments: [CaseAttachment] = [], references: [String] = [], orderNumber: String = "", actor: String = "",
        actorName: String = "", nonce: [UInt8] = []
    ) {
        self.patient = patient
        self.values = values
        self.attachments = attachments
        self.references = references
        self.orderNumber = orderNumber
        self.actor = actor
        self.actorName = actorName
        self.nonce = nonce
    }

    package subscript(_ field: String) -> String {
        get { values[field] ?? "" }
        set { values[field] = newValue }
    }

    /// The content without what differs when the same is sent again.
    package var said: CaseContent {
        var said = self
        said.nonce = []
        said.statement = nil
        return said
    }

    /// By which the same content is recognised.
    package func digest(_ suite: Suite) throws -> [UInt8] { suite.digest(try said.wireBytes()).bytes }

    private static let identifiersCount = 16
    private static let attachmentsCount = 32
    private static let referencesCount = 64

    /// Checks it against a form and the limits.
    ///
    /// - Throws: the workflow's codes of ``CaseFault/tooLarge`` and ``CaseFault/badContent``.
    package func check<W: Workflow>(_ form: CaseForm, of workflow: W.Type) throws {
        let table = W.table
        let attached = attachments.reduce(0) { $0 + $1.bytes.count }
        guard attachments.count <= Self.attachmentsCount, attached <= Limits.entryAttachmentBytes else {
            throw table.failure(
                .tooLarge, "the attachments have more than \(Limits.entryAttachmentBytes) bytes together",
                remedy: "send the PDF, or a compressed waveform")
        }
        guard references.count <= Self.referencesCount, references.allSatisfy({ (try? EntryID($0)) != nil }) else {
            throw table.failure(
                .badContent, "at most \(Self.referencesCount) entries are named, each by its id",
                remedy: "copy the ids of what belongs to it")
        }
        switch form.problem(in: values) {
        case nil: return
        case .tooLong(let field, let limit):
            throw table.failure(
                .tooLarge, "'\(field)' may have \(limit) bytes", remedy: "send a longer text as an attachment")
        case .empty:
            throw table.failure(.badContent, "nothing is written in it", remedy: "write what is to be said")
        case .missing(let field):
            throw table.failure(.badContent, "'\(field)' is missing", remedy: "fill it in")
        case .unknown(let field):
            throw table.failure(
                .badContent, "there is no field '\(field.prefix(80))'",
                remedy: "the fields are: " + form.fields.map(\.name).joined(separator: ", "))
        case .notAmong(let field, let words):
            throw table.failure(
                .badContent, "'\(field)' is none of the list's words",
                remedy: "choose one of: " + words.joined(separator: ", "))
        case .noDay(let field):
            throw table.failure(.badContent, "'\(field)' is no day", remedy: "write it as 2026-12-31")
        }
    }

    /// The content without the patient and whoever wrote it, as it leaves the node of a case whose header names nobody.
    var withoutPersons: CaseContent {
        CaseContent(values: values, attachments: attachments, references: references, nonce: nonce)
    }

    /// - Throws: the workflow's code of ``CaseFault/noPatient``.
    package func checkPatient<W: Workflow>(of workflow: W.Type) throws {
        let isNamed = !patient.identifiers.isEmpty || W.table.creation.keys == .none
        guard isNamed, patient.identifiers.count <= Self.identifiersCount else {
            throw W.table.failure(
                .noPatient, "\(W.table.oneCase) needs 1 to \(Self.identifiersCount) identifiers of the patient",
                remedy: "give the identity number, or a number of the hospital's own")
        }
    }
}
