import Effects
import Ledgers
package import Recognition
import Regions
package import ServiceKit

/// What an operator asks of mutual recognition: matches, decisions, alerts.
package enum RecognitionEndpoints: EndpointSet {
    /// How many decisions are listed.
    package struct ListQuestion: Codable, Sendable, Equatable {
        package var limit: UInt32?

        package init(limit: UInt32? = nil) { self.limit = limit }
    }

    /// How far back openings are listed; 90 days where nothing is said.
    package struct ReviewQuestion: Codable, Sendable, Equatable {
        package var days: UInt32?

        package init(days: UInt32? = nil) { self.days = days }
    }

    /// That somebody took note of an alert.
    package struct Acknowledged: Codable, Sendable, Equatable {
        /// The version that the alert was about.
        package var acknowledged: String
    }

    package static let match = Endpoint<MatchRecordQuestion, MatchInfo>(
        .post, "recognition/match", summary: "Which existing results might spare what is ordered, and why.",
        role: .practitioner { $0.question.practitioner }, audit: "recognition.match", question: .json, answer: .json,
        failures: [.forbidden, .absent])

    package static let terms = Endpoint<NoQuestion, RecognitionTermsInfo>(
        .get, "recognition/terms", summary: "What can be ordered and matched, and the reasons for repeating.",
        question: .none, answer: .json)

    package static let decide = Endpoint<DecisionEntry, DecisionInfo>(
        .post, "recognition/decisions",
        summary: "Writes down that a result is recognised, or why the examination is repeated.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json,
        failures: [.forbidden, .absent, .conflict, .tooLate])

    package static let decisions = Endpoint<ListQuestion, [DecisionRecordInfo]>(
        .get, "recognition/decisions", summary: "The decisions that this node knows, the newest first.",
        question: .query, answer: .json)

    package static let alerts = Endpoint<NoQuestion, [AlertInfo]>(
        .get, "recognition/alerts", summary: "Results that were opened or recognised here and have changed since.",
        question: .none, answer: .json)

    package static let acknowledge = Endpoint<AcknowledgementEntry, Acknowledged>(
        .post, "recognition/alerts/acknowledge", summary: "Takes note of an alert; it closes.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json, failures: [.absent])

    package static let breakGlass = Endpoint<ReviewQuestion, [BreakGlassInfo]>(
        .get, "recognition/break-glass", summary: "Openings without consent, for review.", question: .query,
        answer: .json)

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(RecognitionService.self)
        let access = AskingReader(node.context)
        return [
            match.serve { question in
                let order = MatchOrder(
                    number: question.orderNumber, unit: try OrgUnitID(try access.unit(question.question.unit)),
                    codes: question.codes.map { .init(code: $0) })
                return MatchInfo(
                    try await service.match(
                        order, try access.asking(question.question), about: [try access.identifier(question.question)]))
            },
            terms.serve { _ in RecognitionTermsInfo(service.rulebook.current.rules, now: node.context.now) },
            decide.serve { entry in
                DecisionInfo(try await service.decide(try entry.order.request(practitioner: entry.practitioner)))
            },
            decisions.serve { question in
                let limit = question.limit.map { Int($0) } ?? Limits.queryResults
                return try await service.decisions(limit: limit).map(DecisionRecordInfo.init)
            },
            alerts.serve { _ in try await service.alerts().map(AlertInfo.init) },
            acknowledge.serve { entry in
                try await service.acknowledge(
                    try EntryID(entry.current), unit: try access.unit(entry.unit), practitioner: entry.practitioner)
                return Acknowledged(acknowledged: entry.current)
            },
            breakGlass.serve { question in
                let days = Int64(min(question.days ?? 90, 3_660))
                let since = node.context.now.advanced(byMilliseconds: -days * 86_400_000)
                return try await service.breakGlassOpenings(since: since).map(BreakGlassInfo.init)
            },
        ]
    }
}

extension BreakGlassInfo {
    fileprivate init(_ opening: OpeningRecord) {
        self.init(
            time: opening.time.chinaText, unit: opening.unit, issuer: opening.issuer, entry: opening.id.description,
            report: opening.report.description)
    }
}

/// What a node's index of results holds, by author, and how long it took to get there.
package struct RecognitionFigures: Codable, Sendable, Equatable {
    package struct Author: Codable, Sendable, Equatable {
        package var author: String
        package var versions: Int
        package var results: Int
        package var void: Int
    }

    package struct Delay: Codable, Sendable, Equatable {
        package var count: Int
        package var p50Milliseconds: Int64
        package var p99Milliseconds: Int64
    }

    package var authors: [Author]
    /// From the author's disk to this node's, over what others wrote.
    package var delay: Delay?

    package init(_ statistics: RecognitionStatistics) {
        authors = statistics.authors.map {
            Author(author: $0.author.rawValue, versions: $0.versions, results: $0.results, void: $0.void)
        }
        delay = statistics.delayMilliseconds.map {
            Delay(count: $0.count, p50Milliseconds: $0.p50, p99Milliseconds: $0.p99)
        }
    }
}
