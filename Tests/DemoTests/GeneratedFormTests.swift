import Demo
import Effects
import Foundation
import Testing

@Suite("The form of generated messages")
struct GeneratedFormTests {
    @Test func hl7SegmentsSplitAndJoinToTheSameBytes() {
        for (message, split) in DayFixture.cut {
            let joined = split.segments.map { $0.joined(separator: "|") + "\r" }.joined()
            #expect(Array(joined.utf8) == message.bytes)
        }
    }

    @Test func hl7FieldsStandWhereTheStandardWantsThem() {
        let statuses: [ReportVersion: String] = [.preliminary: "P", .final: "F", .corrected: "C", .void: "X"]
        for (message, split) in DayFixture.cut {
            #expect(split.field("MSH", 9).hasPrefix("ORU^R01"))
            #expect(split.field("MSH", 10) == message.messageID)
            #expect(["2.3", "2.3.1", "2.4", "2.5.1"].contains(split.field("MSH", 12)))
            #expect(split.field("MSH", 18) == "UNICODE UTF-8")
            #expect(split.field("OBR", 3).hasPrefix(message.orderNumber + "^"))
            #expect(split.field("OBR", 25) == statuses[message.version])
            #expect(split.field("OBR", 22).hasSuffix("+0800"))
            let isSound = split.all("OBX").enumerated().allSatisfy { index, observation in
                observation.count == 15 && observation[1] == String(index + 1) && !observation[5].isEmpty
                    && (message.version != .void || observation[11] == "W")
                    && (observation[2] != "NM" || Double(observation[5]) != nil)
            }
            #expect(isSound)
        }
    }

    @Test func flagsAreThoseOfThePrintedNumbers() {
        var judged = 0
        for (_, split) in DayFixture.cut {
            let wrong = split.all("OBX").filter { observation in
                let limits = observation[7].split(separator: "-").compactMap { Double($0) }
                guard observation[2] == "NM", limits.count == 2, let value = Double(observation[5]) else {
                    return false
                }
                judged += 1
                let flag = value < limits[0] ? "L" : value > limits[1] ? "H" : "N"
                return !observation[8].hasPrefix(flag)
            }
            #expect(wrong.isEmpty)
        }
        #expect(judged > 20_000)
    }

    @Test func fhirBundlesAreJSONWithOneReport() throws {
        var forms: Set<String> = []
        for message in DayFixture.messages where message.format == .fhir {
            let object = try JSONSerialization.jsonObject(with: Data(message.bytes)) as? [String: Any]
            let entries = try #require(object?["entry"] as? [[String: Any]])
            forms.insert(object?["type"] as? String ?? "")
            let resources = entries.compactMap { $0["resource"] as? [String: Any] }
            let reports = resources.filter { $0["resourceType"] as? String == "DiagnosticReport" }
            #expect(reports.count == 1)
            let identifiers = reports.first?["identifier"] as? [[String: Any]]
            #expect(identifiers?.first?["value"] as? String == message.orderNumber)
            let urls = Set(entries.compactMap { $0["fullUrl"] as? String })
            #expect(urls.count == entries.count)
            let results = reports.first?["result"] as? [[String: Any]] ?? []
            #expect(results.allSatisfy { urls.contains($0["reference"] as? String ?? "") })
            #expect(results.count == resources.count { $0["resourceType"] as? String == "Observation" })
        }
        #expect(forms == ["message", "transaction", "collection"])
    }

    @Test func laboratoryReportsHaveAboutTwelveItems() {
        let laboratory = DayFixture.cut.filter { $0.message.kind == .laboratory }
        let items = laboratory.reduce(0) { $0 + $1.split.all("OBX").count }
        #expect((11.0...13.0).contains(Double(items) / Double(laboratory.count)))
    }

    @Test func valuesKeepTheirDecimalsAndTheirLimits() {
        var decimals: [String: Set<Int>] = [:]
        var bounded = 0
        for (message, split) in DayFixture.cut where message.kind == .laboratory {
            for observation in split.all("OBX") {
                if observation[5].hasPrefix("<") { bounded += 1 }
                guard observation[2] == "NM" else { continue }
                let fraction = observation[5].split(separator: ".").dropFirst().first?.count ?? 0
                decimals[observation[3], default: []].insert(fraction)
            }
        }
        #expect(bounded > 100)
        #expect(decimals.values.allSatisfy { $0.count == 1 })
    }

    @Test func mostValuesAreNormalAndSomeAreNot() {
        var flags: [String: Int] = [:]
        for (message, split) in DayFixture.cut where message.kind == .laboratory {
            for observation in split.all("OBX") { flags[observation[8], default: 0] += 1 }
        }
        let all = Double(flags.values.reduce(0, +))
        #expect((0.75...0.95).contains(Double(flags["N"] ?? 0) / all))
        #expect(Set(flags.keys) == ["N", "H", "L", "HH", "LL", "A"])
        #expect(Double((flags["HH"] ?? 0) + (flags["LL"] ?? 0)) / all < 0.01)
    }

    @Test func examinationsHaveFindingsAndAnOpinionOnceTheyAreFinal() {
        for (message, split) in DayFixture.cut where message.kind != .laboratory {
            let observations = split.all("OBX")
            #expect(observations.contains { $0[3].hasPrefix("FINDINGS") })
            let hasOpinion = observations.contains { $0[3].hasPrefix("OPINION") }
            #expect(hasOpinion == (message.version != .preliminary))
            #expect(observations.allSatisfy { !$0[5].contains("{") && !$0[5].contains("}") })
        }
    }
}
