import EdgeKit
import FHIR
import MessageCorpus
import Recognition
import Testing

@testable import RecognitionEdge

@Suite("FHIR at its edges")
struct FHIREdgeTests {
    private static func only(_ name: String) throws -> ReportContent {
        let mapping = try Mapping.fhir(try EdgeCases.bytes(name))
        #expect(mapping.issues.isEmpty)
        return try #require(mapping.submissions.first).content
    }

    /// A collection of a patient, a report of one observation, and whatever a test adds.
    private static func collection(
        observation: String = "", report: String = "", more: String = "", value: String = #""valueInteger":1"#
    ) -> String {
        #"""
        {"resourceType":"Bundle","type":"collection","entry":[
        {"fullUrl":"http://h/fhir/Patient/p","resource":{"resourceType":"Patient","id":"p",
        "identifier":[{"system":"urn:m","value":"1"}]}},
        {"fullUrl":"http://h/fhir/Patient/q","resource":{"resourceType":"Patient","id":"q",
        "identifier":[{"system":"urn:m","value":"2"}]}},
        {"fullUrl":"http://h/fhir/Observation/o","resource":{"resourceType":"Observation","id":"o","status":"final",
        "code":{"text":"K"},"subject":{"reference":"Patient/p"},\#(observation)\#(value)}},
        {"fullUrl":"http://h/fhir/DiagnosticReport/d","resource":{"resourceType":"DiagnosticReport","id":"d",
        "status":"final","identifier":[{"value":"F"}],"code":{"text":"t"},"subject":{"reference":"Patient/p"},
        \#(report)"result":[{"reference":"Observation/o"}]}}\#(more)]}
        """#
    }

    private static func line(
        observation: String, value: String = #""valueQuantity":{"value":5.0,"unit":"mmol/L"}"#, more: String = ""
    ) throws -> ReportedObservation {
        let mapping = try Mapping.fhir(collection(observation: observation, more: more, value: value))
        #expect(mapping.issues.isEmpty)
        let content = try #require(mapping.submissions.first).content
        try RoundTrip.check(content)
        return try #require(content.observations.first)
    }

    @Test("F201: a conditional reference names the patient in every place")
    func conditionalReference() throws {
        let report = try Self.only("F201-conditional-ref.json")
        #expect(
            report.patient.identifiers == [PatientIdentifier(type: "PI", authority: "urn:hunt:mrn", value: "FNF201")])
        #expect(report.observations.map(\.value) == ["6.8"])
        let other = String(decoding: try EdgeCases.bytes("F201-conditional-ref.json"), as: UTF8.self).replacing(
            "\"Patient?identifier=urn:hunt:mrn|FNF201\"", with: "\"Patient?identifier=urn:hunt:mrn|FNF202\"",
            maxReplacements: 1)
        #expect(try Mapping.fhir(other).issues.map(\.code) == [.conflict])
    }

    @Test("a condition finds orders, specimens, members and results by their own identifiers")
    func conditionsElsewhere() throws {
        let more = #"""
            ,{"resource":{"resourceType":"ServiceRequest","id":"s","identifier":[{"system":"urn:o","value":"P9"}],
            "requester":{"display":"王医生"}}},
            {"resource":{"resourceType":"Specimen","identifier":[{"value":"S1"}],"type":{"text":"血清"}}},
            {"resource":{"resourceType":"Observation","status":"final","identifier":[{"value":"member"}],
            "code":{"text":"Na"},"valueInteger":140}}
            """#
        let report =
            #""basedOn":[{"reference":"ServiceRequest?identifier=urn:o%7CP9"}],"#
            + #""specimen":[{"type":"Specimen","identifier":{"value":"S1"}}],"#
        let mapping = try Mapping.fhir(
            Self.collection(
                observation: #""hasMember":[{"reference":"Observation?identifier=member"}],"#, report: report,
                more: more))
        let content = try #require(mapping.submissions.first?.content)
        #expect(content.placerOrderNumber == "P9" && content.orderedBy == "王医生")
        #expect(content.specimens.map(\.display) == ["血清"])
        #expect(content.observations.map(\.value) == ["1", "140"])
        #expect(mapping.warnings.isEmpty)
    }

    @Test("F205: a member that is not in the message refuses it, and the reason names the member")
    func danglingMember() throws {
        let mapping = try Mapping.fhir(try EdgeCases.bytes("F205-dangling-member.json"))
        #expect(mapping.submissions.isEmpty)
        #expect(mapping.issues.map(\.expression) == ["Bundle.entry[1].resource.hasMember[1]"])
        #expect(mapping.issues.first?.diagnostics.contains("Observation/panel") == true)
    }

    @Test("F206: a panel's note and interpretation are a line of their own")
    func panelNote() throws {
        let report = try Self.only("F206-panel-note.json")
        #expect(report.observations.map(\.value) == ["", "6.9"])
        #expect(report.observations.first?.notes == ["标本溶血，结果仅供参考"])
        #expect(report.observations.first?.flags == ["A"])
        try RoundTrip.check(report)
    }

    @Test("F207: samples keep origin, factor, period and limits, and go out as samples")
    func sampledData() throws {
        let report = try Self.only("F207-sampleddata.json")
        let line = try #require(report.observations.first)
        #expect(line.value == "2041 2043 2037 E U L")
        let details = Dictionary(uniqueKeysWithValues: line.details.map { ($0.name, $0.value) })
        #expect(
            details == [
                "sampledData.origin": "2048", "sampledData.period": "4", "sampledData.factor": "1.612",
                "sampledData.lowerLimit": "-3300", "sampledData.upperLimit": "3300", "sampledData.dimensions": "1",
            ])
        let written = RoundTrip.writer.resources(report, RoundTrip.metadata())[2]["valueSampledData"]
        #expect(written?["factor"]?.lexical == "1.612" && written?["origin"]?["value"]?.lexical == "2048")
        #expect(written?["data"]?.string == "2041 2043 2037 E U L")
        try RoundTrip.check(report)
    }

    @Test("F213: another patient's observation is refused, and the reason names it")
    func otherSubject() throws {
        let mapping = try Mapping.fhir(try EdgeCases.bytes("F213-other-subject.json"))
        #expect(mapping.submissions.isEmpty)
        #expect(mapping.issues.map(\.code) == [.conflict])
        #expect(mapping.issues.first?.diagnostics.contains("Observation/k") == true)
        #expect(mapping.issues.first?.expression == "Bundle.entry[2].resource.subject")
    }

    @Test(
        "whatever becomes part of a report is asked whose it is",
        arguments: [
            (#""focus":[{"reference":"Patient/q"}],"#, "", "", OperationOutcome.IssueType.conflict),
            (#""focus":[{"reference":"Patient/away"}],"#, "", "", .notFound),
            (
                #""specimen":{"reference":"Specimen/s"},"#, "",
                #",{"resource":{"resourceType":"Specimen","id":"s","subject":{"reference":"Patient/q"}}}"#, .conflict
            ),
            (
                "", #""specimen":[{"reference":"Specimen/s"}],"#,
                #",{"resource":{"resourceType":"Specimen","id":"s","subject":{"reference":"Patient/q"}}}"#, .conflict
            ),
            (
                "", #""basedOn":[{"reference":"ServiceRequest/s"}],"#,
                #",{"resource":{"resourceType":"ServiceRequest","id":"s","subject":{"reference":"Patient/q"}}}"#,
                .conflict
            ),
            (
                #""hasMember":[{"reference":"Observation/m"}],"#, "",
                #",{"resource":{"resourceType":"Observation","id":"m","subject":{"identifier":{"system":"urn:m","value":"2"}}}}"#,
                .conflict
            ),
            (
                #""hasMember":[{"reference":"Observation/m"}],"#, "",
                #",{"resource":{"resourceType":"Observation","id":"m","subject":{"reference":"Device/d"}}}"#, .conflict
            ),
            (
                "", #""media":[{"link":{"reference":"Media/m"}}],"#,
                #",{"resource":{"resourceType":"Media","id":"m","subject":{"reference":"Patient/q"},"content":{"data":"AAAA"}}}"#,
                .conflict
            ),
        ])
    func subjects(
        observation: String, report: String, more: String, code: OperationOutcome.IssueType
    ) throws {
        let mapping = try Mapping.fhir(Self.collection(observation: observation, report: report, more: more))
        #expect(mapping.submissions.isEmpty)
        #expect(mapping.issues.map(\.code) == [code])
    }

    @Test("one person may be named by a resource here and by an identifier there")
    func samePersonByIdentifier() throws {
        let text = Self.collection().replacing(
            #""code":{"text":"K"},"subject":{"reference":"Patient/p"}"#,
            with: #""code":{"text":"K"},"subject":{"identifier":{"system":"urn:m","value":1}}"#)
        #expect(try Mapping.fhir(text).submissions.count == 1)
    }

    @Test("F221: an accession number stays the number, and each test under it has its own code")
    func accession() throws {
        let reports = try ["F221-acsn-two-1.json", "F221-acsn-two-2.json"].map(Self.only)
        #expect(reports.map(\.fillerOrderNumber) == ["ACC221", "ACC221"])
        #expect(reports.map(\.service.code) == ["58410-2", "24323-8"])
        let better = try Mapping.fhir(
            Self.collection().replacing(
                #""identifier":[{"value":"F"}]"#,
                with: #""identifier":[{"type":{"coding":[{"code":"ACSN"}]},"value":"A"},{"value":77}]"#))
        #expect(better.submissions.first?.content.fillerOrderNumber == "77")
    }

    @Test("F229: a report that is only a narrative is its conclusion, and the sender is told")
    func narrative() throws {
        let mapping = try Mapping.fhir(try EdgeCases.bytes("F229-narrative-only.json"))
        let report = try #require(mapping.submissions.first?.content)
        #expect(report.conclusion == "右上肺占位，建议增强 CT")
        #expect(mapping.warnings.map(\.expression) == ["Bundle.entry[1].resource.text"])
        try RoundTrip.check(report)
    }

    @Test(
        "narratives are read as lines of text",
        arguments: [
            ("<div>a<br/>b</div>", "a\nb"),
            ("<div><p>x &lt; 5 &amp; y</p><p>&#x4E00;&#176;C</p></div>", "x < 5 & y\n一°C"),
            ("<table><tr><td>K</td><td>6.8</td></tr><tr><td>Na</td></tr></table>", "K 6.8\nNa"),
            ("a &unknown; b", "a &unknown; b"),
            ("<div", "<div"), ("", ""),
        ])
    func narrativeText(markup: String, text: String) {
        #expect(FHIRNarrative.plain(markup) == text)
    }

    @Test(
        "a range says what it is for where it is not the normal one",
        arguments: [
            (#"{"low":{"value":3.5},"high":{"value":5.3}}"#, "3.5-5.3"),
            (#"{"low":{"value":63,"unit":"mg/dL"},"high":{"value":95,"unit":"mg/dL"}}"#, "63-95 mg/dL"),
            (#"{"high":{"value":6.5},"type":{"coding":[{"code":"treatment"}]}}"#, "<=6.5 (treatment)"),
            (
                #"{"text":"4-6","age":{"low":{"value":0,"unit":"a"},"high":{"value":1,"unit":"a"}}},{"text":"3-5","appliesTo":[{"text":"女"}]}"#,
                "4-6 (0-1 a)\n3-5 (女)"
            ),
        ])
    func ranges(json: String, text: String) throws {
        let line = try Self.line(observation: #""referenceRange":[\#(json)],"#)
        #expect(line.referenceRange == text)
    }

    @Test(
        "what has no field of its own is a detail, and comes back",
        arguments: [
            (#""bodySite":{"text":"左前臂"},"#, ReportDetail(name: "bodySite", value: "左前臂")),
            (#""device":{"display":"分析仪 7"},"#, ReportDetail(name: "device", value: "分析仪 7")),
            (#""focus":[{"display":"胎儿","type":"RelatedPerson"}],"#, ReportDetail(name: "focus", value: "胎儿")),
            (
                #""derivedFrom":[{"display":"CT 2026-11-01"}],"#,
                ReportDetail(name: "derivedFrom", value: "CT 2026-11-01")
            ),
            (
                #""interpretation":[{"coding":[{"code":"R"}],"text":"耐药"}],"#,
                ReportDetail(name: "interpretation", value: "耐药")
            ),
            (
                #""referenceRange":[{"text":"1","type":{"text":"危急"}}],"#,
                ReportDetail(name: "referenceRange.type", value: "危急")
            ),
        ])
    func details(json: String, detail: ReportDetail) throws {
        #expect(try Self.line(observation: json).details.contains(detail))
    }

    @Test("a component keeps why it has no value, and its interpretation")
    func components() throws {
        let component =
            #""component":[{"code":{"text":"sys"},"valueInteger":120,"interpretation":[{"coding":[{"code":"H"}]}]},"#
            + #"{"code":{"text":"dia"},"dataAbsentReason":{"coding":[{"code":"not-performed","display":"未做"}]}}],"#
        let mapping = try Mapping.fhir(Self.collection(observation: component, value: #""note":[{"text":"坐位"}]"#))
        let lines = try #require(mapping.submissions.first?.content.observations)
        #expect(lines.map(\.value) == ["", "120", ""])
        #expect(lines.map(\.notes) == [["坐位"], [], []])
        #expect(lines[1].flags == ["H"])
        #expect(lines[2].details == [ReportDetail(name: "dataAbsentReason", value: "未做")])
    }

    @Test("a value of several codes keeps them all")
    func severalCodes() throws {
        let value =
            #""valueCodeableConcept":{"coding":[{"code":"A","display":"甲","system":"urn:a"},{"code":"B","system":"urn:b"}],"text":"甲型"}"#
        let line = try Self.line(observation: "", value: value)
        #expect(line.valueCoding?.codes.map(\.code) == ["A", "B"])
        #expect(line.valueCoding?.text == "甲型")
    }

    @Test("of a report are kept: every conclusion code, people, picture, study, encounter, order's reason")
    func reportDetails() throws {
        let report = #"""
            "conclusionCode":[{"text":"肺炎"},{"coding":[{"code":"J18.9","display":"未特指的肺炎"}]}],
            "resultsInterpreter":[{"display":"甲"},{"display":"乙"}],"performer":[{"display":"检验科"}],
            "imagingStudy":[{"reference":"ImagingStudy/i"}],"encounter":{"display":"住院 7"},
            "media":[{"comment":"切片","link":{"reference":"Media/m"}}],
            "basedOn":[{"reference":"ServiceRequest/s"}],
            """#
        let more = #"""
            ,{"resource":{"resourceType":"ImagingStudy","id":"i","description":"胸部CT"}},
            {"resource":{"resourceType":"Media","id":"m","status":"completed","content":{"data":"iVBORw0K"}}},
            {"resource":{"resourceType":"ServiceRequest","id":"s","reasonCode":[{"text":"发热"}]}}
            """#
        let mapping = try Mapping.fhir(Self.collection(report: report, more: more))
        let content = try #require(mapping.submissions.first?.content)
        #expect(content.conclusion == "肺炎\n未特指的肺炎")
        #expect(content.performedBy == "甲")
        let details = content.details.map { $0.name + "=" + $0.value }
        for detail in [
            "conclusionCode=肺炎", "conclusionCode=未特指的肺炎", "resultsInterpreter=乙", "performer=检验科",
            "imagingStudy=胸部CT", "encounter=住院 7", "basedOn.reasonCode=发热",
        ] { #expect(details.contains(detail), "\(detail)") }
        #expect(content.attachments.map(\.title) == ["切片"])
        #expect(mapping.warnings.isEmpty, "\(mapping.warnings)")
        try RoundTrip.check(content)
    }

    @Test("what is not taken is told, each kind once, with its place")
    func warnings() throws {
        let mapping = try Mapping.fhir(
            Self.collection(
                observation: #""instantiatesUri":"urn:x","extension":[{"url":"urn:odd","valueString":"1"}],"#
                    + #""derivedFrom":[{"reference":"Observation/away"}],"#,
                report: #""encounter":{"reference":"Encounter/away"},"issued":"gestern","#
                    + #""imagingStudy":[{"reference":"ImagingStudy/away"}],"#,
                more:
                    #",{"resource":{"resourceType":"Condition","id":"c"}},{"resource":{"resourceType":"Observation"}}"#)
        )
        #expect(mapping.submissions.count == 1)
        let told = mapping.warnings.map { ($0.expression ?? "") + ": " + $0.diagnostics }
        for (place, word) in [
            ("entry[2].resource.instantiatesUri", "Observation.instantiatesUri"),
            ("entry[2].resource.extension", "urn:odd"), ("entry[2].resource.derivedFrom[0]", "derived"),
            ("entry[3].resource.encounter", "encounter"), ("entry[3].resource.issued", "cannot be read"),
            ("entry[3].resource.imagingStudy[0]", "imagingStudy"), ("entry[4].resource", "Condition"),
            ("entry[5].resource", "Observation"),
        ] { #expect(told.contains { $0.contains(place) && $0.contains(word) }, "\(place) \(word): \(told)") }
        #expect(mapping.warnings.allSatisfy { $0.severity == .warning })
    }

    @Test("warnings are bounded, and what is not listed is counted")
    func bounded() throws {
        let extensions = (0..<200).map { #"{"url":"urn:odd:\#($0)","valueString":"1"}"# }.joined(separator: ",")
        let mapping = try Mapping.fhir(Self.collection(observation: #""extension":[\#(extensions)],"#))
        #expect(mapping.warnings.count == FHIRFindings.limit + 1)
        #expect(mapping.warnings.last?.diagnostics.contains("150 more") == true)
        let many = Array(repeating: #"{"url":"urn:odd","valueString":"1"}"#, count: 30).joined(separator: ",")
        let one = try Mapping.fhir(Self.collection(observation: #""extension":[\#(many)],"#))
        #expect(one.warnings.map { $0.diagnostics.contains("29 more places") } == [true])
    }

    @Test(
        "what changes the meaning in an unknown way, or has no known form, is refused",
        arguments: [
            (#""modifierExtension":[{"url":"urn:not","valueBoolean":true}],"#, "modifierExtension"),
            (#""component":[{"code":{"text":"x"},"modifierExtension":[{"url":"urn:not"}]}],"#, "modifierExtension"),
            (#""implicitRules":"urn:rules","#, "implicitRules"), (#""valueString":"5","#, "value"),
            (#""note":"溶血","#, "note"), (#""component":["x"],"#, "component"), (#""method":"x","#, "method"),
        ])
    func refusals(json: String, element: String) throws {
        let mapping = try Mapping.fhir(Self.collection(observation: json))
        #expect(mapping.submissions.isEmpty)
        #expect(mapping.issues.first?.expression?.hasSuffix(element) == true, "\(mapping.issues)")
    }

    @Test(
        "values in another form than FHIR's are read as they stand or refused, never emptied",
        arguments: [
            (#""valueString":5"#, "5"), (#""valueQuantity":{"value":"5.10","unit":"g"}"#, "5.10"),
            (#""valueInteger":"7""#, "7"), (#""valueString":null,"valueInteger":3"#, "3"),
            (#""valueCodeableConcept":{"coding":[{"code":12}]}"#, "12"), (#""valueQuantity":"5 g""#, nil),
            (#""valueQuantity":{"value":[5]}"#, nil), (#""valueString":{"a":"b"}"#, nil),
            (#""valueCodeableConcept":"x""#, nil),
        ])
    func oddValues(json: String, value: String?) throws {
        let mapping = try Mapping.fhir(Self.collection(value: json))
        #expect(mapping.submissions.first?.content.observations.map(\.value) == value.map { [$0] })
    }

    @Test("cancelled comes back as cancelled, entered in error as that")
    func cancelled() throws {
        for status in ["cancelled", "entered-in-error"] {
            let text = Self.collection().replacing(
                #""status":"final","identifier""#, with: #""status":"\#(status)","identifier""#)
            let content = try #require(try Mapping.fhir(text).submissions.first?.content)
            #expect(content.status == .void)
            let written = RoundTrip.writer.resources(content, RoundTrip.metadata())[0]
            #expect(written["status"]?.string == status)
        }
    }

    @Test("a withdrawn observation is handed on with its letter, and written without its value")
    func withdrawn() throws {
        let text = Self.collection(
            observation: #""hasMember":[{"reference":"Observation/m"}],"#,
            more: #",{"resource":{"resourceType":"Observation","id":"m","status":"entered-in-error","valueInteger":9}}"#
        )
        let content = try #require(try Mapping.fhir(text).submissions.first?.content)
        #expect(content.observations.map(\.status) == ["F", "W"])
        let written = RoundTrip.writer.resources(content, RoundTrip.metadata())[3]
        #expect(written["status"]?.string == "entered-in-error")
        #expect(written.names.filter { $0.hasPrefix("value") } == [])
        try RoundTrip.check(content)
    }
}
