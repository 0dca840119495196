import Demo
import Effects
import Foundation
import Testing
import YilianTestKit

extension ClusterTests {
    @Suite("The demo as a program", .serialized)
    struct DemoProgramTests {
        private let world = World.system

        /// A demo that runs, and the folder in which its region lies.
        private struct Running {
            var process: ChildProcess
            var folder: String
            var output: String
        }

        private func start(_ arguments: [String]) async throws -> Running {
            let output = "/tmp/yilian-demo-test-\(world.identifier().suffix(10).lowercased())"
            let process = try ChildProcess(
                executable: try BuiltProgram.path(),
                arguments: ["demo", "--json", "--nodes", BuiltProgram.checkout + "/Nodes/demo"] + arguments,
                outputPath: output + ".out", errorPath: output + ".err")
            let deadline = world.time.monotonicTime.advanced(byMilliseconds: 60_000)
            while true {
                if let folder = ProcessTable.nodes(of: process.processID).first?.dataFolder {
                    let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
                    return Running(process: process, folder: parent, output: output)
                }
                guard process.isRunning, world.time.monotonicTime < deadline else {
                    throw Failure("test.noNodes", "the demo started no node", place: output + ".err")
                }
                try await world.time.sleep(milliseconds: 20)
            }
        }

        /// Waits for the end and looks at what is left behind.
        private func end(_ demo: Running) async throws -> (code: Int32, output: String) {
            let code = try await demo.process.wait()
            let text = try world.disk.readText(demo.output + ".out")
            try world.disk.remove(demo.output + ".out")
            try world.disk.remove(demo.output + ".err")
            #expect(ProcessTable.processes(naming: demo.folder) == [], "no process is left")
            #expect(!world.disk.exists(demo.folder), "the folder is gone")
            return (code, text)
        }

        private struct Outcome: Decodable {
            struct Doctor: Decodable {
                var found: Bool
                var verified: Bool
            }

            struct Consultation: Decodable {
                var state: String
                var attempts: Int
                var refusedClaimToldWho: Bool?
            }

            struct Referral: Decodable {
                var state: String
                var home: String
                var term: Int
                var events: Int
            }

            struct Indicator: Decodable {
                var indicator: String
                var unit: String
                var numerator: Int64
                var denominator: Int64
                var missing: [String]
            }

            var accepted: Int
            var atCounty: Int
            var atCity: Int
            var refused: Int
            var bytesRaw: Int
            var bytesCompressed: Int
            var doctor: Doctor
            var consultations: [Consultation]
            var referral: Referral
            var indicators: [Indicator]
        }

        @Test("the whole show ends with one line of JSON that adds up, and leaves nothing behind")
        func show() async throws {
            let demo = try await start(["--exit", "--day", "2"])
            let (code, text) = try await end(demo)
            #expect(code == 0)
            let lines = text.split(separator: "\n")
            #expect(lines.count == 1)
            let outcome = try JSONDecoder().decode(Outcome.self, from: Data(try #require(lines.first).utf8))
            #expect(outcome.accepted > 50)
            #expect(outcome.accepted == outcome.atCounty && outcome.accepted == outcome.atCity)
            #expect(outcome.refused == 0)
            #expect(outcome.bytesCompressed < outcome.bytesRaw)
            #expect(outcome.doctor.found && outcome.doctor.verified)
            #expect(outcome.consultations.map(\.state) == ["acknowledged", "reported"])
            #expect(outcome.consultations.map(\.attempts) == [1, 2])
            #expect(outcome.consultations.first?.refusedClaimToldWho == true)
            #expect(outcome.referral.state == "closed" && outcome.referral.home == "zhangzhuang")
            // It was handed over with acceptance, arrival and the way down.
            #expect(outcome.referral.term == 4 && outcome.referral.events == 9)
            #expect(Set(outcome.indicators.map(\.indicator)).count == 3)
            #expect(Set(outcome.indicators.map(\.unit)).count == 7)
            #expect(outcome.indicators.allSatisfy { $0.missing.isEmpty })
            let diagnoses = outcome.indicators.first {
                $0.unit == "yangquan-shi" && $0.indicator == "remote-diagnoses-reported"
            }
            #expect(diagnoses?.numerator == 2)
        }

        @Test("Ctrl-C in the middle of the show ends every process and leaves nothing behind")
        func interrupted() async throws {
            let demo = try await start(["--day", "5"])
            let deadline = world.time.monotonicTime.advanced(byMilliseconds: 60_000)
            while ProcessTable.nodes(of: demo.process.processID).count < 8, world.time.monotonicTime < deadline {
                try await world.time.sleep(milliseconds: 50)
            }
            #expect(demo.process.isRunning && ProcessTable.nodes(of: demo.process.processID).count == 8)
            demo.process.signal(2)
            let (_, text) = try await end(demo)
            #expect(text == "", "the show was not over")
        }

        @Test("a demo that is killed takes its nodes with it")
        func killed() async throws {
            let demo = try await start(["--day", "0"])
            demo.process.signal(9)
            #expect(try await demo.process.wait() == 128 + 9)
            let deadline = world.time.monotonicTime.advanced(byMilliseconds: 30_000)
            while !ProcessTable.processes(naming: demo.folder).isEmpty, world.time.monotonicTime < deadline {
                try await world.time.sleep(milliseconds: 50)
            }
            #expect(ProcessTable.processes(naming: demo.folder) == [])
            for path in [demo.folder, demo.output + ".out", demo.output + ".err"] { try? world.disk.remove(path) }
        }
    }
}
