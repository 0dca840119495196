import Effects
import FHIR
import Identity
import Logging
import NodeRuntime
import Recognition

/// Answers requests of the FHIR interface; knows nothing of sockets.
///
/// Whatever is refused is refused with an OperationOutcome whose id stands in the node's log. No log line holds a
/// query, a path's id or a body.
struct FHIRDesk: Sendable {
    let intake: ReportIntake
    let recognition: RecognitionService
    let identity: IdentityService
    let tokens: TokenBook
    let memory: SearchMemory
    let logger: Logger

    init(intake: ReportIntake, tokens: TokenBook, logger: Logger) throws {
        self.intake = intake
        recognition = try intake.node.service(RecognitionService.self)
        identity = try intake.node.service(IdentityService.self)
        self.tokens = tokens
        memory = SearchMemory(time: intake.world.time)
        self.logger = logger
    }

    var world: World { intake.world }

    /// The body of a request, read when somebody has a right to have it read.
    typealias Body = @Sendable (_ limitBytes: Int) async throws -> [UInt8]

    /// Who asks, for one request.
    struct Visitor: Sendable {
        var page: TokenBook.Page
        var source: MessageSource
        var correlation: String
    }

    func answer(_ request: FHIRRequest, body: @escaping Body) async -> FHIRResponse {
        let correlation = world.identifier()
        var route = "unknown"
        var response: FHIRResponse
        do {
            let found = try FHIRRoute(request.method, request.path)
            route = found.name
            try ContentNegotiation.checkAnswer(request)
            response = try await answer(
                request, found, correlation, body: ContentNegotiation.plain(request, body))
        } catch {
            response = refusal(error, correlation)
        }
        response.headers["Content-Type"] = "application/fhir+json; charset=utf-8"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Yilian-Correlation"] = correlation
        logger.log(
            level: Self.isWorthALine(response.status) ? .notice : .debug, "FHIR request",
            metadata: ["route": "\(route)", "status": "\(response.status)", "correlation": "\(correlation)"])
        return response
    }

    private func answer(
        _ request: FHIRRequest, _ route: FHIRRoute, _ correlation: String, body: Body
    ) async throws -> FHIRResponse {
        if route == .metadata { return FHIRResponse(200, metadata(request)) }
        let visitor = try visitor(request, correlation)
        switch route {
        case .metadata: return FHIRResponse(200, metadata(request))
        case .take(let resourceType):
            return try await take(request, visitor, resourceType: resourceType, body: body)
        case .search: return try await search(request, request.query, visitor)
        case .searchByForm:
            try ContentNegotiation.checkForm(request.headers["content-type"])
            let bytes = try await body(Limits.httpsFormBytes)
            guard let form = FHIRQuery(String(decoding: bytes, as: UTF8.self)) else { throw Self.unreadableQuery }
            return try await search(request, FHIRQuery(request.query.items + form.items), visitor)
        case .read(let id): return try await read(request, id: id, visitor)
        case .message(let id): return try await message(id, visitor)
        case .match: return try await match(request, visitor, body: body)
        case .crossReference: return try await crossReference(request, visitor)
        }
    }

    /// Whether an answer stands in the log: refusals do, but for wrong tokens, which are counted at the door.
    static func isWorthALine(_ status: Int) -> Bool { status >= 400 && status != 401 && status != 429 }

    static let unreadableQuery = FHIRRefusal(400, .invalid, "the parameters are not percent-encoded UTF-8")

    /// - Throws: refusals with 401, or 403 where the system's institution is not this node's (any more).
    func visitor(_ request: FHIRRequest, _ correlation: String) throws -> Visitor {
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
            let source = try intake.source(
                named: page.system.name, institution: page.system.institution, allowed: [.fhir])
            return Visitor(page: page, source: source, correlation: correlation)
        } catch {
            throw FHIRRefusal(403, .forbidden, "the system's institution is not one of this node's")
        }
    }

    /// What is said of an address that nobody answers at.
    func nothingHere() -> FHIRResponse {
        let correlation = world.identifier()
        var response = refusal(Failure("hook.unknown", "there is nothing at this address"), correlation)
        response.headers["Content-Type"] = "application/fhir+json; charset=utf-8"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Yilian-Correlation"] = correlation
        return response
    }

    private func refusal(_ error: any Error, _ correlation: String) -> FHIRResponse {
        let refusal: FHIRRefusal
        switch error {
        case let known as FHIRRefusal: refusal = known
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
        return FHIRResponse(
            refusal.status, OperationOutcome([refusal.issue]).json(id: correlation), headers: refusal.headers)
    }
}
