import NodeRuntime
import ServiceKit
import Testing
import YilianTestKit

@Suite("What is counted and what is summed") struct IndicatorCoverageTests {
    @Test("what services count for is defined once, and is what a node sums and what its files may name")
    func defined() async throws {
        let declared = ServiceList.all.flatMap { $0.facts }.flatMap(\.definitions)
        let definitions = [IndicatorDefinition](of: ServiceList.all)
        #expect(Set(declared.map(\.id)).count == definitions.count && definitions.count >= 7)
        #expect(declared.allSatisfy { definitions.contains($0) }, "one id is defined in two ways")
        #expect(ServiceList.sections.indicatorIDs == definitions.map(\.id))
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng").node
            #expect(node.context.definitions == definitions)
        }
    }
}
