import Effects
import Ledgers
import Regions
import Testing

@testable import Consultation

/// Who sees what.
struct PrivacyTests {
    /// A course with two attempts, both reported.
    private func course(_ region: ConsultationRegion) async throws -> ConsultationID {
        let id = try await region.service("hill").create(Samples.draft(orderNumber: "A-1")).id
        try await region.settle()
        _ = try await region.service("lake").claim(id, expert: "ecg-zhao")
        try await region.pass(seconds: SampleRegion.reportSeconds)
        _ = try await region.service("city").claim(id, expert: "ecg-chen")
        _ = try await region.service("city").report(id, expert: "ecg-chen", text: Samples.report)
        _ = try await region.service("lake").report(id, attempt: 1, expert: "ecg-zhao", text: Samples.otherReport)
        try await region.settle()
        _ = try await region.service("hill").acknowledge(id, practitioner: "D-102")
        try await region.settle()
        return id
    }

    @Test func `no header anywhere holds the patient's name, number or complaint`() async throws {
        try await ConsultationRegion.run { region in
            _ = try await course(region)
            let secrets = [Samples.patientName, Samples.patientNumber, Samples.summary, Samples.report.conclusion]
            var headers = 0
            for member in region.running {
                for position in try await member.ledger.positions() {
                    let start = ChainPosition(chain: position.chain, nextSequence: 0)
                    for batch in try await member.ledger.batches(from: start, for: member.context.node) {
                        let opened = try member.ledger.inspector.inspect(batch, receivedTime: .epoch)
                        for entry in opened.entries {
                            headers += 1
                            for secret in secrets {
                                #expect(!entry.fields.contains(secret) && !entry.subject.contains(secret))
                            }
                        }
                    }
                }
            }
            #expect(headers > 40)
        }
    }

    @Test func `at no node an entry is held back or set aside for good`() async throws {
        try await ConsultationRegion.run { region in
            _ = try await course(region)
            for member in region.running {
                let left = try await member.ledger.read { sql in
                    try sql.row("SELECT (SELECT COUNT(*) FROM held) + (SELECT COUNT(*) FROM set_aside)", [])?.integer(0)
                }
                #expect(left == 0, "\(member.context.node)")
            }
        }
    }

    @Test func `the dispatcher and uninvolved nodes have no payload, the requester's county has`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await course(region)
            for node in ["root", "north", "west", "moor"] {
                let held = try await region[node].ledger.read { sql in
                    try sql.row("SELECT COUNT(*) FROM case_event WHERE has_payload = 1", [])?.integer(0)
                }
                #expect(held == 0, "\(node)")
                if node != "root" { #expect(try await region.service(node).list().isEmpty, "\(node)") }
            }
            let record = try await region.service("east").show(id)
            #expect(record.request?.hasPayload == true)
            let reports = record.attempts.flatMap(\.reports).map(\.hasPayload)
            #expect(reports == [true, true])
        }
    }

    @Test func `an expert sees the offer without the patient, reads after the claim, and each reading is audited`()
        async throws
    {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            let lake = try region.service("lake")
            #expect(try await lake.list().map(\.id) == [id])
            #expect(try await lake.show(id).request == nil)
            let early = await failure { _ = try await lake.read(id, by: "ecg-zhao", of: "unit") }
            #expect(early?.code == "consultation.notHere")
            _ = try await lake.claim(id, expert: "ecg-zhao")
            try await region.settle()
            #expect(try await lake.read(id, by: "ecg-zhao", of: "unit").content?.patient.name == Samples.patientName)

            let east = try region["east"]
            let refused = await failure { _ = try await east.service.read(id, by: "ecg-li", of: "unit") }
            #expect(refused?.code == "consultation.notEntitled")
            let trail = try await east.ledger.read { sql in
                try sql.rows("SELECT practitioner, outcome FROM audit WHERE action = $1", ["consultation.read"])
                    .map { "\(try $0.text(0)) \(try $0.text(1))" }
            }
            #expect(trail == ["ecg-li refused"])
            let served = try await region["lake"].ledger.read { sql in
                try sql.rows("SELECT practitioner, outcome FROM audit", []).map {
                    "\(try $0.text(0)) \(try $0.text(1))"
                }
            }
            #expect(served == ["ecg-zhao served"])
        }
    }

    @Test func `refusals and descriptions of failures hold nothing of the patient`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await course(region)
            for expert in ["ecg-li", "ecg-zhao", "x"] {
                let refused = await failure {
                    _ = try await region.service("east").claim(id, attempt: 1, expert: expert)
                }
                #expect(refused.map { "\($0)".contains(Samples.patientName) } == false)
            }
        }
    }
}

extension [UInt8] {
    func contains(_ text: String) -> Bool {
        let needle = Array(text.utf8)
        guard needle.count <= count else { return false }
        return (0...(count - needle.count)).contains { self[$0..<($0 + needle.count)].elementsEqual(needle) }
    }
}
