import Effects
import Ledgers
import Recognition
import ServiceKit
import Storage

/// Who asks about a person, and why.
public struct TestInquirer: Hashable, Sendable {
    /// What somebody asks for; what each rests on stands in `docs/identity.md`.
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
        case treatment
        case consultation
        case emergency
        case ownRecord
        case qualityReview
    }

    /// Who asks, as the hospital names its staff.
    public var practitioner: String
    /// Where they work: a unit of the node, or a department.
    public var organizationUnit: String
    /// What they ask for.
    public var purpose: Purpose
    /// The number or words under which the patient's consent is filed.
    public var consent: String?
    /// Mandatory for `emergency`.
    public var breakGlassReason: String?
    /// The number of the order or encounter for which somebody asks; treatment rests on it, or on consent.
    public var order: String?

    /// A doctor who treats somebody and has an order, where nothing else is said.
    public init(
        _ practitioner: String = "doctor", organizationUnit: String = "clinic", purpose: Purpose = .treatment,
        consent: String? = nil, breakGlassReason: String? = nil, order: String? = "TEST-ORDER"
    ) {
        self.practitioner = practitioner
        self.organizationUnit = organizationUnit
        self.purpose = purpose
        self.consent = consent
        self.breakGlassReason = breakGlassReason
        self.order = order
    }
}

extension TestInquirer {
    fileprivate func inquiry(about patient: TestPatient) -> RecognitionService.Inquiry {
        RecognitionService.Inquiry(
            identifier: patient.key, practitioner: practitioner, organizationUnit: organizationUnit,
            purpose: AccessStatement.Purpose(rawValue: purpose.rawValue) ?? .treatment, consent: consent,
            breakGlassReason: breakGlassReason, order: order)
    }
}

extension TestNode {
    /// Hands a report to the node; on its disk when this returns.
    @discardableResult
    public func publish(_ report: TestReport) async throws -> PublishedReport {
        guard let published = try await publish([report]).first else {
            throw TestFailure("testkit.noOutcome", "the node took a report and said nothing of it", place: id)
        }
        return published
    }

    /// Hands the reports of one message to the node: all of them are taken or none.
    @discardableResult
    public func publish(_ reports: [TestReport]) async throws -> [PublishedReport] {
        try await TestFailure.translating {
            try await node.service(RecognitionService.self)
                .publish(reports.map { $0.submission(institution: id) }).map(PublishedReport.init)
        }
    }

    /// Asks for a person's results, here and above.
    public func find(_ patient: TestPatient, by inquirer: TestInquirer = TestInquirer()) async throws -> TestFindings {
        try await TestFailure.translating {
            TestFindings(
                try await node.service(RecognitionService.self).find(inquirer.inquiry(about: patient)))
        }
    }

    /// Opens a result that this node found, wherever it lies, and verifies its seal and its place in the sealed batch.
    public func open(_ result: FoundResult) async throws -> OpenedResult {
        try await TestFailure.translating {
            OpenedResult(
                try await node.service(RecognitionService.self).open(result.id, statement: result.statement),
                statement: result.statement)
        }
    }

    /// Fetches the whole of a document of a result that this node opened, wherever it lies.
    ///
    /// - Parameter number: from 1.
    public func document(_ number: Int, of result: OpenedResult) async throws -> TestDocument {
        try await TestFailure.translating {
            let document = try await node.service(RecognitionService.self).document(
                number, of: result.report, statement: result.statement)
            return TestDocument(document.title, contentType: document.contentType, bytes: document.bytes)
        }
    }

    /// Opens a result of which somebody knows the entry and whom it is about.
    public func open(
        entry: String, of patient: TestPatient, by inquirer: TestInquirer = TestInquirer()
    ) async throws -> OpenedResult {
        try await TestFailure.translating {
            let (report, statement) = try await node.service(RecognitionService.self)
                .open(try EntryID(entry), inquirer.inquiry(about: patient))
            return OpenedResult(report, statement: statement)
        }
    }

    /// Opens a result on the access statement with which another one was found, as a node that cheats would.
    package func open(_ result: FoundResult, restingOn other: FoundResult) async throws -> OpenedResult {
        try await TestFailure.translating {
            OpenedResult(
                try await node.service(RecognitionService.self).open(result.id, statement: other.statement),
                statement: other.statement)
        }
    }

    /// The node's audit ledger, oldest first.
    public func accessRecords() async throws -> [AccessRecord] {
        try await TestFailure.translating {
            try await node.context.ledger.read { sql in
                try sql.rows(
                    """
                    SELECT action, outcome, statement, node, practitioner, purpose, caller, answered FROM audit
                    ORDER BY at, entry
                    """, []
                ).map { row in
                    AccessRecord(
                        action: try row.text(0), outcome: try row.text(1), statementID: try row.text(2),
                        node: try row.text(3), practitioner: try row.text(4), purpose: try row.text(5),
                        caller: try row.text(6), answered: Int(try row.integer(7)))
                }
            }
        }
    }

    /// How many versions of reports the node's index holds, and how many results they make.
    public func reportCounts() async throws -> (versions: Int, results: Int) {
        try await TestFailure.translating { try await node.service(RecognitionService.self).counts() }
    }

    /// Checks every seal, every segment and every chain on the node's disk.
    ///
    /// - Returns: what is wrong, in words; nothing where all is sound.
    public func verifyLedger() async throws -> [String] {
        try await TestFailure.translating {
            let found = try await node.context.ledger.verify()
            return found.problems + found.chains.flatMap { chain in chain.problems.map { "\(chain.chain): \($0)" } }
        }
    }
}
