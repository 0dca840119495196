import Consultation
import EdgeKit
import Effects
import FHIR
import HL7
import Ledgers
import ServiceKit
import Testing

@testable import ConsultationEdge

@Suite("A hospital's system asks for a consultation by FHIR")
struct HospitalInterfaceTests {
    @Test("the same order twice is one request, and the same number with other content is refused")
    func idempotence() async throws {
        try await ConsultationRegion.run { region in
            let hospital = SampleHospital(region: region, node: "hill")
            let first = try await hospital.create()
            #expect(first.status == 201 && first.headers["ETag"] == "W/\"1\"")
            #expect(first.headers["Location"]?.hasPrefix("https://node:8443/fhir/ServiceRequest/hill.") == true)
            let again = try await hospital.create()
            #expect(again.status == 200 && again.headers["Location"] == first.headers["Location"])
            for changes in [
                ["reasonCode": [["text": "请再阅"]]], ["requester": ["identifier": ["value": "D-103"]]],
                ["supportingInfo": [["reference": "#ecg"], ["type": "Consent", "identifier": ["value": "TY-18"]]]],
            ] as [[String: JSONValue?]] {
                let failure = await failure { _ = try await hospital.create(changes) }
                #expect(failure?.code == "consultation.orderNumberUsed")
            }
            #expect(try await region.service("hill").list().count == 1)
            let refused = try await hospital.create(["status": "revoked"])
            #expect(refused.status == 422)
        }
    }

    @Test("a node that was made anew and got its requests back knows which orders made them")
    func madeAnew() async throws {
        try await ConsultationRegion.run { region in
            let hospital = SampleHospital(region: region, node: "hill")
            let first = try await hospital.create()
            let ledger = try region["hill"].ledger
            _ = try await ledger.write(lane: .clinical) { transaction in
                try transaction.sql.execute("DELETE FROM case_order", [])
            }
            _ = try await ledger.refold()
            let again = try await hospital.create()
            #expect(again.status == 200 && again.headers["Location"] == first.headers["Location"])
            let other = await failure { _ = try await hospital.create(["reasonCode": [["text": "请再阅"]]]) }
            #expect(other?.code == "consultation.orderNumberUsed")
            #expect(try await region.service("hill").list().count == 1)
        }
    }

