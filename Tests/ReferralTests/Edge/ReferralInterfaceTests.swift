import EdgeKit
import Effects
import FHIR
import HL7
import Ledgers
import Referral
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

@testable import ReferralEdge

/// Hospitals' systems refer patients over real nodes.
@Suite(.serialized) struct ReferralInterfaceTests {
    @Test func `an order is offered in the moment in which it is written, once`() async throws {
        try await ReferralRegion.run { region in
            let clinic = ReferralHospital(region, "jucheng")
            let made = try await clinic.create()
            let id = try made.referral
            #expect(made.status == 201)
            #expect(try await clinic.task(id).task.string("status") == "requested")
            let again = try await clinic.create()
            #expect(try again.status == 200 && again.referral == id)
            for changes: [String: JSONValue?] in [
                ["reasonCode": [["text": "别的"]]], ["performer": [["identifier": ["value": "yuxian"]]]],
            ] {
                #expect(await code { _ = try await clinic.create(changes) } == "referral.orderNumberUsed")
            }
            try await region.wait("pingding", knows: id, as: .offered)
            let county = ReferralHospital(region, "pingding")
            let request = try await county.request(id)
            let results = request.items("supportingInfo").filter { $0["type"]?.string == "DiagnosticReport" }
            #expect(results.count == 3 && request.contained.first?.items("name").first?["text"]?.string == "赵试七")
            let query = [FHIRQuery.Item(name: "business-status", value: "offered")]
            let call = county.call("GET", query: query)
            let page = try FHIRResource.parse(try await county.orders.search(.task, call, call.request.query).body)
            #expect(page.items("entry").count == 1)
        }
    }

    @Test func `who changes a Task says which version was read, and is told who has the referral`() async throws {
        try await ReferralRegion.run { region in
            let id = try await ReferralHospital(region, "jucheng").create().referral
            try await region.wait("pingding", knows: id, as: .offered)
            let county = ReferralHospital(region, "pingding")
            let (tag, task) = try await county.task(id)
            #expect(task.string("status") == "requested" && !"\(task)".contains("赵试七"))
            let unversioned = await refusal { try await county.change(id, "accepted", version: "") }
            #expect(unversioned?.status == 428)
            let accepted = try await county.change(id, "accepted", version: tag)
            #expect(accepted.string("status") == "accepted")
            let late = await refusal { try await county.change(id, "declined", version: tag) }
            #expect(late?.status == 412 && late?.issue.diagnostics.contains("'pingding'") == true)
            // The referrer has read the referral as it stands and comes too late with what it wants.
            try await region.wait("jucheng", knows: id, as: .accepted)
            let conflict = await code { try await ReferralHospital(region, "jucheng").change(id, "withdrawn") }
            #expect(conflict == "referral.wrongState" || conflict == "referral.notTheKeeper")
            // Another institution learns of nothing.
            let other = ReferralHospital(region, "yuxian")
            let hidden = await refusal {
                _ = try await other.orders.update(other.call("PUT", captured: [id.description]))
            }
            #expect(hidden?.status == 404)
        }
    }

