import AdverseEvents
import Effects
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// An adverse event's way through real nodes.
@Suite("An adverse event is reported, and something comes of it", .serialized)
struct AdverseCourseTests {
    private typealias Fixture = AdverseRegion

    @Test func `reported in secret, accepted and analysed by the group's controller, closed by the unit's`()
        async throws
    {
        try await Fixture.run { region in
            let clinic = try region.adverse("jucheng")
            let id = try await clinic.report(Fixture.report()).id
            try await region.act("pingding", "qc-group", .accepted, id, ["harm": "moderate"])
            try await region.act("pingding", "qc-group", .analysed, id, ["factor": "procedure", "causes": "未核对床号"])
            let day = region.clock.time.wallTime.advanced(byMilliseconds: 7 * 86_400_000)
            try await region.act("jucheng", "qc-unit", .planned, id, ["measures": "双人核对"], day: day)
            #expect(try await clinic.book.show(id).attempts.last?.dues["measures"] == day)
            try await region.act("jucheng", "qc-unit", .closed, id, ["effect": "一个月内无同类事件"])
            for node in ["pingding", "shi"] { try await region.wait(node, knows: id, as: .closed) }
            try await region.waitUntilAcknowledged()
            for node in region.allNodes {
                let record = try? await node.node.service(AdverseService.self).book.show(id)
                #expect(record?.attempts.last?.refusedSteps.isEmpty ?? true, "\(node.id)")
                #expect(record?.creation?.fields.patientKeys.isEmpty ?? true, "\(node.id)")
            }
            // Nobody above learns of it through the dispatcher, nor beside.
            for node in ["diaodu", "yuxian"] {
                #expect(await code { _ = try await region.adverse(node).book.show(id) } == "adverse.unknown", "\(node)")
            }
        }
    }

    @Test func `only controllers of the unit read and act, at the node that the region names`() async throws {
        try await Fixture.run { region in
            let clinic = try region.adverse("jucheng")
            let county = try region.adverse("pingding")
            let id = try await clinic.report(Fixture.report()).id
            try await region.wait("pingding", knows: id, as: .reported)
            func read(_ service: AdverseService, _ practitioner: String, _ unit: String) async -> Failure.Code? {
                await code { _ = try await service.book.open(id, Fixture.asking(practitioner, at: unit)) }
            }
            for (node, practitioner) in [
                ("jucheng", "qc-group"), ("jucheng", Fixture.reporter), ("pingding", "qc-unit"), ("pingding", "dr-li"),
                ("shi", "qc-group"),
            ] {
                try await region.wait(node, knows: id, as: .reported)
                #expect(await read(try region.adverse(node), practitioner, node) == "adverse.notEntitled", "\(node)")
                let deed = CaseDeed<AdverseWorkflow>(.accepted, by: practitioner, values: ["harm": "none"])
                let refused = await code { _ = try await region.adverse(node).book.perform(deed, on: id) }
                #expect(refused == "adverse.notAController", "\(practitioner) at \(node)")
            }
            #expect(await read(clinic, "qc-unit", "jucheng") == nil)
            #expect(await read(county, "qc-group", "pingding") == nil)
            // Nobody opens it for treatment, on somebody's consent.
            let other = Asking(
                practitioner: "qc-group", organizationUnit: "pingding", purpose: .treatment, consent: "书面")
            _ = await code { _ = try await county.book.open(id, other) }
            try await region.act("jucheng", "qc-unit", .dismissed, id, ["why": "noEvent"])
            try await region.wait("pingding", knows: id, as: .dismissed)
            #expect(await read(county, "qc-group", "pingding") == "adverse.notEntitled", "it is closed")
            #expect(await read(clinic, "qc-unit", "jucheng") == nil, "its own unit goes on reading it")
        }
    }

