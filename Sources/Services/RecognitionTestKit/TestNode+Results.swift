import Effects
import Ledgers
import Recognition
import ServiceKit
public import YilianTestKit

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
                try await node.service(RecognitionService.self).find(inquirer.asking, about: [patient.key]))
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
                .open(try EntryID(entry), inquirer.asking, about: [patient.key])
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

    /// How many versions of reports the node's index holds, and how many results they make.
    public func reportCounts() async throws -> (versions: Int, results: Int) {
        try await TestFailure.translating { try await node.service(RecognitionService.self).counts() }
    }
}
