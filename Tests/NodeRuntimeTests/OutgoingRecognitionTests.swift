import Effects
import FHIR
import Recognition
import RecognitionTestKit
import ServiceKit
import Testing
import YilianTestKit

/// A hospital's system as tests have it: takes everything that is due at a node, each message once.
private struct HospitalSystem {
    struct Message {
        var notice: OutgoingNotice
        var segments: [[String]]
        var resource: FHIRResource
        var text: String

        func facts(_ code: String) -> [String] {
            segments.filter { $0[0] == "OBX" && $0[3].hasPrefix(code + "^") }.map { $0[5] }
        }
        var request: [String] { segments.first { $0[0] == "OBR" } ?? [] }
        func identifiers() -> [String] {
            resource.items("about").compactMap { $0["identifier"]?["value"]?.string }
        }
    }

    let node: TestNode

    private var sources: [any OutgoingSource] { get throws { try node.node.offers((any OutgoingSource).self) } }

    func due() async throws -> [OutgoingNotice] {
        var notices: [OutgoingNotice] = []
        for source in try sources { notices += try await source.dueMessages(after: .min, limit: 100) }
        return notices
    }

    /// Takes what is due and marks it, as whoever delivers does.
    ///
    /// - Parameter characterSet: MSH-18.
    func take(characterSet: String = "UNICODE UTF-8") async throws -> [Message] {
        var messages: [Message] = []
        for source in try sources {
            for notice in try await source.dueMessages(after: .min, limit: 100) {
                let content = try await source.content(of: notice, for: ["his"])
                let header = OutgoingContent.Header(
                    controlID: "C1", application: "HIS", facility: "H", characterSet: characterSet, time: .epoch)
                if let text = content?.hl7?(header), let body = content?.fhir?.body {
                    messages.append(
                        Message(
                            notice: notice,
                            segments: text.split(separator: "\r").map {
                                $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                            }, resource: try FHIRResource.parse(body),
                            text: text + String(decoding: body, as: UTF8.self)))
                }
                try await node.node.context.ledger.write(lane: .clinical) { try source.mark(notice, in: $0) }
            }
        }
        return messages
    }
}

@Suite("Alerts and decisions go out to hospitals' systems", .serialized)
struct OutgoingRecognitionTests {
    @Test("the issuer is told what another unit decided about its result, once, with its own number and nobody's name")
    func decisions() async throws {
        try await RecognitionRegion.read(number: "ORDER-1") { reading in
            let (region, issuer, doctor, match) = (reading.region, reading.issuer, reading.doctor, reading.match)
            _ = try await doctor.decide(match)
            try await region.waitUntilAcknowledged()
            let first = try await HospitalSystem(node: issuer).take()
            #expect(first.map(\.notice.kind) == [.decisions] && first.first?.notice.institution == "jucheng")
            let told = try #require(first.first)
            #expect(told.facts("outcome") == ["recognised"] && told.facts("item") == ["GLU"])
            #expect(told.facts("decidedBy") == ["yuxian"] && told.request[25] == "F")
            #expect(told.request[3] != "J-1" && told.request[29] == "^J-1")
            #expect(told.identifiers() == [told.facts("result")[0], "J-1"])
            for secret in [People.wang.identifier, "ORDER-1", "张医生", "5.60"] {
                #expect(!told.text.contains(secret), "\(secret)")
            }
            // The other one decided; it is told nothing.
            #expect(try await HospitalSystem(node: try region.node("yuxian")).due() == [])

            _ = try await doctor.decide(match, reason: "01")
            try await region.waitUntilAcknowledged()
            let second = try await HospitalSystem(node: issuer).take(characterSet: "8859/1")
            #expect(second.map { $0.facts("reason") } == [["01"]] && second.first?.request[25] == "C")
            #expect(second.first?.request[3] == told.request[3])
            #expect(second.first?.notice.patients == told.notice.patients)
            #expect(second.first?.facts("recognition-decision").first?.contains("condition changed") == true)
            _ = try await issuer.node.context.ledger.refold()
            try await issuer.restart()
            #expect(try await HospitalSystem(node: issuer).due() == [])
        }
    }

