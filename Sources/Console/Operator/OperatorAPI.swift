import Effects
import Hummingbird
import NodeRuntime

/// The operator's interface of one node: HTTP with JSON, over the Unix socket in its data folder or over HTTPS.
///
/// Over the socket the file's mode (0600) says who may; over HTTPS a token does. Every call that is about a person
/// names a practitioner and a purpose, and leaves an audit record at every hop that serves it.
package struct OperatorAPI: Sendable {
    let setup: ConsoleSetup

    typealias Context = BasicRequestContext
    typealias Routes = RouterGroup<Context>

    package init(_ setup: ConsoleSetup) {
        self.setup = setup
    }

    /// - Parameter tokens: who may; `nil` for the socket.
    func router(tokens: OperatorTokens?) -> Router<Context> {
        let router = Router(context: Context.self)
        router.add(middleware: ProblemMiddleware(world: setup.world, logger: setup.node.setup.logger))
        if let tokens { router.add(middleware: TokenMiddleware(tokens: tokens)) }
        let routes = router.group("v1")
        addNode(to: routes)
        addQueue(to: routes)
        addLedger(to: routes)
        addRegion(to: routes)
        addRecords(to: routes)
        addIdentity(to: routes)
        addMessages(to: routes)
        addRecognition(to: routes)
        addServices(to: routes)
        return router
    }
}
