package import Effects
package import HL7

/// What the services of a node answer to hospitals' systems.
///
/// Each address, each resource type and each trigger has one handler; a second one for the same is a mistake of ours
/// that `add` reports.
package struct HandlerRegistry: Sendable {
    /// What failures mean, for handlers that tell a class from another.
    package let failures: FailureCatalogue
    private var ownRoutes: [EdgeRoute] = []
    private var orders: [any OrderInterface] = []
    package private(set) var resources: [FHIRResourceHandler] = []
    package private(set) var messages: [HL7Handler] = []
    package private(set) var associations: [AssociationDoor] = []

    package init(failures: FailureCatalogue) {
        self.failures = failures
    }

    /// All routes, with those under which every service's orders stand.
    package var routes: [EdgeRoute] { ownRoutes + OrderRoutes(orders).all }

    /// Orders as ServiceRequest and Task, beside those of other services.
    ///
    /// - Throws: `edge.sameHandler` where another service takes the same coding system.
    package mutating func add(_ interface: any OrderInterface) throws {
        try check(
            !orders.contains { $0.kinds == interface.kinds || $0.name == interface.name }
                && handler(ofResource: OrderResource.serviceRequest.rawValue) == nil, interface.kinds)
        orders.append(interface)
    }

    /// A route of FHIR or of plain JSON.
    ///
    /// - Throws: `edge.sameHandler`.
    package mutating func add(_ route: EdgeRoute) throws {
        let isTaken = routes.contains {
            ($0.interface, $0.method, $0.path.shape) == (route.interface, route.method, route.path.shape)
        }
        try check(!isTaken && !(isCreation(route) && handler(ofResource: route.path.root ?? "") != nil), route.name)
        ownRoutes.append(route)
    }

    /// A port for DICOM's own protocol.
    package mutating func add(_ door: AssociationDoor) { associations.append(door) }

    /// - Throws: `edge.sameHandler`.
    package mutating func add(_ routes: [EdgeRoute]) throws {
        for route in routes { try add(route) }
    }

    /// Resources that are taken whole, as a message is.
    ///
    /// - Throws: `edge.sameHandler`.
    package mutating func add(_ handler: FHIRResourceHandler) throws {
        let isTaken =
            resources.contains { !Set($0.types).isDisjoint(with: handler.types) }
            || routes.contains { isCreation($0) && handler.types.contains($0.path.root ?? "") }
        try check(!isTaken, handler.types.joined(separator: ", "))
        resources.append(handler)
    }

    /// HL7 v2 messages of one trigger.
    ///
    /// - Throws: `edge.sameHandler`.
    package mutating func add(_ handler: HL7Handler) throws {
        let isTaken = messages.contains {
            ($0.trigger.messageCode, $0.trigger.event) == (handler.trigger.messageCode, handler.trigger.event)
        }
        try check(!isTaken, handler.trigger.description)
        messages.append(handler)
    }

    /// Who takes resources of a type.
    package func handler(ofResource type: String) -> FHIRResourceHandler? {
        resources.first { $0.types.contains(type) }
    }

    /// Who takes a message: by MSH-9, message type and trigger event.
    ///
    /// A message without an event goes to the only handler of its type.
    package func route(of message: HL7Message) -> HL7Route {
        if let problem = HL7Triggers(messages.map(\.trigger)).problem(of: message) { return .nowhere(problem) }
        let found = messages.filter { $0.trigger.takes(message) }
        guard let handler = found.first, found.count == 1 else {
            return .nowhere(
                HL7Problem(
                    .unsupportedEvent, segment: "MSH", field: 9, component: 2,
                    text: "the trigger event is missing: it says what the message is"))
        }
        return .to(handler)
    }

    private func isCreation(_ route: EdgeRoute) -> Bool {
        (route.interface, route.method, route.path.shape.count) == (.fhir, "POST", 1)
    }

    private func check(_ isFree: Bool, _ name: String) throws {
        guard isFree else {
            throw Failure("edge.sameHandler", "two services answer the same", place: name)
        }
    }
}

/// Where a message goes.
package enum HL7Route: Sendable {
    case to(HL7Handler)
    /// Nobody takes it, for this reason (table 0357).
    case nowhere(HL7Problem)
}
