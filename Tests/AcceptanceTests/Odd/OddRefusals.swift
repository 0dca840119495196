/// Messages that carry no identity, or are none of this listener's; each is refused with a reason that says why.
struct OddRefusal: Sendable, CustomStringConvertible {
    var file: MessageFile
    /// What the answer has to name: a segment and field, or a FHIR element.
    var place: String
    var description: String { file.name }

    private static func hl7(_ name: String, _ place: String, header: String = "", pid: String, _ rest: [String])
        -> OddRefusal
    {
        OddRefusal(file: OddHL7.message(name, header: header, pid: pid, rest), place: place)
    }

    private static let person = "PID|1||@^^^LAB^MR"
    private static let results = [OddHL7.order, OddHL7.result]

    static let all: [OddRefusal] = [
        hl7("nobody", "PID^1^3", pid: "PID|1||||奇^怪||19700101|F", results),
        hl7("nobody-but-type", "PID^1^3", pid: "PID|1||^^^LAB&2.999.7&ISO^MR~\"\"", results),
        hl7("no-pid", "PID^1", pid: "NTE|1||no patient", results),
        hl7("no-obr", "OBR^1", pid: person, [OddHL7.result]),
        hl7("patient-too-late", "OBR^1", pid: OddHL7.order, ["PID|1||@^^^LAB^MR", OddHL7.result]),
        hl7(
            "no-control-id", "MSH^1^10", header: #"MSH|^~\&|LIS|LAB|||20261120||ORU^R01||P|2.5"#, pid: person, results),
        hl7(
            "an-order", "ORC^1", header: #"MSH|^~\&|LIS|LAB|||20261120||ORM^O01|an-order|P|2.5"#, pid: person, results),
        hl7(
            "an-admission", "MSH^1^9", header: #"MSH|^~\&|LIS|LAB|||20261120||ADT^A01|an-admission|P|2.5"#,
            pid: person, results),
        hl7(
            "other-event", "MSH^1^9", header: #"MSH|^~\&|LIS|LAB|||20261120||ORU^W01|other-event|P|2.5"#, pid: person,
            results),
        hl7(
            "no-mode", "MSH^1^11",
            header: #"""
                MSH|^~\&|LIS|LAB|||20261120||ORU^R01|no-mode|X|2.5
                """#, pid: person, results),
        hl7("in-parts", "DSC^1", pid: person, results + ["DSC|2"]),
        OddRefusal(
            file: OddFHIR.bundle("dangling", results: OddFHIR.reference("Observation/nowhere"), entries: []),
            place: "result[0]"),
        OddRefusal(
            file: OddFHIR.file(
                "no-identifier",
                #"""
                {"resourceType":"Bundle","type":"message","id":"x","entry":[{"resource":{
                "resourceType":"DiagnosticReport","id":"r","status":"final","code":{"text":"x"},"subject":{
                "reference":"Patient/p"}}},{"resource":{"resourceType":"Patient","id":"p","name":[{
                "text":"某人"}]}}]}
                """#
            ),
            place: "Patient.identifier"),
        OddRefusal(
            file: OddFHIR.file(
                "elsewhere",
                #"""
                {"resourceType":"DiagnosticReport","id":"r","status":"final","code":{"text":"x"},"subject":{
                "reference":"https://his.example.org/fhir/Patient/p"}}
                """#
            ),
            place: "DiagnosticReport.subject"),
        OddRefusal(
            file: OddFHIR.file("no-report", #"{"resourceType":"Bundle","type":"message","entry":[]}"#),
            place: "Bundle.entry"),
        OddRefusal(
            file: OddFHIR.file("an-answer", #"{"resourceType":"Bundle","type":"searchset","entry":[]}"#),
            place: "Bundle.type"),
        OddRefusal(file: OddFHIR.file("a-patient", #"{"resourceType":"Patient","id":"p"}"#), place: "resourceType"),
    ]
}
