import Edge
package import Hummingbird
import NodeRuntime

extension OperatorAPI {
    /// The interface on the socket in the data folder, without a token.
    package func socketListener(path: String) -> HTTPListener {
        let disk = setup.node.setup.world.disk
        return HTTPListener(
            .socket(path: path), door: setup.doors.door("socket", .socket, owner: "the node's user", house: nil),
            logger: setup.node.setup.logger, router: router(tokens: nil)
        ) {
            try SocketFile.restrict(path, disk: disk)
        }
    }

    /// The interface for those who have an operator's token, as a part of a listener over HTTPS.
    package func httpsResponder(
        tokens: OperatorTokens
    ) -> @Sendable (Request, BasicRequestContext) async throws -> Response {
        let responder = router(tokens: tokens).buildResponder()
        return { request, context in try await responder.respond(to: request, context: context) }
    }
}
