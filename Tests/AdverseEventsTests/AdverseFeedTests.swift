import AdverseEvents
import Effects
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// A work list, and what changes in it.
@Suite("A work list is followed from where somebody left", .serialized)
struct AdverseFeedTests {
    private func stream(
        at node: TestNode, after id: String? = nil
    ) async throws -> @Sendable () async throws -> [EventFeed.Event] {
        let endpoint = try #require(
            try AdverseEndpoints.endpoints(of: node.node).first { $0.description.path == "adverse-events/work/events" })
        let query = id.map { [EndpointRequest.Parameter(name: "after", value: $0)] } ?? []
        let response = try await endpoint.respond(EndpointRequest(query: query))
        #expect(response.contentType == EventFeed.contentType)
        let following = try #require(response.following)
        return {
            var reader = EventFeed.Reader()
            let text = String(decoding: try await following(), as: UTF8.self)
            return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { reader.take(String($0)) }
        }
    }

    private func info(_ event: EventFeed.Event) throws -> CaseInfo {
        try OperatorJSON.value(CaseInfo.self, from: Array(event.data.utf8), place: nil)
    }

    @Test func `it begins with what is due next, goes on with what changes, and tells nothing twice`() async throws {
        try await AdverseRegion.run { region in
            let clinic = try region.adverse("jucheng")
            let node = try region.node("jucheng")
            let late = try await clinic.report(AdverseRegion.report("level-4")).id
            try await region.act("jucheng", "qc-unit", .accepted, late, ["harm": "none"])
            try await region.act("jucheng", "qc-unit", .analysed, late, ["factor": "people", "causes": "疲劳"])
            let day = region.clock.time.wallTime.advanced(byMilliseconds: 90 * 86_400_000)
            try await region.act("jucheng", "qc-unit", .planned, late, ["measures": "排班"], day: day)
            let soon = try await clinic.report(AdverseRegion.report()).id
            let next = try await stream(at: node)
            let listed = try await next()
            #expect(listed.map(\.name) == ["case", "case", "listed"])
            #expect(try listed.prefix(2).map { try info($0).id } == [soon.description, late.description])
            let cursor = try #require(listed.last?.id)
            let work = try await clinic.context.ledger.read { try CaseWork<AdverseWorkflow>.next(limit: 1, in: $0) }
            #expect(work.map(\.id) == [soon])

            try await region.act("jucheng", "qc-unit", .dismissed, soon, ["why": "duplicate"])
            let changed = try await next()
            #expect(try changed.map { try info($0).state } == ["dismissed"], "who follows learns that it is over")
            let last = try #require(changed.last?.id)
            // Who lost the stream goes on where they were: neither a gap nor a repetition.
            #expect(try await stream(at: node, after: cursor)() == changed)
            try await region.act("jucheng", "qc-unit", .closed, late, ["effect": "有效"])
            #expect(try await stream(at: node, after: last)().compactMap { try info($0).id } == [late.description])
            #expect(try await stream(at: node)().map(\.name) == ["listed"])
            // A position that this store never had: the node was restored meanwhile.
            let ahead = "\(try #require(Int64(last)) + 1_000)"
            #expect(try await stream(at: node, after: ahead)().map(\.name) == ["listed"])
            let wrong = await code { _ = try await stream(at: node, after: "x") }
            #expect(wrong == "console.badRequest")
        }
    }
}
