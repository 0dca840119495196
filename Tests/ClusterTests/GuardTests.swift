import Demo
import Testing

extension ClusterTests {
    /// Tests that leave the region working, also where they change its configuration.
    @Suite(
        "What is refused, and what goes on", .serialized,
        .region(
            RegionPlan(nodes: ["diaodu", "yangquan-shi", "pingding", "yuxian", "jucheng", "zhangzhuang", "xiyan"])))
    struct GuardTests {
        /// What an intruder must not disturb: the links of the others, and a result's way.
        static func undisturbed(_ body: (Cluster) async throws -> Void) async throws {
            let cluster = try Cluster.current
            try await cluster.wait(for: "the links") {
                let jucheng = try await cluster.areLinked("jucheng", "pingding")
                return try await cluster.areLinked("zhangzhuang", "pingding") && jucheng
            }
            let since = try await cluster.peer("jucheng", of: "pingding")?.since
            try await body(cluster)
            #expect(try await cluster.peer("jucheng", of: "pingding")?.since == since, "the link lived on")
            try await works(cluster, from: "zhangzhuang")
        }

        /// A new result of a node is found at the city.
        static func works(_ cluster: Cluster, from node: String) async throws {
            let hospital = Hospital(cluster)
            try await hospital.send(Array(cluster.nextDay().messages(for: node).prefix(1)))
            #expect(hospital.refused == [])
            let patient = try #require(hospital.acknowledged.first?.identityNumber)
            try await cluster.wait(for: "a result of \(node) at the city") {
                try await cluster.results(of: patient, at: "yangquan-shi").contains { $0.entry.hasPrefix(node + "/") }
            }
        }
    }
}
