import Effects
import Hummingbird
import Ledgers
import NodeRuntime
import Recognition
import RecognitionEdge
import Regions
import ServiceKit

extension OperatorAPI {
    /// Matches, decisions, alerts, certificates and the monthly table.
    func addRecognition(to routes: Routes) {
        addMatching(to: routes)
        addCertificates(to: routes)
        addSheets(to: routes)
    }

    private func addMatching(to routes: Routes) {
        routes.post("recognition/match") { request, _ in
            let question = try await request.json(MatchRecordQuestion.self)
            let desk = AccessDesk(setup: setup)
            let inquiry = try desk.inquiry(question.question)
            let order = MatchOrder(
                number: question.orderNumber, unit: try OrgUnitID(try desk.unit(question.question.unit)),
                codes: question.codes.map { .init(code: $0) })
            return try ConsoleAnswer.json(MatchInfo(try await service().match(order, inquiry)))
        }
        routes.post("recognition/decisions") { request, _ in
            let entry = try await request.json(DecisionEntry.self)
            let decision = try entry.order.request(practitioner: entry.practitioner)
            return try ConsoleAnswer.json(DecisionInfo(try await service().decide(decision)))
        }
        routes.get("recognition/decisions") { request, _ in
            let limit = try request.number("limit").map { Int(clamping: $0) }
            return try ConsoleAnswer.json(
                try await service().decisions(limit: limit ?? Limits.queryResults).map(DecisionRecordInfo.init))
        }
        routes.get("recognition/alerts") { _, _ in
            try ConsoleAnswer.json(try await service().alerts().map(AlertInfo.init))
        }
        routes.post("recognition/alerts/acknowledge") { request, _ in
            let entry = try await request.json(AcknowledgementEntry.self)
            try await service().acknowledge(
                try EntryID(entry.current), unit: try AccessDesk(setup: setup).unit(entry.unit),
                practitioner: entry.practitioner)
            return try ConsoleAnswer.json(["acknowledged": entry.current])
        }
        routes.get("recognition/break-glass") { request, _ in
            let days = Int64(clamping: try request.number("days") ?? 90)
            let since = setup.now.advanced(byMilliseconds: -min(days, 3_660) * 86_400_000)
            return try ConsoleAnswer.json(
                try await service().breakGlassOpenings(since: since).map {
                    BreakGlassInfo(
                        time: $0.time.chinaText, unit: $0.unit, issuer: $0.issuer, entry: $0.id.description,
                        report: $0.report.description)
                })
        }
    }

    private func addCertificates(to routes: Routes) {
        routes.get("recognition/certificates") { _, _ in
            let now = setup.now
            return try ConsoleAnswer.json(
                try await service().certificates().map { CertificateInfo($0, now: now) })
        }
        routes.post("recognition/certificates") { request, _ in
            var outcomes: [CertificateOutcome] = []
            // All of them are read before the first one is published.
            let certificates = try await request.json([CertificateInfo].self).map { try $0.certificate() }
            for certificate in certificates {
                let (entry, version) = try await service().certify(certificate)
                outcomes.append(
                    CertificateOutcome(number: certificate.number, version: version, isRepetition: entry == nil))
            }
            return try ConsoleAnswer.json(outcomes)
        }
    }

    private func addSheets(to routes: Routes) {
        routes.get("recognition/sheet") { request, _ in try ConsoleAnswer.json(try await sheet(request)) }
        routes.get("recognition/sheet.csv") { request, _ in
            ConsoleAnswer.text(SheetCSV.text(try await sheet(request)), type: "text/csv; charset=utf-8")
        }
        routes.get("recognition/sheet.html") { request, _ in
            let rules = setup.region.recognition
            let names = SheetNames(
                items: Dictionary(rules.items.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 }),
                reasons: Dictionary(rules.reasons.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 }))
            return ConsoleAnswer.text(
                SheetPage.html(try await sheet(request), names: names), type: "text/html; charset=utf-8")
        }
    }

    private func sheet(_ request: Request) async throws -> SheetInfo {
        let period =
            try request.parameter("period").map { try ReportingPeriod($0) }
            ?? ReportingPeriod(.month, containing: setup.now)
        return SheetInfo(try await service().sheet(period))
    }

    private func service() throws -> RecognitionService { try setup.node.service(RecognitionService.self) }
}
