import Effects
import Regions
package import ServiceKit
package import WorkflowKit

/// What operators ask of adverse events.
package enum AdverseEndpoints: EndpointSet {
    /// What somebody fills in to report one.
    package struct Report: Codable, Sendable, Equatable {
        /// A grade of the region's `adverseLevels`.
        package var grade: String
        /// What kind of thing happened, such as `medication`.
        package var kind: String
        package var unit: String?
        package var identifierType: String?
        package var identifierAuthority: String?
        package var identifier: String?
        package var patientName: String?
        /// Who reports; left out where they do not say.
        package var reporter: String?
        /// The hospital system's own number.
        package var number: String?
        /// By the fields of the form `adverse`.
        package var values: [CaseValue]

        package init(
            grade: String, kind: String, unit: String? = nil, identifierType: String? = nil,
            identifierAuthority: String? = nil, identifier: String? = nil, patientName: String? = nil,
            reporter: String? = nil, number: String? = nil, values: [CaseValue]
        ) {
            self.grade = grade
            self.kind = kind
            self.unit = unit
            self.identifierType = identifierType
            self.identifierAuthority = identifierAuthority
            self.identifier = identifier
            self.patientName = patientName
            self.reporter = reporter
            self.number = number
            self.values = values
        }
    }

    /// A grade, with its times in seconds.
    package struct Level: Codable, Sendable, Equatable {
        package var grade: String
        package var name: String
        package var acceptSeconds: UInt32
        package var analysisSeconds: UInt32
        /// None where the law does not want the authority told.
        package var lawSeconds: UInt32?

        init(_ level: AdverseLevel) {
            grade = level.grade
            name = level.name
            acceptSeconds = level.acceptSeconds
            analysisSeconds = level.analysisSeconds
            lawSeconds = level.lawSeconds
        }
    }

    package static let levels = Endpoint<NoQuestion, [Level]>(
        .get, "adverse-events/levels", summary: "The grades of adverse events that the region agreed on.",
        question: .none, answer: .json)

    package static let cases = CaseEndpoints<AdverseWorkflow>(path: "adverse-events")

    package static let report = Endpoint<Report, CaseEndpoints<AdverseWorkflow>.Creation>(
        .post, "adverse-events", summary: "Reports an adverse event at the node of its unit; who does need not say so.",
        question: .json, answer: .json, failures: [.conflict])

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(AdverseService.self)
        return cases.serve(service.book, purpose: .adverseReview) + [
            levels.serve { _ in service.context.region.current.adverseLevels.map(Level.init) },
            report.serve { report in
                .init(try await service.report(try report.read(by: AskingReader(service.context))))
            },
        ]
    }
}

extension AdverseEndpoints.Report {
    fileprivate func read(by desk: AskingReader) throws -> AdverseService.Report {
        let person = try identifier.map { value in
            try desk.identifier(type: identifierType ?? "", authority: identifierAuthority ?? "", value: value)
        }
        return AdverseService.Report(
            grade, try KnownWord.value(kind, what: "kind of adverse event"), unit: try desk.unit(unit),
            values: try values.byField(of: AdverseWorkflow.self),
            patient: PatientDemographics(identifiers: [person].compactMap { $0 }, name: patientName),
            reporter: reporter ?? "", number: number ?? "")
    }
}
