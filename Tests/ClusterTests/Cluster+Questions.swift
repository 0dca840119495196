import Console
import Demo
import Effects

/// What tests ask the nodes, over the operator's interface.
extension Cluster {
    func ask<Answer: Decodable & Sendable>(
        _ id: String, _ path: String, _ query: [String: String?] = [:]
    ) async throws -> Answer {
        try await stage.client(try stage.node(id)) { client -> Answer in try await client.get(path, query) }
    }

    func tell<Answer: Decodable & Sendable>(
        _ id: String, _ path: String, _ body: some Encodable & Sendable
    ) async throws -> Answer {
        try await stage.client(try stage.node(id)) { client -> Answer in try await client.post(path, json: body) }
    }

    /// How many versions of an author's reports a node holds.
    func versions(of author: String, at id: String) async throws -> Int {
        let figures: RecognitionFigures = try await ask(id, "records/statistics")
        return figures.authors.first { $0.author == author }?.versions ?? 0
    }

    func peer(_ peer: String, of id: String) async throws -> PeerInfo? {
        let peers: [PeerInfo] = try await ask(id, "peers")
        return peers.first { $0.node == peer }
    }

    func areLinked(_ child: String, _ parent: String) async throws -> Bool {
        try await peer(child, of: parent)?.state == "up"
    }

    func results(of identifier: String, at id: String) async throws -> [RecordInfo] {
        let findings: RecordFindings = try await tell(
            id, "records/find",
            RecordQuestion(identifier: identifier, practitioner: "test-doctor", consent: "TEST-CONSENT"))
        return findings.records
    }

    /// Verifies a node's ledger from outside its process.
    ///
    /// - Returns: what does not hold.
    func ledgerProblems(of id: String) async throws -> [String] {
        let check: LedgerCheckInfo = try await stage.client(try stage.node(id)) { client -> LedgerCheckInfo in
            try await client.post("ledger/verify")
        }
        var problems = check.problems + check.chains.flatMap { chain in chain.problems.map { "\(chain.chain): \($0)" } }
        if !check.isSound, problems.isEmpty { problems.append("not sound") }
        if check.forks > 0 { problems.append("\(check.forks) forks") }
        if check.setAside > 0 { problems.append("\(check.setAside) set aside") }
        if check.held > 0 { problems.append("\(check.held) held") }
        return problems
    }

    func log(of id: String) throws -> NodeLog {
        try NodeLog(path: try stage.node(id).dataFolder + "/node.log", disk: world.disk)
    }
}
