import EdgeKit
import Effects
import FHIR
import Recognition
import Testing

@testable import Edge

@Suite("Searching reports")
struct SearchTests {
    typealias Desk = FHIRDeskTests.Desk

    /// A hospital with three results of P1 and one of P2.
    private static func hospital() async throws -> Desk {
        let fixture = try await EdgeFixture.open()
        for (id, patient, day) in [("F1", "P1", "19"), ("F2", "P1", "21"), ("F3", "P1", "20"), ("F4", "P2", "18")] {
            let text = ORU.text(id: id, filler: id, patient: patient + "^^^HOSPITAL^PI")
                .replacing("20261119081500", with: "202611\(day)081500")
                .replacing("20261119085900", with: "202612\(day)085900")
            #expect(await fixture.intake.take(Array(text.utf8), principal: fixture.principal).codes == ["AA"])
        }
        return try Desk(fixture)
    }

    private static func numbers(_ response: EdgeResponse) throws -> [String] {
        try FHIRResource.parse(response.body).items("entry").compactMap { $0["resource"] }
            .filter { $0["resourceType"] == "DiagnosticReport" }
            .compactMap { $0["identifier"]?.items.first?["value"]?.string }
    }

    @Test("commas mean any of them, for patients, numbers, states and ids")
    func alternatives() async throws {
        let desk = try await Self.hospital()
        let both = await desk.get("DiagnosticReport", query: "patient.identifier=HOSPITAL%7CP1,HOSPITAL%7CP2")
        #expect(try Self.numbers(both) == ["F2", "F3", "F1", "F4"])
        #expect(try Self.numbers(await desk.search("&identifier=F1,F3")) == ["F3", "F1"])
        #expect(try Self.numbers(await desk.search("&identifier=urn:x%7CF2")) == ["F2"])
        #expect(try Self.numbers(await desk.search("&identifier=F4")) == [])
        #expect(try Self.numbers(await desk.search("&status=final,amended")) == ["F2", "F3", "F1"])
        #expect(try Self.numbers(await desk.search("&status=registered")) == [])
        let id = try #require(try FHIRResource.parse(both.body).items("entry").first?["resource"]?["id"]?.string)
        #expect(try Self.numbers(await desk.search("&_id=\(id),nothing")) == ["F2"])
        #expect(await desk.get("DiagnosticReport", query: "identifier=F1").status == 400)
        let and = await desk.get("DiagnosticReport", query: "patient.identifier=A&patient.identifier=B")
        #expect(and.status == 400)
    }

