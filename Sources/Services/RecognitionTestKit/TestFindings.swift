package import Ledgers
import Recognition
package import ServiceKit
import YilianTestKit

/// What became of a report that a node took: it is on that node's disk.
public struct PublishedReport: Hashable, Sendable {
    /// The entry's id, for looking it up in a trace.
    public let entry: String
    /// The same for all versions of one result.
    public let resultKey: String
    /// `accepted`, `newVersion`, `voided` or `duplicate`.
    public let outcome: String

    init(_ outcome: PublishOutcome) {
        entry = outcome.entry.description
        resultKey = outcome.reportKey
        self.outcome = outcome.word
    }
}

/// One result of a person, as the index knows it before anybody opens it.
public struct FoundResult: Sendable {
    /// The entry of the version that would be opened, as a trace names it.
    public let entry: String
    /// The same for all versions of one result.
    public let resultKey: String
    /// The node that wrote it.
    public let author: String
    /// The unit that issued the report.
    public let institution: String
    /// What was ordered, as its institution codes it.
    public let serviceCode: String
    /// The same in words.
    public let serviceName: String
    /// `preliminary`, `final`, `corrected` or `void`: of the version that would be opened.
    public let status: String
    /// The number of the version that would be opened, from 1.
    public let version: Int
    /// How many versions the index knows.
    public let versionCount: Int
    /// Whether the result was withdrawn as a whole.
    public let isVoid: Bool
    /// Whether another institution may recognise it.
    public let isRecognisable: Bool
    /// Why not, in one word; `nil` where it is recognisable.
    public let obstacle: String?
    package let id: EntryID
    package let statement: SignedAccessStatement

    init(_ summary: ReportSummary, statement: SignedAccessStatement) {
        entry = summary.entry.description
        resultKey = summary.fields.reportKey
        author = summary.entry.author.rawValue
        institution = summary.fields.institution
        serviceCode = summary.fields.service.code
        serviceName = summary.fields.service.display
        status = summary.fields.status.word
        version = summary.fields.version
        versionCount = summary.versionCount
        isVoid = summary.isVoid
        isRecognisable = summary.isRecognisable
        obstacle = summary.obstacle
        id = summary.entry
        self.statement = statement
    }
}

/// The answer to a question about a person.
public struct TestFindings: Sendable {
    /// What was found.
    public let results: [FoundResult]
    /// The nodes whose indexes were asked.
    public let asked: [String]
    /// The nodes that could not be asked.
    public let unreached: [String]
    /// The access statement on which the answer rests; those of later openings begin with it and a slash.
    public let statementID: String

    init(_ findings: RecognitionService.Findings) {
        results = findings.answer.summaries.map { FoundResult($0, statement: findings.statement) }
        asked = findings.answer.asked.map(\.rawValue)
        unreached = findings.answer.unreached.map(\.node.rawValue)
        statementID = findings.statement.statement.id
    }
}

/// A result that was opened; its seal and its place in the sealed batch were verified.
public struct OpenedResult: Sendable {
    /// The entry that was opened.
    public let entry: String
    /// The node that sealed it.
    public let author: String
    /// The node on whose disk the content lay.
    public let servedBy: String
    /// As the report writes it; `nil` where it names nobody.
    public let patientName: String?
    /// `preliminary`, `final`, `corrected` or `void`.
    public let status: String
    /// The lines that stand, in the order of the report.
    public let observations: [TestObservation]
    /// The physician's conclusion; never recognised elsewhere.
    public let conclusion: String?
    /// How long each document of the report is.
    public let documentSizes: [Int]
    let report: RecognitionService.OpenedReport
    let statement: SignedAccessStatement

    init(_ report: RecognitionService.OpenedReport, statement: SignedAccessStatement) {
        self.report = report
        self.statement = statement
        documentSizes = report.content.attachments.map(\.sizeBytes)
        entry = report.entry.id.description
        author = report.entry.author.rawValue
        servedBy = report.servedBy.rawValue
        patientName = report.content.patient.name
        status = report.fields.status.word
        observations = report.content.standingObservations.map(TestObservation.init)
        conclusion = report.content.conclusion
    }
}
