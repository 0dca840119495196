import EdgeKit
package import FHIR
package import ServiceKit

/// Writes a notice as a Communication about the DiagnosticReport: it holds no result, so nobody can take it for one.
package struct FHIRNoticeWriter: Sendable {
    /// The system of notices' numbers.
    package static let notices = "urn:yilian:recognition:notice"
    /// The system of results' keys, which are the ids of DiagnosticReports at the nodes.
    package static let results = "urn:yilian:recognition:result"

    private let notice: HospitalNotice

    package init(_ notice: HospitalNotice) { self.notice = notice }

    /// The update that a FHIR server is asked for: sent again, it stays one.
    package var update: OutgoingContent.Update {
        let target = "Communication?identifier=" + PercentCoding.encode(Self.notices + "|" + notice.number)
        return OutgoingContent.Update(target: target, body: JSONPrinter.bytes(.object(resource)))
    }

    package var resource: JSONObject {
        var json: JSONObject = ["resourceType": "Communication"]
        json["extension"] = .array(
            notice.facts.filter { !$0.value.isEmpty }.map {
                FHIRExtensions.text("urn:yilian:fhir:" + $0.code, $0.value)
            })
        json["identifier"] = [["system": .string(Self.notices), "value": .string(notice.number)]]
        json["status"] = "completed"
        json["category"] = [
            [
                "coding": [
                    [
                        "system": "http://terminology.hl7.org/CodeSystem/communication-category",
                        "code": .string(notice.category),
                    ]
                ]
            ]
        ]
        json["topic"] = [
            "coding": [
                [
                    "system": "urn:yilian:codesystem:99YILIAN", "code": .string(notice.kind.code),
                    "display": .string(notice.kind.display),
                ]
            ]
        ]
        json["about"] = .array(about)
        json["sent"] = .string(notice.time.chinaText)
        json["sender"] = [
            "type": "Organization",
            "identifier": ["system": "urn:yilian:institution", "value": .string(notice.sender)],
        ]
        json["payload"] = .array(
            [notice.text.chinese, notice.text.english].map { ["contentString": .string($0)] })
        return json
    }

    /// The result by its key, and by the hospital's own numbers where it is the hospital's.
    private var about: [JSONValue] {
        var identifiers: [JSONValue] = [["system": .string(Self.results), "value": .string(notice.result)]]
        for (type, number) in [("FILL", notice.fillerOrderNumber), ("PLAC", notice.placerOrderNumber)] {
            guard let number else { continue }
            identifiers.append([
                "type": [
                    "coding": [["system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": .string(type)]]
                ],
                "value": .string(number),
            ])
        }
        return identifiers.map { ["type": "DiagnosticReport", "identifier": $0] }
    }
}
