import Calls
import Effects
import Ledgers
import Regions
import Testing
import Wire
import WorkflowKit

@testable import Consultation

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