    @Test
    func
        `the group's controller reads what was written, but neither patient nor reporter, and both nodes know who did`()
        async throws
    {
        try await Fixture.run { region in
            let clinic = try region.adverse("jucheng")
            let county = try region.adverse("pingding")
            let id = try await clinic.report(Fixture.report()).id
            try await region.act("pingding", "qc-group", .accepted, id, ["harm": "mild", "words": "属实"])
            try await region.wait("pingding", knows: id, as: .accepted)
            let there = try await county.book.open(id, Fixture.asking("qc-group", at: "pingding"))
            #expect(there.content?["what"] == "输液时误用邻床药物")
            #expect(there.content?.patient == PatientDemographics(identifiers: []))
            #expect(there.content?.actor.isEmpty == true && there.content?.statement == nil)
            #expect(there.writings.map { $0.content["words"] } == ["属实"])
            let here = try await clinic.book.open(id, Fixture.asking("qc-unit", at: "jucheng"))
            #expect(here.content?.patient.name == Fixture.patientName && here.content?.actor == Fixture.reporter)
            func audited(_ node: String) async throws -> [String] {
                try await region.node(node).accessRecords().filter { $0.action == "adverse.read" }.map {
                    "\($0.practitioner) \($0.outcome)"
                }
            }
            #expect(try await audited("pingding") == ["qc-group forwarded"])
            #expect(Set(try await audited("jucheng")) == ["qc-group served", "qc-unit served"])
            // Where the township cannot be reached, nobody guesses.
            try region.cut("jucheng", "pingding")
            try await region.wait(for: "the cut") { try !region.areLinked("jucheng", "pingding") }
            let cut = await code { _ = try await county.book.open(id, Fixture.asking("qc-group", at: "pingding")) }
            #expect(cut?.rawValue.hasPrefix("call.") == true, "\(String(describing: cut))")
        }
    }

    @Test
    func
        `nobody looks at it in working time: it is escalated, and the law's clock runs on until the authority is told`()
        async throws
    {
        try await Fixture.run { region in
            let clinic = try region.adverse("jucheng")
            let id = try await clinic.report(Fixture.report()).id
            let made = try await clinic.book.show(id).terms.madeTime
            let dues = try await clinic.book.show(id).attempts.last?.dues
            let calendar = CaseCalendar(dayMinutes: 480..<1_080, holidays: [], countsWeekends: false)
            #expect(dues?["accept"] == calendar.time(seconds: Int(Fixture.acceptSeconds), after: made))
            #expect(dues?["law"] == made.advanced(byMilliseconds: Int64(Fixture.lawSeconds) * 1_000))
            let due = try #require(dues?["accept"])
            region.clock.advance(by: .milliseconds(due.milliseconds(since: region.clock.time.wallTime) - 1_000))
            #expect(try await clinic.book.show(id).state == .reported)
            region.clock.advance(by: .seconds(2))
            for node in ["jucheng", "pingding", "shi"] { try await region.wait(node, knows: id, as: .escalated) }
            func running() async throws -> [String] {
                try await clinic.book.show(id).attempts.last?.running.map(\.timer.name) ?? []
            }
            #expect(try await running() == ["law"])
            try await region.act("jucheng", "qc-unit", .notified, id, ["authority": "县卫生健康局", "number": "2026-7"])
            #expect(try await running() == [])
            #expect(try await clinic.book.show(id).state == .escalated, "telling changes nothing else")
            // Of the lowest grade nobody is told.
            let low = try await clinic.report(Fixture.report("level-4")).id
            #expect(try await clinic.book.show(low).attempts.last?.dues.keys.sorted() == ["accept"])
        }
    }

    @Test func `a report is complete, of a grade that there is, names nobody among its words, and comes once`()
        async throws
    {
        try await Fixture.run { region in
            let clinic = try region.adverse("jucheng")
            func said(_ report: AdverseService.Report) async -> Failure.Code? {
                await code { _ = try await clinic.report(report) }
            }
            #expect(await said(Fixture.report("level-9")) == "adverse.unknownGrade")
            #expect(await said(Fixture.report(values: ["what": "跌倒"])) == "adverse.badContent")
            #expect(await said(Fixture.report(values: ["what": "跌倒", "harm": "much"])) == "adverse.badContent")
            #expect(await said(Fixture.report(reporter: String(repeating: "长", count: 60))) == "adverse.badActor")
            for secret in [Fixture.patientName, Fixture.patientNumber, Fixture.reporter] {
                let report = Fixture.report(values: ["what": "患者\(secret)跌倒", "harm": "none"])
                #expect(await said(report) == "adverse.namesPerson", "\(secret)")
            }
            var strange = Fixture.report()
            strange.unit = "pingding"
            #expect(await said(strange)?.rawValue.hasPrefix("author.") == true, "another node's unit")
            let first = try await clinic.report(Fixture.report(number: "BL-1"))
            let again = try await clinic.report(Fixture.report(number: "BL-1"))
            #expect(again.isDuplicate && again.id == first.id)
            #expect(await said(Fixture.report("level-4", number: "BL-1")) == "adverse.orderNumberUsed")
            // Who reports need not say who they are, nor whom it happened to.
            var nobody = Fixture.report(reporter: "")
            nobody.patient = PatientDemographics(identifiers: [])
            let id = try await clinic.report(nobody).id
            let opened = try await clinic.book.open(id, Fixture.asking("qc-unit", at: "jucheng"))
            #expect(opened.content?.actor.isEmpty == true && opened.content?.patient.identifiers.isEmpty == true)
        }
    }
}
