import AsyncHTTPClient
import Console
import Effects
import Foundation
import Testing
import YilianTestKit

/// A node that the operating system lets have 64 open files, with strangers at every listener.
@Suite struct DescriptorTests {
    private static let files = 64
    private static let strangers = 100

    @Test(.timeLimit(.minutes(2))) func healthAnswersAndTheLogHasFewLinesWhileDescriptorsRunOut() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let yaml = region.folder + "/shi.yaml"
        let mllp = "mllp: [{listen: \"127.0.0.1:0\", unit: shi-yy, clients: [127.0.0.0/8]}]\n"
        try SystemDisk().write(try SystemDisk().readText(yaml) + mllp, to: yaml)
        let command = "ulimit -n \(Self.files); exec \"$0\" node start --config shi.yaml"
        let started = try BuiltProgram.start(
            ["-c", command, try BuiltProgram.path()], in: region.folder, program: "/bin/sh")
        defer { if started.process.isRunning { started.process.terminate() } }
        let addresses = try await region.addresses(of: "shi", process: started.process)
        let listeners = [addresses.https, addresses.mllp.first?.address, addresses.link].compactMap { $0 }
        try #require(listeners.count == 3)
        var crowd = listeners.flatMap { address in (0..<Self.strangers).map { _ in Stranger(at: address) } }
        try await expectHealth(addresses)
        for stranger in crowd { stranger.leave() }
        _ = try await region.wait(for: "the end of the wave", ["node", "status", "--data", region.data("shi")]) {
            [0, 3].contains($0.status)
        }
        // Health has no others to make room for it: its own strangers leave it some, alone and with those of all doors.
        for places in [[addresses.health], listeners + [addresses.health]] {
            crowd = places.flatMap { address in (0..<Self.strangers).map { _ in Stranger(at: address) } }
            try await expectHealth(addresses)
            for stranger in crowd { stranger.leave() }
        }
        let status = try await region.wait(
            for: "the operator's socket", ["node", "status", "--data", region.data("shi")]
        ) { [0, 3].contains($0.status) }
        #expect(status.output.contains("shi"))
        let ended = try await BuiltProgram.terminate(started.process, errors: started.errors)
        #expect(ended.status == 0, "\(ended.errors.suffix(20_000))")
        let lines = ended.errors.split(separator: "\n").filter { $0.contains("refused") }
        #expect((1...20).contains(lines.count), "some \(crowd.count) strangers, and few lines: \(lines.count)")
    }

    private func expectHealth(_ addresses: NodeAddresses) async throws {
        for path in ["healthz", "readyz", "metrics"] {
            let client = HTTPClient(eventLoopGroupProvider: .singleton)
            let request = HTTPClientRequest(url: "http://\(addresses.health)/\(path)")
            do {
                let response = try await client.execute(request, timeout: .seconds(10))
                #expect(response.status == .ok, "\(path)")
            } catch {
                Issue.record("\(path): \(error)")
            }
            try await client.shutdown()
        }
    }

    /// A connection that is opened and says nothing.
    private struct Stranger {
        private let descriptor: Int32

        init(at address: String) {
            let parts = address.split(separator: ":")
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            var place = sockaddr_in()
            place.sin_family = sa_family_t(AF_INET)
            place.sin_port = (UInt16(parts.last ?? "") ?? 0).bigEndian
            place.sin_addr.s_addr = inet_addr("127.0.0.1")
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            // Whoever is not let in yet waits in the system's queue.
            _ = withUnsafePointer(to: &place) { place in
                place.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
            }
        }

        func leave() { close(descriptor) }
    }
}
