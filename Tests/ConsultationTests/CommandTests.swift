import Calls
import Effects
import Regions
import Testing

@testable import Consultation

/// Commands: who may, at most once, the same answer again.
struct CommandTests {
    @Test func `of 50 experts on two nodes one has the request and 49 are told who`() async throws {
        let experts = (1...50).map { (id: "ecg-\($0)", node: $0.isMultiple(of: 2) ? "east" : "lake") }
        try await ConsultationRegion.run(experts: .init(rosters: [("east", experts)])) { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            let results = await withTaskGroup(of: (String, Result<ConsultationReceipt, any Error>).self) { group in
                for expert in experts {
                    group.addTask {
                        do {
                            return (
                                expert.id, .success(try await region.service(expert.node).claim(id, expert: expert.id))
                            )
                        } catch {
                            return (expert.id, .failure(error))
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let winners = results.compactMap { try? $0.1.get() }
            #expect(winners.count == 1)
            let winner = try #require(winners.first).actor
            let since = region.time.wallTime.chinaText
            for (expert, result) in results where expert != winner {
                guard case .failure(let error) = result, let failure = error as? Failure else { continue }
                #expect(failure.code == "consultation.taken")
                #expect(failure.message.contains("claimed by \(winner)") && failure.message.contains(since))
            }
            #expect(results.count == 50)
        }
    }

    @Test func `the same command again gets the same answer`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            let lake = try region.service("lake")
            let first = try await lake.claim(id, expert: "ecg-zhao")
            let again = try await lake.claim(id, expert: "ecg-zhao")
            #expect(again.isDuplicate && again.entry == first.entry && again.time == first.time)
            let report = try await lake.report(id, attempt: 1, expert: "ecg-zhao", text: Samples.report)
            let same = try await lake.report(id, attempt: 1, expert: "ecg-zhao", text: Samples.report)
            #expect(same.isDuplicate && same.entry == report.entry && same.reportVersion == 1)
            let other = try await lake.report(id, attempt: 1, expert: "ecg-zhao", text: Samples.otherReport)
            #expect(!other.isDuplicate && other.reportVersion == 2)
            try await region.settle()
            let hill = try region.service("hill")
            let taken = try await hill.acknowledge(id, practitioner: "D-102")
            let takenAgain = try await hill.acknowledge(id, attempt: 1, practitioner: "D-102")
            #expect(takenAgain.isDuplicate && takenAgain.entry == taken.entry)
            let revised = try await lake.report(id, attempt: 1, expert: "ecg-zhao", text: Samples.report)
            #expect(revised.state == .reported && revised.reportVersion == 3)
            try await region.settle()
            #expect(try await hill.show(id).attempts.first?.reports.map(\.fields.reportVersion) == [1, 2, 3])
        }
    }

    @Test func `the same order makes one request, other content under its number is refused`() async throws {
        try await ConsultationRegion.run { region in
            let hill = try region.service("hill")
            let first = try await hill.create(Samples.draft(orderNumber: "A-1"))
            region.time.advance(milliseconds: 1_000)
            let again = try await hill.create(Samples.draft(orderNumber: "A-1"))
            #expect(!first.isDuplicate && again.isDuplicate && again.id == first.id)
            let refused = await failure {
                _ = try await hill.create(Samples.draft(orderNumber: "A-1", reason: "another question"))
            }
            #expect(refused?.code == "consultation.orderNumberUsed")
            #expect(try await hill.create(Samples.draft(orderNumber: "A-2")).id != first.id)
        }
    }

    @Test func `only an expert of the roster claims, at the node where the expert works`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            for (node, expert) in [("east", "nobody"), ("east", "ecg-chen"), ("east", "ecg-zhao"), ("hill", "ecg-li")] {
                let refused = await failure { _ = try await region.service(node).claim(id, expert: expert) }
                #expect(refused?.code == "consultation.notAnExpert", "\(expert) at \(node)")
            }
            #expect(try await region.service("east").show(id).state == .offered)
        }
    }

