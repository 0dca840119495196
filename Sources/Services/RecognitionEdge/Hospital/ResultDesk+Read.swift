import EdgeKit
import Effects
import FHIR
import Recognition
import ServiceKit

extension ResultDesk {
    /// One report by its id, as it stands now, with its patient and observations contained.
    ///
    /// An id tells nothing about a person, and nobody may look without saying about whom: either the request names the
    /// patient as a search does, or the same system found the report for the same practitioner and purpose a short
    /// while ago.
    func read(id: String, _ call: EdgeCall) async throws -> EdgeResponse {
        let filter = try SearchFilter(call.request.query, isLenient: call.request.isLenient)
        var ground = try call.ground()
        let identifiers: [PatientIdentifier]
        if !filter.patients.isEmpty {
            identifiers = filter.patients.flatMap { $0.identifiers(now: now) }
        } else if let earlier = memory.recall(memoryKey(id, ground, call)) {
            identifiers = [earlier.identifier]
            ground = ground.resting(on: earlier.statement.asking)
        } else {
            throw FHIRRefusal(
                403, .forbidden,
                "no access statement covers this report; name the patient (patient.identifier=system|value), or search first"
            )
        }
        let found = try await find(identifiers, ground)
        let summaries = found.findings.answer.summaries.filter { $0.fields.reportKey == id }
        guard let summary = summaries.first else {
            if let refused = found.findings.answer.unreached.first(where: { !$0.isAway }) {
                throw Failure(
                    Failure.Code(rawValue: refused.reason),
                    "the report is not known here, and node \(refused.node) refused the question")
            }
            guard found.findings.answer.unreached.isEmpty else {
                throw FHIRRefusal(
                    504, .timeout, "the report is not known here, and not every node above was reached",
                    headers: ["Retry-After": "10"])
            }
            throw FHIRRefusal(404, .notFound, "this patient has no report of this id")
        }
        note([summary], found, ground, call)
        let report = try await recognition.open(summary.entry, statement: found.findings.statement)
        let content = try await withDocuments(report, found)
        let resources = writer(call.request).resources(content, Self.metadata(summary))
        return EdgeResponse(
            200, Self.contained(resources), headers: ["ETag": "W/\"\(summary.fields.version)\""])
    }

    /// The report with the documents that travel beside it; one that has not come as far yet stays without its bytes.
    private func withDocuments(
        _ report: RecognitionService.OpenedReport, _ found: Found
    ) async throws -> ReportContent {
        var content = report.content
        for place in content.attachments.indices {
            do {
                content.attachments[place] = try await recognition.document(
                    place + 1, of: report, statement: found.findings.statement)
            } catch let failure as Failure where failure.code == "attachment.notHere" {
                continue
            }
        }
        return content
    }

    /// A report with the resources that it refers to inside it.
    static func contained(_ resources: [JSONObject]) -> JSONValue {
        guard var report = resources.first else { return .null }
        let names = resources.dropFirst().compactMap { resource -> String? in
            guard let type = resource["resourceType"]?.string, let id = resource["id"]?.string else { return nil }
            return type + "/" + id
        }
        let inner = resources.dropFirst().map { JSONValue.object(local($0, Set(names))) }
        report = local(report, Set(names))
        report["contained"] = .array((report["contained"]?.items ?? []) + inner)
        return .object(report)
    }

    /// An object in which references to `names` are references to what is contained.
    private static func local(_ object: JSONObject, _ names: Set<String>) -> JSONObject {
        var copy = JSONObject()
        for member in object.members { copy[member.name] = local(member.value, names, name: member.name) }
        return copy
    }

    private static func local(_ value: JSONValue, _ names: Set<String>, name: String) -> JSONValue {
        switch value {
        case .string(let text) where name == "reference" && names.contains(text):
            .string("#" + (text.split(separator: "/").last ?? ""))
        case .array(let items): .array(items.map { local($0, names, name: "") })
        case .object(let object): .object(local(object, names))
        case .null, .bool, .number, .string: value
        }
    }
}
