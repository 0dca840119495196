import Effects
import FHIR
import Testing

@Suite("FHIR bundles")
struct FHIRBundleTests {
    static let text = #"""
        {"resourceType":"Bundle","type":"message","entry":[
         {"fullUrl":"https://h.example/fhir/DiagnosticReport/r1",
          "resource":{"resourceType":"DiagnosticReport","id":"r1",
          "contained":[{"resourceType":"Specimen","id":"s","type":{"text":"血清"}}]}},
         {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p"}},
         {"fullUrl":"Observation/o1","resource":{"resourceType":"Observation","id":"o1"}},
         {"fullUrl":"https://h.example/fhir/Observation/o2","resource":{"resourceType":"Observation","id":"x"}},
         {"resource":{"resourceType":"Observation","id":"o3"},"request":{"method":"POST","url":"Observation"}}]}
        """#

    static func bundle() throws -> FHIRBundle {
        try FHIRBundle(try FHIRResource.parse(Array(text.utf8)))
    }

    @Test(arguments: [
        ("#s", "s"), ("urn:uuid:1", "p"), ("Observation/o1", "o1"), ("Observation/o2", "x"),
        ("https://h.example/fhir/Observation/o2", "x"), ("Observation/o3", "o3"), ("Observation/o1/_history/4", "o1"),
        ("Patient/p", "p"),
    ])
    func referencesAreFoundInsideTheBundle(reference: String, id: String) throws {
        let bundle = try Self.bundle()
        let report = try #require(bundle.entries.first)
        #expect(bundle.resolve(reference, from: report)?.resource.id == id)
    }

    @Test(arguments: ["#t", "Observation/o9", "https://elsewhere.example/fhir/Observation/o1", "urn:uuid:2", ""])
    func whatIsNotInTheBundleIsNotFetched(reference: String) throws {
        let bundle = try Self.bundle()
        let report = try #require(bundle.entries.first)
        #expect(bundle.resolve(reference, from: report) == nil)
    }

    /// With a walk through all entries at each reference this takes minutes.
    @Test(.timeLimit(.minutes(1)))
    func referencesToManyEntriesCostAsMuchAsTheReferences() throws {
        let count = 20_000
        let entries = (0..<count).map { #"{"resource":{"resourceType":"Observation","id":"o\#($0)"}}"# }
        let inside = (0..<count).map { #"{"resourceType":"Specimen","id":"s\#($0)"}"# }
        let text =
            #"{"resourceType":"Bundle","type":"collection","entry":["# + entries.joined(separator: ",")
            + #",{"resource":{"resourceType":"DiagnosticReport","id":"r","contained":["#
            + inside.joined(separator: ",") + "]}}]}"
        let bundle = try FHIRBundle(try FHIRResource.parse(Array(text.utf8)))
        let report = try #require(bundle.entries.last)
        for number in 0..<count {
            #expect(bundle.resolve("urn:uuid:o\(number)", from: report)?.position == number)
            #expect(bundle.resolve("#s\(number)", from: report)?.resource.id == "s\(number)")
        }
    }

    @Test func aContainedResourceSeesItsNeighbours() throws {
        let bundle = try Self.bundle()
        let report = try #require(bundle.entries.first)
        let specimen = try #require(bundle.resolve("#s", from: report))
        #expect(bundle.resolve("#s", from: specimen)?.resource.id == "s")
    }

    @Test func whatHasNoAddressIsFoundByItsNameAndNothingElseIs() throws {
        let bundle = try FHIRBundle(
            try FHIRResource.parse(
                Array(
                    #"{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Patient","id":"p"}},"#
                        .utf8)
                    + Array(
                        #"{"fullUrl":"https://a.example/fhir/Patient/q","resource":{"resourceType":"Patient"}}]}"#.utf8)
            ))
        let entry = try #require(bundle.entries.first)
        #expect(bundle.resolve("https://b.example/fhir/Patient/p", from: entry)?.position == 0)
        #expect(bundle.resolve("urn:uuid:p", from: entry)?.position == 0)
        #expect(bundle.resolve("Patient/q", from: entry)?.position == 1)
        #expect(bundle.resolve("https://b.example/fhir/Patient/q", from: entry) == nil)
        #expect(bundle.resolve("https://a.example/fhir/Observation/p", from: entry) == nil)
    }

    @Test(arguments: [
        (#"{"resourceType":"Bundle","type":7}"#, "fhir.bundleType"),
        (#"{"resourceType":"Bundle","type":"history"}"#, "fhir.bundleType"),
        (#"{"resourceType":"Bundle","type":"batch","entry":[{"resource":{}}]}"#, "fhir.notAResource"),
        (#"{"resourceType":"Patient"}"#, "fhir.bundleType"), (#"[1]"#, "fhir.notAResource"),
        (#"{"id":"x"}"#, "fhir.notAResource"),
    ])
    func malformedBundlesAreRefusedByName(text: String, code: String) {
        #expect(throws: Failure(Failure.Code(rawValue: code), "")) {
            try FHIRBundle(try FHIRResource.parse(Array(text.utf8)))
        }
    }

    @Test func anOutcomeSaysSeverityCodeReasonAndPlace() {
        let outcome = OperationOutcome(.required, "there is no identifier", expression: "Patient.identifier")
        #expect(
            JSONPrinter.text(outcome.json)
                == #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required","#
                + #""diagnostics":"there is no identifier","expression":["Patient.identifier"]}]}"#)
    }

    @Test func theCapabilityStatementNamesWhatIsServed() {
        let statement = CapabilityStatement(
            softwareVersion: "0.1", date: "2026-01-01", description: "a node",
            resources: [
                .init(
                    type: "DiagnosticReport", interactions: ["create", "search-type"],
                    searchParameters: [.init(name: "patient.identifier", type: "token")])
            ])
        #expect(statement.json["fhirVersion"]?.string == "4.0.1")
        let resource = statement.json["rest"]?.first?["resource"]?.first
        #expect(resource?["type"]?.string == "DiagnosticReport")
        #expect(resource?["searchParam"]?.first?["name"]?.string == "patient.identifier")
    }
}
