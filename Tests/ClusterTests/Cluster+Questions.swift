import Console
import Demo
import Effects
import RecognitionEdge
import ServiceKit

/// What tests ask the nodes, over the operator's interface.
extension Cluster {
    func ask<Question, Answer: Sendable>(
        _ id: String, _ endpoint: Endpoint<Question, Answer>, _ question: Question
    ) async throws -> Answer {
        try await stage.client(try stage.node(id)) { try await $0.ask(endpoint, question) }
    }

    func ask<Answer: Sendable>(_ id: String, _ endpoint: Endpoint<NoQuestion, Answer>) async throws -> Answer {
        try await ask(id, endpoint, NoQuestion())
    }

    /// How many versions of an author's reports a node holds.
    func versions(of author: String, at id: String) async throws -> Int {
        let figures = try await ask(id, RecordEndpoints.statistics)
        return figures.authors.first { $0.author == author }?.versions ?? 0
    }

    func peer(_ peer: String, of id: String) async throws -> PeerInfo? {
        let peers = try await ask(id, NodeEndpoints.peers)
        return peers.first { $0.node == peer }
    }

    func areLinked(_ child: String, _ parent: String) async throws -> Bool {
        try await peer(child, of: parent)?.state == "up"
    }

    func results(of identifier: String, at id: String) async throws -> [RecordInfo] {
        let findings = try await ask(
            id, RecordEndpoints.find,
            RecordQuestion(identifier: identifier, practitioner: "test-doctor", consent: "TEST-CONSENT"))
        return findings.records
    }

    /// Verifies a node's ledger from outside its process.
    ///
    /// - Returns: what does not hold.
    func ledgerProblems(of id: String) async throws -> [String] {
        let check = try await ask(id, LedgerEndpoints.verify)
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
