import RecognitionTestKit
import Testing
import YilianTestKit

@Suite("One result's way", .serialized)
struct ResultJourneyTests {
    static let worlds: [TestOptions] = [
        TestOptions(links: .memory, signatures: .ed25519), TestOptions(links: .memory, signatures: .sm2),
        TestOptions(links: .tls, signatures: .ed25519), TestOptions(links: .tls, signatures: .sm2),
    ]

    @Test("from a township to the other county: found, fetched, verified", arguments: worlds)
    func journey(options: TestOptions) async throws {
        try await TestRegion.run(.small, options) { region in
            let published = try await region.node("jucheng").publish(
                TestReport("J-1", of: People.wang, conclusion: "请结合临床"))
            #expect(published.outcome == "accepted")
            try await region.waitUntilAcknowledged()

            let doctor = try region.node("yuxian")
            let findings = try await doctor.find(People.wang)
            #expect(findings.asked == ["yuxian", "shi"])
            #expect(findings.unreached.isEmpty)
            let found = try #require(findings.results.first)
            #expect(findings.results.count == 1)
            #expect(found.entry == published.entry)
            #expect(found.author == "jucheng")
            #expect(found.isRecognisable)

            let opened = try await doctor.open(found)
            #expect(opened.entry == published.entry)
            #expect(opened.servedBy == "pingding")
            #expect(opened.patientName == People.wang.name)
            #expect(opened.conclusion == "请结合临床")
            #expect(
                opened.observations == [
                    TestObservation("GLU", "葡萄糖", "5.60", unit: "mmol/L", referenceRange: "3.90-6.10")
                ])
            for node in region.allNodes { #expect(try await node.verifyLedger() == []) }
        }
    }

    @Test("every hop that serves an answer has written the access statement to its audit ledger")
    func audit() async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            let findings = try await doctor.find(People.wang, by: TestInquirer("张医生", organizationUnit: "急诊"))
            _ = try await doctor.open(try #require(findings.results.first))

            func records(_ id: String) async throws -> [String] {
                try await region.node(id).accessRecords().map { record in
                    let follows = record.statementID.hasPrefix(findings.statementID + "/")
                    #expect(record.action == "recognition.fetch" ? follows : record.statementID == findings.statementID)
                    #expect(record.node == "yuxian")
                    #expect(record.practitioner == "张医生")
                    let caller = record.caller.isEmpty ? "itself" : record.caller
                    return "\(record.action) for \(caller): \(record.outcome) \(record.answered)"
                }
            }
            #expect(
                try await records("yuxian")
                    == ["recognition.find for itself: served 1", "recognition.fetch for itself: forwarded 0"])
            #expect(
                try await records("shi")
                    == ["recognition.find for yuxian: served 1", "recognition.fetch for yuxian: forwarded 0"])
            #expect(try await records("pingding") == ["recognition.fetch for shi: served 1"])
            #expect(try await records("jucheng") == [])
            #expect(try await records("diaodu") == [])
        }
    }

    @Test("a statement about one person opens nobody else's result, and the refusal is on record")
    func otherPatient() async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.node("jucheng").publish(TestReport("J-2", of: People.li))
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            let wang = try #require(try await doctor.find(People.wang).results.first)
            let li = try #require(try await doctor.find(People.li).results.first)
            await #expect { try await doctor.open(li, restingOn: wang) } throws: { error in
                (error as? TestFailure)?.code == "access.otherPatient"
            }
            let records = try await region.node("shi").accessRecords()
            #expect(records.contains { $0.action == "recognition.fetch" && $0.outcome == "refused" })
        }
    }

    @Test("a county that is cut off still answers with what it has, and says whom it did not reach")
    func autonomy() async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            try region.cut("pingding", "shi")
            try await region.wait(for: "the cut to be felt") { try !region.areLinked("pingding", "shi") }
            let findings = try await region.node("jucheng").find(People.wang)
            #expect(findings.results.count == 1)
            #expect(findings.asked == ["jucheng", "pingding"])
            #expect(findings.unreached == ["shi"])
        }
    }
}
