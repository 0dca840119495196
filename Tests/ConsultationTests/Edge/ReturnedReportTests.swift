import Consultation
import EdgeKit
import Effects
import FHIR
import HL7
import Ledgers
import ServiceKit
import Testing

@testable import ConsultationEdge

@Suite("A report goes back to the hospital that asked")
struct ReturnedReportTests {
    @Test("the report is due for the hospital once, and both forms say the same as the expert")
    func reporting() async throws {
        try await ConsultationRegion.run { region in
            let hospital = SampleHospital(region: region, node: "hill")
            let id = try await hospital.create().createdID
            try await region.settle()
            let east = SampleHospital(region: region, node: "east", unit: "east-hospital")
            let tag = try await east.task(id).0.headers["ETag"]
            let next = try await east.change(id, SampleHospital.claim("ecg-li"), version: tag).headers["ETag"]
            let report = """
                {"status": "completed", "owner": {"identifier": {"value": "ecg-li"}}, "output": [
                 {"type": {"coding": [{"code": "59776-5"}]}, "valueString": "窦性心律|率齐"},
                 {"type": {"coding": [{"code": "55110-1"}]}, "valueString": "正常心电图"}]}
                """
            _ = try await east.change(id, report, version: next)
            #expect(try await region.service("hill").dueMessages(after: 0, limit: 10) == [])
            try await region.settle()
            let service = try region.service("hill")
            let notice = try #require(try await service.dueMessages(after: 0, limit: 10).first)
            #expect(notice.institution == OrderSamples.unit && notice.kind == .reports)
            #expect(notice.patients.count == 1 && !notice.patients[0].contains("MR-774411"))
            let content = try #require(try await service.content(of: notice, for: ["his"]))
            let write = try #require(content.hl7)
            let header = OutgoingContent.Header(
                controlID: "X1", application: "HIS", facility: "HILL", characterSet: "UNICODE UTF-8",
                time: region.time.wallTime)
            let text = write(header)
            let message = try HL7Message.parse(Array(text.utf8), defaultEncoding: .utf8)
            #expect(message.messageCode == "ORU" && message.controlID == "X1")
            #expect(message.segment("ORC")?.field(2).component(1).text == "O-17")
            #expect(message.segment("ORC")?.field(2).component(2).text == "HIS")
            #expect(message.segment("OBR")?.field(25).text == "F")
            #expect(message.segments("OBX").map { $0.field(5).text } == ["窦性心律|率齐", "正常心电图"])
            #expect(message.segment("PID")?.field(3).component(1).text == "MR-774411")
            let update = try #require(content.fhir)
            #expect(update.target.hasPrefix("DiagnosticReport?identifier=") && !update.target.contains("MR-774411"))
            let resource = try FHIRResource.parse(update.body)
            #expect(resource.string("conclusion") == "正常心电图" && resource.string("status") == "final")
            #expect(FHIRElement.text(resource.items("basedOn").first?["identifier"]?["value"]) == "O-17")
            try await service.context.ledger.write(lane: .clinical) { try service.mark(notice, in: $0) }
            #expect(try await service.dueMessages(after: 0, limit: 10) == [])
            let (response, task) = try await hospital.task(id)
            #expect(task.string("status") == "completed" && response.headers["ETag"] != nil)
        }
    }

    @Test("a patient's reports share a name across epochs of patient keys, another patient's do not")
    func acrossEpochs() async throws {
        try await ConsultationRegion.run(epochs: [172_800]) { region in
            let service = try region.service("hill")
            func notice(_ draft: ConsultationDraft) async throws -> (names: Set<String>, header: Set<String>) {
                let id = try await service.create(draft).id
                try await region.settle()
                _ = try await region.service("east").claim(id, expert: "ecg-li")
                _ = try await region.service("east").report(id, expert: "ecg-li", text: Samples.report)
                try await region.settle()
                let notice = try #require(try await service.dueMessages(after: 0, limit: 10).last)
                let again = try await service.message(notice.key)
                #expect(again == notice)
                let keys = try #require(try await service.show(id).creation).fields.patientKeys
                return (Set(notice.patients), Set(PatientKeyReference.names(keys)))
            }
            let before = try await notice(Samples.draft(orderNumber: "O-1"))
            region.time.advance(milliseconds: 259_200_000)
            let after = try await notice(Samples.draft(orderNumber: "O-2"))
            #expect(before.header.isDisjoint(with: after.header), "headers of two epochs have no key in common")
            #expect(!before.names.isDisjoint(with: after.names))
            var other = Samples.draft(orderNumber: "O-3")
            other.content.patient.identifiers[0].value = "MR-880055"
            #expect(try await notice(other).names.isDisjoint(with: after.names))
        }
    }

