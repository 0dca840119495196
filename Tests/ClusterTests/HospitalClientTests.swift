import Console
import Demo
import Effects
import Foundation
import ServiceKit
import Testing
import YilianTestKit

extension RegionPlan {
    fileprivate static let withExpert = RegionPlan(
        nodes: ["diaodu", "yangquan-shi", "pingding", "zhangzhuang"],
        rosters: ["pingding": [Expert(id: "ecg-li", node: "pingding")]],
        levels: [Level(kind: "ecg-routine", claimSeconds: 600, reportSeconds: 600, graceSeconds: 60)],
        referralKinds: ["up-green"])
}

/// The clients of the developers' page, run by Python as they stand there.
private struct PythonHospital {
    let cluster: Cluster

    private static let examples = BuiltProgram.checkout + "/docs/examples/"
    private var reports: String { cluster.stage.folder + "/reports" }

    /// Starts the system that takes reports.
    ///
    /// - Parameter port: 0 lets it choose.
    func listen(port: Int) throws -> ChildProcess {
        try ChildProcess(
            executable: "/usr/bin/env",
            arguments: ["python3", "-B", Self.examples + "reports.py", "\(port)", reports],
            errorPath: cluster.stage.folder + "/reports.err")
    }

    /// Where it listens; `nil` before it does.
    func port() throws -> Int? {
        let file = reports + "/port"
        return cluster.world.disk.exists(file) ? Int(try cluster.world.disk.readText(file)) : nil
    }

    /// Ports at which nobody listens.
    func freePorts(_ count: Int) async throws -> [String] {
        let script = """
            import socket
            open = [socket.create_server(("127.0.0.1", 0)) for _ in range(\(count))]
            print(*[server.getsockname()[1] for server in open])
            """
        let done = try await ChildProcess.run(
            "/usr/bin/env", ["python3", "-c", script], scratch: cluster.stage.folder, world: cluster.world)
        return done.output.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// The reports that it has on its disk.
    func taken() throws -> [String] {
        guard cluster.world.disk.exists(reports) else { return [] }
        return try cluster.world.disk.list(reports).filter { $0.hasSuffix(".hl7") }.sorted().map {
            try cluster.world.disk.readText(reports + "/" + $0)
        }
    }

    /// Writes where the nodes listen, as the demo does, and runs a client.
    func run(_ client: String, _ arguments: String...) async throws -> ProgramResult {
        let nodes = cluster.stage.nodes.compactMap { node -> [String: String]? in
            guard let fhir = node.fhirURL, let mllp = node.addresses.mllp.first?.address else { return nil }
            return [
                "id": node.id, "fhir": fhir, "mllp": mllp, "caFile": node.authorityFile, "tokenFile": node.tokenFile,
            ]
        }
        let sheet = try JSONEncoder().encode(["nodes": nodes])
        try cluster.world.disk.write(String(decoding: sheet, as: UTF8.self), to: cluster.stage.folder + "/region.json")
        return try await ChildProcess.run(
            "/usr/bin/env", ["python3", "-B", Self.examples + client, cluster.stage.folder] + arguments,
            scratch: cluster.stage.folder, world: cluster.world)
    }
}

extension ClusterTests {
    @Suite("Hospital systems in Python", .serialized, .region(.withExpert))
    struct HospitalClientTests {
        @Test(
            "an ECG reading is asked for by FHIR and by HL7 v2, and each report comes back over MLLP once, whoever was away"
        )
        func consultation() async throws {
            let cluster = try Cluster.current
            let hospital = PythonHospital(cluster: cluster)
            let first = try hospital.listen(port: 0)
            try await cluster.wait(for: "the receiver") { try hospital.port() != nil }
            let port = try #require(try hospital.port())
            try await name(
                "{name: his, unit: zhangzhuang-own, wants: [reports], mllp: {address: \"127.0.0.1:\(port)\"}}",
                at: "zhangzhuang", of: cluster)
            // The hospital's system goes away before anything comes.
            try await first.end(withinMilliseconds: 5_000)

            for (way, order) in [("fhir", "FHIR-1"), ("fhir", "FHIR-1"), ("hl7", "HL7-1")] {
                let asked = try await hospital.run("consultation.py", way, order)
                #expect(asked.code == 0, "\(way): \(asked.output) \(asked.errorOutput)")
            }
            let other = try await hospital.run("consultation.py", "hl7", "FHIR-1")
            #expect(
                other.code == 1 && other.output.hasPrefix("AE") && other.output.contains("|ORC^1^2|205^"),
                "\(other.output)")
            for order in ["FHIR-1", "HL7-1"] {
                let read = try await hospital.run("consultation.py", "read", order)
                #expect(read.code == 0 && read.output.contains("请阅心电图"), "\(read.output) \(read.errorOutput)")
            }
            try await cluster.wait(for: "two reports that wait") { try await waiting(cluster)?.entries == 2 }
            try await cluster.wait(for: "the reason") {
                try await waiting(cluster)?.reason.contains("no connection") == true
            }

