import Effects
import HTTPTypes
import Hummingbird
import Logging
import Regions
import ServiceKit

/// Turns every error into a ``ProblemInfo`` with a correlation id that also stands in the log.
///
/// An error that is no `Failure` is one of ours: its text goes nowhere, only its type into the log.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    let world: World
    let logger: Logger

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let correlation = world.identifier()
            let (failure, status) = Self.failure(of: error)
            // Wrong tokens are counted at the door, with their address; a line for each would be the stranger's to write.
            let isCounted = status == .unauthorized || status == .tooManyRequests
            logger.log(
                level: status.code >= 500 ? .error : isCounted ? .debug : .info, "an operator's request failed",
                metadata: [
                    "correlation": "\(correlation)", "code": "\(failure.code)",
                    "method": "\(request.method.rawValue)", "route": "\(Self.route(request))",
                    "status": "\(status.code)", "type": "\(type(of: error))",
                ])
            let problem = ProblemInfo(failure, in: .console, correlation: correlation)
            var response = try ConsoleAnswer.json(problem, status: status)
            // A browser asks its person then.
            if status == .tooManyRequests { response.headers[.connection] = "close" }
            if status == .unauthorized { response.headers[.wwwAuthenticate] = "Basic realm=\"yilian\"" }
            return response
        }
    }

    /// The path without what may name a person or a message.
    private static func route(_ request: Request) -> String {
        request.uri.path.split(separator: "/").prefix(3).joined(separator: "/")
    }

    private static func failure(of error: any Error) -> (Failure, HTTPResponse.Status) {
        switch error {
        case let failure as Failure:
            return (failure, ProblemStatus.of(failure))
        case let problems as RegionProblems:
            return (problems.failure, .badRequest)
        case let error as HTTPError where error.status == .notFound:
            let failure = Failure(
                "console.noSuchRoute", "the operator's interface has no such route",
                remedy: "use the `yilian` of the same release as the node")
            return (failure, .notFound)
        case let error as HTTPError:
            return (Failure("console.badRequest", "the request cannot be read"), error.status)
        case is CancellationError:
            return (Failure("console.stopping", "the node is stopping"), .serviceUnavailable)
        default:
            let failure = Failure(
                "console.internal", "the node could not do this", remedy: "look for the correlation id in its log")
            return (failure, .internalServerError)
        }
    }
}
