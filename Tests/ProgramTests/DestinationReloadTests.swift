import AsyncHTTPClient
import Console
import Effects
import Foundation
import NIOCore
import ServiceKit
import Testing
import YilianTestKit

@Suite("A running node takes in what its file says of hospitals' systems") struct DestinationReloadTests {
    private static let experts = """
        rosters:
          - home: shi
            experts:
              - {id: ecg-li, name: 李志强, node: shi, specialties: [ecg]}
        serviceLevels:
          - {kind: ecg-emergency, name: 急诊心电诊断, specialty: ecg, claimSeconds: 900, reportSeconds: 900, graceSeconds: 60}

        """

    /// A hospital's system that takes HL7 v2 over TLS and keeps each message.
    private static let receiver = """
        import os, socket, ssl, sys
        sys.path.insert(0, sys.argv[1])
        import mllp
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("his.crt", "his.key")
        server = socket.create_server(("127.0.0.1", 0))
        with open("port.new", "w") as file:
            file.write(str(server.getsockname()[1]))
        os.rename("port.new", "port")
        while True:
            plain, _ = server.accept()
            try:
                with context.wrap_socket(plain, server_side=True) as stream:
                    for message in mllp.frames(stream):
                        with open(mllp.fields(message, "MSH")[0][10] + ".hl7", "w") as file:
                            file.write(message)
                        stream.sendall(mllp.START + mllp.acknowledgement(message, "AA").encode() + mllp.END)
            except OSError:
                continue

        """

    private let disk = SystemDisk()

    /// Makes a certificate for this machine that is its own authority.
    private func certificate(_ name: String, in folder: String) async throws {
        let made = try await BuiltProgram.run(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "\(name).key", "-out",
                "\(name).crt",
            ], in: folder, program: "/usr/bin/openssl")
        try #require(made.status == 0, "\(made.errors)")
    }

    /// Writes the node's file with a destination and lets the node read it.
    private func name(_ destination: String, _ region: TrialRegion, _ node: NodeAddresses, _ plain: String) throws {
        try disk.write(plain + "destinations:\n  - " + destination + "\n", to: region.folder + "/shi.yaml")
        #expect(kill(node.processID, SIGHUP) == 0)
    }

    private func report(_ region: TrialRegion) async throws {
        let data = region.data("shi")
        let created = try await region.yilian(
            "consult", "create", "--kind", "ecg-emergency", "--identifier", "R-1", "--type", "MR", "--issuer", "shi-yy",
            "--name", "张三", "--summary", "胸痛", "--reason", "请诊断", "--practitioner", "dr-wang", "--consent", "口头",
            "--data", data)
        try #require(created.status == 0, "\(created.errors)")
        let request = created.output.split(separator: "\n").first.map(String.init) ?? ""
        let claimed = try await region.wait(
            for: "the offer", ["consult", "claim", request, "--expert", "ecg-li", "--data", data]
        ) { $0.status == 0 }
        #expect(claimed.status == 0, "\(claimed.errors)")
        let reported = try await region.yilian(
            "consult", "report", request, "--expert", "ecg-li", "--findings", "窦性心律", "--data", data)
        #expect(reported.status == 0, "\(reported.errors)")
    }

    private func metrics(_ node: NodeAddresses) async throws -> String {
        let request = HTTPClientRequest(url: "http://\(node.health)/metrics")
        let body = try await HTTPClient.shared.execute(request, timeout: .seconds(10)).body
        return String(buffer: try await body.collect(upTo: 1 << 20))
    }

    @Test(
        "a new one, one that cannot be, and an authority that has changed, without a restart",
        .timeLimit(.minutes(3)))
    func reload() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        let (data, files) = (region.data("shi"), region.folder + "/his")
        try disk.write(
            try disk.readText(region.folder + "/region.yaml") + Self.experts, to: region.folder + "/region.yaml")
        try await region.issueAndPublish()
        try disk.createDirectory(files, mode: 0o700)
        for name in ["his", "other"] { try await certificate(name, in: files) }
        try disk.write(Self.receiver, to: files + "/receiver.py")
        let hospital = try BuiltProgram.start(
            ["-B", "receiver.py", BuiltProgram.checkout + "/docs/examples"], in: files, program: "/usr/bin/python3")
        defer { hospital.process.terminate() }
        for _ in 0..<200 where !disk.exists(files + "/port") { try await SystemTime().sleep(milliseconds: 50) }
        let port = try disk.readText(files + "/port")
        let plain = try disk.readText(region.folder + "/shi.yaml")
        try disk.write(try disk.read(files + "/other.crt"), to: data + "/his.pem", mode: 0o600)
        let way = "wants: [reports], mllp: {address: \"127.0.0.1:\(port)\", authority: his.pem}}"
        let list = ["queue", "list", "--data", data, "--json"]
        func waiting(_ outcome: BuiltProgram.Outcome) -> QueueItemInfo? {
            (try? OperatorJSON.value([QueueItemInfo].self, from: Array(outcome.output.utf8), place: nil))?
                .first { $0.neighbour == "his" }
        }
        let (_, ended) = try await region.running("shi") { node in
            try name("{name: his, unit: shi-yy, " + way, region, node, plain)
            for _ in 0..<200 where try await !metrics(node).contains("{destination=\"his\"") {
                try await SystemTime().sleep(milliseconds: 50)
            }
            try await report(region)
            let kept = try await region.wait(for: "a message that waits", list) {
                waiting($0)?.reason.contains("not reached") == true
            }
            #expect(waiting(kept)?.entries == 1)
            // A unit that the region does not have: everything stays as it was.
            try name("{name: elsewhere, unit: nobody, " + way, region, node, plain + "log: {level: debug}\n")
            let level = try await region.wait(for: "the signal", ["log", "level", "--data", data]) {
                $0.output == "debug\n"
            }
            #expect(level.status == 0)
            #expect(
                waiting(try await BuiltProgram.run(list, in: region.folder))?.reason.contains("not reached") == true)
            try disk.write(try disk.read(files + "/his.crt"), to: data + "/his.pem", mode: 0o600)
            try name("{name: his, unit: shi-yy, " + way, region, node, plain)
            let sent = try await region.wait(for: "the report", list) { $0.status == 0 && waiting($0) == nil }
            #expect(waiting(sent) == nil)
            let taken = try disk.list(files).filter { $0.hasSuffix(".hl7") }
            #expect(taken.count == 1)
            #expect(try taken.first.map { try disk.readText(files + "/" + $0) }?.contains("窦性心律") == true)
        }
        let refused = ended.errors.split(separator: "\n").filter { $0.contains("not loaded again") }
        #expect(refused.count == 1 && refused.first?.contains("\"destinations\"") == true, "\(refused)")
        #expect(!ended.errors.contains("it holds after a restart"), "no key of a destination needs one")
    }
}
