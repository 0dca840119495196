import Effects
import Identity
import Ledgers
import ServiceKit
public import YilianTestKit

extension TestNode {
    /// Writes that several identifiers belong to one person.
    ///
    /// - Parameters:
    ///   - evidence: `document`, `ehealthCard`, `insurance`, `registry`, `operator`, or a code of the test's own.
    ///   - overruling: separations that are thereby declared wrong.
    ///   - inquirer: somebody of the node's unit where none is given.
    /// - Returns: the link's entry.
    @discardableResult
    public func link(
        _ patients: TestPatient..., evidence: String = "document", overruling: [String] = [],
        by inquirer: TestInquirer? = nil
    ) async throws -> String {
        try await TestFailure.translating {
            guard let evidence = IdentityEvidence(rawValue: evidence) else {
                throw Failure("identity.evidence", "the evidence is no code")
            }
            let order = LinkOrder(
                identifiers: patients.map(\.key), evidence: evidence, overrules: try overruling.map { try EntryID($0) })
            let source = try identitySource
            return try await node.service(IdentityService.self)
                .link(order, source: source, by: (inquirer ?? ownInquirer).asking).entry.description
        }
    }

    /// Writes that a merge was wrong: the links between two persons are undone, and the two stay apart.
    ///
    /// - Parameter inquirer: somebody of the node's unit where none is given.
    /// - Returns: the separation's entry.
    @discardableResult
    public func separate(
        _ patient: TestPatient, from other: TestPatient, reason: String = "test",
        by inquirer: TestInquirer? = nil
    ) async throws -> String {
        try await TestFailure.translating {
            let order = SeparationOrder(first: [patient.key], second: [other.key], reason: reason)
            let source = try identitySource
            return try await node.service(IdentityService.self)
                .separate(order, source: source, by: (inquirer ?? ownInquirer).asking).entry.description
        }
    }

    private var ownInquirer: TestInquirer { TestInquirer(organizationUnit: id) }

    /// What the node's services know of people.
    private var identitySource: IdentitySource {
        get throws { try node.offers((any IdentitySourcing).self).first?.identitySource ?? .none }
    }

    /// The identifiers of a person that lie at this node in clear, the one asked for among them.
    public func identifiers(
        of patient: TestPatient, by inquirer: TestInquirer = TestInquirer()
    ) async throws -> [String] {
        try await TestFailure.translating {
            let source = try identitySource
            let answer = try await node.service(IdentityService.self).person(
                [patient.key], question: "identity.lookup", source: source, by: inquirer.asking)
            return answer.identifiers.map(\.identifier.value)
        }
    }

    /// Renews this node's links and separations for epochs of patient keys that began after them.
    ///
    /// - Returns: how many entries were written.
    public func renewIdentities() async throws -> Int {
        try await TestFailure.translating { try await node.service(IdentityService.self).renew() }
    }

    /// The log of links and separations, newest first: each entry with whether it stands.
    public func identityLog() async throws -> [(entry: String, isStanding: Bool)] {
        try await TestFailure.translating {
            try await node.service(IdentityService.self).log(limit: Limits.queryResults)
                .map { ($0.entry.description, $0.isStanding) }
        }
    }
}
