package import Effects
package import ServiceKit

/// What may need somebody of some roles now: it stands on their start page, each thing with its one action.
///
/// A service lists its own beside its pages. What it asks is about no person: the start page goes to the browser again
/// whenever it changes.
package struct StartNeed: Sendable {
    package let roles: Set<ConsoleRole>
    package let asks: [EndpointDescription]
    /// What is asked, for the line that says that it could not be.
    package let name: Wording
    private let items: @Sendable (PageVisit) async throws -> [NeedsList.Item]

    package init(
        _ name: Wording, for roles: Set<ConsoleRole>, asks: [EndpointDescription],
        items: @escaping @Sendable (PageVisit) async throws -> [NeedsList.Item]
    ) {
        self.name = name
        self.roles = roles
        self.asks = asks
        self.items = items
    }

    /// What needs the visitor now; nothing where it is not for the visitor's roles.
    ///
    /// What cannot be looked up is said, and the rest of the page stays.
    package func items(for visit: PageVisit) async throws -> [NeedsList.Item] {
        guard !roles.isDisjoint(with: visit.visitor.roles) else { return [] }
        do {
            return try await items(visit.limited(to: asks))
        } catch let failure as Failure {
            let words = visit.words
            return [
                NeedsList.Item(
                    .unknown, words("\(words(name)) could not be looked up", "「\(words(name))」现在查不到"),
                    "\(visit.said(failure.message)) <code>\(failure.code.rawValue)</code>")
            ]
        }
    }
}

extension PageVisit {
    /// The same visit, which may ask these endpoints and no others.
    fileprivate func limited(to endpoints: [EndpointDescription]) -> PageVisit {
        PageVisit(
            request: request, visitor: visitor, scene: scene, node: node, asker: asker.limited(to: endpoints),
            memory: memory, translating: translating)
    }
}
