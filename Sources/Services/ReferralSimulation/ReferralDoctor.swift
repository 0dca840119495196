import Effects
import Referral
import Regions
import ServiceKit
import Simulator
import WorkflowKit

/// A doctor who does about referrals whatever is to be done at their node: asks, answers, admits, hands back, sees again.
struct ReferralDoctor: Sendable {
    let node: SimulatedNode
    let shared: SharedSimulation
    let journal: ReferralJournal
    /// How many referrals they write.
    let count: Int

    private static let name = "D-4"
    /// How many referrals they look at in one round.
    private static let page = 20

    /// Writes referrals, each at its moment.
    func write() async throws {
        for (index, moment) in shared.moments(count).enumerated() {
            try await shared.wait(until: moment)
            try await refer(index + 1)
        }
    }

    private func refer(_ number: Int) async throws {
        let patient = Int(shared.random.number(below: UInt64(SimulatedRegion.patients)))
        let content = CaseContent(
            patient: PatientDemographics(
                identifiers: [.init(type: "MR", authority: "region", value: "P\(patient)")], name: "试\(patient)"),
            values: ["diagnosis": "胸痛", "summary": "两小时", "reason": "需介入"], orderNumber: "\(node.id)-r\(number)")
        let asking = Asking(
            practitioner: Self.name, organizationUnit: node.id.rawValue, purpose: .treatment, consent: "signed")
        // The same order names the same hospital, however often it is sent.
        let receiver = shared.choice(shared.nodes(.county)).map { ReferralReceiver(node: $0.id) }
        while true {
            do {
                let created = try await node.ask {
                    try await $0.service(ReferralService.self).write(
                        ReferralPlay.kind, content, asking, to: receiver)
                }
                if let created {
                    shared.note("referred \(created.id)")
                    journal.add(created.id)
                    return
                }
            } catch {
                shared.log.add("\(node.id) did not take a referral: \(error)")
            }
            try await shared.time.sleep(milliseconds: 5_000)
        }
    }

    /// Looks at what there is, again and again, as long as the simulation lasts.
    func work() async throws {
        while true {
            try await shared.time.sleep(milliseconds: 120_000 + Int64(shared.random.number(below: 240_000)))
            do {
                try await round()
            } catch let error as CancellationError {
                guard !Task.isCancelled else { throw error }
            } catch {
                shared.log.add("\(node.id) looked in vain for referrals: \(error)")
            }
        }
    }

    private func round() async throws {
        let records = try await node.ask { running in
            try await running.context.ledger.read { try CaseWork<ReferralWorkflow>.next(limit: Self.page, in: $0) }
        }
        if shared.random.number(below: 8) == 0 { try await openWhatIsOver() }
        for record in records ?? [] {
            guard let deed = deed(about: record) else { continue }
            do {
                _ = try await node.ask { try await $0.service(ReferralService.self).act(deed, on: record.id) }
            } catch let failure as Failure {
                shared.log.add("\(node.id) could not \(deed.event.rawValue) \(record.id): \(failure)")
            }
        }
    }

    /// Somebody is curious about a referral that is over, as their node says; where it was written they may be.
    private func openWhatIsOver() async throws {
        // A disk that is put back may have lost the end that was shown.
        let restores = node.restores
        let over = try await node.ask {
            try await $0.service(ReferralService.self).list(CaseFilter(state: .closed, limit: Self.page))
        }
        guard let record = shared.choice(over ?? []), record.id.origin != node.id else { return }
        let asking = Asking(practitioner: Self.name, organizationUnit: node.id.rawValue, purpose: .treatment)
        let file = try? await node.ask { try await $0.service(ReferralService.self).read(record.id, asking) }
        if let file, file.content != nil, node.restores == restores { journal.serve(record.id, at: node.id) }
    }

    /// What somebody here does about a referral next; `nil` where it is another's turn.
    private func deed(about record: ReferralRecord) -> ReferralService.Deed? {
        guard let course = record.attempts.last else { return nil }
        let isAsked = course.receiver?.node == node.id
        let isHome = course.home == node.id
        switch record.state {
        case .drafted, .declined:
            return isHome ? rerouted(record.state == .drafted ? .offered : .rerouted) : nil
        case .offered where isAsked: return answer(record.id)
        case .questioned where isHome: return .init(.answered, by: Self.name, values: ["text": "如上"])
        case .accepted where isAsked && comes(record.id): return .init(.arrived, by: Self.name)
        case .notArrived where isHome: return .init(.closed, by: Self.name)
        case .arrived where isHome: return .init(.admitted, by: Self.name)
        case .admitted where isHome:
            return .init(
                .discharged, by: Self.name, values: ["diagnosis": "胸痛", "plan": "随访"], day: shared.time.wallTime)
        case .discharged where isHome:
            return .init(.downOffered, by: Self.name, to: ReferralReceiver(node: record.id.origin))
        case .downOffered where isAsked: return .init(.downTaken, by: Self.name)
        case .downTaken where isHome && shared.random.number(below: 2) == 0, .lost where isHome:
            return .init(.followedUp, by: Self.name, values: ["text": "良好"])
        case .followedUp where isHome: return .init(.closed, by: Self.name)
        default: return nil
        }
    }

    /// A fourth of the patients come nowhere, whoever expects them: a clock alone ends what was accepted.
    private func comes(_ referral: ReferralID) -> Bool {
        referral.description.utf8.reduce(0) { $0 &+ UInt($1) } % 4 > 0
    }

    private func answer(_ referral: ReferralID) -> ReferralService.Deed {
        switch shared.random.number(below: 6) {
        case 0: .init(.declined, by: Self.name, values: ["why": "noBed"])
        case 1: .init(.questioned, by: Self.name, values: ["text": "肌钙蛋白？"])
        case 2 where comes(referral): .init(.arrived, by: Self.name)
        default: .init(.accepted, by: Self.name)
        }
    }

    private func rerouted(_ event: ReferralEvent) -> ReferralService.Deed? {
        shared.choice(shared.nodes(.county) + shared.nodes(.city)).map {
            .init(event, by: Self.name, to: ReferralReceiver(node: $0.id))
        }
    }
}
