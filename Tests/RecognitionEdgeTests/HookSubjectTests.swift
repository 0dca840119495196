import Recognition
import Testing

@testable import RecognitionEdge

@Suite("CDS Hooks: whose a draft order is") struct HookSubjectTests {
    private static func call(
        subject: String, contained: String = "", beside: String = "",
        identifiers: String = #"{"system":"urn:m","value":"1"}"#
    ) throws -> HookRequest {
        let text = #"""
            {"hook":"order-sign","context":{"patientId":"7","draftOrders":{"resourceType":"Bundle","entry":[\#(beside)
            {"resource":{"resourceType":"ServiceRequest","id":"a"\#(contained),"subject":\#(subject),
            "code":{"coding":[{"code":"GLU"}]}}}]}},
            "prefetch":{"patient":{"resourceType":"Patient","id":"7","identifier":[\#(identifiers)]}}}
            """#
        return try HookRequest(Array(text.utf8), now: WallTimes.now)
    }

    private static func patient(_ value: String) -> String {
        #"{"resourceType":"Patient","id":"x","identifier":[{"system":"urn:m","value":"\#(value)"}]}"#
    }

    @Test(arguments: [("1", true), ("2", false)])
    func aSubjectGivenByItsIdentifierIsHeldAgainstThePrefetch(value: String, isMeant: Bool) throws {
        let identifier = #"{"system":"urn:m","value":"\#(value)"}"#
        let calls = [
            try Self.call(subject: #"{"identifier":\#(identifier)}"#),
            try Self.call(subject: ##"{"reference":"Patient?identifier=urn:m|\##(value)"}"##),
            try Self.call(subject: ##"{"reference":"#x"}"##, contained: #","contained":[\#(Self.patient(value))]"#),
            try Self.call(
                subject: #"{"reference":"urn:uuid:5"}"#,
                beside: #"{"fullUrl":"urn:uuid:5","resource":\#(Self.patient(value))},"#),
            try Self.call(subject: #"{"reference":"Patient/7","identifier":\#(identifier)}"#),
        ]
        for call in calls {
            #expect(call.orders.count == (isMeant ? 1 : 0))
            #expect(call.notes.map { $0.english.contains("prefetch.patient") } == (isMeant ? [] : [true]))
        }
    }

    @Test func whatNamesNobodyContradictsNothing() throws {
        #expect(try Self.call(subject: #"{"reference":"Patient/7"}"#).orders.count == 1)
        #expect(try Self.call(subject: #"{"identifier":{"value":"无"}}"#).orders.count == 1)
        #expect(try Self.call(subject: #"{"identifier":{"use":"old","system":"urn:m","value":"9"}}"#).orders.count == 1)
        // Without an issuer the number alone is compared.
        #expect(try Self.call(subject: #"{"identifier":{"value":"1"}}"#).orders.count == 1)
        #expect(try Self.call(subject: #"{"identifier":{"value":"2"}}"#).orders.isEmpty)
    }

    @Test func nothingIsOfferedByANumberThatIsNoLongerInUse() throws {
        let old = #"{"use":"old","system":"urn:m","value":"1"}"#
        let call = try Self.call(subject: #"{"reference":"Patient/7"}"#, identifiers: old)
        #expect(call.orders.count == 1 && call.patient.identifiers.isEmpty)
    }
}
