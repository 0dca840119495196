import Effects
import FHIR

/// The addresses under which all services' orders stand.
package struct OrderRoutes: Sendable {
    private let interfaces: [any OrderInterface]

    package init(_ interfaces: [any OrderInterface]) { self.interfaces = interfaces }

    package var all: [EdgeRoute] {
        guard !interfaces.isEmpty else { return [] }
        return [
            .create("ServiceRequest") { try await create($0) },
            .read("ServiceRequest") { try await owner($0).read($0) },
            .read("Task") { try await owner($0).readTask($0) },
            .update("Task") { try await update($0) },
            EdgeRoute(
                .fhir, "PATCH", "Task/*", name: "patch Task", capability: FHIRCapability("Task", "patch"),
                handler: .system { try await patch($0) }),
        ]
            + EdgeRoute.search("ServiceRequest", [Self.identifier]) { try await search(.serviceRequest, $0, $1) }
            + EdgeRoute.search("Task", [Self.identifier, Self.focus, businessStatus]) {
                try await search(.task, $0, $1)
            }
    }

    private static let identifier = CapabilityStatement.SearchParameter(
        name: "identifier", type: "token", documentation: "the hospital's own number of the order")
    private static let focus = CapabilityStatement.SearchParameter(
        name: "focus", type: "reference", documentation: "the ServiceRequest")
    private var businessStatus: CapabilityStatement.SearchParameter {
        CapabilityStatement.SearchParameter(
            name: "business-status", type: "token", documentation: states.joined(separator: ", "))
    }

    private var states: [String] {
        var seen: Set<String> = []
        return interfaces.flatMap(\.states).filter { seen.insert($0).inserted }
    }

    package func create(_ call: EdgeCall) async throws -> EdgeResponse {
        let resource = try await call.resource("ServiceRequest", limitBytes: Limits.serviceRequestBytes)
        let codings = FHIRElement.items(resource["code"]?["coding"])
        let systems = Set(codings.compactMap { $0["system"]?.string })
        let codes = codings.compactMap { FHIRElement.text($0["code"])?.trimmed }
        let named = interfaces.filter { systems.contains($0.kinds) }
        // One that names no system of ours goes to whoever has such a kind; where there is but one way, it goes there.
        let ofKind = interfaces.filter { interface in codes.contains(where: interface.isKind) }
        let candidates = !named.isEmpty ? named : interfaces.count == 1 ? interfaces : ofKind
        guard let interface = candidates.first, candidates.count == 1 else {
            let known = interfaces.map(\.kinds).joined(separator: ", ")
            throw FHIRRefusal(
                422, .codeInvalid, "the order's code names one of the coding systems \(known)",
                expression: "ServiceRequest.code")
        }
        return try await interface.create(resource, call)
    }

    package func update(_ call: EdgeCall) async throws -> EdgeResponse {
        let owner = try await owner(call)
        let task = try await call.resource("Task", limitBytes: Limits.taskBytes)
        guard task.id == call.captured[0] else {
            throw FHIRRefusal(400, .invalid, "the Task's id is not that of the address", expression: "Task.id")
        }
        return try await owner.changeTask(call, .whole(task))
    }

    package func patch(_ call: EdgeCall) async throws -> EdgeResponse {
        let owner = try await owner(call)
        return try await owner.changeTask(
            call, .patch(try JSONParser.parse(try await call.body(limitBytes: Limits.taskBytes))))
    }

    /// The service that knows what the address names.
    private func owner(_ call: EdgeCall) async throws -> any OrderInterface {
        for interface in interfaces where try await interface.has(call.captured[0]) { return interface }
        throw FHIRRefusal(404, .notFound, "this node knows no order of this id")
    }

    /// A page of all services' orders: one service after the other.
    package func search(_ type: OrderResource, _ call: EdgeCall, _ query: FHIRQuery) async throws -> EdgeResponse {
        try SearchParameters.check(
            query, type == .task ? ["identifier", "focus", "business-status"] : ["identifier"], call.request)
        var (index, search) = (0, try OrderSearch(query, states: states))
        if type == .serviceRequest, !search.namesOrder {
            throw FHIRRefusal(
                400, .required, "say which order: identifier=system|value", expression: "identifier")
        }
        if let place = query.values([SearchParameters.page]).first {
            let parts = place.split(separator: "!", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let named = interfaces.firstIndex(where: { $0.name == parts[0] }) else {
                throw SearchParameters.badPage()
            }
            index = named
            search.place = parts[1].nonEmpty
        }
        let count = search.count
        var found: [(address: String, resource: JSONValue)] = []
        var next: String?
        for interface in interfaces[index...] {
            guard found.count < count else {
                next = interface.name + "!"
                break
            }
            search.count = count - found.count
            let page = try await interface.search(type, search, call)
            found += page.found
            if let place = page.next {
                next = interface.name + "!" + place
                break
            }
            search.place = nil
        }
        return SearchParameters.bundle(found, type.rawValue, query, next: next, call.request)
    }
}
