package import Calls
package import Effects
package import Ledgers
package import Regions

/// One service of a node.
///
/// Every service has this shape.
///
/// A service declares what it folds and what neighbours may ask; when the node opens, it makes its desk and gets its
/// long-running part run. Adding a service touches its own folder, its tests, and one line of the service list.
package protocol NodeService: Sendable {
    static var serviceName: String { get }
    static var projections: [any Projection] { get }
    /// What can be wrong with what it is asked or brought: every code that it throws and no module below it does.
    static var failures: [FailureDefinition] { get }
    /// How its entries count towards indicators, with what those indicators are.
    static var facts: [FactRule] { get }
    /// For what somebody may ask about a person besides what everybody may (``PurposeList``).
    static var purposes: [PurposeRule] { get }
    /// What its operators may ask of it.
    static var endpoints: [any EndpointSet.Type] { get }
    /// The numbered methods of its desk, with who may call them.
    static var methods: [Method] { get throws }

    /// What belongs to it in the region configuration.
    static var regionSections: [any RegionSection.Type] { get }
    /// What belongs to it in a node's file.
    static var nodeSections: [any NodeFileSection.Type] { get }

    /// Makes the service at a node whose ledger is open.
    init(_ context: NodeContext) async throws

    /// Works until the task is cancelled: deadlines, period ends.
    ///
    /// - Throws: what stops the node (``Effects/Failure/stopsTheNode``); everything else is logged and tried again.
    func run() async throws
}

extension NodeService {
    package static var facts: [FactRule] { [] }
    package static var purposes: [PurposeRule] { [] }
    package static var endpoints: [any EndpointSet.Type] { [] }
    package static var regionSections: [any RegionSection.Type] { [] }
    package static var nodeSections: [any NodeFileSection.Type] { [] }
}