    @Test("sorted as asked, or refused")
    func sorting() async throws {
        let desk = try await Self.hospital()
        for (sort, order) in [
            ("date", ["F1", "F3", "F2"]), ("-date", ["F2", "F3", "F1"]), ("issued", ["F1", "F3", "F2"]),
            ("issued,-_lastUpdated", ["F1", "F3", "F2"]), ("-issued", ["F2", "F3", "F1"]),
        ] { #expect(try Self.numbers(await desk.search("&_sort=" + sort)) == order, "\(sort)") }
        #expect(await desk.search("&_sort=colour").status == 400)
        #expect(try Self.numbers(await desk.search("&_count=0")) == [])
        #expect(try FHIRResource.parse(await desk.search("&_count=0").body)["total"]?.lexical == "3")
    }

    @Test("what is not known is refused, or passed over and named where the request is lenient")
    func handling() async throws {
        let desk = try await Self.hospital()
        #expect(await desk.search("&colour=red").status == 400)
        #expect(await desk.search("&colour=red", headers: ["prefer": "handling=strict"]).status == 400)
        let lenient = await desk.search(
            "&colour=red&date=2026-11-20", headers: ["prefer": "return=minimal; handling=lenient"])
        #expect(lenient.status == 200)
        #expect(try Self.numbers(lenient) == ["F3"])
        let bundle = try FHIRResource.parse(lenient.body)
        let address = bundle.items("link").first?["url"]?.string ?? ""
        #expect(address.contains("date=2026-11-20") && !address.contains("colour"))
        let outcome = bundle.items("entry").last?["resource"]
        #expect(outcome?["issue"]?.items.contains { $0["expression"]?.items == ["colour"] } == true)
    }

    @Test(
        "a date is compared with its zone",
        arguments: [
            ("eq2026-11-20", "2026-11-20T08:15:00+08:00", true), ("eq2026-11-20", "2026-11-19T20:00:00-08:00", true),
            ("eq2026-11-20", "20261120003000+0000", true), ("eq2026-11-20", "20261119163000+0000", true),
            ("eq2026-11-20", "2026-11-20T23:00:00Z", false), ("lt2026-11-20T01:00:00Z", "20261120083000", true),
            ("ge2026-11-20T01:00:00Z", "20261120083000", false), ("ge2026-11", "20261120", true),
            ("gt2026-11-20", "2026-11", true), ("sa2026-11-20", "2026-11", false), ("eb2027", "2026-11", true),
            ("ne2026", "2026-11-20", false), ("le2026-11-20", "20261120235959", true),
            ("eq2026-11-20", "gestern", false),
        ])
    func dates(condition: String, time: String, holds: Bool) throws {
        #expect(try DateCondition(condition).holds(for: time) == holds)
    }

    @Test("what cannot be dated comes last, and a search by date says that it left it out")
    func undated() async throws {
        let fixture = try await EdgeFixture.open()
        for (id, time) in [("F1", "20261119081500"), ("F2", "irgendwann")] {
            let text = ORU.text(id: id, filler: id).replacing("20261119081500+0800", with: time)
                .replacing("20261119085900+0800", with: "")
            #expect(await fixture.intake.take(Array(text.utf8), principal: fixture.principal).codes == ["AA"])
        }
        let desk = try Desk(fixture)
        #expect(try Self.numbers(await desk.search()) == ["F1", "F2"])
        #expect(try Self.numbers(await desk.search("&_sort=date")) == ["F1", "F2"])
        let dated = await desk.search("&date=ge2020")
        #expect(try Self.numbers(dated) == ["F1"])
        #expect(String(decoding: dated.body, as: UTF8.self).contains("1 reports have no time that can be read"))
    }

    @Test("when a version was published narrows a search, whatever times the report itself tells")
    func updated() async throws {
        let desk = try await Self.hospital()
        func day(_ days: Int64) -> String {
            let moment = desk.fixture.world.time.wallTime.advanced(byMilliseconds: days * 86_400_000)
            return String(moment.chinaText.prefix(10))
        }
        let all = ["F2", "F3", "F1"]
        for (conditions, expected) in [
            (["ge\(day(-1))"], all), (["lt\(day(-1))"], []), (["gt\(day(1))"], []), (["le\(day(1))"], all),
            (["ge\(day(-1))", "le\(day(1))"], all), (["ge\(day(-1))", "gt\(day(1))"], []),
        ] {
            let query = conditions.map { "&_lastUpdated=" + $0 }.joined()
            #expect(try Self.numbers(await desk.search(query)) == expected, "\(query)")
        }
        #expect(try Self.numbers(await desk.search("&_lastUpdated=ge\(day(-1))&date=2026-11-20")) == ["F3"])
        #expect(await desk.search("&_lastUpdated=recently").status == 400)
    }

    @Test("a token is split at its first bar, and a backslash makes signs plain")
    func tokens() {
        #expect(SearchToken("urn:a|1|2") == SearchToken(system: "urn:a", value: "1|2"))
        #expect(SearchToken("|1").system == "")
        #expect(SearchToken("1").system == nil)
        #expect(SearchToken.alternatives("a\\,b,c|1\\|2").map { SearchToken($0).value } == ["a,b", "1|2"])
        #expect(SearchToken.alternatives(", ,").isEmpty)
    }
}

extension SearchToken {
    init(system: String, value: String) {
        self.init(value)
        self.system = system
        self.value = value
    }
}
