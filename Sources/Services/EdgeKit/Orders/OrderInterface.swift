package import FHIR

/// What one service answers about the orders that it takes: as ServiceRequest, and as the Task that says where one stands.
///
/// Several services stand under these two types. A new order goes to the service whose coding system its code names,
/// else to the one that has such a kind; everything about an id to the one that knows it, and a search goes through all of them, one after the other.
package protocol OrderInterface: Sendable {
    /// Names the service in the pages of a search.
    var name: String { get }
    /// The coding system of the kinds of order that it takes.
    var kinds: String { get }
    /// Whether the region agreed on a kind of order of this code.
    func isKind(_ code: String) -> Bool
    /// What a Task's business status can be.
    var states: [String] { get }

    /// Whether this node knows an order of this id, whoever's it is.
    func has(_ id: String) async throws -> Bool
    func create(_ resource: FHIRResource, _ call: EdgeCall) async throws -> EdgeResponse
    /// The order whose id is `call.captured[0]`.
    func read(_ call: EdgeCall) async throws -> EdgeResponse
    func readTask(_ call: EdgeCall) async throws -> EdgeResponse
    func changeTask(_ call: EdgeCall, _ document: TaskDocument) async throws -> EdgeResponse
    /// One page of what the system may see.
    func search(_ type: OrderResource, _ search: OrderSearch, _ call: EdgeCall) async throws -> OrderPage
}

/// The types under which an order is shown.
package enum OrderResource: String, Sendable {
    case serviceRequest = "ServiceRequest"
    case task = "Task"
}

/// A part of what a search finds.
package struct OrderPage: Sendable {
    package var found: [(address: String, resource: JSONValue)]
    /// Where the next one begins; `nil` where this is the last.
    package var next: String?

    package init(found: [(address: String, resource: JSONValue)], next: String?) {
        self.found = found
        self.next = next
    }
}
