import EdgeKit
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
        guard bundle.kind != .searchset else {
            return refused(.init(.notSupported, "a searchset is an answer, not a message", expression: "Bundle.type"))
        }
        let reports = bundle.entries.filter { $0.resource.type == "DiagnosticReport" }
        guard !reports.isEmpty else {
            return refused(.init(.required, "there is no DiagnosticReport", expression: "Bundle.entry"))
        }
        var findings = FHIRFindings()
        check(bundle, &findings)
        let isProduction = FHIRProcessing.isProduction(bundle)
        var builders = reports.map { FHIRReportBuilder(bundle: bundle, report: $0, mapper: self) }
        let positions = ReportPositions.number(
            builders.map { builder in
                ReportPositions.Report(
                    patient: builder.patientNumber,
                    filler: builder.fillerOrderNumber, placer: builder.placerOrderNumber, code: builder.service.code)
            })
        var submissions: [ReportSubmission] = []
        var remaining = Self.observationLimit
        var used: Set<String> = []
        for index in builders.indices {
            let content = builders[index].content(
                position: positions[index], isOnly: builders.count == 1, remaining: &remaining)
            findings.add(builders[index].findings)
            used.formUnion(builders[index].used)
            guard let content, remaining >= 0 else { continue }
            let request = bundle.requests.first { $0.position == reports[index].position }
            submissions.append(
                ReportSubmission(
                    content: content, format: .fhir, messageID: messageID, isProduction: isProduction,
                    isUpdate: request?.method == "PUT"))
        }
        guard !bundle.meter.isExhausted else {
            return refused(
                .init(
                    .tooLong, "its references lead to the same resources too often",
                    expression: "Bundle.entry"))
        }
        if remaining < 0 {
            findings.refuse(.tooLong, "the reports have more than \(Self.observationLimit) observations")
        }
        if !findings.isRefused { FHIRElementAccount(bundle: bundle).checkUnused(used, &findings) }
        return FHIRReportMapping(
            submissions: findings.isRefused ? [] : submissions, issues: findings.issues, warnings: findings.warnings,
            messageID: messageID)
    }

    /// What a transaction asks for besides taking its resources.
    private func check(_ bundle: FHIRBundle, _ findings: inout FHIRFindings) {
        for request in bundle.requests {
            let place = "Bundle.entry[\(request.position)].request"
            if let method = request.method, method != "POST", method != "PUT" {
                findings.refuse(.notSupported, "only POST and PUT are taken here", place + ".method")
            }
            for name in request.conditions {
                findings.warn(
                    .notSupported, "the condition \(name) is not looked at: identifiers decide what is known",
                    place + "." + name)
            }
        }
    }

    private func refused(_ issue: OperationOutcome.Issue) -> FHIRReportMapping {
        FHIRReportMapping(submissions: [], issues: [issue], warnings: [], messageID: "")
    }

    private static func messageID(of resource: FHIRResource) -> String {
        FHIRElement.text(FHIRElement.items(resource["identifier"]).first?["value"]) ?? resource.id ?? ""
    }
}

/// Whether a message is meant for production, where its header carries HL7's processing id.
enum FHIRProcessing {
    /// `MessageHeader.meta.tag` of system v2-0103, or the extension `source-processing-id`; else production.
    static func isProduction(_ bundle: FHIRBundle) -> Bool {
        for header in bundle.resources("MessageHeader") {
            let tags = FHIRElement.items(header["meta"]?["tag"])
            let tag = tags.first { $0["system"]?.string?.contains("v2-0103") == true }?["code"]?.string
            let code = tag ?? FHIRElement.extensionValue(header["meta"], endingIn: "source-processing-id")
            if let code { return code.uppercased() == "P" }
        }
        return true
    }
}

/// What this program knows about a report beside its content, for an answer in FHIR.
package struct FHIRReportMetadata: Equatable, Sendable {
    /// The DiagnosticReport's id: letters, digits, `-` and `.`, at most 48 characters (Observations add to it).
    package var resourceID: String
    /// The version of the report, from 1.
    package var version: Int
    /// The node whose ledger holds it.
    package var issuer: String
    /// The ledger entry that published it.
    package var entryID: String
    package var isRecognisable: Bool

    package init(resourceID: String, version: Int, issuer: String, entryID: String, isRecognisable: Bool) {
        self.resourceID = resourceID
        self.version = version
        self.issuer = issuer
        self.entryID = entryID
        self.isRecognisable = isRecognisable
    }
}

/// What a FHIR resource came to: reports to publish, or the reasons why it is refused.
///
/// A bundle is taken whole or not at all.
package struct FHIRReportMapping: Sendable {
    /// One for each DiagnosticReport, in their order; empty where the bundle is refused.
    package var submissions: [ReportSubmission]
    /// Why it is refused; empty where it is not.
    package var issues: [OperationOutcome.Issue]
    /// What was passed over or read with care.
    package var warnings: [OperationOutcome.Issue]
    /// `Bundle.identifier` or the resource's id, for looking up what became of it.
    package var messageID: String

    package var isAccepted: Bool { issues.isEmpty }
}
