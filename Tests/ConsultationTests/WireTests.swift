import Calls
import Effects
import Ledgers
import Regions
import Testing
import Trust
import Wire

@testable import Consultation
@testable import WorkflowKit

struct WireTests {
    private func commands() throws -> [ConsultationCommand] {
        let events: [(ConsultationEvent, ConsultationRole, CaseContent?)] = [
            (.claimed, .claimant, nil), (.acknowledged, .requester, nil),
            (.reported, .claimant, Samples.report.content),
        ]
        return try events.map { event, role, content in
            var command = ConsultationCommand(
                id: try ConsultationID("hill.01KB"), attempt: 2, home: try NodeID("city"), actor: "ecg-chen",
                origin: try NodeID("city"), event: event, role: role, content: content)
            command.seen = event == .claimed ? nil : try EntryID("city/1/clinical/3/0")
            return command
        }
    }

    @Test func `commands and receipts come back as they were`() throws {
        for command in try commands() {
            #expect(try ConsultationCommand(wireBytes: command.wireBytes()) == command)
        }
        let receipt = ConsultationReceipt(
            id: try ConsultationID("hill.01KB"), attempt: 2, home: try NodeID("city"), state: .claimed,
            entry: "city/1/clinical/3/0", actor: "ecg-chen", time: WallTime(milliseconds: 5), isDuplicate: true,
            writings: 3)
        #expect(try ConsultationReceipt(wireBytes: receipt.wireBytes()) == receipt)
    }

    @Test func `the first moment of 1970 is a time that somebody can name`() throws {
        let key = try Suite.ed25519.makeSigningKey(random: SeededRandom(seed: 3))
        for time in [WallTime.epoch, nil, WallTime(milliseconds: -1)] {
            var command = try #require(try commands().first)
            command.namedTime = time
            command.signed = try SignedCommand(command, madeAt: .epoch, key: key)
            let read = try ConsultationCommand(wireBytes: command.wireBytes())
            #expect(read.namedTime == time && read.signed?.namedTime == time)
            #expect(try read.signed?.says(read, suite: .ed25519) == true)
        }
    }

    @Test func `a command that is cut anywhere or changed anywhere is read or refused, never worse`() throws {
        for command in try commands() {
            let bytes = try command.wireBytes()
            for length in 0..<bytes.count { _ = try? ConsultationCommand(wireBytes: Array(bytes.prefix(length))) }
            for index in bytes.indices {
                var changed = bytes
                changed[index] ^= 0x5A
                _ = try? ConsultationCommand(wireBytes: changed)
                _ = try? ConsultationFields(bytes: changed)
                _ = try? ConsultationContent(wireBytes: changed)
            }
        }
        #expect(throws: Failure.self) { try ConsultationCommand(wireBytes: []) }
    }

    @Test func `ids have one form`() throws {
        #expect(try ConsultationID("hill.01KB").origin.rawValue == "hill")
        for text in [
            "", "hill", "hill.", ".01", "hill.0-1", "Hill.01", "a.b.c", "hill." + String(repeating: "0", count: 65),
        ] {
            #expect(throws: Failure.self) { try ConsultationID(text) }
        }
    }

    @Test func `the contract has one method, for parents and children on the clinical lane`() async throws {
        let table = try await MethodTable(ConsultationService.methods)
        #expect(
            table.contractText()
                == "200 consultation.command clinical 15000ms parent,child (CaseCommand<ConsultationWorkflow>) -> CaseReceipt<ConsultationWorkflow>\n"
        )
    }
}