    @Test func `declined with a reason, rerouted, down with a plan: each by a Task`() async throws {
        try await ReferralRegion.run { region in
            let clinic = ReferralHospital(region, "jucheng")
            let id = try await clinic.create(["performer": [["identifier": ["value": "yuxian"]]]]).referral
            try await region.wait("yuxian", knows: id, as: .offered)
            let why: JSONValue = ["coding": [["code": "noBed"]], "text": "床位已满"]
            try await ReferralHospital(region, "yuxian").change(id, "declined", ["statusReason": why])
            try await region.wait("jucheng", knows: id, as: .declined)
            try await clinic.change(id, "rerouted", ["owner": ["identifier": ["value": "pingding"]]])
            let county = ReferralHospital(region, "pingding")
            try await region.wait("pingding", knows: id, as: .offered)
            for event in ["accepted", "arrived", "admitted"] { try await county.change(id, event) }
            func field(_ name: String, _ text: String) -> JSONValue {
                ["type": ["coding": [["code": .string(name)]]], "valueString": .string(text)]
            }
            let wrong = await refusal { try await county.change(id, "discharged", ["note": [["text": "x"]]]) }
            #expect(wrong?.status == 422)
            let plan: JSONValue = [
                field("diagnosis", "心梗"), field("plan", "双联"), ["type": ["text": "day"], "valueDate": "2027-01-31"],
            ]
            try await county.change(id, "discharged", ["output": plan])
            try await county.change(id, "downOffered", ["owner": ["identifier": ["value": "jucheng"]]])
            try await region.wait("jucheng", knows: id, as: .downOffered)
            let taken = try await clinic.change(id, "downTaken")
            #expect(taken["restriction"]?["period"]?["end"]?.string?.hasPrefix("2027-02-01") == true)
            let written = try await clinic.request(id).contained.filter { $0.type == "Communication" }
            #expect(written.count == 2)
            #expect("\(written)".contains("双联") && "\(written)".contains("床位已满"))
            try await clinic.change(id, "followedUp", ["output": [field("text", "良好")]])
            try await clinic.change(id, "closed")
            try await region.wait("pingding", knows: id, as: .closed)
            // Nobody is served after the end, but the institution that wrote it.
            #expect(await code { _ = try await county.request(id) } == "referral.notEntitled")
            #expect(try await clinic.request(id).string("status") == "completed")
        }
    }

    @Test func `what is due for hospitals' systems is a REF to whoever is asked and RRIs to the referrer`() async throws
    {
        try await ReferralRegion.run { region in
            let clinic = ReferralHospital(region, "jucheng")
            let id = try await clinic.create().referral
            try await region.wait("pingding", knows: id, as: .offered)
            let county = try region.referrals("pingding")
            let asked = try await told(county, region)
            #expect(asked.map(\.unit) == ["pingding"])
            let question = try #require(asked.first?.message)
            #expect(question.messageCode == "REF" && question.segment("RF1")?.field(1).component(1).text == "offered")
            #expect(question.segment("RF1")?.field(6).component(1).text == "Z-17")
            #expect(question.segment("RF1")?.field(11).component(1).text == id.description)
            let results = question.segments("OBX").filter { $0.field(3).component(1).text == "result" }
            #expect(results.map { $0.field(5).text } == ReferralSamples.entries)
            try await ReferralHospital(region, "pingding").change(
                id, "questioned",
                [
                    "output": [["type": ["text": "text"], "valueString": "肌钙蛋白？"]]
                ])
            try await region.wait("jucheng", knows: id, as: .questioned)
            let service = try region.referrals("jucheng")
            let back = try #require(try await told(service, region).first)
            #expect(back.unit == "jucheng" && back.message.messageCode == "RRI")
            #expect(back.message.segment("OBX")?.field(5).text == "肌钙蛋白？")
            // What came from there is not told to whoever said it.
            #expect(try await told(county, region).count == 1)
        }
    }

    private struct Told {
        var unit: String
        var message: HL7Message
    }

    private func told(_ service: ReferralService, _ region: TestRegion) async throws -> [Told] {
        var all: [Told] = []
        for notice in try await service.dueMessages(after: .min, limit: 9) {
            let content = try await service.content(of: notice, for: ["his"])
            let header = OutgoingContent.Header(
                controlID: "1", application: "HIS", facility: "ZZ", characterSet: "UNICODE UTF-8",
                time: service.context.now)
            let text = try #require(content?.hl7?(header))
            all.append(
                Told(
                    unit: notice.institution,
                    message: try HL7Message.parse(Array(text.utf8), defaultEncoding: .utf8)))
        }
        return all
    }

