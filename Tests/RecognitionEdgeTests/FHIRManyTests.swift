import FHIR
import Testing

@testable import RecognitionEdge

/// Many references in one message: what is read grows with the message, not with its square.
@Suite("Many references in a Bundle")
struct FHIRManyTests {
    /// One patient of many numbers, and many reports.
    private func text(_ count: Int, subject: String, patients: Int = 1) -> String {
        let numbers = (0..<count).map { #"{"system":"urn:m","value":"\#($0)"}"# }.joined(separator: ",")
        let people = (0..<patients).map {
            #"{"fullUrl":"http://h/Patient/\#($0)","resource":{"resourceType":"Patient","id":"\#($0)","#
                + #""identifier":[\#(numbers)]}}"#
        }
        let reports = (0..<count).map {
            #"{"resource":{"resourceType":"DiagnosticReport","id":"d\#($0)","status":"final","code":{"text":"t"},"#
                + #"\#(subject)"identifier":[{"value":"F\#($0)"}],"conclusion":"x"}}"#
        }
        return #"{"resourceType":"Bundle","type":"collection","entry":["#
            + (people + reports).joined(separator: ",") + "]}"
    }

    private static let named = #""subject":{"reference":"Patient/0"},"#

    @Test(
        "a large patient that thousands of reports name is refused as too long; a usual one is not",
        arguments: [named, ""])
    func patients(subject: String) throws {
        #expect(try !Mapping.fhir(text(40, subject: subject)).issues.map(\.code).contains(.tooLong))
        #expect(try Mapping.fhir(text(1_000, subject: subject)).issues.map(\.code) == [.tooLong])
    }

    @Test("the message's only patient is looked for once, however many reports have no subject")
    func severalPatients() throws {
        let bundle = try FHIRBundle(try FHIRResource.parse(Array(text(1, subject: "", patients: 500).utf8)))
        for _ in 0..<500 { #expect(bundle.only("Patient") == nil) }
        #expect(bundle.meter.used == 0)
        #expect(bundle.only("DiagnosticReport") != nil)
    }

    @Test("twice as long a message may read twice as much")
    func ratio() throws {
        var read: [Int] = []
        for count in [2_000, 4_000] {
            let bundle = try FHIRBundle(
                try FHIRResource.parse(Array(text(count, subject: Self.named).utf8)))
            let report = try #require(bundle.entries.last)
            var steps = 0
            while bundle.resolve(report.resource["subject"], from: report) != nil { steps += 1 }
            #expect(steps > 1 && bundle.meter.isExhausted)
            read.append(bundle.meter.limit)
            #expect(bundle.resolve(report.resource["subject"], from: report) == nil, "it stays so")
        }
        #expect(Double(read[1]) <= 2.3 * Double(read[0]), "\(read)")
    }
}
