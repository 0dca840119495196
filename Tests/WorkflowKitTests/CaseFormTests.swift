import Effects
import Regions
import ServiceKit
import Testing
import WorkflowKit

struct CaseFormTests {
    private let form = CaseForm([
        CaseForm.Field("finding", .text(limitBytes: 6), isRequired: true, "finding", "所见"),
        CaseForm.Field("grade", .code(["low", "high"]), "grade", "分级"),
        CaseForm.Field("day", .day, "day", "日期"),
    ])

    @Test(
        "what is filled in is checked field by field",
        arguments: [
            (["finding": "a"], nil), ([:], .missing(field: "finding")),
            (["finding": "三个字"], .tooLong(field: "finding", limitBytes: 6)),
            (["finding": "a", "grade": "none"], .notAmong(field: "grade", ["low", "high"])),
            (["finding": "a", "day": "tomorrow"], .noDay(field: "day")),
            (["finding": "a", "day": "2026-12-31", "grade": "low"], nil),
            (["finding": "a", "other": "b"], .unknown(field: "other")),
        ] as [([String: String], CaseForm.Problem?)])
    func check(_ values: [String: String], _ problem: CaseForm.Problem?) {
        #expect(form.problem(in: values) == problem)
    }

    @Test func `where nothing is required by itself, something must be said`() {
        let report = CaseForm([CaseForm.Field("text", .text(limitBytes: 9), "text", "文本")], needsAny: true)
        #expect(report.problem(in: [:]) == .empty && report.problem(in: ["text": ""]) == .empty)
        #expect(report.problem(in: ["text": "a"]) == nil)
    }

    @Test func `content comes back as it was, and the blinding changes nothing of what is said`() throws {
        var content = CaseContent(
            patient: PatientDemographics(identifiers: [.init(type: "MR", authority: "x", value: "1")], name: "试"),
            values: ["finding": "a", "grade": "low"],
            attachments: [CaseAttachment(contentType: "text/plain", title: "t", bytes: [1, 2])],
            references: ["east/1/clinical/1/0"], orderNumber: "A-1", actor: "li", actorName: "李")
        content.nonce = [1, 2, 3]
        #expect(try CaseContent(wireBytes: content.wireBytes()) == content)
        var again = content
        again.nonce = [4]
        #expect(try content.digest(.ed25519) == again.digest(.ed25519))
        again["finding"] = "b"
        #expect(try content.digest(.ed25519) != again.digest(.ed25519))
    }

    @Test func `an event's form is part of its command's check`() throws {
        func check(_ event: SampleWorkflow.Event, _ content: CaseContent?, target: Bool = false) -> Failure.Code? {
            do {
                let home = try NodeID("east")
                var command = CaseCommand<SampleWorkflow>(
                    id: CaseID(origin: home, serial: "1"), attempt: 1, home: home, actor: "li", origin: home,
                    event: event, role: .reader, content: content)
                if target { command.target = home }
                try command.check()
                return nil
            } catch {
                return (error as? Failure)?.code
            }
        }
        #expect(check(.read, CaseContent(values: ["finding": "a"])) == nil)
        #expect(check(.read, nil) == "sample.badContent")
        #expect(check(.read, CaseContent(values: ["finding": String(repeating: "a", count: 101)])) == "sample.tooLarge")
        #expect(check(.closed, CaseContent()) == "sample.badContent")
        #expect(check(.moved, nil) == "sample.badContent" && check(.moved, nil, target: true) == nil)
        #expect(check(.closed, nil, target: true) == "sample.badContent")
    }
}