    @Test func `an answer over HL7 v2 names the referral, who answers and what happens`() async throws {
        try await ReferralRegion.run { region in
            let id = try await ReferralHospital(region, "jucheng").create().referral
            try await region.wait("pingding", knows: id, as: .offered)
            func answer(_ referral: String, _ others: [String] = []) throws -> HL7ReferralAnswer {
                let lines = [
                    "MSH|^~\\&|HIS|PD|YILIAN|PD|20261130101500+0800||RRI^I12^RRI_I12|A-1|P|2.5.1||||||UNICODE UTF-8",
                    referral, "PRD|RP||||||李医生",
                ]
                let text = (lines + others).joined(separator: "\r") + "\r"
                let message = try HL7Message.parse(Array(text.utf8), defaultEncoding: .utf8)
                return HL7ReferralAnswer(message, now: region.clock.time.wallTime)
            }
            let own = try answer("RF1|accepted^^99YILIAN|||||X|||||\(id)^YILIAN")
            #expect(own.problems.isEmpty && own.id == id && own.practitioner == "李医生")
            #expect(own.change(in: .offered)?.event == .accepted)
            #expect(try answer("RF1|A|||||X|||||\(id)").change(in: .downOffered)?.event == .downTaken)
            let declined = try answer(
                "RF1|R|||||X|||||\(id)", ["OBX|1|ST|why^^99YILIAN||noBed||||||F"])
            #expect(declined.change(in: .offered)?.values == ["why": "noBed"])
            #expect(try answer("RF1|P|||||X|||||\(id)").change(in: .offered) == nil)
            #expect(try answer("RF1|A|||||X|||||").problems.map(\.field) == [11])
            let more = try answer("RF1|A|S||||X|||||\(id)", ["DG1|1||I21^心梗^I10"])
            #expect(more.warnings.contains { $0.field == 2 } && more.warnings.contains { $0.segment == "MSH" })
        }
    }

    @Test func `a care home is a unit with its own system at its township's node`() async throws {
        try await ReferralRegion.run { region in
            try await region.publishConfiguration { configuration in
                guard let township = configuration.organizationUnits.first(where: { $0.node.rawValue == "jucheng" })
                else { return }
                var home = township
                home.id = try OrgUnitID("yanglaoyuan")
                home.name = "巨城镇养老院"
                home.kind = .careHome
                home.institution = nil
                configuration.organizationUnits.append(home)
                configuration.referralLevels.append(
                    ReferralLevel(
                        kind: "care-home", name: "转往养老机构", direction: .side, answerSeconds: 3_600,
                        arrivalSeconds: 86_400, returnSeconds: 86_400))
            }
            try await region.waitUntilConfigured()
            let clinic = ReferralHospital(region, "jucheng")
            let home = ReferralHospital(region, "jucheng", unit: "yanglaoyuan")
            let kind: JSONValue = ["coding": [["system": .string(ReferralSource.kinds), "code": "care-home"]]]
            let id = try await clinic.create([
                "code": kind, "performer": [["identifier": ["value": "yanglaoyuan"]]],
            ]).referral
            let due = try await told(region.referrals("jucheng"), region)
            #expect(due.map(\.unit) == ["yanglaoyuan"] && due.first?.message.messageCode == "REF")
            #expect(try await home.request(id).string("status") == "active")
            #expect(try await home.task(id).task["owner"]?["identifier"]?["value"]?.string == "yanglaoyuan")
            let accepted = try await home.change(id, "accepted")
            #expect(accepted.string("status") == "accepted")
            #expect(try await told(region.referrals("jucheng"), region).map(\.unit) == ["yanglaoyuan", "jucheng"])
            for event in ["arrived", "admitted"] { try await home.change(id, event) }
            // Another unit at the very node has no part in it.
            let stranger = ReferralHospital(region, "jucheng", unit: "elsewhere")
            #expect(await code { _ = try await stranger.task(id) } == "referral.unknown")
            try await home.change(
                id, "discharged",
                [
                    "output": [
                        ["type": ["text": "diagnosis"], "valueString": "康复"],
                        ["type": ["text": "plan"], "valueString": "随访"],
                        ["type": ["text": "day"], "valueDate": "2027-01-31"],
                    ]
                ])
            try await home.change(id, "closed")
            #expect(await code { _ = try await home.request(id) } == "referral.notEntitled")
            #expect(try await clinic.request(id).string("status") == "completed")
        }
    }
}
