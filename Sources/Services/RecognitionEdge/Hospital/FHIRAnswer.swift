package import EdgeKit
import FHIR
import Ledgers

/// The answer to a FHIR resource that was taken.
///
/// A transaction or batch gets a response with an entry for each of its own; a message gets a message back; everything
/// else an OperationOutcome. In `meta` an extension names the reports, so that a stored answer still tells them.
package struct FHIRAnswer: Sendable {
    static let published = "urn:yilian:fhir:published"

    let resource: FHIRResource
    let warnings: [OperationOutcome.Issue]
    let node: String
    let correlation: String

    func json(_ reports: [TakenRecord]) -> JSONValue {
        switch resource.type == "Bundle" ? resource.string("type") : nil {
        case "transaction": bundle("transaction-response", reports, entries(reports))
        case "batch": bundle("batch-response", reports, entries(reports))
        case "message": bundle("message", reports, message(reports))
        default: outcome(reports, id: correlation)
        }
    }

    private func bundle(_ type: String, _ reports: [TakenRecord], _ entries: [JSONValue]) -> JSONValue {
        var object: JSONObject = ["resourceType": "Bundle", "id": .string(correlation)]
        object["meta"] = Self.meta(reports)
        object["type"] = .string(type)
        if !entries.isEmpty { object["entry"] = .array(entries) }
        return .object(object)
    }

    /// The response to each entry; the warnings stand with the entry that they are about, the others with the first
    /// report's.
    private func entries(_ reports: [TakenRecord]) -> [JSONValue] {
        var rest = reports[...]
        var told = self.told(reports)
        let sent = resource.items("entry")
        let firstReport = sent.firstIndex { $0["resource"]?["resourceType"]?.string == "DiagnosticReport" } ?? 0
        return sent.indices.map { index in
            var issues: [OperationOutcome.Issue] = []
            let isReport = sent[index]["resource"]?["resourceType"]?.string == "DiagnosticReport"
            told.removeAll { issue in
                let isHere =
                    Self.position(of: issue).map { sent.indices.contains($0) ? $0 : firstReport } ?? firstReport
                if isHere == index { issues.append(issue) }
                return isHere == index
            }
            guard isReport, let report = rest.popFirst() else { return Self.response("200 OK", issues) }
            return Self.response(
                report.isDuplicate ? "200 OK" : "201 Created", issues, location: report.location,
                version: report.version)
        }
    }

    private static func response(
        _ status: String, _ issues: [OperationOutcome.Issue], location: String? = nil, version: Int? = nil
    ) -> JSONValue {
        var response: JSONObject = ["status": .string(status)]
        if let location { response["location"] = .string(location) }
        if let version { response["etag"] = .string("W/\"\(version)\"") }
        if !issues.isEmpty { response["outcome"] = OperationOutcome(issues).json }
        return ["response": .object(response)]
    }

    /// The entry that an issue names.
    private static func position(of issue: OperationOutcome.Issue) -> Int? {
        guard let rest = issue.expression?.dropFirst("Bundle.entry[".count),
            issue.expression?.hasPrefix("Bundle.entry[") == true
        else { return nil }
        return Int(rest.prefix { $0.isNumber })
    }

    /// What the sender should know: how the message was read, and what became of its reports.
    private func told(_ reports: [TakenRecord]) -> [OperationOutcome.Issue] {
        warnings + Self.notices(reports)
    }

    static func notices(_ reports: [TakenRecord]) -> [OperationOutcome.Issue] {
        reports.enumerated().flatMap { index, report in
            report.notices.map { notice in
                OperationOutcome.Issue(
                    .businessRule, "report \(index + 1): \(notice.text) [\(notice.code)]", severity: .warning)
            }
        }
    }

    private func message(_ reports: [TakenRecord]) -> [JSONValue] {
        let header = resource.items("entry").compactMap { $0["resource"] }
            .first { $0["resourceType"]?.string == "MessageHeader" }
        var answer: JSONObject = ["resourceType": "MessageHeader", "id": .string(correlation)]
        for name in ["eventCoding", "eventUri"] { answer[name] = header?[name] }
        answer["source"] = ["endpoint": .string("urn:yilian:node:" + node)]
        answer["response"] = [
            "identifier": .string(header?["id"]?.string ?? resource.id ?? "unknown"), "code": "ok",
        ]
        return [["resource": .object(answer)], ["resource": outcome(reports, id: correlation + "-outcome")]]
    }

    private func outcome(_ reports: [TakenRecord], id: String) -> JSONValue {
        var issues = reports.enumerated().map { index, report in
            OperationOutcome.Issue(
                .informational, "report \(index + 1): \(report.word), version \(report.version)", severity: .information
            )
        }
        issues += told(reports)
        if issues.isEmpty {
            issues = [.init(.informational, "nothing stands against it", severity: .information)]
        }
        var object: JSONObject = ["resourceType": "OperationOutcome", "id": .string(id)]
        object["meta"] = Self.meta(reports)
        object["issue"] = OperationOutcome(issues).json["issue"]
        return .object(object)
    }

    private static func meta(_ reports: [TakenRecord]) -> JSONValue? {
        guard !reports.isEmpty else { return nil }
        let items = reports.map { report -> JSONValue in
            [
                "url": .string(published),
                "extension": [
                    ["url": "outcome", "valueCode": .string(report.word)],
                    ["url": "report", "valueString": .string(report.key)],
                    ["url": "version", "valuePositiveInt": .number(JSONNumber(report.version))],
                    ["url": "entry", "valueString": .string(report.entry.description)],
                ],
            ]
        }
        return ["extension": .array(items)]
    }

    /// The reports that an answer names.
    package static func reports(in answer: [UInt8]) -> [TakenRecord] {
        let root = try? JSONParser.parse(answer)
        return FHIRElement.items(root?["meta"]?["extension"]).compactMap { item in
            guard item["url"]?.string == published else { return nil }
            var parts: [String: String] = [:]
            for part in FHIRElement.items(item["extension"]) {
                guard let url = part["url"]?.string else { continue }
                parts[url] = (part["valueCode"] ?? part["valueString"] ?? part["valuePositiveInt"])?.lexical
            }
            guard let word = parts["outcome"], let key = parts["report"],
                let version = parts["version"].flatMap({ Int($0) }),
                let entry = parts["entry"].flatMap({ try? EntryID($0) })
            else { return nil }
            return TakenRecord(
                word: word, entry: entry, key: key, version: version,
                location: TakenRecord.location(report: key, version: version))
        }
    }
}