    @Test("a correction without findings deletes the old ones at the receiver")
    func withoutFindings() async throws {
        try await ConsultationRegion.run { region in
            let id = try await SampleHospital(region: region, node: "hill").create().createdID
            try await region.settle()
            let (request, lake) = (try ConsultationID(id), try region.service("lake"))
            _ = try await lake.claim(request, expert: "ecg-zhao")
            let later = [("", "未见异常"), ("率齐", "")].map { ConsultationReportText(findings: $0.0, conclusion: $0.1) }
            for text in [Samples.report] + later {
                _ = try await lake.report(request, expert: "ecg-zhao", text: text)
            }
            try await region.settle()
            let service = try region.service("hill")
            var lines: [[String]] = []
            for notice in try await service.dueMessages(after: 0, limit: 10) {
                let write = try #require(try await service.content(of: notice, for: ["his"])?.hl7)
                let header = OutgoingContent.Header(
                    controlID: "X1", application: "HIS", facility: "HILL", characterSet: "UNICODE UTF-8",
                    time: region.time.wallTime)
                let message = try HL7Message.parse(Array(write(header).utf8), defaultEncoding: .utf8)
                lines.append(message.segments("OBX").map { $0.field(11).text + ":" + $0.field(5).raw })
            }
            #expect(lines.count == 3 && lines.first?.allSatisfy { $0.hasPrefix("F:") } == true)
            #expect(lines.dropFirst() == [["D:\"\"", "C:未见异常"], ["C:率齐", "D:\"\""]])
        }
    }

    @Test("the audit ledger says that a report went to the hospital's system, in whose name, and by no look of theirs")
    func audit() async throws {
        try await ConsultationRegion.run { region in
            let id = try await SampleHospital(region: region, node: "hill").create().createdID
            try await region.settle()
            let (request, lake) = (try ConsultationID(id), try region.service("lake"))
            _ = try await lake.claim(request, expert: "ecg-zhao")
            _ = try await lake.report(request, expert: "ecg-zhao", text: Samples.report)
            try await region.settle()
            let service = try region.service("hill")
            let notice = try #require(try await service.dueMessages(after: 0, limit: 10).first)
            _ = try await service.content(of: notice, for: ["his", "portal"])
            let rows = try await service.context.ledger.read { sql in
                try sql.rows("SELECT action, system, practitioner FROM audit WHERE action LIKE 'consultation.%'", [])
                    .map { [try $0.text(0), try $0.text(1), try $0.text(2)] }
            }
            #expect(rows == [["consultation.deliver", "his portal", "D-102"]])
        }
    }

    @Test("an earlier version of a report does not go out behind a later one")
    func lateVersion() async throws {
        try await ConsultationRegion.run { region in
            let id = try await SampleHospital(region: region, node: "hill").create().createdID
            try await region.settle()
            let (request, lake) = (try ConsultationID(id), try region.service("lake"))
            _ = try await lake.claim(request, expert: "ecg-zhao")
            for text in [Samples.report, Samples.otherReport] {
                _ = try await lake.report(request, expert: "ecg-zhao", text: text)
            }
            try await region.settle()
            let service = try region.service("hill")
            let due = try await service.dueMessages(after: 0, limit: 10)
            try #require(due.count == 2)
            let before = try await service.content(of: due[0], for: ["his"])
            try await service.context.ledger.write(lane: .clinical) { try service.mark(due[1], in: $0) }
            let after = try await service.content(of: due[0], for: ["his"])
            #expect(before != nil && after == nil)
        }
    }

    @Test("an issuer's OID goes back to the hospital as one")
    func issuer() async throws {
        try await ConsultationRegion.run { region in
            let number: JSONValue = ["system": "urn:oid:1.2.156.7", "value": "MR-774411"]
            let response = try await SampleHospital(region: region, node: "hill").create([
                "subject": ["identifier": number], "contained": nil,
                "supportingInfo": [["type": "Consent", "identifier": ["value": "TY-18"]]],
            ])
            try await region.settle()
            let (request, lake) = (try ConsultationID(response.createdID), try region.service("lake"))
            _ = try await lake.claim(request, expert: "ecg-zhao")
            _ = try await lake.report(request, expert: "ecg-zhao", text: Samples.report)
            try await region.settle()
            let service = try region.service("hill")
            let notice = try #require(try await service.dueMessages(after: 0, limit: 10).first)
            let write = try #require(try await service.content(of: notice, for: ["his"])?.hl7)
            let header = OutgoingContent.Header(
                controlID: "X1", application: "HIS", facility: "HILL", characterSet: "UNICODE UTF-8",
                time: region.time.wallTime)
            let message = try HL7Message.parse(Array(write(header).utf8), defaultEncoding: .utf8)
            #expect(message.segment("PID")?.field(3).raw.hasPrefix("MR-774411^^^&1.2.156.7&ISO^") == true)
        }
    }
}
