import Consultation
import EdgeKit
import FHIR
import Testing

@testable import ConsultationEdge

@Suite("What a hospital's system makes of a Task")
struct TaskChangeTests {
    private func change(_ task: String) throws -> TaskChange.Command {
        let parsed = try JSONParser.parse("{\"resourceType\": \"Task\", " + task.dropFirst())
        let document = TaskDocument.whole(try FHIRResource(parsed))
        return try TaskChange(document.elements(changing: TaskChange.changing)).command()
    }

    private static let owner = "\"owner\": {\"identifier\": {\"value\": \"ecg-li\"}}"
    private static let outputs = """
        "output": [{"type": {"coding": [{"code": "59776-5"}]}, "valueString": "窦性心律"},
                   {"type": {"text": "conclusion"}, "valueString": "正常心电图"}]
        """

    private static func conclusion(_ text: String) -> String {
        "{\"type\": {\"text\": \"conclusion\"}, \"valueString\": \"\(text)\"}"
    }

    @Test("it is claimed, reported on, acknowledged")
    func commands() throws {
        #expect(try change("{\"status\": \"in-progress\", \(Self.owner)}") == .claim(expert: "ecg-li"))
        #expect(try change("{\"status\": \"accepted\", \(Self.owner)}") == .claim(expert: "ecg-li"))
        #expect(
            try change("{\"status\": \"completed\", \(Self.owner), \(Self.outputs)}")
                == .report(
                    expert: "ecg-li", ConsultationReportText(findings: "窦性心律", conclusion: "正常心电图")))
        #expect(
            try change("{\"status\": \"completed\", \"businessStatus\": {\"coding\": [{\"code\": \"acknowledged\"}]}}")
                == .acknowledge)
    }

    @Test("a patch says the same as the whole")
    func patch() throws {
        let patch = try JSONParser.parse(
            """
            [{"op": "replace", "path": "/status", "value": "in-progress"},
             {"op": "add", "path": "/owner", "value": {"identifier": {"value": "ecg-li"}}}]
            """)
        let elements = try TaskDocument.patch(patch).elements(changing: TaskChange.changing)
        #expect(try TaskChange(elements).command() == .claim(expert: "ecg-li"))
    }

    @Test(
        "what cannot be done is refused with 422",
        arguments: [
            "{\"status\": \"in-progress\", \(owner), \(outputs)}",
            "{\"status\": \"in-progress\", \(owner), \"note\": [{\"text\": \"室颤\"}]}",
            "{\"status\": \"in-progress\", \(owner), \"modifierExtension\": [{\"url\": \"urn:x\"}]}",
            "{\"status\": \"cancelled\"}", "{\"status\": \"in-progress\"}", "{\"status\": \"completed\"}", "{}",
            "{\"status\": \"completed\", \(owner), \"output\": [{\"type\": {\"text\": \"x\"}, \"valueString\": \"y\"}]}",
            "{\"status\": \"completed\", \(owner), \"output\": [\(conclusion("正常")), \(conclusion("心梗"))]}",
        ])
    func refused(task: String) {
        let refusal = #expect(throws: FHIRRefusal.self) { try change(task == "{}" ? "{\"id\": \"x\"}" : task) }
        #expect(refusal?.status == 422)
    }

    @Test(
        "a patch of anything else is refused with 422",
        arguments: [
            "[{\"op\": \"remove\", \"path\": \"/owner\"}]",
            "[{\"op\": \"replace\", \"path\": \"/focus\", \"value\": 1}]",
            "[]", "{}", "[{\"op\": \"replace\", \"path\": \"/status\"}]",
        ])
    func refusedPatch(text: String) throws {
        let patch = try JSONParser.parse(text)
        let refusal = #expect(throws: FHIRRefusal.self) {
            try TaskDocument.patch(patch).elements(changing: TaskChange.changing)
        }
        #expect(refusal?.status == 422)
    }
}
