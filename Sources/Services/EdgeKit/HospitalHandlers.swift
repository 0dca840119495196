package import Effects
package import Regions
package import ServiceKit

/// What a service answers to hospitals' systems: FHIR, plain JSON over HTTPS, and HL7 v2.
///
/// The way of one request or message:
///
/// 1. **bytes** come in at a listener, through its **door** (who, from where, how much, for how long);
/// 2. the edge finds out for whom they speak: the ``Principal``, by a bearer token, a certificate or an address;
/// 3. it finds the **route** among those that services registered: method and path, or the message's type (MSH-9);
/// 4. the service's **handler** reads what was sent, and nothing else: it maps, and touches no socket;
/// 5. the handler asks its service, the **desk** behind it, which decides and keeps;
/// 6. the edge gives the **answer** in the standard's form: an OperationOutcome, a problem or an acknowledgement where
///    something is refused, with the correlation id that stands in the node's log.
///
/// What is of a standard or of a connection is the edge's (1 to 3 and 6); what is of a subject is the service's. The
/// edge knows no service by name. A service registers its handlers by one line of `ServiceList.handlers`:
///
///     enum LaundryHandlers: HospitalHandlers {
///         static let failures = FailureDefinition.laundryEdge
///
///         static func register(with registry: inout HandlerRegistry, of node: any ServiceDirectory) throws {
///             let laundry = try node.service(LaundryService.self)
///             try registry.add(
///                 .read("SupplyRequest") { call in
///                     EdgeResponse(200, try await laundry.request(call.captured[0]).json)
///                 })
///             try registry.add(
///                 HL7Handler(HL7Trigger("OMN", "O07", "orders of supplies")) { call in
///                     let order = LaundryOrder(call.message)
///                     guard order.problems.isEmpty else { return .refused(order.problems) }
///                     return .readable(recordCount: 1) { keeping in
///                         try await laundry.take(order, remembering: keeping.receipt, answer: keeping.answer([]))
///                         return HL7Taken()
///                     }
///                 })
///         }
///     }
package protocol HospitalHandlers: Sendable {
    /// What can be wrong with what hospitals send, besides what the service itself declares.
    static var failures: [FailureDefinition] { get }

    /// What operators may ask of what hospitals bring, besides what the service itself declares.
    static var endpoints: [any EndpointSet.Type] { get }

    /// What belongs to it in a node's file: ports of its own, for example.
    static var nodeSections: [any NodeFileSection.Type] { get }

    /// Registers what the service answers at this node.
    ///
    /// - Throws: `node.noService` where the node does not run what the handlers need.
    static func register(with registry: inout HandlerRegistry, of node: any ServiceDirectory) throws
}

extension HospitalHandlers {
    package static var failures: [FailureDefinition] { [] }
    package static var endpoints: [any EndpointSet.Type] { [] }
    package static var nodeSections: [any NodeFileSection.Type] { [] }
}
