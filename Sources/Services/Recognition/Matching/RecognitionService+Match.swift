import Effects
import Ledgers
import Regions
package import ServiceKit
import Wire

extension RecognitionService {
    /// Matches an order against what exists: at this node, its county, its city.
    ///
    /// Every hop audits the access statement before it answers. What is above and does not answer in time is named in
    /// the result; that is no error. The match is written down before it is answered: statistics count it, and a
    /// decision speaks of it. What is matched is an order, on which a treatment rests: one that has no number yet goes by
    /// the match's own.
    ///
    /// - Parameter person: the identifiers of the person that the asker knows.
    /// - Throws: `recognition.noItems`, `recognition.tooManyItems`, `recognition.noCatalogue`,
    ///   `recognition.otherUnit` where the ordering unit is not this node's; `access.incomplete`, `patientKey.noSecret`.
    package func match(
        _ order: MatchOrder, _ asking: Asking, about person: [PatientIdentifier]
    ) async throws -> RecognitionMatch {
        try order.check()
        let began = context.world.time.monotonicTime
        let configuration = context.region.current
        let receiver = try receiver(order.unit, in: configuration)
        guard !configuration.recognition.items.isEmpty else {
            throw Failure(
                "recognition.noCatalogue", "the region has no recognition catalogue",
                remedy: "add 'recognition:' to region.yaml and publish it with `yilian region publish`")
        }
        let rules = rulebook.current
        let (items, unknown) = order.resolved(rules, at: context.now)
        let id = context.world.identifier()
        var asking = asking
        asking.order = asking.order ?? order.anyNumber ?? id
        let statement = try context.sign(asking, about: person, question: MatchRequest.question)
        let answer = try await answers.match(
            MatchRequest(
                patientKeys: statement.statement.patientKeys, items: items.map(\.item.code), statement: statement),
            caller: nil)
        let findings = try findings(answer.found, on: statement)
        let found = findings.answer
        let certificates = try await certificates(ofIssuersIn: found.summaries, configuration)
        let matcher = RecognitionMatcher(
            rules: rules, configuration: configuration, tree: context.tree, certificates: certificates,
            receiver: receiver, now: context.now, person: marks(of: order.person),
            keys: Set(findings.statement.statement.patientKeys))
        let match = RecognitionMatch(
            id: id, receiver: receiver,
            items: items.map { matcher.match($0, among: found.summaries) }, unknown: unknown, asked: found.asked,
            unreached: found.unreached, isTruncated: found.isTruncated, madeAt: context.now,
            milliseconds: context.world.time.monotonicTime.milliseconds(since: began),
            statement: findings.statement)
        try await MatchWriter(context: context).write(match, order: order, answer: answer)
        return match
    }

    /// What somebody says of a person, as the header of a report about the person would have it.
    func marks(of person: PatientDemographics?) -> @Sendable (ReportFields) -> DemographicMarks {
        guard let sketch = person.map(DemographicSketch.init) else { return { _ in DemographicMarks() } }
        let keyring = context.patientKeys
        // Where this node has no secret of the report's epoch, nothing can be compared.
        return { (try? sketch.marks(of: $0.patientKeys, keyring)) ?? DemographicMarks() }
    }

    /// The unit of this node for which somebody asks.
    ///
    /// - Throws: `recognition.otherUnit`.
    func receiver(_ id: OrgUnitID, in configuration: RegionConfiguration) throws -> OrganizationUnit {
        let units = configuration.organizationUnits(at: context.node)
        guard let unit = units.first(where: { $0.id == id }) else {
            throw Failure(
                "recognition.otherUnit", "the unit '\(id)' does not belong to this node",
                remedy: "its units are: " + units.map(\.id.rawValue).joined(separator: ", "))
        }
        return unit
    }

    private func certificates(
        ofIssuersIn summaries: [ReportSummary], _ configuration: RegionConfiguration
    ) async throws -> [QualityCertificate] {
        let issuers = Set(
            summaries.filter { $0.fields.lines.contains { !$0.marks.isEmpty } }
                .compactMap { RecognitionMatcher.issuer(of: $0.fields, in: configuration)?.id })
        guard !issuers.isEmpty else { return [] }
        return try await context.ledger.read { sql in
            try issuers.sorted().flatMap { try CertificateTable.certificates(of: $0, in: sql) }
        }
    }
}

extension RecognitionService.Answers {
    /// Headers of a person's results that hold one of some items, here and above.
    ///
    /// The audit record is written while the nodes above are asked; nothing is answered before it is durable.
    ///
    /// - Parameter caller: the neighbour; `nil` for somebody at this node.
    func match(_ request: MatchRequest, caller: NodeID?) async throws -> MatchAnswer {
        let ticket = try await admit(
            request.statement, MatchRequest.question, covers: request.patientKeys, caller: caller)
        let (now, rules) = (context.now, rulebook.current)
        var answer = try await context.ledger.read { sql in
            try CandidateSearch(rules: rules, now: now).answer(request, node: context.node, in: sql)
        }
        let count = answer.found.summaries.count
        let record = AuditRecord(request.statement, caller: caller, answered: count)
        async let audited: Void = context.audit.recordOnce(record)
        if let parent = context.parent, context.tier == .township || context.tier == .county, caller != parent {
            var further = request
            further.budgetMilliseconds =
                min(request.budgetMilliseconds, Limits.matchMilliseconds) - Limits.matchHopMilliseconds
            let above = await ask(parent, further, for: further.budgetMilliseconds)
            await merge(above.map(\.found), parent: parent, into: &answer.found)
            answer.count((try? above.get())?.existing ?? [])
        }
        answer.found.keepOnePerson(askedFor: request.patientKeys)
        answer.found.summaries = CandidateSearch.limited(answer.found.summaries, items: request.items)
        if answer.found.knowsNobody, answer.existing.isEmpty { context.missed(ticket) }
        try await audited
        return answer
    }

    /// What the parent answers, or why it does not: it refuses, cannot be reached, or is late.
    private func ask(
        _ parent: NodeID, _ request: MatchRequest, for milliseconds: Int64
    ) async -> Result<MatchAnswer, any Error> {
        let late = Failure("call.deadlineExceeded", "the node above did not answer in time")
        guard milliseconds > 0 else { return .failure(late) }
        return await withTaskGroup(of: Result<MatchAnswer, any Error>.self) { group in
            group.addTask {
                do { return .success(try await context.recognition(at: parent).match(request)) } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await context.world.time.sleep(milliseconds: milliseconds)
                return .failure(late)
            }
            let first = await group.next() ?? .failure(late)
            group.cancelAll()
            return first
        }
    }
}
