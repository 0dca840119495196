import Effects
import Ledgers
import Recognition
import ServiceKit
import Testing
import YilianTestKit

@testable import Console

@Suite("What an auditor finds about openings without consent", .serialized)
struct AuditReviewTests {
    private static let patient = PatientIdentifier(type: "MR", authority: "TEST", value: "R-471300")

    /// Somebody at a node looks a person up without consent, for a reason.
    private static func look(_ node: TestNode, _ practitioner: String = "dr-li", reason: String = "昏迷，无法取得同意")
        async throws
    {
        let unit = try AskingReader(node.node.context).unit(nil)
        _ = try await node.node.service(RecognitionService.self).find(
            Asking(
                practitioner: practitioner, organizationUnit: unit, purpose: .emergency, breakGlassReason: reason),
            about: [patient])
    }

    private static func book(_ node: TestNode) async throws -> AuditOpenings {
        AuditOpenings(setup: try await OperatedNode.setup(node))
    }

    private static func order(
        _ opening: OpeningInfo, _ finding: AuditReview.Finding = .justified, words: String = "有抢救记录",
        by reviewer: String = "shen", practitioner: String? = nil
    ) -> AuditEndpoints.Review {
        .init(
            opening: opening.opening, finding: finding, words: words, reviewer: reviewer, practitioner: practitioner)
    }

    @Test("an opening waits, a finding covers it, and what comes after waits anew")
    func course() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng")
            let book = try await Self.book(node)
            #expect(try await book.listing(.init()).openings.isEmpty)
            try await Self.look(node)
            var listing = try await book.listing(.init(isWaiting: true))
            let opening = try #require(listing.openings.first)
            #expect(listing.waiting == 1 && listing.waitingSince == opening.firstAt)
            #expect(opening.practitioner == "dr-li" && opening.reason == "昏迷，无法取得同意" && opening.node == "jucheng")
            let done = try await book.review(Self.order(opening))
            #expect(!done.isRepetition)
            listing = try await book.listing(.init())
            #expect(listing.waiting == 0 && listing.openings.count == 1)
            let review = try #require(listing.openings.first?.reviews.first)
            #expect(review.reviewer == "shen" && review.finding == .justified && review.words == "有抢救记录")
            #expect(review.entry == done.entry)
            #expect(try await book.listing(.init(isWaiting: true)).openings.isEmpty)
            // The same again is no second record; another word stands beside the first.
            #expect(try await book.review(Self.order(opening)).isRepetition)
            #expect(!(try await book.review(Self.order(opening, .unjustified, words: "没有记录", by: "ji")).isRepetition))
            let both = try await book.listing(.init()).openings.first?.reviews ?? []
            #expect(both.map(\.reviewer) == ["shen", "ji"])
            try await Self.look(node)
            #expect(try await book.listing(.init()).waiting == 1, "another opening is not covered")
        }
    }

    @Test("it is an audit record, seen by whoever asks who looked at the person, and by whoever opened")
    func seen() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng")
            let setup = try await OperatedNode.setup(node)
            try await Self.look(node)
            let book = AuditOpenings(setup: setup)
            let opening = try #require(try await book.listing(.init()).openings.first)
            _ = try await book.review(Self.order(opening, .unjustified, words: "查的是邻居"))
            let search = AuditSearch(setup: setup)
            let person = IdentifierInfo(type: "MR", authority: "TEST", value: Self.patient.value)
            let looks = try await search.records(AuditFilter(patient: person, asker: "shen")).records
            #expect(Set(looks.map(\.action)) == ["recognition.find", AuditReview.action])
            #expect(looks.first { $0.action == "recognition.find" }?.review?.finding == .unjustified)
            let own = try await search.own(.init(practitioner: "dr-li"))
            #expect(own.records.map(\.action) == ["recognition.find"])
            #expect(own.records.first?.review?.words == "查的是邻居")
            #expect(try await search.own(.init(practitioner: "dr-wang")).records.isEmpty)
            #expect(try await search.own(.init(practitioner: "dr-li", unit: "elsewhere")).records.isEmpty)
        }
    }

    @Test("nobody reviews the own opening, what is none, or without words")
    func refused() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng")
            let book = try await Self.book(node)
            try await Self.look(node)
            let opening = try #require(try await book.listing(.init()).openings.first)
            for order in [Self.order(opening, by: "dr-li"), Self.order(opening, practitioner: "dr-li")] {
                await #expect(throws: Failure("audit.ownOpening", "")) { try await book.review(order) }
            }
            for words in ["", " ", "a\nb", String(repeating: "字", count: 121)] {
                await #expect(throws: Failure("audit.reviewWords", "")) {
                    try await book.review(Self.order(opening, words: words))
                }
            }
            var other = opening
            other.opening = "jucheng/9/clinical/0/0"
            await #expect(throws: Failure("audit.noOpening", "")) { try await book.review(Self.order(other)) }
            #expect(try await book.listing(.init()).waiting == 1)
        }
    }

    @Test("what a neighbour brings says the same words and is no finding")
    func forged() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("pingding")
            let book = try await Self.book(node)
            try await Self.look(node)
            let opening = try #require(try await book.listing(.init()).openings.first)
            let review = try AuditReview(try EntryID(opening.opening), .justified, words: "没有问题")
            let neighbour = try region.node("jucheng").node.context
            let statement = try neighbour.sign(
                Asking(
                    practitioner: "dr-li", organizationUnit: try AskingReader(neighbour).unit(nil),
                    purpose: .qualityReview, order: "R-1"), about: [Self.patient], question: review.question)
            try await node.node.context.audit.record(AuditRecord(statement, caller: neighbour.node, answered: 1))
            try await node.node.context.audit.record(AuditRecord(statement, answered: 1))
            #expect(try await book.listing(.init()).waiting == 1)
            #expect(try await book.listing(.init()).openings.first?.reviews.isEmpty == true)
        }
    }

    @Test("the words of a finding come back as they were written", arguments: ["有抢救记录", "a b  c", "justified x y"])
    func words(_ text: String) throws {
        let review = try AuditReview(try EntryID("jucheng/0/clinical/0/0"), .unjustified, words: text)
        #expect(AuditReview(question: review.question) == review)
        #expect(AuditReview(question: "recognition.fetch jucheng/0/clinical/0/0") == nil)
    }
}
