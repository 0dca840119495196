import Consultation
import EdgeKit
import HL7
import Testing

@testable import ConsultationEdge

@Suite("An ORM^O01 becomes a request")
struct HL7RequestTests {
    private func map(_ changes: [String: String] = [:], more: [String] = []) throws -> HL7RequestMapping {
        HL7RequestMapper(unit: OrderSamples.unit, now: OrderSamples.now).map(
            try OrderSamples.message(changes, more: more))
    }

    @Test("with its patient, question, findings, documents, practitioner and consent")
    func whole() throws {
        let mapping = try map()
        #expect(mapping.problems == [] && mapping.warnings == [], "\(mapping.warnings.map(\.place))")
        let draft = try #require(mapping.draft)
        #expect(
            draft.kind == "ecg-emergency" && draft.asking.practitioner == "D-102"
                && draft.asking.consent == "TY-2026-17")
        #expect(draft.asking.organizationUnit == OrderSamples.unit && draft.asking.breakGlassReason == nil)
        #expect(draft.content.orderNumber == "O-17^HIS")
        #expect(draft.content.reason == "请阅心电图")
        #expect(draft.content.clinicalSummary == "胸痛两小时\n诊断：不稳定性心绞痛\n收缩压：180 mm[Hg]")
        let attachment = try #require(draft.content.attachments.first)
        #expect(attachment.contentType == "application/pdf" && attachment.title == "心电图")
        #expect(draft.content.patient.identifiers.map(\.type) == ["citizenID", "MR"])
        #expect(draft.content.patient.name == "张测试" && draft.content.patient.birthDate == "1961-02-03")
    }

    @Test(
        "what is missing or cannot be is refused at its place",
        arguments: [
            ("ORC", "ORC|CA|O-17^HIS||||||||||D-102", "ORC-1"), ("ORC", "ORC|NW|||||||||||D-102", "ORC-2"),
            ("ORC", "ORC|NW|O-17^HIS", "ORC-12.1"), ("ORC", "", "ORC"),
            ("ORC", "ORC|NW|O-18^HIS||||||||||D-102", "OBR-2"), ("OBR", "OBR|1|O-17^HIS", "OBR-4.1"),
            ("MSH", "MSH|^~\\&|HIS|HILL|YILIAN|HILL|20261130101500+0800||ORM^O01^ORM_O01|M-1|T|2.5.1", "MSH-11.1"),
            ("OBX|3", "OBX|3|ST|59284-0^知情同意书^LN||TY-2026-17||||||D", "OBX-3"),
            ("PID", "PID|1||0^^^HILL^MR||张^测试", "PID-3"), ("PID", "", "PID"),
            ("OBX|3", "OBX|3|ST|59284-0^知情同意书^LN||", "OBX-3"),
            ("OBX|2", "OBX|2|ED|11524-6^心电图^LN||HIS^AP^PDF^Base64^***", "OBX[2]-5.5"),
        ])
    func refused(segment: String, text: String, place: String) throws {
        let mapping = try map([segment: text])
        #expect(mapping.draft == nil && mapping.problems.map(\.place).contains(place), "\(mapping.problems)")
        #expect(mapping.problems.allSatisfy { !$0.text.contains("张") && !$0.text.contains("MR-774411") })
    }

    @Test(
        "a date of birth is carried as far as it is known, and said where it is not carried",
        arguments: [
            ("1961", "1961"), ("196102", "1961-02"), ("196102030815", "1961-02-03"), ("19610000", nil), ("不详", nil),
        ])
    func birthDate(text: String, carried: String?) throws {
        let mapping = try map(["PID": "PID|1||MR-774411^^^HILL^MR||张^测试||\(text)|M"])
        #expect(mapping.draft?.content.patient.birthDate == carried)
        #expect(mapping.warnings.map(\.place).contains("PID-7") == (carried == nil))
    }

    @Test("a second order in the message is refused")
    func twoOrders() throws {
        let mapping = try map(more: ["ORC|NW|O-18^HIS||||||||||D-102"])
        #expect(mapping.draft == nil && mapping.problems.map(\.place) == ["ORC[2]"])
    }

    @Test("an emergency without consent needs its reason")
    func emergency() throws {
        let draft = try #require(try map(["OBX|3": "OBX|3|ST|BREAK-GLASS^无法签字^99YILIAN||意识不清||||||F"]).draft)
        #expect(draft.asking.consent == nil && draft.asking.breakGlassReason == "意识不清")
    }

    @Test(
        "an order rests on one consent or one reason: of two nobody guesses, and the same twice is one",
        arguments: [("59284-0^知情同意书^LN", "TY-2026-18"), ("BREAK-GLASS^无法签字^99YILIAN", "昏迷")])
    func twoGrounds(code: String, other: String) throws {
        func line(_ number: Int, _ value: String) -> String { "OBX|\(number)|ST|\(code)||\(value)||||||F" }
        let mapping = try map(["OBX|3": line(3, "TY-2026-17")], more: [line(4, other)])
        #expect(mapping.draft == nil && mapping.problems.map(\.place) == ["OBX[4]-5"], "\(mapping.problems)")
        let same = try map(["OBX|3": line(3, "TY-2026-17")], more: [line(4, "TY-2026-17"), line(5, "")])
        let asking = try #require(same.draft).asking
        #expect([asking.consent, asking.breakGlassReason].compactMap { $0 } == ["TY-2026-17"])
    }

    @Test("a line that its sender took back is no finding, and that is told", arguments: ["D", "W", "X", "N"])
    func takenBack(state: String) throws {
        let mapping = try map(["OBX|1": "OBX|1|NM|8480-6^收缩压^LN||180|mm[Hg]|||||\(state)"])
        #expect(mapping.draft?.content.clinicalSummary.contains("180") == false)
        #expect(mapping.warnings.map(\.place) == ["OBX-11"])
    }

    @Test("a unit is carried wherever it stands", arguments: ["mm[Hg]", "^mm[Hg]"])
    func unit(field: String) throws {
        let draft = try #require(try map(["OBX|1": "OBX|1|NM|8480-6^收缩压^LN||180|\(field)|||||F"]).draft)
        #expect(draft.content.clinicalSummary.hasSuffix("收缩压：180 mm[Hg]"))
    }

    @Test("every field that is not carried is told, and none of its value")
    func accounted() throws {
        let mapping = try map(
            ["OBR": "OBR|1|O-17^HIS||ecg-emergency^急诊心电诊断^99YILIAN|S||||||||青霉素||||||||||||||||||^请阅心电图"],
            more: ["AL1|1||^青霉素", "NTE|1||请尽快"])
        #expect(mapping.draft != nil)
        #expect(Set(mapping.warnings.map(\.place)) == ["OBR-5", "AL1"], "\(mapping.warnings)")
        #expect(mapping.warnings.allSatisfy { $0.severity == .warning && !$0.text.contains("青霉素") })
        #expect(mapping.draft?.content.clinicalSummary.hasSuffix("请尽快") == true)
    }
}
