import EdgeKit
package import FHIR
package import Recognition

/// Writes reports as FHIR R4 resources.
///
/// Values keep the lexical form in which they came. What FHIR has no element for stands in extensions whose URLs begin
/// with `urn:yilian:fhir:`; `docs/conformance.md` lists them.
package struct FHIRReportWriter: Sendable {
    /// The zone of times that name none, in minutes east of UTC.
    package var offsetMinutes: Int
    /// What stands before `DiagnosticReport/…` in a `fullUrl`, without a slash at its end.
    package var baseURL: String

    package init(baseURL: String, offsetMinutes: Int = 480) {
        self.baseURL = baseURL
        self.offsetMinutes = offsetMinutes
    }

    /// The DiagnosticReport, the Patient and the Observations of a report, in this order.
    package func resources(_ content: ReportContent, _ metadata: FHIRReportMetadata) -> [JSONObject] {
        let id = Self.plainID(metadata.resourceID)
        let void = content.status == .void ? Self.status(content) : nil
        let observations = content.observations.enumerated().map { index, observation in
            FHIRObservationWriter(offsetMinutes: offsetMinutes).json(
                observation, id: "\(id)-\(index + 1)", patientID: id + "-patient", void: void)
        }
        return [
            report(content, metadata, id: id),
            FHIRPatientWriter(offsetMinutes: offsetMinutes).patient(content.patient, id: id + "-patient"),
        ] + observations
    }

    /// A searchset Bundle: every report as a match, its patient and observations included.
    ///
    /// - Parameters:
    ///   - total: how many reports match in all, where that is known.
    ///   - address: the request's own address.
    package func searchset(
        _ reports: [(content: ReportContent, metadata: FHIRReportMetadata)], total: Int? = nil, address: String? = nil
    ) -> JSONValue {
        var bundle: JSONObject = ["resourceType": "Bundle", "type": "searchset"]
        bundle["total"] = total.map { .number(JSONNumber($0)) }
        if let address { bundle["link"] = [["relation": "self", "url": .string(address)]] }
        var entries: [JSONValue] = []
        for report in reports {
            for resource in resources(report.content, report.metadata) {
                let type = resource["resourceType"]?.string ?? ""
                let mode = type == "DiagnosticReport" ? "match" : "include"
                entries.append([
                    "fullUrl": .string(baseURL + "/" + type + "/" + (resource["id"]?.string ?? "")),
                    "resource": .object(resource), "search": ["mode": .string(mode)],
                ])
            }
        }
        if !entries.isEmpty { bundle["entry"] = .array(entries) }
        return .object(bundle)
    }

    private func report(_ content: ReportContent, _ metadata: FHIRReportMetadata, id: String) -> JSONObject {
        var json: JSONObject = ["resourceType": "DiagnosticReport", "id": .string(id)]
        json["meta"] = ["versionId": .string("\(metadata.version)")]
        let specimens = content.specimens.enumerated().map { index, specimen -> JSONValue in
            [
                "resourceType": "Specimen", "id": .string("specimen-\(index + 1)"),
                "type": FHIRCoding.concept(specimen),
            ]
        }
        if !specimens.isEmpty { json["contained"] = .array(specimens) }
        json["extension"] = .array(extensions(content, metadata))
        let identifiers = [
            Self.identifier(content.fillerOrderNumber, type: "FILL"),
            Self.identifier(content.placerOrderNumber, type: "PLAC"),
        ].compactMap { $0 }
        if !identifiers.isEmpty { json["identifier"] = .array(identifiers) }
        json["status"] = .string(Self.status(content))
        if let section = Self.section(content.category) {
            json["category"] = [
                ["coding": [["system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": .string(section)]]]
            ]
        }
        json["code"] = FHIRCoding.concept(content.service)
        json["subject"] = ["reference": .string("Patient/" + id + "-patient")]
        FHIRTime.write(content.observedTime, to: &json, "effectiveDateTime", offsetMinutes: offsetMinutes)
        FHIRTime.write(content.issuedTime, to: &json, "issued", offsetMinutes: offsetMinutes, needsTime: true)
        json["performer"] = .array(performers(content))
        if !specimens.isEmpty {
            json["specimen"] = .array(specimens.indices.map { ["reference": .string("#specimen-\($0 + 1)")] })
        }
        let lines = content.observations.indices
        if !lines.isEmpty {
            json["result"] = .array(lines.map { ["reference": .string("Observation/\(id)-\($0 + 1)")] })
        }
        json["conclusion"] = content.conclusion.map { .string($0) }
        let codes = content.details.filter { $0.name == "conclusionCode" }
        if !codes.isEmpty { json["conclusionCode"] = .array(codes.map { ["text": .string($0.value)] }) }
        if !content.standingAttachments.isEmpty {
            json["presentedForm"] = .array(content.standingAttachments.map(Self.attachment))
        }
        return json
    }

    /// FHIR's status; of a void report the one that its sender gave, where that was FHIR's.
    private static func status(_ content: ReportContent) -> String {
        let isCancelled = content.details.contains { $0.name == "status" && $0.value == "cancelled" }
        return content.status == .void && isCancelled ? "cancelled" : FHIRStatus.word(report: content.status)
    }

    private func extensions(_ content: ReportContent, _ metadata: FHIRReportMetadata) -> [JSONValue] {
        var all: [JSONValue] = [
            ["url": .string(FHIRExtensions.recognisable), "valueBoolean": .bool(metadata.isRecognisable)],
            FHIRExtensions.text(FHIRExtensions.entry, metadata.entryID),
            FHIRExtensions.text(FHIRExtensions.issuer, metadata.issuer),
        ]
        if let name = content.orderedBy { all.append(FHIRExtensions.text(FHIRExtensions.orderedBy, name)) }
        if let parent = content.parent { all.append(FHIRParent.write(parent)) }
        return all + FHIRDetails.write(content.details)
            + content.notes.map { FHIRExtensions.text(FHIRExtensions.note, $0) }
    }

    private func performers(_ content: ReportContent) -> [JSONValue] {
        let institution: JSONValue = [
            "type": "Organization",
            "identifier": ["system": "urn:yilian:institution", "value": .string(content.institution)],
        ]
        guard let name = content.performedBy else { return [institution] }
        return [["display": .string(name)], institution]
    }

    private static func identifier(_ value: String?, type: String) -> JSONValue? {
        guard let value else { return nil }
        return [
            "type": ["coding": [["system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": .string(type)]]],
            "value": .string(value),
        ]
    }

    private static func attachment(_ attachment: ReportAttachment) -> JSONValue {
        var json: JSONObject = [:]
        var extensions: [JSONValue] = []
        if let code = attachment.code {
            extensions.append(
                ["url": .string(FHIRExtensions.code), "valueCodeableConcept": FHIRCoding.concept(code)])
        }
        if let subID = attachment.subID { extensions.append(FHIRExtensions.text(FHIRExtensions.subID, subID)) }
        if !extensions.isEmpty { json["extension"] = .array(extensions) }
        json["contentType"] = .string(attachment.contentType)
        if attachment.bytes.isEmpty, let manifest = attachment.manifest {
            // The document was not fetched: a search does not bring every document along, and it may be on its way.
            json["size"] = .number(JSONNumber(manifest.sizeBytes))
            json["_data"] = [
                "extension": [["url": .string(absentReason), "valueCode": "temp-unknown"]]
            ]
        } else {
            json["data"] = .string(Base64.encode(attachment.bytes))
        }
        if !attachment.title.isEmpty { json["title"] = .string(attachment.title) }
        return .object(json)
    }

    private static let absentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

    private static func section(_ category: ReportCategory) -> String? {
        switch category {
        case .other: nil
        case .laboratory: "LAB"
        case .imaging: "RAD"
        case .ultrasound: "RUS"
        case .electrocardiogram: "EC"
        case .pathology: "SP"
        }
    }

    /// An id in FHIR's alphabet, cut so that what Observations add still fits into 64 characters.
    private static func plainID(_ text: String) -> String {
        String(
            text.map { character in
                character.isASCII && (character.isLetter || character.isNumber || character == "." || character == "-")
                    ? character : "-"
            }.prefix(48))
    }
}
