import Effects
import IdentityTestKit
import Recognition
import RecognitionTestKit
import ServiceKit
import Testing
import YilianTestKit

/// A correction says that a result is another person's: the two numbers have nothing in common.
@Suite("A result that was another patient's", .serialized)
struct MovedResultTests {
    private static let wrong = Sent().patient
    private static let right = PatientIdentifier(type: "MR", authority: "HUNT", value: "HN2")
    private static let first = Sent(lines: [("1", "K", "6.8", "F"), ("2", "NA", "140", "F")])
    private static let correction = Sent(
        status: .corrected, issued: 5, lines: [("1", "K", "6.7", "C")], patient: right)

    private func run(_ body: @Sendable (TestRegion, TestNode, TestNode) async throws -> Void) async throws {
        try await TestRegion.run(.small) { region in
            try await body(region, region.node("jucheng"), region.node("yuxian"))
            for node in region.allNodes { #expect(try await node.verifyLedger() == []) }
        }
    }

    /// Who finds how many results at each node that answers.
    private func expect(_ counts: [PatientIdentifier: Int], in region: TestRegion) async throws {
        for id in ["jucheng", "pingding", "shi", "yuxian"] {
            for (patient, count) in counts {
                let found = try await region.node(id).results(of: patient).answer.summaries
                #expect(found.count == count, "\(id), \(patient.value)")
            }
        }
    }

    @Test("a correction moves it: everywhere found under the new number alone, whole, with its history, also refolded")
    func moved() async throws {
        try await run { region, sender, reader in
            let original = try await sender.send(Self.first)
            try await region.waitUntilAcknowledged()
            let moved = try await sender.send(Self.correction)
            #expect(moved.first?.notices.map(\.code) == [.moved] && moved.first?.version == 2)
            #expect(moved.first?.reportKey == original.first?.reportKey)
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 0, Self.right: 1], in: region)
            #expect(Set(try await reader.lines(of: Self.right)) == ["K=6.7", "NA=140"])
            for node in region.allNodes { _ = try await node.node.context.ledger.refold() }
            try await expect([Self.wrong: 0, Self.right: 1], in: region)
            // What comes later about it is about the same result, and what came before brings nothing back.
            let late = try await sender.send(Self.first)
            #expect(late.map(\.word) == ["duplicate"] && late.first?.notices.map(\.code) == [.older])
            var third = Self.correction
            (third.issued, third.lines) = (9, [("1", "K", "6.6", "C")])
            let next = try await sender.send(third)
            #expect(next.first?.version == 3 && next.first?.notices.map(\.code) == [])
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 0, Self.right: 1], in: region)
            #expect(Set(try await reader.lines(of: Self.right)) == ["K=6.6", "NA=140"])
        }
    }

    @Test("whoever had opened it is warned that it is another patient's")
    func alert() async throws {
        try await run { region, sender, reader in
            _ = try await sender.send(Self.first)
            try await region.waitUntilAcknowledged()
            _ = try await reader.lines()
            try await region.wait(for: "the header at the reader's node") {
                try await reader.reportCounts().versions == 1
            }
            _ = try await sender.send(Self.correction)
            try await region.wait(for: "the alert") { try await reader.recognition.alerts().count == 1 }
            let alert = try #require(try await reader.recognition.alerts().first)
            #expect(alert.isMoved && !alert.isVoid && alert.seenVersion == 1 && alert.currentVersion == 2)
            #expect(alert.text.chinese.contains("另一名患者") && alert.text.english.contains("another patient"))
            _ = try await reader.node.context.ledger.refold()
            #expect(try await reader.recognition.alerts().first?.isMoved == true)
        }
    }

    @Test("where both numbers are one person's it is found under both, and nobody is told of another patient")
    func onePerson() async throws {
        try await run { region, sender, _ in
            let people = ["HN1", "HN2"].map {
                TestPatient("测试", identifier: $0, identifierType: "MR", authority: "HUNT")
            }
            _ = try await sender.send(Self.first)
            try await sender.link(people[0], people[1])
            let corrected = try await sender.send(Self.correction)
            #expect(corrected.first?.notices.map(\.code) == [.fewerIdentifiers] && corrected.first?.version == 2)
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 1, Self.right: 1], in: region)
        }
    }

    @Test("a withdrawal names the patient whose it is now: of the former one it is refused, and it shows him nothing")
    func void() async throws {
        try await run { region, sender, _ in
            _ = try await sender.send(Self.first)
            _ = try await sender.send(Self.correction)
            await #expect(throws: Failure("recognition.otherPatient", "")) {
                try await sender.send(Sent(status: .void, issued: 9))
            }
            let withdrawn = try await sender.send(Sent(status: .void, issued: 9, patient: Self.right))
            #expect(withdrawn.first?.isVoid == true && withdrawn.first?.version == 3)
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 0, Self.right: 1], in: region)
            let shown = try await region.node("yuxian").results(of: Self.right).answer.summaries
            #expect(shown.map(\.isVoid) == [true])
        }
    }

    @Test("a withdrawal under another patient's number is refused: the result would stand")
    func foreignVoid() async throws {
        try await run { region, sender, _ in
            _ = try await sender.send(Self.first)
            await #expect(throws: Failure("recognition.otherPatient", "")) {
                try await sender.send(Sent(status: .void, issued: 9, patient: Self.right))
            }
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 1, Self.right: 0], in: region)
        }
    }

    @Test("the correction may come before the report with the wrong patient, who never has it")
    func correctionFirst() async throws {
        try await run { region, sender, reader in
            _ = try await sender.send(Self.correction)
            let late = try await sender.send(Self.first)
            #expect(late.first?.notices.map(\.code).contains(.older) == true)
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 0, Self.right: 1], in: region)
            #expect(Set(try await reader.lines(of: Self.right)) == ["K=6.7", "NA=140"])
        }
    }

    @Test("a correction of the correction moves it back")
    func movedBack() async throws {
        try await run { region, sender, _ in
            _ = try await sender.send(Self.first)
            _ = try await sender.send(Self.correction)
            let back = try await sender.send(Sent(status: .corrected, issued: 9, lines: [("1", "K", "6.8", "C")]))
            #expect(back.first?.notices.map(\.code) == [.moved] && back.first?.version == 3)
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 1, Self.right: 0], in: region)
        }
    }

    @Test("a final report moves nothing: it is one of its own, and its sender is told of the other patient's")
    func final() async throws {
        try await run { region, sender, _ in
            _ = try await sender.send(Self.first)
            let other = try await sender.send(
                Sent(issued: 5, lines: [("1", "K", "4.1", "F")], patient: Self.right))
            #expect(other.first?.notices.map(\.code) == [.otherPatient] && other.first?.version == 1)
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 1, Self.right: 1], in: region)
        }
    }

    @Test("FHIR's PUT is an update, also of a final report; a repetition of the former does not bring it back")
    func update() async throws {
        try await run { region, sender, _ in
            var original = Self.first
            original.format = .fhir
            _ = try await sender.send(original)
            var submission = Sent(issued: 5, lines: [("1", "K", "6.7", "F")], patient: Self.right, format: .fhir)
                .submission(sender.id)
            submission.isUpdate = true
            let moved = try await sender.recognition.publish([submission])
            #expect(moved.first?.notices.map(\.code).contains(.moved) == true && moved.first?.version == 2)
            original.issued = 9
            let again = original
            await #expect(throws: Failure("recognition.otherPatient", "")) { try await sender.send(again) }
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 0, Self.right: 1], in: region)
        }
    }

    @Test(
        "a number that was used again moves nothing: another time is another result, several without a time are refused"
    )
    func usedAgain() async throws {
        try await run { region, sender, _ in
            _ = try await sender.send(Self.first)
            var another = Self.correction
            another.collected = "20260328111500"
            let own = try await sender.send(another)
            #expect(own.first?.version == 1)
            var undated = Self.correction
            undated.collected = nil
            undated.patient.value = "HN3"
            let unclear = undated
            await #expect(throws: Failure("recognition.ambiguous", "")) { try await sender.send(unclear) }
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 1, Self.right: 1], in: region)
        }
    }

    @Test("nobody moves another institution's result")
    func foreign() async throws {
        try await run { region, sender, other in
            _ = try await sender.send(Self.first)
            try await region.waitUntilAcknowledged()
            let own = try await other.send(Self.correction)
            #expect(own.first?.version == 1 && own.first?.notices.map(\.code) == [])
            try await region.waitUntilAcknowledged()
            try await expect([Self.wrong: 1, Self.right: 1], in: region)
        }
    }
}
