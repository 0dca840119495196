import Calls
import Effects
import Ledgers
import Regions
import ServiceKit
import Storage
import Wire

extension RecognitionService {
    /// How questions are answered, for somebody at this node and for neighbours alike.
    ///
    /// Every answer is written to the audit ledger before it is given. A node answers what it knows and asks its
    /// parent for the rest, up to the city; nobody relays a question further than to its own neighbour.
    struct Answers: Sendable {
        let context: NodeContext
        let rulebook: RecognitionRulebook

        /// - Parameter caller: the neighbour; `nil` for somebody at this node.
        func find(_ request: FindRequest, caller: NodeID?) async throws -> FindAnswer {
            let ticket = try await admit(
                request.statement, FindRequest.question, covers: request.patientKeys, caller: caller)
            let limit = min(max(1, request.limit), Limits.queryResults)
            let (found, equivalents) = try await context.ledger.read { sql in
                let equivalents = try ReportTable.equivalents(of: request.patientKeys, in: sql)
                let results = try ReportTable.results(of: equivalents.keys, limit: limit + 1, in: sql)
                return (results.compactMap(\.summary), equivalents)
            }
            var answer = FindAnswer(
                summaries: found, asked: [context.node], person: PersonKeys(equivalents))
            if let parent = context.parent, context.tier == .township || context.tier == .county, caller != parent {
                await merge(await above(parent, request), parent: parent, into: &answer)
            }
            answer.keepOnePerson(askedFor: request.patientKeys)
            // What came from above is merged into what is here: the newest of both stay.
            answer.summaries.sort { ($0.authorTime, $0.entry) > ($1.authorTime, $1.entry) }
            if answer.summaries.count > limit {
                answer.summaries.removeLast(answer.summaries.count - limit)
                answer.isTruncated = true
            }
            if answer.knowsNobody { context.missed(ticket) }
            try await context.audit.recordOnce(
                AuditRecord(request.statement, caller: caller, answered: answer.summaries.count))
            return answer
        }

        func fetch(_ request: FetchRequest, caller: NodeID?) async throws -> FetchAnswer {
            let (version, next, ticket) = try await self.version(
                of: request.entry, FetchRequest.question(request.entry), request.statement, caller)
            if version?.hasPayload == true {
                try await context.audit.recordOnce(AuditRecord(request.statement, caller: caller, answered: 1))
                return FetchAnswer(
                    excerpt: try await context.ledger.excerpt(of: request.entry), servedBy: context.node)
            }
            guard let next else {
                context.missed(ticket)
                try await context.audit.record(AuditRecord(request.statement, caller: caller, outcome: .notFound))
                throw Failure(
                    "recognition.notFound", "the result does not lie here, nor on the way to its author",
                    place: request.entry.description)
            }
            try await context.audit.recordOnce(AuditRecord(request.statement, caller: caller, outcome: .forwarded))
            return try await context.recognition(at: next).fetch(request)
        }

        /// Checks whether somebody may open a result, and looks whether it is known here.
        ///
        /// - Returns: what the index knows of it, the next node on the way to its author, and what the question was
        ///   charged.
        func version(
            of entry: EntryID, _ question: String, _ statement: SignedAccessStatement, _ caller: NodeID?
        ) async throws -> (version: ReportTable.Version?, next: NodeID?, ticket: AccessMeter.Ticket) {
            let keys = statement.statement.patientKeys
            let ticket = try await admit(statement, question, covers: keys, caller: caller)
            let next = context.tree.nextHop(from: context.node, to: entry.author)
            guard caller == nil || next != caller else {
                throw Failure(
                    "access.wrongWay", "this node does not lie between the asker and the result's author",
                    place: entry.description)
            }
            let (version, isCovered) = try await context.ledger.read { sql in
                let version = try ReportTable.version(of: entry, in: sql)
                return (version, try version.map { try Self.covers(keys, $0, in: sql) } ?? false)
            }
            guard version == nil || isCovered else {
                context.missed(ticket)
                try await context.audit.record(AuditRecord(statement, caller: caller, outcome: .refused))
                throw Failure(
                    "access.otherPatient", "the access statement is about another patient than this result",
                    remedy: "find the patient's results first and open one of them")
            }
            return (version, next, ticket)
        }

        static let versionsQuestion = "recognition.versions"

        /// Every version of every result of a person that this node's own index knows, for somebody at this node.
        func versions(_ statement: SignedAccessStatement, limit: Int) async throws -> FindAnswer {
            let keys = statement.statement.patientKeys
            let ticket = try await admit(statement, Self.versionsQuestion, covers: keys, caller: nil)
            let limit = min(max(1, limit), Limits.queryResults)
            let (results, equivalents) = try await context.ledger.read { sql in
                let equivalents = try ReportTable.equivalents(of: keys, in: sql)
                return (try ReportTable.results(of: equivalents.keys, limit: limit + 1, in: sql), equivalents)
            }
            let answer = FindAnswer(
                summaries: results.prefix(limit).flatMap(\.summaries), asked: [context.node],
                isTruncated: results.count > limit, person: PersonKeys(equivalents))
            if answer.knowsNobody { context.missed(ticket) }
            try await context.audit.recordOnce(AuditRecord(statement, answered: answer.summaries.count))
            return answer
        }

        /// Whether a statement about some keys is about the patient of a report: it names one of the report's keys, or
        /// one that this node knows to be the same person's.
        private static func covers(
            _ keys: [PatientKeyReference], _ version: ReportTable.Version, in sql: any SQLTransaction
        ) throws -> Bool {
            let named = Set(version.fields.patientKeys)
            if !named.isDisjoint(with: keys) { return true }
            return try !named.isDisjoint(with: ReportTable.equivalents(of: keys, in: sql).keys)
        }

        private func above(_ parent: NodeID, _ request: FindRequest) async -> Result<FindAnswer, any Error> {
            do { return .success(try await context.recognition(at: parent).find(request)) } catch {
                return .failure(error)
            }
        }

        /// Adds what the parent answered, or why it did not: a refusal is told as that, never as a broken link.
        func merge(
            _ result: Result<FindAnswer, any Error>, parent: NodeID, into answer: inout FindAnswer
        ) async {
            let above: FindAnswer
            do { above = try result.get() } catch {
                answer.unreached.append(.init(node: parent, error, since: context.linkDownSince(parent)))
                return
            }
            answer.asked += above.asked
            answer.unreached += above.unreached
            answer.isTruncated = answer.isTruncated || above.isTruncated
            answer.person.merge(above.person)
            for summary in above.summaries {
                let known = answer.summaries.firstIndex { $0.fields.reportKey == summary.fields.reportKey }
                guard let known else {
                    answer.summaries.append(summary)
                    continue
                }
                if VersionOrder.isNewer(summary, than: answer.summaries[known]) { answer.summaries[known] = summary }
            }
        }

        /// Lets in who may ask, and charges the question.
        func admit(
            _ signed: SignedAccessStatement, _ question: String, covers keys: [PatientKeyReference], caller: NodeID?
        ) async throws -> AccessMeter.Ticket {
            try signed.check(keys: context.region, purposes: context.purposes, now: context.now)
            try signed.check(answers: question, from: caller, at: context.node, in: context.tree)
            guard Set(keys).isSubset(of: Set(signed.statement.patientKeys)), !keys.isEmpty else {
                throw Failure("access.otherPatient", "the access statement is about another patient than the question")
            }
            return try await context.admit(signed, caller: caller)
        }
    }
}

extension NodeContext {
    func recognition(at node: NodeID) throws -> any RecognitionCalls {
        try DeskInterface.recognition.at(node, system)
    }
}