            try await cluster.kill("zhangzhuang")
            try await cluster.stage.restart("zhangzhuang")
            #expect(try await waiting(cluster)?.entries == 2)
            let second = try hospital.listen(port: port)
            try await cluster.wait(for: "the reports") { try hospital.taken().count == 2 }
            try await cluster.wait(for: "an empty queue") { try await waiting(cluster) == nil }
            let reports = try hospital.taken()
            for order in ["FHIR-1", "HL7-1"] {
                #expect(reports.count { $0.contains("\rORC|RE|\(order)^HIS|") } == 1, "\(order)")
            }
            #expect(reports.allSatisfy { $0.contains("正常心电图") && $0.contains("ORU^R01") })
            let whereNow = try await hospital.run("consultation.py", "where", "HL7-1")
            #expect(whereNow.output.contains("completed reported owner: ecg-li"), "\(whereNow.output)")
            try await second.end(withinMilliseconds: 5_000)
        }

        @Test("a result is sent over MLLP and by FHIR, and found again")
        func results() async throws {
            let hospital = PythonHospital(cluster: try Cluster.current)
            for way in ["mllp", "fhir", "search"] {
                let done = try await hospital.run("results.py", way)
                #expect(done.code == 0, "\(way): \(done.output) \(done.errorOutput)")
            }
        }

        private static let units = "pingding-hospital,zhangzhuang-own"

        @Test(
            "a patient is referred up with three results, admitted, referred down with a plan and seen on the day, by FHIR"
        )
        func referralByFHIR() async throws {
            let hospital = PythonHospital(cluster: try Cluster.current)
            let done = try await hospital.run("referral.py", "fhir", "R-FHIR", Self.units)
            #expect(done.code == 0, "\(done.output) \(done.errorOutput)")
            #expect(done.output.contains("with 3 results") && done.output.contains("双联抗血小板"), "\(done.output)")
        }

        @Test("the same by HL7 v2: REF^I12 in and out, RRI^I12 back and out")
        func referralByHL7() async throws {
            let cluster = try Cluster.current
            let hospital = PythonHospital(cluster: cluster)
            let ports = try await hospital.freePorts(2)
            for (node, unit, port) in [
                ("zhangzhuang", "zhangzhuang-own", ports[0]), ("pingding", "pingding-hospital", ports[1]),
            ] {
                try await name(
                    "{name: referrals, unit: \(unit), wants: [cases], mllp: {address: \"127.0.0.1:\(port)\"}}",
                    at: node, of: cluster)
            }
            let done = try await hospital.run(
                "referral.py", "hl7", "R-HL7", ports.joined(separator: ","), Self.units)
            #expect(done.code == 0, "\(done.output) \(done.errorOutput)")
            #expect(done.output.contains("RRI^I12^RRI_I12") && done.output.contains("with 3 results"), "\(done.output)")
            #expect(done.output.contains("双联抗血小板"), "\(done.output)")
        }

        /// What waits for the hospital's system at its node.
        private func waiting(_ cluster: Cluster) async throws -> QueueItemInfo? {
            try await cluster.ask("zhangzhuang", QueueEndpoints.list).first { $0.neighbour == "his" }
        }

        /// Names a destination in a node's file, in place of any other, and starts the node again.
        private func name(_ destination: String, at id: String, of cluster: Cluster) async throws {
            let file = cluster.stage.options.nodesFolder + "/\(id).yaml"
            let text = try cluster.world.disk.readText(file).components(separatedBy: "destinations:")[0]
            try cluster.world.disk.write(text + "destinations:\n  - \(destination)\n", to: file)
            try await cluster.stop(id)
            try await cluster.stage.restart(id)
        }
    }
}