    @Test func `an expert whom the node's file leaves out neither claims nor reports there`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            try await region.stop("east")
            try await region.start("east", experts: [])
            let claim = await failure { _ = try await region.service("east").claim(id, expert: "ecg-li") }
            #expect(claim?.code == "consultation.notAnExpert")
            #expect(claim?.remedy?.contains("'experts'") == true)
            try await region.stop("east")
            try await region.start("east", experts: ["ecg-li"])
            _ = try await region.service("east").claim(id, expert: "ecg-li")
            try await region.stop("east")
            try await region.start("east", experts: [])
            let text = ConsultationReportText(findings: "窦性心律", conclusion: "正常")
            let report = await failure {
                _ = try await region.service("east").report(id, expert: "ecg-li", text: text)
            }
            #expect(report?.code == "consultation.notAnExpert")
        }
    }

    @Test func `only the claimant reports, only the requester acknowledges, nothing out of turn`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            let east = try region.service("east")
            try await region.deliver()
            let unoffered = await failure { _ = try await east.claim(id, expert: "ecg-li") }
            #expect(unoffered?.code == "consultation.notOffered")
            try await region.settle()
            let early = await failure { _ = try await east.report(id, expert: "ecg-li", text: Samples.report) }
            #expect(early?.code == "consultation.notTheHolder")
            _ = try await east.claim(id, expert: "ecg-li")
            let other = await failure {
                _ = try await region.service("lake").report(id, attempt: 1, expert: "ecg-zhao", text: Samples.report)
            }
            #expect(other?.code == "consultation.notTheHolder")
            let unread = await failure { _ = try await region.service("hill").acknowledge(id, practitioner: "D-102") }
            #expect(unread?.code == "consultation.wrongState")
            let empty = await failure {
                _ = try await east.report(id, expert: "ecg-li", text: .init(findings: "", conclusion: ""))
            }
            #expect(empty?.code == "consultation.badContent")
            _ = try await east.report(id, expert: "ecg-li", text: Samples.report)
            let foreign = await failure { _ = try await east.acknowledge(id, practitioner: "ecg-li") }
            #expect(foreign?.code == "consultation.notTheRequester")
        }
    }

    @Test func `a claim after the deadline is too late, even before the home has escalated`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            region.time.advance(milliseconds: Int64(SampleRegion.claimSeconds) * 1_000)
            let east = try region.service("east")
            let tooLate = await failure { _ = try await east.claim(id, expert: "ecg-li") }
            #expect(tooLate?.code == "consultation.tooLate")
            try await region.settle()
            let late = await failure { _ = try await east.claim(id, attempt: 1, expert: "ecg-li") }
            #expect(late?.code == "consultation.wrongState")
        }
    }

    @Test func `a command that says it comes from elsewhere is refused`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            // A township claims in the name of an expert who works at the county's node.
            let forged = ConsultationCommand(
                id: id, attempt: 1, home: try NodeID("east"), actor: "ecg-li", origin: try NodeID("east"),
                event: .claimed, role: .claimant)
            // So does the city in the name of the county's township, and of one that does not exist.
            var fromBelow = forged
            fromBelow.origin = try NodeID("lake")
            fromBelow.actor = "ecg-zhao"
            var fromNowhere = forged
            fromNowhere.origin = try NodeID("nowhere")
            for (sender, command) in [
                ("hill", forged), ("city", fromBelow), ("hill", fromNowhere), ("city", fromNowhere),
            ] {
                let system = try region[sender].context.system
                let refused = await failure {
                    _ = try await DeskInterface.consultation.at(command.home, system).command(command)
                }
                #expect(refused?.code == "consultation.notEntitled", "\(sender)")
            }
            #expect(try await region.service("east").show(id).state == .offered)
        }
    }

    private func refusal(_ service: ConsultationService, _ draft: ConsultationDraft) async -> Failure.Code? {
        await failure { _ = try await service.create(draft) }?.code
    }

    @Test func `a request must name a kind, a patient, and fit the limits`() async throws {
        try await ConsultationRegion.run { region in
            let hill = try region.service("hill")
            var draft = Samples.draft()
            draft.kind = "no-such-kind"
            #expect(await refusal(hill, draft) == "consultation.unknownKind")
            draft = Samples.draft()
            draft.asking.organizationUnit = ""
            #expect(await refusal(hill, draft) == "consultation.noUnit")
            draft = Samples.draft()
            draft.content.patient.identifiers = []
            #expect(await refusal(hill, draft) == "consultation.noPatient")
            draft = Samples.draft()
            draft.content.attachments = [
                .init(
                    contentType: "application/pdf", title: "",
                    bytes: Array(repeating: 0, count: Limits.entryAttachmentBytes + 1))
            ]
            #expect(await refusal(hill, draft) == "consultation.tooLarge")
            draft = Samples.draft()
            draft.asking.consent = nil
            #expect(await refusal(hill, draft) == "access.incomplete")
            draft.asking.breakGlassReason = "unconscious"
            #expect(try await hill.create(draft).isDuplicate == false)
        }
    }
}
