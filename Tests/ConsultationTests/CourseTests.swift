import Effects
import Ledgers
import Regions
import Testing

@testable import Consultation

/// A request's course through the region, deadlines included.
struct CourseTests {
    @Test func `a request is offered, claimed, reported and acknowledged inside the county`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            #expect(try await region.service("hill").show(id).state == .requested)
            try await region.settle()
            let offered = try await region.service("hill").show(id)
            #expect(offered.state == .offered)
            #expect(offered.attempts.map(\.home.rawValue) == ["east"])
            #expect(offered.attempts.first?.offeredTo == ["ecg-li", "ecg-zhao"])

            let claim = try await region.service("east").claim(id, expert: "ecg-li")
            #expect(claim.state == .claimed && !claim.isDuplicate)
            let file = try await region.service("east").read(
                id, by: "ecg-li", of: "unit")
            #expect(file.content?.patient.name == Samples.patientName)
            #expect(file.content?.attachments.first?.bytes.count == 2_000)
            _ = try await region.service("east").report(id, expert: "ecg-li", text: Samples.report)
            try await region.settle()

            let shown = try await region.service("hill").read(
                id, by: "D-102", of: "hill-wsy")
            #expect(shown.record.state == .reported)
            #expect(shown.reports.map(\.report.text) == [Samples.report])
            #expect(shown.reports.first?.report.expertName == "专家ecg-li")
            let receipt = try await region.service("hill").acknowledge(id, practitioner: "D-102")
            #expect(receipt.state == .acknowledged)
            try await region.settle()
            for node in ["hill", "east", "city", "root"] {
                #expect(try await region.service(node).show(id).state == .acknowledged, "\(node)")
            }
        }
    }

    @Test func `what nobody claims by its deadline is escalated to the city`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            try await region.pass(seconds: SampleRegion.claimSeconds - 1)
            #expect(try await region.service("hill").show(id).attempts.map(\.state) == [.offered])
            try await region.pass(seconds: 1)
            let record = try await region.service("hill").show(id)
            #expect(record.attempts.map(\.state) == [.escalated, .offered])
            #expect(record.attempts.map(\.home.rawValue) == ["east", "city"])
            #expect(record.attempts.first?.escalationReason == .claimDeadline)
            #expect(record.attempts.last?.steps.first?.entry.author.rawValue == "root")

            _ = try await region.service("city").claim(id, expert: "ecg-chen")
            _ = try await region.service("city").report(id, expert: "ecg-chen", text: Samples.report)
            try await region.settle()
            let shown = try await region.service("hill").read(
                id, by: "D-102", of: "hill-wsy")
            #expect(shown.reports.map(\.attempt) == [2])
            #expect(shown.reports.first?.report.text == Samples.report)
        }
    }

    @Test func `a missed report deadline escalates, and a late report is kept beside the other`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            _ = try await region.service("east").claim(id, expert: "ecg-li")
            try await region.pass(seconds: SampleRegion.reportSeconds)
            let record = try await region.service("hill").show(id)
            #expect(record.attempts.map(\.state) == [.escalated, .offered])
            #expect(record.attempts.first?.escalationReason == .reportDeadline)
            _ = try await region.service("city").claim(id, expert: "ecg-chen")
            _ = try await region.service("city").report(id, expert: "ecg-chen", text: Samples.report)
            _ = try await region.service("east").report(id, expert: "ecg-li", text: Samples.otherReport)
            try await region.settle()
            let shown = try await region.service("hill").read(
                id, by: "D-102", of: "hill-wsy")
            #expect(shown.reports.map(\.report.text) == [Samples.otherReport, Samples.report])
            _ = try await region.service("hill").acknowledge(id, practitioner: "D-102")
            try await region.settle()
            #expect(try await region.service("hill").show(id).state == .reported)
            _ = try await region.service("hill").acknowledge(id, practitioner: "D-102")
            try await region.settle()
            #expect(try await region.service("hill").show(id).state == .acknowledged)
        }
    }

    @Test func `a home without an expert escalates at once`() async throws {
        let experts = SampleRegion.Experts(rosters: [("city", [("ecg-chen", "city")])])
        try await ConsultationRegion.run(experts: experts) { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            let record = try await region.service("hill").show(id)
            #expect(record.attempts.map(\.state) == [.escalated, .offered])
            #expect(record.attempts.first?.escalationReason == .noExpert)
        }
    }

    @Test func `a request for which the region has no expert stays open and is shown as unserved`() async throws {
        try await ConsultationRegion.run(experts: .elsewhere) { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            try await region.pass(seconds: 10_000)
            for node in ["hill", "east", "root"] {
                let record = try await region.service(node).show(id)
                #expect(record.isUnserved && record.isOpen, "\(node)")
                #expect(record.attempts.count == 1)
            }
        }
    }

    @Test func `after the city the next county with an expert gets the request and its expert may read it`()
        async throws
    {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            try await region.pass(seconds: SampleRegion.claimSeconds)
            try await region.pass(seconds: SampleRegion.claimSeconds)
            let record = try await region.service("hill").show(id)
            #expect(record.attempts.map(\.home.rawValue) == ["east", "city", "west"])
            #expect(record.attempts.map(\.state) == [.escalated, .escalated, .offered])
            // The expert works at a township of the other county: command and request cross the whole tree.
            #expect(try await region.service("moor").list().map(\.id) == [id])
            let early = await failure { _ = try await region.service("moor").read(id, by: "ecg-song", of: "unit") }
            #expect(early?.code == "consultation.notHere")
            _ = try await region.service("moor").claim(id, expert: "ecg-song")
            try await region.settle()
            #expect(
                try await region.service("moor").read(id, by: "ecg-song", of: "unit").content?.patient.name
                    == Samples.patientName)
            _ = try await region.service("moor").report(id, expert: "ecg-song", text: Samples.report)
            try await region.settle()
            let shown = try await region.service("hill").read(
                id, by: "D-102", of: "hill-wsy")
            #expect(shown.reports.map(\.report.expert) == ["ecg-song"])
            #expect(try await region.service("moor").show(id).attempts.last?.state == .reported)
        }
    }

    @Test func `an attempt that nobody claimed is withdrawn when a late report comes`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("hill").create(Samples.draft()).id
            try await region.settle()
            _ = try await region.service("east").claim(id, expert: "ecg-li")
            try await region.pass(seconds: SampleRegion.reportSeconds)
            _ = try await region.service("east").report(id, expert: "ecg-li", text: Samples.report)
            try await region.settle()
            let record = try await region.service("hill").show(id)
            #expect(record.attempts.map(\.state) == [.reported, .withdrawn])
            #expect(!record.isOpen)
        }
    }

    @Test func `a city's own request has the city as its home, and the dispatcher makes none`() async throws {
        try await ConsultationRegion.run { region in
            let id = try await region.service("city").create(Samples.draft()).id
            try await region.settle()
            #expect(try await region.service("city").show(id).attempts.map(\.home.rawValue) == ["city"])
            let refused = await failure { _ = try await region.service("root").create(Samples.draft()) }
            #expect(refused?.code == "consultation.noHome")
        }
    }
}