    @Test("what would refuse an order is known before it is taken")
    func objections() async throws {
        try await ConsultationRegion.run { region in
            let service = try region.service("hill")
            func objection(_ changes: [String: JSONValue?] = [:]) async throws -> Failure.Code? {
                let mapping = FHIRRequestMapper(unit: OrderSamples.unit, now: region.time.wallTime).map(
                    try OrderSamples.resource(changes))
                return try await service.objection(to: try #require(mapping.draft))?.code
            }
            let before = try await objection()
            _ = try await SampleHospital(region: region, node: "hill").create()
            let (same, other) = (try await objection(), try await objection(["note": [["text": "又痛"]]]))
            let kind = try await objection(["code": ["coding": [["code": "telepathy"]]]])
            #expect(before == nil && same == nil)
            #expect(other == "consultation.orderNumberUsed" && kind == "consultation.unknownKind")
        }
    }

    @Test("what was made is found by the order's number, by the institution alone that made it")
    func lookup() async throws {
        try await ConsultationRegion.run { region in
            let hospital = SampleHospital(region: region, node: "hill")
            let id = try await hospital.create().createdID
            let request = try await hospital.request(id)
            #expect(request.string("status") == "active" && request.contained.first?.type == "Patient")
            #expect(FHIRElement.text(request.items("identifier").first?["value"]) == "O-17")
            for token in ["HIS|O-17", "O-17"] {
                let query = [FHIRQuery.Item(name: "identifier", value: token)]
                let ids = try await hospital.found(.task, query)
                #expect(ids == [id], "\(token)")
            }
            let other = SampleHospital(region: region, node: "hill", unit: "other-wsy")
            let refusals = [
                await failure { _ = try await other.request(id) }, await failure { _ = try await other.task(id) },
            ]
            #expect(refusals.map { $0?.code } == ["consultation.unknown", "consultation.unknown"])
            let unknown = [FHIRQuery.Item(name: "identifier", value: "LIS|O-17")]
            let none = try await hospital.found(.serviceRequest, unknown)
            #expect(none == [])
        }
    }

    @Test("another institution at the node of the request opens it as its expert alone")
    func otherInstitution() async throws {
        try await ConsultationRegion.run { region in
            let own = SampleHospital(region: region, node: "lake", unit: "lake-wsy")
            let id = try await own.create().createdID
            try await region.settle()
            let other = SampleHospital(region: region, node: "lake", unit: "other-wsy")
            let (_, task) = try await other.task(id)
            #expect(task.string("status") == "ready" && task.items("identifier") == [])
            let refusals = [
                await failure { _ = try await other.request(id) },
                await failure { _ = try await other.source.report(other.call("GET", captured: [id])) },
            ]
            #expect(refusals.map { $0?.code } == ["consultation.notEntitled", "consultation.notEntitled"])
            let expert = other.call("GET", captured: [id], headers: ["x-yilian-practitioner": "ecg-zhao"])
            #expect(try await other.handlers.read(expert).status == 200)
            #expect(try await own.request(id).string("status") == "active")
        }
    }

    @Test("an expert's hospital claims with If-Match; who comes later is told who has it, by 409 and 412")
    func claiming() async throws {
        try await ConsultationRegion.run { region in
            let id = try await SampleHospital(region: region, node: "hill").create().createdID
            try await region.settle()
            let east = SampleHospital(region: region, node: "east", unit: "east-hospital")
            let (response, task) = try await east.task(id)
            let version = try #require(response.headers["ETag"])
            #expect(task.string("status") == "ready" && task["owner"] == nil)
            #expect(!String(decoding: response.body, as: UTF8.self).contains("张"))
            var laboratory = east
            laboratory.purpose = nil
            let claim = SampleHospital.claim("ecg-li")
            let stranger = await refusal { _ = try await laboratory.change(id, claim, version: version) }
            #expect(stranger?.status == 403)
            let missing = await refusal { _ = try await east.change(id, SampleHospital.claim("ecg-li"), version: nil) }
            #expect(missing?.status == 428)
            let claimed = try await east.change(id, SampleHospital.claim("ecg-li"), version: version)
            let shown = try FHIRResource.parse(claimed.body)
            #expect(shown.string("status") == "in-progress")
            #expect(FHIRElement.text(shown["owner"]?["identifier"]?["value"]) == "ecg-li")
            let late = await refusal { _ = try await east.change(id, SampleHospital.claim("ecg-li"), version: version) }
            #expect(late?.status == 412 && late?.issue.diagnostics.contains("'ecg-li' at 'east'") == true)
            let lake = SampleHospital(region: region, node: "lake", unit: "lake-wsy")
            let stale = try await lake.task(id).0.headers["ETag"]
            let conflict = await failure {
                _ = try await lake.change(id, SampleHospital.claim("ecg-zhao"), version: stale)
            }
            #expect(conflict?.code == "consultation.taken" && conflict?.message.contains("ecg-li") == true)
        }
    }

    @Test("who acts on what has changed since at the home is told by 412 who has it, and nothing is written")
    func race() async throws {
        try await ConsultationRegion.run { region in
            let hill = SampleHospital(region: region, node: "hill")
            let id = try await hill.create().createdID
            try await region.settle()
            let (request, lake) = (try ConsultationID(id), try region.service("lake"))
            _ = try await lake.claim(request, expert: "ecg-zhao")
            try await region.settle()
            let expert = SampleHospital(region: region, node: "lake", unit: "lake-wsy")
            let read = try await expert.task(id).0.headers["ETag"]
            // The home has the first report; the node of the expert has not heard of it yet.
            _ = try await lake.report(request, expert: "ecg-zhao", text: Samples.report)
            let report = """
                {"status": "completed", "owner": {"identifier": {"value": "ecg-zhao"}}, "output": [
                 {"type": {"coding": [{"code": "55110-1"}]}, "valueString": "正常心电图"}]}
                """
            let late = await refusal { _ = try await expert.change(id, report, version: read) }
            #expect(late?.status == 412 && late?.issue.diagnostics.contains("'ecg-zhao' at 'lake'") == true)
            #expect(try await region.service("east").show(request).attempts.last?.reports.count == 1)
            try await region.settle()
            let seen = try await hill.task(id).0.headers["ETag"]
            _ = try await lake.report(request, expert: "ecg-zhao", text: Samples.otherReport)
            let noted = "{\"status\": \"completed\", \"businessStatus\": {\"coding\": [{\"code\": \"acknowledged\"}]}}"
            let early = await refusal { _ = try await hill.change(id, noted, version: seen) }
            #expect(early?.status == 412)
            #expect(try await region.service("east").show(request).state == .reported)
        }
    }

    @Test("an institution acts and reads as its own experts alone: by the roster's unit, or by the region's register")
    func ownExperts() async throws {
        var experts = SampleRegion.Experts.usual
        experts.units = ["ecg-zhao": "lake-wsy"]
        experts.houses = ["lake": "lake-wsy"]
        try await ConsultationRegion.run(experts: experts) { region in
            let id = try await SampleHospital(region: region, node: "hill").create().createdID
            try await region.settle()
            let (own, other) = (
                SampleHospital(region: region, node: "lake", unit: "lake-wsy"),
                SampleHospital(region: region, node: "lake", unit: "other-wsy")
            )
            let tag = try await own.task(id).0.headers["ETag"]
            let claim = await failure { _ = try await other.change(id, SampleHospital.claim("ecg-zhao"), version: tag) }
            #expect(claim?.code == "consultation.unknown")
            let service = try region.service("lake")
            _ = try await service.claim(try ConsultationID(id), expert: "ecg-zhao")
            try await region.settle()
            let refusals = [
                await failure { try service.experts.check(expert: "ecg-zhao", of: "other-wsy") },
                await failure {
                    _ = try await service.read(
                        try ConsultationID(id), by: "ecg-zhao", of: "other-wsy", isExpert: true)
                },
            ]
            #expect(refusals.map { $0?.code } == ["consultation.notAnExpert", "consultation.notEntitled"])
            try service.experts.check(expert: "ecg-zhao", of: "lake-wsy")
        }
        experts = .usual
        experts.registers = ["unit": ["ecg-chen"]]
        try await ConsultationRegion.run(experts: experts) { region in
            let (city, east) = (try region.service("city"), try region.service("east"))
            try city.experts.check(expert: "ecg-chen", of: "unit")
            let failure = await failure { try east.experts.check(expert: "ecg-li", of: "unit") }
            #expect(failure?.code == "access.notRegistered")
        }
    }

    @Test("a search goes on page by page, counts only what it has seen whole, and takes several numbers")
    func paging() async throws {
        try await ConsultationRegion.run { region in
            let hospital = SampleHospital(region: region, node: "hill")
            var ids: [String] = []
            for number in 1...5 {
                region.time.advance(milliseconds: 1_000)
                let identifier: JSONValue = ["system": "HIS", "value": .string("O-\(number)")]
                ids.append(try await hospital.create(["identifier": [identifier]]).createdID)
            }
            func search(_ items: [(String, String)]) async throws -> FHIRResource {
                let query = items.map { FHIRQuery.Item(name: $0.0, value: $0.1) }
                let call = hospital.call("GET", query: query)
                return try FHIRResource.parse(
                    try await hospital.orders.search(.task, call, call.request.query).body)
            }
            func found(_ bundle: FHIRResource) -> [String] {
                bundle.items("entry").compactMap { $0["resource"]?["id"]?.string }
            }
            func next(_ bundle: FHIRResource) throws -> String? {
                let link = bundle.items("link").first { $0["relation"]?.string == "next" }
                let text = try #require(link?["url"]?.string ?? "?").split(separator: "?").last.map(String.init) ?? ""
                return FHIRQuery(text)?.values(["_page"]).first
            }
            for named in [[], [("identifier", "O-1,HIS|O-2,O-3,O-4,O-5")]] {
                var pages: [[String]] = []
                var place: String?
                repeat {
                    let bundle = try await search(named + [("_count", "2")] + (place.map { [("_page", $0)] } ?? []))
                    #expect(bundle["total"] == nil)
                    pages.append(found(bundle))
                    place = try next(bundle)
                } while place != nil && pages.count < 10
                #expect(pages.map(\.count) == [2, 2, 1])
                #expect(Set(pages.joined()) == Set(ids))
            }
            let all = try await search([])
            #expect(all["total"]?.lexical == "5" && found(all) == ids.reversed())
            #expect(try await Set(found(search([("identifier", "O-1,LIS|O-2,HIS|O-3")]))) == [ids[0], ids[2]])
            #expect(try await found(search([("identifier", "O-1"), ("focus", "ServiceRequest/\(ids[1])")])) == [])
            let two = try await search([("focus", "\(ids[0]),ServiceRequest/\(ids[1]),x.y")])
            #expect(Set(found(two)) == Set(ids[0...1]))
            #expect(try await found(search([("business-status", "reported,claimed")])) == [])
            #expect(try await found(search([("business-status", "reported,requested")])).count == 5)
            for bad in [("_count", "0"), ("_page", "x"), ("identifier", ","), ("business-status", "asleep")] {
                let refused = await refusal { _ = try await search([bad]) }
                #expect(refused?.status == 400, "\(bad)")
            }
        }
    }
}
