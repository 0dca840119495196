import Console
import Demo
import Testing

extension ClusterTests {
    @Suite(
        "Killed processes lose nothing that was acknowledged", .serialized,
        .region(RegionPlan(nodes: ["diaodu", "yangquan-shi", "pingding", "jucheng", "zhangzhuang"])))
    struct OutageTests {
        /// What the hospital of the county and two townships send in one test.
        private func messages(_ cluster: Cluster, perNode count: Int = 30) -> [GeneratedMessage] {
            let day = cluster.nextDay()
            return ["pingding", "jucheng", "zhangzhuang"].flatMap { day.messages(for: $0).prefix(count) }
        }

        @Test("kill -9 in the middle of an import", arguments: ["pingding", "jucheng", "yangquan-shi", "diaodu"])
        func killed(victim: String) async throws {
            let cluster = try Cluster.current
            let hospital = Hospital(cluster)
            let messages = messages(cluster)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await hospital.send(messages) }
                try await hospital.wait(forAnswers: messages.count / 3)
                try await cluster.kill(victim)
                #expect(hospital.answered < messages.count, "the import was under way")
                try await cluster.stage.restart(victim)
                try await group.waitForAll()
            }
            if ["pingding", "jucheng"].contains(victim) {
                #expect(hospital.brokenConnections > 0, "its systems had to send again")
            }
            try await Arrival(cluster: cluster, hospital: hospital).check()
        }

        @Test("a county that is down for the whole import")
        func countyDown() async throws {
            let cluster = try Cluster.current
            let hospital = Hospital(cluster)
            let messages = messages(cluster).filter { $0.node != "pingding" }
            let before = try await cluster.versions(of: "jucheng", at: "yangquan-shi")
            try await cluster.kill("pingding")
            try await hospital.send(messages)
            #expect(hospital.brokenConnections == 0, "a township goes on without its county")
            let waiting = try await cluster.ask("jucheng", QueueEndpoints.list)
            #expect(waiting.contains { $0.neighbour == "pingding" && $0.reason.hasPrefix("no link") })
            #expect(try await cluster.versions(of: "jucheng", at: "yangquan-shi") == before)
            try await cluster.stage.restart("pingding")
            try await Arrival(cluster: cluster, hospital: hospital).check()
        }
    }
}
