import EdgeKit
import Effects
import FHIR
import Logging
import NodeRuntime

/// Answers requests of the FHIR interface by the handlers that services registered; knows nothing of sockets.
///
/// Whatever is refused is refused with an OperationOutcome whose id stands in the node's log. No log line holds a
/// query, a path's id or a body.
struct FHIRDesk: Sendable {
    let intake: MessageIntake
    let tokens: TokenBook
    let logger: Logger
    private let table: RouteTable

    init(intake: MessageIntake, tokens: TokenBook, logger: Logger) {
        self.intake = intake
        self.tokens = tokens
        self.logger = logger
        table = RouteTable(
            routes: intake.registry.routes.filter { $0.interface == .fhir } + Self.takingRoutes(intake) + [
                EdgeRoute(
                    .fhir, "GET", "metadata", name: "metadata",
                    handler: .anybody { EdgeResponse(200, Self.metadata(intake, $0)) })
            ]
                + ["$message/*", "messages/*"].map { path in
                    EdgeRoute(
                        .fhir, "GET", path, name: "message", handler: .system { try await Self.message(intake, $0) })
                })
    }

    var world: World { intake.world }

    /// The body of a request, read when somebody has a right to have it read.
    typealias Body = @Sendable (_ limitBytes: Int) async throws -> [UInt8]

    func answer(_ request: EdgeRequest, body: @escaping Body) async -> EdgeResponse {
        let correlation = world.identifier()
        var name = "unknown"
        var response: EdgeResponse
        do {
            let (route, captured) = try route(request)
            name = route.name
            try ContentNegotiation.checkAnswer(request)
            switch route.handler {
            case .streaming: throw Self.nothing
            case .anybody(let answer): response = try await answer(request)
            case .system(let answer):
                response = try await answer(
                    EdgeCall(
                        request, principal: try principal(of: request), captured: captured, correlation: correlation,
                        body: ContentNegotiation.checked(request, body)))
            }
        } catch {
            response = refusal(error, correlation)
        }
        response.headers["Content-Type"] = "application/fhir+json; charset=utf-8"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Yilian-Correlation"] = correlation
        logger.log(
            level: Self.isWorthALine(response.status) ? .notice : .debug, "FHIR request",
            metadata: ["route": "\(name)", "status": "\(response.status)", "correlation": "\(correlation)"])
        return response
    }

    /// - Throws: a refusal with 404 or 405.
    private func route(_ request: EdgeRequest) throws -> (EdgeRoute, captured: [String]) {
        switch table.find(request.method, request.path) {
        case .route(let route, let captured): return (route, captured)
        case .otherMethods(let methods):
            let allowed = methods.joined(separator: ", ")
            throw FHIRRefusal(
                405, .notSupported, "this address takes \(allowed) only", headers: ["Allow": allowed])
        case .nothing: throw Self.nothing
        }
    }

    private static var nothing: FHIRRefusal {
        FHIRRefusal(404, .notSupported, "there is nothing at this address; GET /fhir/metadata tells what there is")
    }

    /// Whether an answer stands in the log: refusals do, but for wrong tokens, which are counted at the door.
    static func isWorthALine(_ status: Int) -> Bool { status >= 400 && status != 401 && status != 429 }

    /// - Throws: refusals with 401, or 403 where the system's institution is not this node's (any more).
    func principal(of request: EdgeRequest) throws -> Principal {
        let challenge = ["WWW-Authenticate": "Bearer realm=\"yilian\""]
        guard let header = request.headers["authorization"] else {
            throw FHIRRefusal(401, .login, "a bearer token is needed", headers: challenge)
        }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", let page = tokens.page(token: String(parts[1]))
        else {
            guard Visit.current?.noteWrongToken() != true else {
                throw FHIRRefusal(
                    429, .transient, "too many wrong tokens come from this address",
                    headers: ["Retry-After": "60", "Connection": "close"])
            }
            throw FHIRRefusal(401, .login, "the bearer token is nobody's", headers: challenge)
        }
        guard Visit.current?.prove("system " + page.system.name) != false else {
            throw FHIRRefusal(
                429, .transient, "as many connections as there may be at a time are open with this token",
                headers: ["Retry-After": "5", "Connection": "close"])
        }
        do {
            var principal = try intake.principal(
                named: page.system.name, institution: page.system.institution, forms: [.fhir])
            principal.purpose = page.purpose
            principal.practitioner = page.system.practitioner
            return principal
        } catch {
            throw FHIRRefusal(403, .forbidden, "the system's institution is not one of this node's")
        }
    }

    /// What is said of an address that nobody answers at.
    func nothingHere() -> EdgeResponse {
        let correlation = world.identifier()
        var response = refusal(Failure("hook.unknown", "there is nothing at this address"), correlation)
        response.headers["Content-Type"] = "application/fhir+json; charset=utf-8"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Yilian-Correlation"] = correlation
        return response
    }

    private func refusal(_ error: any Error, _ correlation: String) -> EdgeResponse {
        let refusal: FHIRRefusal
        switch error {
        case let known as FHIRRefusal: refusal = known
        case let known as PlainRefusal: refusal = FHIRRefusal(known.failure)
        case let failure as Failure:
            refusal = FHIRRefusal(failure)
            if refusal.status >= 500 {
                logger.error(
                    "a FHIR request failed", metadata: ["code": "\(failure.code)", "correlation": "\(correlation)"])
            }
        case is CancellationError: refusal = .tryAgain
        default:
            refusal = FHIRRefusal(Failure("node.failed", "something went wrong in the node"))
            logger.error(
                "a FHIR request failed",
                metadata: ["error": "\(type(of: error))", "correlation": "\(correlation)"])
        }
        return EdgeResponse(
            refusal.status, OperationOutcome([refusal.issue]).json(id: correlation), headers: refusal.headers)
    }
}
