import Console
import Demo
import Effects
import Foundation
import Synchronization
import Testing

extension ClusterTests {
    @Suite(
        "A disk that fails under a running node", .serialized,
        .enabled(if: Strace.obstacle == nil, Comment(rawValue: Strace.obstacle ?? "")),
        .region(RegionPlan(nodes: ["diaodu", "yangquan-shi", "pingding"])))
    struct DiskFailureTests {
        private static let victim = "pingding"
        private static let log = "ledger.db-wal"
        private static let database = "ledger.db"

        /// `EX_IOERR`.
        private static let storageExitCode: Int32 = 74

        @Test("a failed fsync of a commit stops the node, and its report is not acknowledged")
        func commit() async throws {
            let cluster = try Cluster.current
            let hospital = Hospital(cluster)
            let messages = Array(cluster.nextDay().messages(for: Self.victim).filter { $0.format == .hl7 }.prefix(12))
            try await hospital.send(Array(messages.dropLast()))
            // Once all of it has arrived, the node has nothing to commit until the next report comes.
            try await Arrival(cluster: cluster, hospital: hospital).check()
            let node = try cluster.stage.node(Self.victim)
            let tracer = try await Strace.attach(
                to: node, failing: ["fsync", "fdatasync"], with: "EIO", on: [Self.log], cluster: cluster)
            let last = try #require(messages.last)
            let answers = Mutex<[String]>([])
            #expect(node.process.isRunning)
            await #expect(throws: (any Error).self) {
                try await Hospital.sender(to: node).send([last.bytes]) { _, code in
                    answers.withLock { $0.append(code) }
                }
            }
            #expect(answers.withLock { $0 } == [], "no answer of any kind")
            try await expectLastWords(of: node, after: tracer, cluster)

            try await cluster.stage.yilian(["ledger", "verify", "--data", node.dataFolder])
            try await cluster.stage.restart(Self.victim)
            try await hospital.send([last])
            try await Arrival(cluster: cluster, hospital: hospital).check()
        }

        @Test("a failed fsync of a checkpoint stops the node, and everything acknowledged is in its log")
        func checkpoint() async throws {
            let cluster = try Cluster.current
            let hospital = Hospital(cluster)
            let messages = cluster.nextDay().messages(for: Self.victim).prefix(300).map { $0 }
            let node = try cluster.stage.node(Self.victim)
            let tracer = try await Strace.attach(
                to: node, failing: ["fsync", "fdatasync"], with: "EIO", on: [Self.database], cluster: cluster)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await hospital.send(messages) }
                try await expectLastWords(of: node, after: tracer, cluster)
                #expect(hospital.answered < messages.count, "the import was under way")
                #expect(hospital.acknowledged.count > 0)
                try await cluster.stage.yilian(["ledger", "verify", "--data", node.dataFolder])
                try await cluster.stage.restart(Self.victim)
                try await group.waitForAll()
            }
            try await Arrival(cluster: cluster, hospital: hospital).check()
        }

        @Test("a full disk refuses reports, says why, and takes them when there is room again")
        func full() async throws {
            let cluster = try Cluster.current
            let hospital = Hospital(cluster)
            let messages = Array(cluster.nextDay().messages(for: Self.victim).filter { $0.format == .hl7 }.prefix(12))
            try await hospital.send(Array(messages.prefix(6)))
            let node = try cluster.stage.node(Self.victim)
            let tracer = try await Strace.attach(
                to: node, failing: ["pwrite64", "write", "pwritev", "writev"], with: "ENOSPC",
                on: [Self.log, Self.database], cluster: cluster)
            let answers = Mutex<[String]>([])
            let rest = Array(messages.dropFirst(6))
            try await Hospital.sender(to: node).send(rest.map(\.bytes)) { _, code in
                answers.withLock { $0.append(code) }
            }
            #expect(answers.withLock { $0 } == rest.map { _ in "AE" }, "refused, to be sent again")
            #expect(try tracer.injected >= rest.count)
            try await tracer.detach()
            #expect(node.process.isRunning)
            #expect(try !cluster.log(of: Self.victim).lines.filter { $0["code"] == "storage.full" }.isEmpty)
            try await hospital.send(rest)
            try await Arrival(cluster: cluster, hospital: hospital).check()
            try await cluster.stop(Self.victim)
            try await cluster.stage.yilian(["ledger", "verify", "--data", node.dataFolder])
            try await cluster.stage.restart(Self.victim)
            try await Arrival(cluster: cluster, hospital: hospital).check()
        }

        /// The node ends by itself, with the exit code and the last line that its operator is promised.
        private func expectLastWords(of node: DemoNode, after tracer: Strace, _ cluster: Cluster) async throws {
            try await cluster.wait(for: "the node's end", seconds: 30) { !node.process.isRunning }
            #expect(try await node.process.wait() == Self.storageExitCode)
            try await tracer.detach()
            #expect(try tracer.injected > 0)
            let log = try cluster.world.disk.readText(node.dataFolder + "/node.log", limitBytes: Limits.importFileBytes)
            let last = log.split(separator: "\n").last ?? ""
            for words in [
                "yilian: the node stops at once, nothing more is acknowledged", "[storage.broken]",
                "yilian ledger verify",
            ] {
                #expect(last.contains(words), "\(last)")
            }
            let lines = try cluster.log(of: node.id).lines("the node stops at once", ["code": "storage.broken"])
            #expect(!lines.isEmpty)
        }
    }
}