    @Test("a decision that was changed deletes the reason at the receiver that it has no more")
    func reasonGone() async throws {
        try await RecognitionRegion.read(number: "ORDER-1") { reading in
            _ = try await reading.doctor.decide(reading.match, reason: "01")
            try await reading.region.waitUntilAcknowledged()
            let system = HospitalSystem(node: reading.issuer)
            #expect(try await system.take().map { $0.facts("reason") } == [["01"]])
            _ = try await reading.doctor.decide(reading.match)
            try await reading.region.waitUntilAcknowledged()
            let changed = try #require(try await system.take().first)
            let line = try #require(changed.segments.first { $0[0] == "OBX" && $0[3].hasPrefix("reason^") })
            #expect(line[5] == "\"\"" && line[11] == "D")
            #expect(changed.facts("outcome") == ["recognised"] && !changed.text.contains("urn:yilian:fhir:reason"))
        }
    }

    @Test("what comes more than a week after it was written waits for an operator, and goes when one says so")
    func late() async throws {
        try await RecognitionRegion.read(number: "ORDER-1", TestOptions(clock: .manual)) { reading in
            let (region, issuer) = (reading.region, reading.issuer)
            try region.cut("yuxian", "shi")
            _ = try await reading.doctor.decide(reading.match)
            region.clock.advance(by: .seconds(8 * 86_400))
            try region.heal("yuxian", "shi")
            try await region.wait(for: "the decision") { try await issuer.recognition.decisions().count == 1 }
            let system = HospitalSystem(node: issuer)
            #expect(try await system.due() == [])
            let service = try issuer.recognition
            let held = try #require(try await service.heldMessages().first)
            #expect(held.kind == .decisions && held.count == 1)
            let count = try await issuer.node.context.ledger.write(lane: .clinical) { transaction in
                try service.settleHeld(.alerts, asDue: true, since: .epoch, in: transaction)
                    + service.settleHeld(.decisions, asDue: true, since: held.first, in: transaction)
            }
            #expect(count == 1)
            #expect(try await system.take().map { $0.facts("outcome") } == [["recognised"]])
        }
    }

    @Test("whoever read a result is told of its correction and its void, by the latest that stands, without values")
    func alerts() async throws {
        try await RecognitionRegion.read { reading in
            let (region, doctor) = (reading.region, reading.doctor)
            try await reading.open()
            #expect(try await HospitalSystem(node: doctor).due() == [])
            try await reading.publish(value: "6.10", status: .corrected)
            try await region.wait(for: "the alert") { try await doctor.recognition.alerts().count == 1 }
            let corrected = try await HospitalSystem(node: doctor).take()
            let told = try #require(corrected.first)
            let alert = try #require(try await doctor.recognition.alerts().first)
            #expect(corrected.count == 1 && told.notice.kind == .alerts && told.notice.institution == "yuxian")
            #expect(told.request[3] == alert.reportKey && told.request[25] == "C")
            #expect(told.facts("change") == ["corrected"] && told.facts("version") == ["2"])
            #expect(told.facts("entry") == [alert.current.description])
            #expect(told.facts("seen") == [alert.seen.description])
            #expect(told.identifiers() == [alert.reportKey])
            for secret in [People.wang.identifier, "5.60", "6.10"] {
                #expect(!told.text.contains(secret), "\(secret)")
            }

            try await reading.publish(value: "6.20", status: .corrected)
            try await region.wait(for: "the third version") {
                try await doctor.recognition.alerts().first?.currentVersion == 3
            }
            try await reading.publish(status: .void)
            try await region.wait(for: "the void") { try await doctor.recognition.alerts().first?.isVoid == true }
            // The third version stands no more when its turn comes.
            #expect(try await HospitalSystem(node: doctor).due().count == 2)
            let voided = try await HospitalSystem(node: doctor).take()
            #expect(voided.map { $0.facts("change") } == [["voided"]] && voided.first?.request[25] == "X")
            #expect(voided.first?.notice.patients == told.notice.patients)
            _ = try await doctor.node.context.ledger.refold()
            try await doctor.restart()
            #expect(try await HospitalSystem(node: doctor).due() == [])
        }
    }
}
