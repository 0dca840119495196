import Effects
import Hummingbird
import NodeRuntime
package import ServiceKit

/// The operator's interface of one node: HTTP with JSON, over the Unix socket in its data folder or over HTTPS.
///
/// Over the socket the file's mode (0600) says who may; over HTTPS a token does. Every call that is about a person
/// names a practitioner and a purpose, and leaves an audit record at every hop that serves it.
package struct OperatorAPI: Sendable {
    let setup: ConsoleSetup
    package let endpoints: [ServedEndpoint]

    typealias Context = BasicRequestContext
    typealias Routes = RouterGroup<Context>

    /// - Throws: what ``served(by:)`` throws.
    package init(_ setup: ConsoleSetup) throws {
        self.setup = setup
        endpoints = try Self.served(by: setup)
    }

    /// - Parameter tokens: who may; `nil` for the socket.
    func router(tokens: OperatorTokens?) -> Router<Context> {
        let router = Router(context: Context.self)
        router.add(middleware: ProblemMiddleware(world: setup.world, logger: setup.node.setup.logger))
        if let tokens { router.add(middleware: TokenMiddleware(tokens: tokens)) }
        let routes = router.group("v1")
        Self.add(endpoints, to: routes)
        return router
    }
}
