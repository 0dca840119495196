import Console
import Demo
import Effects
import RecognitionEdge
import ServiceKit
import Testing

/// Looks whether everything that was acknowledged is where it should be, once.
struct Arrival {
    let cluster: Cluster
    let hospital: Hospital

    /// Waits until the city, and each author's county, hold as many versions as the authors; then compares report by
    /// report, and verifies every ledger.
    func check() async throws {
        #expect(hospital.refused.isEmpty, "no message was refused")
        for (author, versions) in Dictionary(grouping: hospital.acknowledged, by: \.node) {
            let holders = ["yangquan-shi"] + (try county(of: author))
            for holder in holders {
                try await cluster.wait(for: "what \(author) has acknowledged, at \(holder)") {
                    let here = try await cluster.versions(of: author, at: author)
                    return try await cluster.versions(of: author, at: holder) >= here
                }
            }
            try await compare(author, versions, at: holders)
        }
        for id in cluster.nodeIDs { #expect(try await cluster.ledgerProblems(of: id) == [], "the ledger of \(id)") }
    }

    private func county(of author: String) throws -> [String] {
        let node = try cluster.stage.node(author)
        return node.tier == "township" ? node.parent.map { [$0] } ?? [] : []
    }

    private func compare(_ author: String, _ acknowledged: [Hospital.Acknowledged], at holders: [String]) async throws {
        let patients = Set(acknowledged.map(\.identityNumber))
        let keys = try await keys(of: patients, at: author)
        let here = try await entries(of: patients, among: Set(keys.values), at: author)
        for (order, versions) in Dictionary(grouping: acknowledged, by: \.orderNumber) {
            let key = try #require(keys[order], "\(author) acknowledged \(order) and does not have it")
            #expect(here[key]?.map(\.version) == Array(1...versions.count), "the versions of \(order) at \(author)")
            #expect(Set(here[key]?.map(\.entry) ?? []).count == versions.count)
        }
        for holder in holders {
            let there = try await entries(of: patients, among: Set(keys.values), at: holder)
            #expect(there == here, "\(author)'s reports at \(holder)")
            let total = try await cluster.versions(of: author, at: author)
            #expect(try await cluster.versions(of: author, at: holder) == total, "\(author)'s versions at \(holder)")
        }
    }

    /// One version of a report, by the identity of its entry.
    private struct Version: Hashable {
        var version: Int
        var entry: String
    }

    /// The versions of the patients' reports of these keys that a node's own index holds.
    private func entries(
        of patients: Set<String>, among keys: Set<String>, at id: String
    ) async throws -> [String: [Version]] {
        try await cluster.stage.client(try cluster.stage.node(id)) { client in
            var found: [String: [Version]] = [:]
            for patient in patients {
                let findings = try await client.ask(RecordEndpoints.versions, Self.question(patient))
                for record in findings.records where keys.contains(record.reportKey) {
                    found[record.reportKey, default: []].append(Version(version: record.version, entry: record.entry))
                }
            }
            return found.mapValues { $0.sorted { $0.version < $1.version } }
        }
    }

    private static func question(_ patient: String) -> RecordQuestion {
        RecordQuestion(identifier: patient, practitioner: "test-doctor", consent: "TEST-CONSENT")
    }

    /// The report keys of an author's order numbers, read out of the reports themselves.
    private func keys(of patients: Set<String>, at author: String) async throws -> [String: String] {
        try await cluster.stage.client(try cluster.stage.node(author)) { client in
            var keys: [String: String] = [:]
            for patient in patients {
                let question = Self.question(patient)
                let findings = try await client.ask(RecordEndpoints.find, question)
                for record in findings.records where record.entry.hasPrefix(author + "/") {
                    let opened = try await client.ask(
                        RecordEndpoints.open, RecordOpening(entry: record.entry, question: question))
                    if let number = opened.fillerOrderNumber { keys[number] = record.reportKey }
                }
            }
            return keys
        }
    }
}
