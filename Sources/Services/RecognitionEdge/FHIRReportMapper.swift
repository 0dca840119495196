package import Effects
package import FHIR
package import Recognition

/// Makes report submissions of the DiagnosticReports of a FHIR R4 Bundle, or of a single one with what it contains.
package struct FHIRReportMapper: Sendable {
    /// The institution whose token brought the resource.
    package var institution: String
    package var now: WallTime
    package var defaultCategory: ReportCategory

    /// How many observations all reports of a message may have together.
    ///
    /// References let a small text name one observation many times.
    package static let observationLimit = 20_000

    package init(institution: String, now: WallTime, defaultCategory: ReportCategory = .other) {
        self.institution = institution
        self.now = now
        self.defaultCategory = defaultCategory
    }

    /// The reports of a resource, or what is wrong with it.
    package func map(_ resource: FHIRResource) -> FHIRReportMapping {
        switch resource.type {
        case "Bundle":
            do {
                return map(try FHIRBundle(resource), messageID: Self.messageID(of: resource))
            } catch {
                let failure = error as? Failure
                return refused(
                    OperationOutcome.Issue(
                        .structure, failure?.message ?? "the Bundle cannot be read", expression: failure?.place))
            }
        case "DiagnosticReport":
            return map(FHIRBundle(single: resource), messageID: Self.messageID(of: resource))
        default:
            return refused(
                OperationOutcome.Issue(
                    .notSupported, "only Bundle and DiagnosticReport are taken here", expression: "resourceType"))
        }
    }

    private func map(_ bundle: FHIRBundle, messageID: String) -> FHIRReportMapping {
        var mapping = FHIRReportMapping(submissions: [], issues: [], warnings: [], messageID: messageID)
        guard bundle.kind != .searchset else {
            mapping.issues = [
                .init(.notSupported, "a searchset is an answer, not a message", expression: "Bundle.type")
            ]
            return mapping
        }
        let reports = bundle.entries.filter { $0.resource.type == "DiagnosticReport" }
        guard !reports.isEmpty else {
            mapping.issues = [.init(.required, "there is no DiagnosticReport", expression: "Bundle.entry")]
            return mapping
        }
        for entry in bundle.entries {
            if let method = entry.method, method != "POST", method != "PUT" {
                mapping.issues.append(
                    .init(
                        .notSupported, "only POST and PUT are taken here",
                        expression: "Bundle.entry[\(entry.position)].request.method"))
            }
        }
        let isProduction = FHIRProcessing.isProduction(bundle)
        var builders = reports.map { FHIRReportBuilder(bundle: bundle, report: $0, mapper: self) }
        let positions = ReportPositions.number(
            builders.map { builder in
                ReportPositions.Report(
                    patient: builder.patientNumber,
                    filler: builder.fillerOrderNumber, placer: builder.placerOrderNumber, code: builder.service.code)
            })
        var remaining = Self.observationLimit
        for index in builders.indices {
            let content = builders[index].content(
                position: positions[index], isOnly: builders.count == 1, remaining: &remaining)
            mapping.issues += builders[index].issues
            mapping.warnings += builders[index].warnings
            guard let content, remaining >= 0 else { continue }
            mapping.submissions.append(
                ReportSubmission(content: content, format: .fhir, messageID: messageID, isProduction: isProduction))
        }
        if remaining < 0 {
            mapping.issues.append(.init(.tooLong, "the reports have more than \(Self.observationLimit) observations"))
        }
        if !mapping.issues.isEmpty { mapping.submissions = [] }
        return mapping
    }

    private func refused(_ issue: OperationOutcome.Issue) -> FHIRReportMapping {
        FHIRReportMapping(submissions: [], issues: [issue], warnings: [], messageID: "")
    }

    private static func messageID(of resource: FHIRResource) -> String {
        let identifier = FHIRElement.items(resource["identifier"]).first?["value"]?.string
        return identifier?.nonEmpty ?? resource.id ?? ""
    }
}
