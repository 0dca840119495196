import Effects
import FHIR
import HL7
import Recognition
import Testing

@testable import RecognitionEdge

/// FHIR R4: `old`, "no longer considered valid, but may be relevant for search purposes".
@Suite("Identifiers that are no longer in use") struct FormerIdentifierTests {
    private static func bundle(_ patient: String, subject: String, more: String = "") -> String {
        #"""
        {"resourceType":"Bundle","type":"collection","entry":[\#(more)
        {"resource":{"resourceType":"Patient","id":"p","identifier":[\#(patient)]}},
        {"resource":{"resourceType":"Observation","id":"o","status":"final","code":{"text":"K"},
        "subject":\#(subject),"valueString":"5"}},
        {"resource":{"resourceType":"DiagnosticReport","id":"d","status":"final","identifier":[{"value":"F"}],
        "code":{"text":"t"},"subject":{"reference":"Patient/p"},"result":[{"reference":"Observation/o"}]}}]}
        """#
    }

    private static let current = #"{"system":"urn:m","value":"1"}"#
    private static let old = #"{"use":"old","system":"urn:m","value":"2"}"#

    private static func identifiers(_ patient: String) throws -> [String] {
        let mapping = try Mapping.fhir(bundle(patient, subject: #"{"reference":"Patient/p"}"#))
        #expect(mapping.issues.isEmpty)
        let content = try #require(mapping.submissions.first).content
        try RoundTrip.check(content)
        return content.patient.identifiers.map { $0.value + ($0.isFormer ? " former" : "") }
    }

    @Test func theyStandLastAndComeBackAsWhatTheyAre() throws {
        #expect(try Self.identifiers(Self.old + "," + Self.current) == ["1", "2 former"])
        let ended = #"{"system":"urn:m","value":"3","period":{"end":"2019-12-31"}}"#
        let running = #"{"system":"urn:m","value":"4","period":{"end":"2199-12-31"}}"#
        #expect(try Self.identifiers(ended + "," + running) == ["4", "3 former"])
        #expect(try Self.identifiers(ended.replacing("2019-12-31", with: "2019") + "," + running) == ["4", "3 former"])
        // What is said to be in use in one place is in use.
        #expect(try Self.identifiers(Self.old + #","# + Self.old.replacing(#""use":"old","#, with: "")) == ["2"])
    }

    @Test func theLastDayOfPID3CountsAndACardOutlivesNoCitizenNumber() throws {
        typealias Known = HL7ReportMapperTests
        let patient = "PID|1||11010519491231002X^^^^NI^^^20200101~7^^^H^MR^^^20200101~8^^^H^MR^^20200102^20990101"
        let report = try Known.only(Known.header, patient, Known.order, Known.glucose)
        let found = report.patient.identifiers.map { $0.value + ($0.isFormer ? " former" : "") }
        #expect(found == ["11010519491231002X", "8", "7 former"])
    }

    @Test(arguments: [(#"{"system":"urn:m","value":"1"}"#, true), (#"{"system":"urn:m","value":"2"}"#, false)])
    func theyProveNoSubject(identifier: String, isTaken: Bool) throws {
        let text = Self.bundle(Self.current + "," + Self.old, subject: #"{"identifier":\#(identifier)}"#)
        // What names the message's own Patient by a number that was given up still means that Patient.
        #expect(try Mapping.fhir(text).issues.isEmpty)
        let stranger = #"{"resource":{"resourceType":"Patient","id":"q","identifier":[\#(identifier)]}},"#
        let other = Self.bundle(
            Self.current + "," + Self.old, subject: #"{"reference":"Patient/q"}"#, more: stranger)
        #expect(try Mapping.fhir(other).issues.isEmpty == isTaken)
    }

    @Test func aNumberThatIsAnothersNowNamesThatOne() throws {
        let other = #"{"resource":{"resourceType":"Patient","id":"q","identifier":[{"system":"urn:m","value":"2"}]}},"#
        let text = Self.bundle(
            Self.current + "," + Self.old, subject: #"{"identifier":{"system":"urn:m","value":"2"}}"#, more: other)
        #expect(try Mapping.fhir(text).issues.map(\.code) == [.conflict])
    }
}
