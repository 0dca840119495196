import Calls
import Effects
import Ledgers
import Recognition
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
import YilianTestKit

@Suite("One access statement, one question, one way", .serialized)
struct AccessStatementTests {
    /// A township's doctor has asked about a person whose result lies at the other county.
    private func asked(_ body: @Sendable (TestRegion, FoundResult) async throws -> Void) async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("yuxian").publish(TestReport("Y-1", of: People.wang))
            try await region.node("yuxian").publish(TestReport("Y-2", of: People.wang))
            try await region.waitUntilAcknowledged()
            let findings = try await region.node("jucheng").find(People.wang)
            #expect(findings.unreached.isEmpty)
            #expect(findings.asked == ["jucheng", "pingding", "shi"])
            try await body(region, try #require(findings.results.first))
        }
    }

    private func desk(of callee: String, for caller: String, in region: TestRegion) throws -> any RecognitionCalls {
        try DeskInterface.recognition.at(NodeID(callee), try region.node(caller).node.context.system)
    }

    private func question(_ statement: SignedAccessStatement) -> FindRequest {
        FindRequest(patientKeys: statement.statement.patientKeys, statement: statement, limit: 10)
    }

    /// With which code a call is refused; `nil` where it is answered.
    private func refusal(_ call: () async throws -> Void) async -> String? {
        do {
            try await call()
            return nil
        } catch {
            return (error as? Failure)?.code.rawValue ?? "\(type(of: error))"
        }
    }

    @Test("nobody asks in the name of a unit that delivers elsewhere")
    func foreignUnit() async throws {
        try await TestRegion.run(.small) { region in
            await #expect {
                try await region.node("jucheng").find(
                    People.wang, by: TestInquirer("doctor", organizationUnit: "yuxian"))
            } throws: { ($0 as? TestFailure)?.code == "access.otherUnit" }
        }
    }

    @Test("a node on the way cannot ask again on it, not even after a restart, and the attempt is on record")
    func repeated() async throws {
        try await asked { region, found in
            let code = await refusal {
                _ = try await desk(of: "shi", for: "pingding", in: region).find(question(found.statement))
            }
            #expect(code == "access.used")
            let records = try await region.node("shi").accessRecords()
            #expect(records.map(\.outcome) == ["served", "refused"])
            #expect(records.map(\.answered) == [2, 0])
            #expect(Set(records.map(\.statementID)) == [found.statement.statement.id])

            try await region.node("shi").restart()
            try await region.wait(for: "the link after the restart") { try region.areLinked("pingding", "shi") }
            let again = await refusal {
                _ = try await desk(of: "shi", for: "pingding", in: region).find(question(found.statement))
            }
            #expect(again == "access.used")
        }
    }

    @Test("a node that is not on the way to the asker cannot use it")
    func otherWay() async throws {
        try await asked { region, found in
            let code = await refusal {
                _ = try await desk(of: "shi", for: "yuxian", in: region).find(question(found.statement))
            }
            #expect(code == "access.wrongWay")
            // A parent asks no child for what it knows of a person.
            let down = await refusal {
                _ = try await desk(of: "yuxian", for: "shi", in: region).find(question(found.statement))
            }
            #expect(down != nil)
            let records = try await region.node("yuxian").accessRecords()
            #expect(records.isEmpty)
        }
    }

    @Test("a question for what there is opens nothing, and an opening opens one result only")
    func otherQuestion() async throws {
        try await asked { region, found in
            let fetch = FetchRequest(entry: found.id, statement: found.statement)
            let code = await refusal {
                _ = try await desk(of: "yuxian", for: "shi", in: region).fetch(fetch)
            }
            #expect(code == "access.otherQuestion")

            _ = try await region.node("jucheng").open(found)
            let opened = try #require(try await region.node("yuxian").accessRecords().last)
            #expect(opened.outcome == "served")
            #expect(opened.statementID.hasPrefix(found.statement.statement.id + "/"))
        }
    }

    @Test("a node between asker and author cannot repeat an opening, and one beside the way has no part in it")
    func repeatedOpening() async throws {
        try await asked { region, found in
            let asker = try region.node("jucheng").node.context
            let statement = try asker.sign("recognition.fetch \(found.id)", following: found.statement)
            let fetch = FetchRequest(entry: found.id, statement: statement)
            _ = try await desk(of: "pingding", for: "jucheng", in: region).fetch(fetch)
            for (callee, caller) in [("pingding", "jucheng"), ("shi", "pingding"), ("yuxian", "shi")] {
                let code = await refusal { _ = try await desk(of: callee, for: caller, in: region).fetch(fetch) }
                #expect(code == "access.used", "\(caller) to \(callee)")
            }
            let beside = await refusal { _ = try await desk(of: "shi", for: "yuxian", in: region).fetch(fetch) }
            #expect(beside == "access.wrongWay")
        }
    }

    @Test("a person's versions are told on an audited statement about that person alone")
    func versions() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng")
            try await node.publish(TestReport("J-1", of: People.wang, conclusion: "初稿"))
            try await node.publish(TestReport("J-1", of: People.wang, conclusion: "更正"))
            try await node.publish(TestReport("J-2", of: People.li))
            let service = try node.node.service(RecognitionService.self)
            let wang = PatientIdentifier(
                type: People.wang.identifierType, authority: People.wang.authority, value: People.wang.identifier)
            let findings = try await service.versions(
                Asking(
                    practitioner: "doctor", organizationUnit: "clinic", purpose: .qualityReview, order: "QC-1"),
                about: [wang])
            #expect(findings.answer.summaries.map(\.fields.version) == [1, 2])
            #expect(findings.answer.asked.map(\.rawValue) == ["jucheng"])
            let records = try await node.accessRecords()
            #expect(records.map(\.action) == ["recognition.versions"])
            #expect(records.map(\.answered) == [2])
            #expect(records.map(\.statementID) == [findings.statement.statement.id])
        }
    }
}
