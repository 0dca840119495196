import Demo
import Effects
import Testing

extension ClusterTests {
    @Suite(
        "Power cuts and kills, again and again", .serialized,
        .region(RegionPlan(nodes: ["diaodu", "yangquan-shi", "pingding", "jucheng"])))
    struct PowerCutTests {
        private static let hospitals = ["pingding", "jucheng"]
        private static let cuts = 3
        /// `EX_IOERR`, or killed.
        private static let endings: Set<Int32> = [74, 128 + 9]

        /// What the hospitals of county and township send in one round; their order numbers come up once.
        private func messages(_ day: WorkingDay, round: Int, perNode count: Int) -> [GeneratedMessage] {
            Self.hospitals.flatMap { day.messages(for: $0).dropFirst(round * count).prefix(count) }
        }

        /// Sends a round and lets `fault` happen in the middle of it.
        private func send(
            _ messages: [GeneratedMessage], _ hospital: Hospital, during fault: () async throws -> Void
        ) async throws {
            let before = hospital.answered
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await hospital.send(messages) }
                try await hospital.wait(forAnswers: before + messages.count / 3)
                try await fault()
                try await group.waitForAll()
            }
        }

        @Test(
            "everything acknowledged before a power cut is there after it, and its ledger verifies",
            .enabled(if: LoopDisk.obstacle == nil, Comment(rawValue: LoopDisk.obstacle ?? "")),
            arguments: ["pingding", "jucheng"])
        func powerCut(victim: String) async throws {
            let cluster = try Cluster.current
            let hospital = Hospital(cluster)
            let day = cluster.nextDay()
            let folder = try cluster.stage.node(victim).dataFolder
            try await cluster.stop(victim)
            let disk = try await LoopDisk.mount(over: folder, cluster: cluster)
            do {
                try await cluster.stage.restart(victim)
                for round in 0..<Self.cuts {
                    let messages = messages(day, round: round, perNode: 40)
                    let before = hospital.answered
                    try await send(messages, hospital) {
                        let lost = try disk.cutPower()
                        #expect(hospital.answered < before + messages.count, "reports were on their way")
                        let process = try cluster.stage.node(victim).process
                        process.signal(9)
                        #expect(Self.endings.contains(try await process.wait()))
                        try await disk.restorePower(without: lost)
                        try await cluster.stage.yilian(["ledger", "verify", "--data", folder])
                        try await cluster.stage.restart(victim)
                    }
                }
                try await Arrival(cluster: cluster, hospital: hospital).check()
                try await cluster.stop(victim)
            } catch {
                // The tests after this one want the node: what it has is brought back as far as the disk gives it.
                try? await cluster.stop(victim)
                do { try await disk.leave() } catch { try? await disk.unplug() }
                try? await cluster.stage.restart(victim)
                throw error
            }
            // The folder as it was before the disk came does not come back: that would be a restored backup.
            try await disk.leave()
            try await cluster.stage.restart(victim)
        }

        @Test("a node that a test left stopped, or killed, runs before the next test")
        func whole() async throws {
            let cluster = try Cluster.current
            try await cluster.stop("jucheng")
            try await cluster.kill("pingding")
            try await cluster.makeWhole()
            for id in cluster.nodeIDs { #expect(try cluster.stage.node(id).process.isRunning, "\(id)") }
        }

        @Test("eight kills in a run with traffic: everything acknowledged exists exactly once at county and city")
        func kills() async throws {
            let cluster = try Cluster.current
            let hospital = Hospital(cluster)
            let day = cluster.nextDay()
            let victims = [
                "jucheng", "pingding", "jucheng", "yangquan-shi", "pingding", "jucheng", "pingding", "jucheng",
            ]
            for (round, victim) in victims.enumerated() {
                try await send(messages(day, round: round, perNode: 20), hospital) {
                    try await cluster.kill(victim)
                    try await cluster.stage.restart(victim)
                }
            }
            #expect(hospital.acknowledged.count >= victims.count * 20)
            try await Arrival(cluster: cluster, hospital: hospital).check()
        }
    }
}
