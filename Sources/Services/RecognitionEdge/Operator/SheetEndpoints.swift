import Effects
import Recognition
import Regions
package import ServiceKit

/// What an operator asks of quality certificates and of the monthly table.
package enum SheetEndpoints: EndpointSet {
    /// Which period is meant; this month where none is named.
    package struct PeriodQuestion: Codable, Sendable, Equatable {
        package var period: String?

        package init(period: String? = nil) { self.period = period }
    }

    package static let certificates = Endpoint<NoQuestion, [CertificateInfo]>(
        .get, "recognition/certificates", summary: "The quality certificates that this node knows.", question: .none,
        answer: .json)

    package static let certify = Endpoint<[CertificateInfo], [CertificateOutcome]>(
        .post, "recognition/certificates", summary: "Publishes quality certificates from the dispatcher.",
        question: .json, answer: .json, failures: [.forbidden])

    package static let sheet = Endpoint<PeriodQuestion, SheetInfo>(
        .get, "recognition/sheet", summary: "The statistics of a period.", question: .query, answer: .json)

    package static let sheetCSV = Endpoint<PeriodQuestion, String>(
        .get, "recognition/sheet.csv", summary: "The statistics of a period as a table for spreadsheets.",
        question: .query, answer: .text("text/csv; charset=utf-8"))

    package static let sheetPage = Endpoint<PeriodQuestion, String>(
        .get, "recognition/sheet.html", summary: "The statistics of a period as a page.", question: .query,
        answer: .text("text/html; charset=utf-8"))

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(RecognitionService.self)
        let context = node.context
        @Sendable func sheet(_ question: PeriodQuestion) async throws -> SheetInfo {
            let period =
                try question.period.map { try ReportingPeriod($0) }
                ?? ReportingPeriod(.month, containing: context.now)
            return SheetInfo(try await service.sheet(period))
        }
        return [
            certificates.serve { _ in
                let now = context.now
                return try await service.certificates().map { CertificateInfo($0, now: now) }
            },
            certify.serve { infos in
                // All of them are read before the first one is published.
                let certificates = try infos.map { try $0.certificate() }
                var outcomes: [CertificateOutcome] = []
                for certificate in certificates {
                    let (entry, version) = try await service.certify(certificate)
                    outcomes.append(
                        CertificateOutcome(number: certificate.number, version: version, isRepetition: entry == nil))
                }
                return outcomes
            },
            Self.sheet.serve(sheet),
            sheetCSV.serve { SheetCSV.text(try await sheet($0)) },
            sheetPage.serve { question in
                let rules = context.region.current.recognition
                let names = SheetNames(
                    items: Dictionary(rules.items.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 }),
                    reasons: Dictionary(rules.reasons.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 }))
                return SheetPage.html(try await sheet(question), names: names)
            },
        ]
    }
}
