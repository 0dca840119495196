/// FHIR with the oddities of real systems; each is to be taken, and every value to come out as it went in.
enum OddFHIR {
    /// A Bundle about a patient of its own; `@` stands for its name.
    static func bundle(
        _ name: String, type: String = "message", report: String = #""status":"final""#, results: String = "",
        entries: [String]
    ) -> MessageFile {
        let result = results.isEmpty ? "" : #","result":["# + results + "]"
        let own =
            #"""
            {"fullUrl":"DiagnosticReport/r","resource":{"resourceType":"DiagnosticReport","id":"r",
            "identifier":[{"value":"F-@"}],
            """#
            + #""subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},"#
            + report + result + "}}"
        let text =
            #"{"resourceType":"Bundle","type":"\#(type)","identifier":{"value":"@"},"entry":["#
            + ([own, patient] + entries).joined(separator: ",") + "]}"
        return file(name, text)
    }

    static func file(_ name: String, _ text: String) -> MessageFile {
        MessageFile(name: name, bytes: Array(text.replacing("@", with: name).utf8))
    }

    static let patient =
        #"""
        {"fullUrl":"Patient/p","resource":{"resourceType":"Patient","id":"p","identifier":[{"type":{
        "coding":[{"code":"MR"}]},
        """#
        + #""system":"urn:oid:2.999.7","value":"@"}],"name":[{"family":"奇","given":["怪"]}]}}"#

    /// An Observation with one value element.
    static func observation(_ id: String, _ value: String, more: String = "") -> String {
        #"{"fullUrl":"Observation/\#(id)","resource":{"resourceType":"Observation","id":"\#(id)","status":"final","#
            + #""code":{"coding":[{"system":"http://loinc.org","code":"\#(id)","display":"line \#(id)"}]}"#
            + (value.isEmpty ? "" : "," + value) + (more.isEmpty ? "" : "," + more) + "}}"
    }

    static func reference(_ names: String...) -> String {
        names.map { #"{"reference":"\#($0)"}"# }.joined(separator: ",")
    }

    static var all: [MessageFile] { values + references + reports }

    static let values: [MessageFile] = [
        bundle(
            "every-value",
            results: reference(
                "Observation/a", "Observation/b", "Observation/c", "Observation/d", "Observation/e", "Observation/f",
                "Observation/g", "Observation/h", "Observation/i", "Observation/j", "Observation/k"),
            entries: [
                observation("a", #""valueQuantity":{"value":850.0,"unit":"nmol/L"}"#),
                observation("b", #""valueInteger":42"#), observation("c", #""valueBoolean":true"#),
                observation(
                    "d",
                    #"""
                    "valueRange":{"low":{"value":3.50,"unit":"g/L"},"high":{"value":5.50,"unit":"g/L"}}
                    """#),
                observation("e", #""valueRatio":{"numerator":{"value":1},"denominator":{"value":128}}"#),
                observation("f", #""valuePeriod":{"start":"2026-11-01","end":"2026-11-20"}"#),
                observation("g", #""valueTime":"10:15:00""#),
                observation(
                    "h",
                    #"""
                    "valueDateTime":"2026-11-20T10:15:30.120+08:00"
                    """#),
                observation(
                    "i",
                    #"""
                    "valueSampledData":{"origin":{"value":0},"period":10,"dimensions":1,"data":"1 2 3 E U"}
                    """#),
                observation("j", #""valueString":"several\nlines \"quoted\" & 中文""#),
                observation(
                    "k",
                    #"""
                    "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260385009",
                    "display":"Negative"}],"text":"阴性"}
                    """#),
            ]),
        bundle(
            "numbers",
            results: reference(
                "Observation/a", "Observation/b", "Observation/c", "Observation/d", "Observation/e"),
            entries: [
                observation(
                    "a",
                    #"""
                    "valueQuantity":{"value":0.50,"unit":"g/L","system":"http://unitsofmeasure.org",
                    "code":"g/L"}
                    """#),
                observation("b", #""valueQuantity":{"value":0.010,"comparator":"<","unit":"ng/mL"}"#),
                observation("c", #""valueQuantity":{"value":1.0E3}"#),
                observation("d", #""valueQuantity":{"value":-0.0,"code":"mmol/L"}"#),
                observation("e", #""valueQuantity":{"value":12345678901234567890.123,"unit":"1"}"#),
            ]),
        bundle(
            "ranges-and-flags", results: reference("Observation/a", "Observation/b", "Observation/c", "Observation/d"),
            entries: [
                observation(
                    "a", #""valueInteger":1"#,
                    more: #"""
                        "referenceRange":[{"low":{"value":3.90},"high":{"value":6.10}}]
                        """#),
                observation(
                    "b", #""valueInteger":1"#,
                    more: #"""
                        "referenceRange":[{"low":{"value":3.90}}],"interpretation":[{"coding":[{"code":"H"}]},{
                        "text":"偏高"}]
                        """#),
                observation("c", #""valueInteger":1"#, more: #""referenceRange":[{"text":"男 1-2"},{"text":"女 3-4"}]"#),
                observation(
                    "d", #""valueInteger":1"#,
                    more: #"""
                        "interpretation":[{"coding":[{"extension":[{"url":"x","valueString":"y"}]}]}]
                        """#),
            ]),
        bundle(
            "nothing-measured", results: reference("Observation/a", "Observation/b"),
            entries: [
                observation(
                    "a",
                    #"""
                    "dataAbsentReason":{"coding":[{"code":"asked-declined","display":"Asked But Declined"}]}
                    """#),
                observation("b", ""),
            ]),
        bundle(
            "components", results: reference("Observation/a"),
            entries: [
                observation(
                    "a", "",
                    more:
                        #"""
                        "component":[{"code":{"text":"systolic"},"valueQuantity":{"value":120,
                        "unit":"mmHg"}},{"code":{"text":"diastolic"},"valueQuantity":{"value":80,
                        "unit":"mmHg"},"interpretation":[{"text":"N"}]}]
                        """#)
            ]),
        bundle(
            "members", results: reference("Observation/a"),
            entries: [
                observation(
                    "a", "",
                    more: #"""
                        "hasMember":[{"reference":"Observation/b"},{"reference":"Observation/c"}]
                        """#),
                observation("b", #""valueInteger":1"#),
                observation(
                    "c", #""valueInteger":2"#,
                    more: #"""
                        "hasMember":[{"reference":"Observation/b"}]
                        """#),
            ]),
    ]

    static let reports: [MessageFile] = [
        bundle("registered", report: #""status":"registered""#, entries: []),
        bundle(
            "status-unknown",
            report: #"""
                "status":"unknown"
                """#, results: reference("Observation/a"), entries: [observation("a", #""valueInteger":1"#)]),
        bundle("cancelled", report: #""status":"cancelled""#, entries: []),
        bundle(
            "error",
            report: #"""
                "status":"entered-in-error"
                """#, results: reference("Observation/a"), entries: [observation("a", #""valueInteger":1"#)]),
        bundle(
            "conclusion", type: "collection",
            report: #"""
                "status":"final","conclusion":"什么都没有发现\n第二行","conclusionCode":[{"text":"x"}]
                """#, entries: []),
        bundle(
            "unlisted", type: "transaction",
            entries: [
                observation(
                    "a",
                    #"""
                    "valueInteger":1
                    """#), observation("b", #""valueInteger":2"#),
            ]),
        bundle(
            "company", type: "batch", results: reference("Observation/a"),
            entries: [
                observation("a", #""valueInteger":1"#),
                #"""
                {"fullUrl":"urn:uuid:1","resource":{"resourceType":"MessageHeader","eventCoding":{"code":"R01"},
                "focus":[{"reference":"DiagnosticReport/r"}],"source":{"endpoint":"urn:x"}}}
                """#,
                #"""
                {"resource":{"resourceType":"Provenance","target":[{"reference":"DiagnosticReport/elsewhere"}],
                "recorded":"2026-11-20T00:00:00Z"}}
                """#,
                #"{"fullUrl":"urn:uuid:2"}"#, #"{"resource":{"resourceType":"Device","id":"d"}}"#,
            ]),
        file(
            "two-reports",
            #"{"resourceType":"Bundle","type":"message","id":"@","entry":["# + patient
                + #"""
                ,{"resource":{"resourceType":"DiagnosticReport","id":"r1","status":"final","identifier":[{
                "value":"F-@"}],"code":{"text":"一"},"subject":{"reference":"Patient/p"},"result":[{
                "reference":"Observation/a"}]}},
                """#
                    + #"""
                    {"resource":{"resourceType":"DiagnosticReport","id":"r2","status":"final","identifier":[{
                    "value":"F-@"}],"code":{"text":"二"},"subject":{"reference":"Patient/p"},"result":[{
                    "reference":"Observation/b"}]}},
                    """#
                + observation("a", #""valueInteger":1"#) + "," + observation("b", #""valueInteger":2"#) + "]}"),
        file(
            "alone",
            ##"""
            {"resourceType":"DiagnosticReport","id":"@","status":"final","subject":{"identifier":{
            "system":"urn:oid:2.999.7","value":"@"},"display":"某人"},"result":[{"reference":"#o"}],
            "contained":[{"resourceType":"Observation","id":"o","status":"final","code":{"text":"只有文字"},
            "valueString":"x"}]}
            """##),
    ]
}
