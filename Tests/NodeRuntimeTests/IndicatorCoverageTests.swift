import Indicators
import NodeRuntime
import ServiceKit
import Testing

@Suite("What is counted and what is summed") struct IndicatorCoverageTests {
    @Test("services count for exactly the indicators that are defined, and nothing is counted that nobody sums")
    func bothWays() {
        let counted = Set(ServiceList.all.flatMap { $0.facts }.flatMap(\.indicators))
        #expect(counted == Set(IndicatorDefinition.computed.map(\.id)))
        #expect(IndicatorDefinition.computed.count == counted.count)
    }
}
