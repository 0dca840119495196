import Effects
import Recognition
import RecognitionTestKit
import Regions
import ServiceKit
import Testing
import YilianTestKit

@Suite("An order is matched against the region", .serialized)
struct RecognitionMatchTests {
    @Test("a marked result of another county is recognised where a certificate is known, and each hop audits once")
    func acrossCounties() async throws {
        try await RecognitionRegion.run { region in
            _ = try await region.node("diaodu").recognition.certify(try RecognitionRegion.certificate())
            try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()

            let match = try await region.node("yuxian").match(People.wang, ["GLU", "K", "nothing"])
            #expect(match.asked.map(\.rawValue) == ["yuxian", "shi"])
            #expect(match.unreached.isEmpty)
            #expect(match.items.map(\.ordered.item.code) == ["GLU", "K"])
            #expect(match.unknown.map(\.code) == ["nothing"])
            let candidate = try #require(match.items.first?.candidates.first)
            #expect(match.items.last?.candidates == [])
            #expect(candidate.verdict == .recognised)
            #expect(candidate.certificate == "C-1" && candidate.mark == "山西省HR")
            for id in ["yuxian", "shi"] {
                let records = try await region.node(id).accessRecords().filter { $0.action == "recognition.match" }
                #expect(records.map(\.answered) == [id == "yuxian" ? 0 : 1], "\(id)")
                let areServed = records.allSatisfy { $0.outcome == "served" && $0.practitioner == "张医生" }
                #expect(areServed, "\(id)")
            }
            #expect(try await region.node("pingding").accessRecords().isEmpty)
        }
    }

    @Test("with the city cut off the answer says what was asked, and since when the city is not reached")
    func cityCut() async throws {
        try await RecognitionRegion.run { region in
            try await region.node("yuxian").publish(RecognitionRegion.report("Y-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            try region.cut("yuxian", "shi")
            try await region.wait(for: "the link to break") {
                try region.node("yuxian").node.hub.status(of: NodeID("shi")).state != .up
            }
            let match = try await region.node("yuxian").match(People.wang)
            #expect(match.items.first?.candidates.first?.verdict == .recognised)
            #expect(match.items.first?.candidates.first?.trail.contains { $0.input == "own" } == true)
            let unreached = try #require(match.unreached.first)
            #expect(unreached.node.rawValue == "shi")
            #expect(unreached.since != nil)
            #expect(match.reach.chinese.contains("shi未能到达，自") && match.reach.english.contains("not reached since"))
            try region.heal("yuxian", "shi")
        }
    }

    @Test("a result without a time that can be read is dated by nothing else: not recognisable, and the trail says why")
    func noTime() async throws {
        try await RecognitionRegion.run { region in
            try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang, isDated: false))
            try await region.waitUntilAcknowledged()
            let candidate = try #require(
                try await region.node("yuxian").match(People.wang).items.first?.candidates.first)
            #expect(candidate.verdict == .not && candidate.reportTime == nil && candidate.validUntil == nil)
            #expect(candidate.trail.filter { $0.outcome == .failed }.map(\.rule) == [.clock])
        }
    }

    @Test(
        "a result of somebody who is described otherwise is shown and left to the doctor, on the card and in a search")
    func contradiction() async throws {
        try await RecognitionRegion.run { region in
            _ = try await region.node("diaodu").recognition.certify(try RecognitionRegion.certificate())
            try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            let unit = try OrgUnitID("yuxian")
            let asking = Asking(
                practitioner: "张医生", organizationUnit: "yuxian", purpose: .treatment, order: "O-1")
            let wang = PatientIdentifier(type: "citizenID", authority: "CN", value: People.wang.identifier)
            for (name, verdict) in [
                (People.wang.name, RecognitionOutcome.recognised), ("李试二", .discretion), ("WANG", .recognised),
            ] {
                let person = PatientDemographics(identifiers: [], name: name)
                let match = try await doctor.recognition.match(
                    MatchOrder(unit: unit, codes: [.init(code: "GLU")], person: person), asking, about: [wang])
                let candidate = try #require(match.items.first?.candidates.first)
                #expect(candidate.verdict == verdict, "\(name)")
                #expect(
                    candidate.trail.contains { $0.rule == .demographics && $0.outcome == .doubt && $0.input == "name" }
                        == (verdict == .discretion))
                let found = try await doctor.recognition.find(asking, about: [wang], described: person).answer.summaries
                    .first
                #expect(found?.obstacle == (verdict == .discretion ? "demographics" : nil))
            }
        }
    }

    @Test("two results under one identifier that name two persons are both left to the doctor")
    func contradictingResults() async throws {
        try await RecognitionRegion.run { region in
            _ = try await region.node("diaodu").recognition.certify(try RecognitionRegion.certificate())
            var other = People.wang
            other.name = "赵试三"
            try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            try await region.node("jucheng").publish(RecognitionRegion.report("J-2", of: other))
            try await region.waitUntilAcknowledged()
            let match = try await region.node("yuxian").match(People.wang)
            #expect(match.items.first?.candidates.map(\.verdict) == [.discretion, .discretion])
            let found = try await region.node("yuxian").find(People.wang)
            #expect(found.results.map(\.obstacle) == ["demographics", "demographics"])
        }
    }

    @Test("a code without a coding system is the unit's own, the region's or LOINC's; others are named as unknown")
    func bareCodes() async throws {
        try await RecognitionRegion.run { region in
            let match = try await region.node("yuxian").match(People.wang, ["K", "CL", "2951-2", "XX"])
            #expect(match.items.map(\.ordered.item.code) == ["K", "CL", "NA"])
            #expect(match.unknown.map(\.code) == ["XX"])
        }
    }

    @Test("what an order may be: refused with what to do, and nothing is written")
    func badOrders() async throws {
        try await RecognitionRegion.run { region in
            let node = try region.node("yuxian")
            await #expect(throws: Failure("recognition.noItems", "")) { try await node.match(People.wang, []) }
            await #expect(throws: Failure("recognition.badOrderNumber", "")) {
                try await node.match(People.wang, number: String(repeating: "1", count: 200))
            }
            await #expect(throws: Failure("recognition.otherUnit", "")) {
                try await node.recognition.match(
                    MatchOrder(unit: OrgUnitID("jucheng"), codes: [.init(code: "GLU")]),
                    Asking(practitioner: "a", organizationUnit: "jucheng", purpose: .treatment, order: "O-1"),
                    about: [PatientIdentifier(type: "MR", authority: "", value: "1")])
            }
            #expect(
                try await node.recognition.sheet(ReportingPeriod(.year, containing: region.clock.time.wallTime)).rows
                    .isEmpty)
        }
    }

    @Test("certificates come from the dispatcher alone; a newer version takes the older one's place everywhere")
    func certificates() async throws {
        try await RecognitionRegion.run { region in
            let certificate = try RecognitionRegion.certificate()
            await #expect(throws: Failure("recognition.notIssuer", "")) {
                try await region.node("jucheng").recognition.certify(certificate)
            }
            let root = try region.node("diaodu").recognition
            #expect(try await root.certify(certificate).version == 1)
            #expect(try await root.certify(certificate).entry == nil)
            let ended = try RecognitionRegion.certificate(to: "2026-01-01")
            #expect(try await root.certify(ended).version == 2)
            var bad = certificate
            bad.scope = "nowhere"
            await #expect(throws: Failure("recognition.badCertificate", "")) { try await root.certify(bad) }
            try await region.waitUntilAcknowledged()
            for id in ["jucheng", "yuxian", "shi"] {
                #expect(try await region.node(id).recognition.certificates() == [ended], "\(id)")
            }
        }
    }
}
