/// The ways in which resources of one message name each other.
extension OddFHIR {
    private static func linked(
        _ name: String, reportAddress: String, patientAddress: String, observationAddress: String, patient: String,
        observation: String, hasIDs: Bool = true
    ) -> MessageFile {
        let id: (String) -> String = { hasIDs ? #""id":"\#($0)","# : "" }
        let address: (String) -> String = { $0.isEmpty ? "" : #""fullUrl":"\#($0)","# }
        return file(
            name,
            #"{"resourceType":"Bundle","type":"message","identifier":{"value":"@"},"entry":["#
                + #"{"# + address(reportAddress) + #""resource":{"resourceType":"DiagnosticReport",\#(id("r"))"status":"final","identifier":[{"value":"F-@"}],"#
                + #""code":{"coding":[{"code":"718-7"}]},"subject":{"reference":"\#(patient)"},"result":[{"reference":"\#(observation)"}]}},"#
                + #"{"# + address(patientAddress) + #""resource":{"resourceType":"Patient",\#(id("p"))"identifier":[{"system":"urn:oid:2.999.7","value":"@"}]}},"#
                + #"{"# + address(observationAddress) + #""resource":{"resourceType":"Observation",\#(id("o"))"status":"final","code":{"text":"x"},"valueInteger":7}}"#
                + "]}")
    }

    static let references: [MessageFile] = [
        linked(
            "by-uuid", reportAddress: "urn:uuid:0d9e", patientAddress: "urn:uuid:0d9f", observationAddress: "urn:uuid:0da0",
            patient: "urn:uuid:0d9f", observation: "urn:uuid:0da0", hasIDs: false),
        linked(
            "by-address", reportAddress: "https://his.example.org/fhir/DiagnosticReport/r",
            patientAddress: "https://his.example.org/fhir/Patient/p",
            observationAddress: "https://his.example.org/fhir/Observation/o",
            patient: "https://his.example.org/fhir/Patient/p", observation: "https://his.example.org/fhir/Observation/o/_history/2"),
        linked(
            "by-relative-address", reportAddress: "https://his.example.org/fhir/DiagnosticReport/r",
            patientAddress: "https://his.example.org/fhir/Patient/p",
            observationAddress: "https://his.example.org/fhir/Observation/o", patient: "Patient/p", observation: "Observation/o",
            hasIDs: false),
        linked(
            "by-mixed-address", reportAddress: "urn:uuid:0d9e", patientAddress: "https://his.example.org/fhir/Patient/p",
            observationAddress: "https://his.example.org/fhir/Observation/o", patient: "Patient/p", observation: "Observation/o",
            hasIDs: false),
        linked(
            "by-name", reportAddress: "", patientAddress: "", observationAddress: "", patient: "Patient/p",
            observation: "Observation/o"),
        linked(
            "by-missing-address", reportAddress: "", patientAddress: "", observationAddress: "",
            patient: "https://his.example.org/fhir/Patient/p", observation: "urn:uuid:o"),
        file(
            "contained",
            #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"DiagnosticReport","id":"@","status":"final","code":{"coding":[{"code":"X"}]},"#
                + #""contained":[{"resourceType":"Patient","id":"p","identifier":[{"value":"@"}]},{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"valueString":"y"}],"#
                + #""subject":{"reference":"#p"},"result":[{"reference":"#o"}]}}]}"#),
        file(
            "converted",
            #"{"resourceType":"Bundle","type":"message","entry":[{"resource":{"resourceType":"DiagnosticReport","status":"final","identifier":[{"type":{"coding":[{"code":"FILL"}]},"value":"F-@"}],"code":{"text":"z"}}},"#
                + #"{"resource":{"resourceType":"Patient","identifier":[{"extension":[{"url":"https://reportstream.cdc.gov/fhir/StructureDefinition/cx-identifier","extension":[{"url":"CX.5","valueString":"MR"}]}],"value":"@"}],"#
                + #""managingOrganization":{"reference":"Organization/q"}}},{"resource":{"resourceType":"Organization","id":"q","identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0301","code":"ISO"}]},"value":"2.999.7"}]}}]}"#),
    ]
}
