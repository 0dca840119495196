/// The ways in which resources of one message name each other.
extension OddFHIR {
    private static let his = "https://his.example.org/fhir/"

    /// A report, its patient and its result, each under an address (`fullUrl`), the last two named by references.
    private static func linked(
        _ name: String, at addresses: [String], patient: String, observation: String, hasIDs: Bool = true
    ) -> MessageFile {
        let id: (String) -> String = { hasIDs ? #""id":"\#($0)","# : "" }
        let contents = [
            #"""
            {"resourceType":"DiagnosticReport",\#(id("r"))"status":"final","identifier":[{"value":"F-@"}],
            "code":{"coding":[{"code":"718-7"}]},
            "subject":{"reference":"\#(patient)"},"result":[{"reference":"\#(observation)"}]}
            """#,
            #"{"resourceType":"Patient",\#(id("p"))"identifier":[{"system":"urn:oid:2.999.7","value":"@"}]}"#,
            #"{"resourceType":"Observation",\#(id("o"))"status":"final","code":{"text":"x"},"valueInteger":7}"#,
        ]
        let entries = zip(addresses, contents).map { address, content in
            (address.isEmpty ? "{" : #"{"fullUrl":"\#(address)","#) + #""resource":"# + content + "}"
        }
        return file(
            name,
            #"{"resourceType":"Bundle","type":"message","identifier":{"value":"@"},"entry":["#
                + entries.joined(separator: ",") + "]}")
    }

    static let references: [MessageFile] = [
        linked(
            "by-uuid", at: ["urn:uuid:0d9e", "urn:uuid:0d9f", "urn:uuid:0da0"], patient: "urn:uuid:0d9f",
            observation: "urn:uuid:0da0", hasIDs: false),
        linked(
            "by-address", at: [his + "DiagnosticReport/r", his + "Patient/p", his + "Observation/o"],
            patient: his + "Patient/p", observation: his + "Observation/o"),
        linked(
            "by-relative-address", at: [his + "DiagnosticReport/r", his + "Patient/p", his + "Observation/o"],
            patient: "Patient/p", observation: "Observation/o", hasIDs: false),
        linked(
            "by-mixed-address", at: ["urn:uuid:0d9e", his + "Patient/p", his + "Observation/o"], patient: "Patient/p",
            observation: "Observation/o", hasIDs: false),
        linked("by-name", at: ["", "", ""], patient: "Patient/p", observation: "Observation/o"),
        linked("by-missing-address", at: ["", "", ""], patient: his + "Patient/p", observation: "urn:uuid:o"),
        file(
            "contained",
            ##"""
            {"resourceType":"Bundle","type":"collection","entry":[{"resource":{
              "resourceType":"DiagnosticReport","id":"@","status":"final","code":{"coding":[{"code":"X"}]},
              "contained":[{"resourceType":"Patient","id":"p","identifier":[{"value":"@"}]},
                {"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"valueString":"y"}],
              "subject":{"reference":"#p"},"result":[{"reference":"#o"}]}}]}
            """##),
        file(
            "converted",
            #"""
            {"resourceType":"Bundle","type":"message","entry":[
            {"resource":{"resourceType":"DiagnosticReport","status":"final",
              "identifier":[{"type":{"coding":[{"code":"FILL"}]},"value":"F-@"}],"code":{"text":"z"}}},
            {"resource":{"resourceType":"Patient","identifier":[{"extension":[
              {"url":"https://reportstream.cdc.gov/fhir/StructureDefinition/cx-identifier",
               "extension":[{"url":"CX.5","valueString":"MR"}]}],"value":"@"}],
              "managingOrganization":{"reference":"Organization/q"}}},
            {"resource":{"resourceType":"Organization","id":"q","identifier":[{"type":{"coding":[
              {"system":"http://terminology.hl7.org/CodeSystem/v2-0301","code":"ISO"}]},"value":"2.999.7"}]}}]}
            """#),
    ]
}
