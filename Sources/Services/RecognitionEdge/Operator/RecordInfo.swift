import Effects
import Recognition
import Regions
package import ServiceKit

/// A request to open one version of a result.
package struct RecordOpening: Codable, Sendable, Equatable {
    package var entry: String
    package var question: RecordQuestion
    /// Whether its documents come along: one opening is one opening, however many there are.
    package var documents: Bool?

    package init(entry: String, question: RecordQuestion, documents: Bool? = nil) {
        self.entry = entry
        self.question = question
        self.documents = documents
    }
}

/// What is known of a result before it is opened.
package struct RecordInfo: Codable, Sendable, Equatable {
    package var entry: String
    package var reportKey: String
    package var institution: String
    package var serviceCode: String
    package var serviceName: String
    package var category: String
    package var status: String
    package var version: Int
    package var versionCount: Int
    package var observedTime: String?
    package var issuedTime: String?
    package var isVoid: Bool
    package var isRecognisable: Bool
    /// Why it cannot be recognised: `void`, `preliminary`, `notProduction`, `demographics`, `formerIdentifier`.
    package var obstacle: String?
    package var authorTime: String
    package var receivedTime: String
    /// Whether the node that answered could open it by itself.
    package var isPayloadHere: Bool
    package var observationCount: Int
    package var attachmentCount: Int

    init(_ summary: ReportSummary) {
        let fields = summary.fields
        entry = summary.entry.description
        reportKey = fields.reportKey
        institution = fields.institution
        serviceCode = fields.service.code
        serviceName = fields.service.display
        category = fields.category.word
        status = summary.isVoid ? ReportStatus.void.word : fields.status.word
        version = fields.version
        versionCount = summary.versionCount
        observedTime = fields.observedTime.map(ReportedTime.text)
        issuedTime = fields.issuedTime.map(ReportedTime.text)
        isVoid = summary.isVoid
        isRecognisable = summary.isRecognisable
        obstacle = summary.obstacle
        authorTime = summary.authorTime.description
        receivedTime = summary.receivedTime.description
        isPayloadHere = summary.isPayloadHere
        observationCount = fields.observationCount
        attachmentCount = fields.attachmentCount
    }
}

/// What a question found, who was asked, and who could not be.
package struct RecordFindings: Codable, Sendable, Equatable {
    package struct Unreached: Codable, Sendable, Equatable {
        package var node: String
        package var reason: String
    }

    package var records: [RecordInfo]
    package var asked: [String]
    package var unreached: [Unreached]
    package var isTruncated: Bool
    /// Under how many other keys the person was looked for, on the evidence of links and reports.
    package var equivalentKeys: Int
    /// Evidence led to other persons' keys, and a separation kept them apart.
    package var isKeptApart: Bool
    /// The person has more keys than a question follows.
    package var areKeysTruncated: Bool
    /// The access statement on which the answer rests; `audit show` finds it at every hop.
    package var statement: String

    init(_ findings: RecognitionService.Findings) {
        records = findings.answer.summaries.map(RecordInfo.init)
        asked = findings.answer.asked.map(\.rawValue)
        unreached = findings.answer.unreached.map { Unreached(node: $0.node.rawValue, reason: $0.reason) }
        isTruncated = findings.answer.isTruncated
        equivalentKeys = Set(findings.answer.person.steps.map(\.to)).count
        isKeptApart = !findings.answer.person.separated.isEmpty
        areKeysTruncated = findings.answer.person.isTruncated
        statement = findings.statement.statement.id
    }
}

/// A result's time as JSON gives it: RFC 3339, whichever form its message had.
///
/// HL7 v2 and FHIR write times each in its own form. A day, a month or a year alone stays one; what has neither form is
/// given as it came.
enum ReportedTime {
    static func text(_ written: String) -> String {
        let digits = written.prefix { $0.isASCII && $0.isNumber }
        if digits.utf8.count == written.utf8.count, [4, 6, 8].contains(digits.utf8.count) {
            let parts = [digits.prefix(4), digits.dropFirst(4).prefix(2), digits.dropFirst(6)]
            return parts.filter { !$0.isEmpty }.joined(separator: "-")
        }
        guard written.utf8.count > 10 || !written.contains("-"), let moment = ReportTime.moment(written) else {
            return written
        }
        return digits.utf8.count == 8 ? String(moment.chinaText.prefix(10)) : moment.chinaText
    }
}
