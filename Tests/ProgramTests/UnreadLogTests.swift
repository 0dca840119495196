import AsyncHTTPClient
import Console
import Effects
import Foundation
import Testing
import YilianTestKit

/// A node whose standard error goes into a pipe of 4 KiB that nobody reads.
@Suite struct UnreadLogTests {
    private static let lines = 300
    private static let pipeBytes: Int32 = 4_096
    /// `F_SETPIPE_SZ` of Linux.
    private static let setPipeSize: Int32 = 1_031

    /// Starts a node, lets it write a line for each of 300 orders of its operator, and gives what it wrote once `end` has
    /// told it to end.
    private func unread(
        _ body: (NodeAddresses) async throws -> Void, end: Int32
    ) async throws -> (log: [String], process: Process) {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        // A crash report would be written where the log goes, and is not what this is about.
        let started = try BuiltProgram.start(
            ["SWIFT_BACKTRACE=enable=no", try BuiltProgram.path(), "node", "start", "--config", "diaodu.yaml"],
            in: region.folder, program: "/usr/bin/env")
        defer { if started.process.isRunning { started.process.terminate() } }
        let reading = started.errors.fileHandleForReading.fileDescriptor
        try #require(fcntl(reading, Self.setPipeSize, Self.pipeBytes) >= 0)
        let addresses = try await region.addresses(of: "diaodu", process: started.process)
        try await ConsoleClient.with(.socket(path: addresses.socket)) { client in
            for _ in 0..<Self.lines {
                let answer = try await client.ask(NodeEndpoints.setLogLevel, .init(level: "info"))
                #expect(answer.level == "info")
            }
        }
        try await body(addresses)
        #expect(kill(addresses.processID, end) == 0)
        let log = try await ThreadWorker(name: "test.log").run {
            let data = started.errors.fileHandleForReading.readDataToEndOfFile()
            started.process.waitUntilExit()
            return String(decoding: data, as: UTF8.self)
        }
        return (log.split(separator: "\n").map(String.init), started.process)
    }

    private static func changes(_ log: [String]) -> Int {
        log.count { $0.contains("the level of the log was changed") && $0.hasSuffix("}") }
    }

    @Test(.timeLimit(.minutes(2))) func aNodeWhoseLogNobodyReadsAnswersAndEnds() async throws {
        let ended = try await unread(
            { addresses in
                for path in ["healthz", "readyz", "metrics"] {
                    let request = HTTPClientRequest(url: "http://\(addresses.health)/\(path)")
                    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
                    #expect(response.status == .ok, "\(path)")
                }
            }, end: SIGTERM)
        #expect(Self.changes(ended.log) == Self.lines, "all of it waited in the node")
        #expect(ended.log.last?.contains("the node has stopped") == true)
        #expect(ended.process.terminationStatus == 0)
    }

    @Test(.timeLimit(.minutes(2))) func theLastLinesOfAnAbortAreThere() async throws {
        let ended = try await unread({ _ in }, end: SIGABRT)
        #expect(Self.changes(ended.log) == Self.lines, "\(ended.log.suffix(2))")
        #expect(ended.process.terminationReason == .uncaughtSignal && ended.process.terminationStatus == SIGABRT)
    }

    @Test(.timeLimit(.minutes(2))) func aNodeEndsThoughNobodyEverReads() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let started = try BuiltProgram.start(["node", "start", "--config", "diaodu.yaml"], in: region.folder)
        defer { if started.process.isRunning { started.process.terminate() } }
        let reading = started.errors.fileHandleForReading.fileDescriptor
        try #require(fcntl(reading, Self.setPipeSize, Self.pipeBytes) >= 0)
        let addresses = try await region.addresses(of: "diaodu", process: started.process)
        try await ConsoleClient.with(.socket(path: addresses.socket)) { client in
            for _ in 0..<Self.lines {
                _ = try await client.ask(NodeEndpoints.setLogLevel, .init(level: "info"))
            }
        }
        started.process.terminate()
        try await ThreadWorker(name: "test.log").run { started.process.waitUntilExit() }
        #expect(started.process.terminationStatus == 0)
    }
}
