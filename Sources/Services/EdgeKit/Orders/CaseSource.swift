package import Effects
package import FHIR
package import WorkflowKit

/// What a service says of its cases, so that hospitals' systems can work with them as ServiceRequest and Task; everything
/// that all workflows have in common is ``CaseHandlers``.
package protocol CaseSource<W>: Sendable {
    associatedtype W: Workflow

    /// The coding systems of the kinds of case, and of the states.
    static var kinds: String { get }
    static var states: String { get }
    /// The elements of a Task that a system may change.
    static var changing: Set<String> { get }
    /// FHIR's word for a state.
    static func status(_ state: W.State) -> String

    var book: CaseBook<W> { get }
    /// Whether the region agreed on a kind of case of this code.
    func isKind(_ code: String) -> Bool
    func visitor(_ principal: Principal) -> CaseVisitor<W>
    /// Makes a case of a resource.
    func make(_ resource: FHIRResource, _ call: EdgeCall) async throws -> CaseMaking<W>
    /// The resource of which a case was made, opened for whoever asks; `nil` where it does not lie here.
    func resource(_ record: CaseRecord<W>, _ call: EdgeCall, _ visitor: CaseVisitor<W>) async throws -> JSONValue?
    /// Who has the case; `nil` where nobody has.
    ///
    /// - Parameter receipt: what the home answered just now, where its entry has not come here yet.
    func holder(_ record: CaseRecord<W>, _ receipt: CaseReceipt<W>?) -> CaseHolder?
    /// Does what a changed Task asks.
    ///
    /// - Parameter record: the case as the system read it: nothing is done where it has changed since.
    func perform(
        _ elements: TaskElements, on record: CaseRecord<W>, _ call: EdgeCall, _ visitor: CaseVisitor<W>
    ) async throws -> CaseReceipt<W>
}

/// What became of a resource of which a case is to be made.
package enum CaseMaking<W: Workflow>: Sendable {
    case refused([OperationOutcome.Issue])
    case made(CreatedCase<W>, warnings: [OperationOutcome.Issue])
}

/// Who has a case, as a Task and a refusal name them.
package struct CaseHolder: Sendable, Equatable {
    package var system: String
    package var value: String
    package var node: String
    package var since: WallTime?

    package init(system: String, value: String, node: String, since: WallTime?) {
        self.system = system
        self.value = value
        self.node = node
        self.since = since
    }

    package var words: String {
        "'\(value)'" + (node.isEmpty ? "" : " at '\(node)'") + " has it"
            + (since.map { " since \($0.chinaText)" } ?? "")
    }
}
