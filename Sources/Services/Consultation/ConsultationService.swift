package import Calls
import Effects
package import Ledgers
package import Regions
package import ServiceKit

/// Remote diagnosis at one node: makes requests, claims and reports on them, shows what became of them, and watches
/// their deadlines where the node is a home or the dispatcher.
package struct ConsultationService: NodeService {
    package static let serviceName = "consultation"
    package static let regionSections: [any RegionSection.Type] = [ConsultationSection.self]
    package static let nodeSections: [any NodeFileSection.Type] = [ExpertsHere.self]
    package static let projections: [any Projection] = [ConsultationProjection()]

    /// Counted at the home, once per attempt that was reported: the diagnosis, and how long it took from the request.
    package static let facts = [
        FactRule(kind: .consultationReported, countsFor: ["remote-diagnoses-reported", "turnaround"]) { entry in
            let fields = try ConsultationFields(bytes: entry.fields)
            guard fields.reportVersion == 1 else { return [] }
            let milliseconds = entry.authorTime.milliseconds(since: fields.terms.requestedTime)
            return [
                IndicatorFact(
                    indicator: "remote-diagnoses-reported", time: entry.authorTime, numerator: 1, denominator: 1),
                IndicatorFact(
                    indicator: "turnaround", time: entry.authorTime, numerator: max(0, milliseconds), denominator: 1),
            ]
        }
    ]

    package static let methods = [
        Method(
            200, .consultation, "command", lane: .clinical, callers: [.parent, .child], samples: sampleCommand
        ) { desk, command in
            try await desk.command(command)
        }.short()
    ]

    private static let sampleCommand = ConsultationCommand(
        request: ConsultationID(requester: sampleNode, serial: "0"), attempt: 1, home: sampleNode, actor: "expert",
        origin: sampleNode, action: .claim)

    private static var sampleNode: NodeID {
        guard let node = NodeID(rawValue: "sample") else { preconditionFailure("'sample' has the form of a node id") }
        return node
    }

    package let context: NodeContext
    private let counter: CommandCounter
    private let desk: ConsultationDesk

    package init(_ context: NodeContext) async throws {
        self.context = context
        counter = CommandCounter(context: context)
        desk = ConsultationDesk(counter: counter, actorSystem: context.system)
    }

    /// Watches deadlines until the task is cancelled.
    package func run() async throws {
        try await ConsultationWatch(context: context).run()
    }

    /// Claims a request for an expert; at most one claim succeeds in each attempt.
    ///
    /// - Parameters:
    ///   - attempt: the number; the newest where none is given.
    ///   - seen: the request as whoever decides saw it, where nothing is to be done if it has changed since.
    /// - Throws: `consultation.alreadyClaimed`, which says by whom and since when; `.notAnExpert`, `.tooLate`,
    ///   `.wrongState`, `.changed`; `call.…` where the home cannot be reached.
    package func claim(
        _ request: ConsultationID, attempt: Int? = nil, expert: String, seen: ConsultationRecord? = nil
    ) async throws -> ConsultationReceipt {
        try checkWorksHere(expert)
        return try await perform(.claim, on: request, actor: expert, seen: seen) { $0.attempt(attempt) }
    }

    /// Reports on a request that the expert has claimed; the same text again is no new version.
    ///
    /// - Parameter seen: as for a claim.
    /// - Throws: `consultation.notTheClaimant`, `.emptyReport`, `.tooLarge`, `.changed`.
    package func report(
        _ request: ConsultationID, attempt: Int? = nil, expert: String, text: ConsultationReportText,
        seen: ConsultationRecord? = nil
    ) async throws -> ConsultationReceipt {
        try checkWorksHere(expert)
        return try await perform(.report(text), on: request, actor: expert, seen: seen) { record in
            if attempt == nil, let claimed = record.attempts.last(where: { $0.claimant == expert }) { return claimed }
            return record.attempt(attempt)
        }
    }

    /// Takes note of a report at the requester's node.
    ///
    /// - Parameters:
    ///   - attempt: the number; where none is given, the newest reported attempt that nobody took note of.
    ///   - seen: as for a claim.
    /// - Throws: `consultation.notTheRequester`, `.wrongState` where nothing is reported, `.changed`;
    ///   `access.notRegistered`.
    package func acknowledge(
        _ request: ConsultationID, attempt: Int? = nil, practitioner: String, seen: ConsultationRecord? = nil
    ) async throws -> ConsultationReceipt {
        try context.check(practitioner: practitioner, of: "", at: context.node)
        return try await perform(.acknowledge, on: request, actor: practitioner, seen: seen) { record in
            if attempt != nil { return record.attempt(attempt) }
            return record.attempts.last { $0.state == .reported } ?? record.attempts.last(where: \.isReported)
                ?? record.attempts.last
        }
    }

    /// Requests that concern this node, newest first.
    package func list(_ filter: ConsultationFilter = ConsultationFilter()) async throws -> [ConsultationRecord] {
        try await context.ledger.read { sql in try ConsultationTable.newest(filter, in: sql) }
    }

    /// A request and what became of it, as far as this node knows; headers only, nothing of the patient.
    ///
    /// - Throws: `consultation.unknownRequest`.
    package func show(_ request: ConsultationID) async throws -> ConsultationRecord {
        guard let record = try await context.ledger.read({ try ConsultationTable.record(request, in: $0) }) else {
            throw Self.unknown(request)
        }
        return record
    }

    /// The experts of this node as whom a unit's system may act.
    package func experts(of unit: String) -> Set<String> {
        let here = context.region.current.rosters.flatMap(\.experts).filter { $0.node == context.node }.map(\.id)
        return Set(
            here.filter { expert in
                do { try check(expert: expert, of: unit) } catch { return false }
                return true
            })
    }

    /// Checks that a unit's system may act as an expert of this node.
    ///
    /// The roster says in which unit the expert works. Where it does not, the expert stands in the region's register of the
    /// unit; where the region keeps no register, the unit answers for its own.
    ///
    /// - Throws: `consultation.notAnExpert`, `access.notRegistered`.
    package func check(expert: String, of unit: String) throws {
        try checkWorksHere(expert)
        let entered = context.region.current.rosters.flatMap(\.experts).first { $0.id == expert }
        guard let own = entered?.unit else {
            return try context.check(practitioner: expert, of: unit, at: context.node)
        }
        guard context.region.deliveries.unit(named: unit) == own else {
            throw Failure(
                "consultation.notAnExpert", "the expert works at unit '\(own)'",
                remedy: "act as an expert of the unit's own, or correct 'unit' in the rosters of region.yaml")
        }
    }

    /// Whether somebody may act as this expert at this node: its rosters place the expert here, and the node's file
    /// does not leave the expert out.
    private func checkWorksHere(_ expert: String) throws {
        let isOnRoster = context.region.current.rosters.flatMap(\.experts).contains {
            $0.id == expert && $0.node == context.node
        }
        guard isOnRoster else {
            throw Failure(
                "consultation.notAnExpert", "no roster of the region has such an expert at \(context.node)",
                remedy: "act as an expert of the rosters, at the node where the expert works")
        }
        guard context.settings.section(ExpertsHere.self).experts?.contains(expert) ?? true else {
            throw Failure(
                "consultation.notAnExpert", "the file of \(context.node) does not name this expert",
                remedy: "add the expert's id to 'experts' in the node's file and start the node again")
        }
    }

    private func perform(
        _ action: ConsultationCommand.Action, on request: ConsultationID, actor: String, seen: ConsultationRecord?,
        choose: (ConsultationRecord) -> ConsultationAttempt?
    ) async throws -> ConsultationReceipt {
        let record = if let seen { seen } else { try await show(request) }
        guard let attempt = choose(record) else {
            throw Failure(
                "consultation.notOffered", "no home has taken the request on yet",
                remedy: "wait a moment; `yilian queue why` says what does not arrive")
        }
        let command = ConsultationCommand(
            request: request, attempt: attempt.number, home: attempt.home, actor: actor, origin: context.node,
            action: action, seen: seen == nil ? nil : attempt.last?.entry)
        try command.check()
        return try await counter.perform(try command.withSignature(of: context), caller: nil)
    }

    static func unknown(_ request: ConsultationID) -> Failure {
        Failure(
            "consultation.unknownRequest", "this node knows no request \(request)",
            remedy: "look at what it knows with `yilian consult list`")
    }
}
