import Doors
import EdgeKit
import Effects
import FHIR
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Regions
import ServiceLifecycle

/// HTTPS for hospital systems: `/fhir`, the plain JSON that services answer beside it, and whatever else the composition
/// root puts on the same port.
struct FHIRServer: Sendable {
    /// Answers requests for which no service has registered anything.
    typealias Other = @Sendable (Request, BasicRequestContext) async throws -> Response

    let listen: NetworkAddress
    let door: ListenerDoor
    let tls: ServedContext
    /// Which certificate it shows, as the configuration says.
    let certificate: HTTPSListener
    let desk: FHIRDesk
    let plain: PlainDesk
    let media: MediaDesk
    let other: Other?
    let logger: Logger

    /// Serves until the task is cancelled or `stopping` was woken; then requests in hand are still answered.
    func run(
        stopping: Wakeup, bound: @escaping @Sendable (NetworkAddress) -> Void
    ) async throws {
        let services = ServiceGroup(
            configuration: .init(services: [application(bound: bound)], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            group.addTask {
                await stopping.wait(since: 0)
                try Task.checkCancellation()
                await services.triggerGracefulShutdown()
                try await desk.world.time.sleepForever()
            }
            defer { group.cancelAll() }
            do { try await group.next() } catch {
                // A service group that is cancelled says that a service ended unexpectedly.
                if Task.isCancelled || error is CancellationError { throw CancellationError() }
                throw Failure(
                    "edge.cannotListen", "listening for HTTPS is not possible", place: listen.description,
                    remedy: "see whether another program has the port, and whether the address is this machine's")
            }
        }
    }

    private func application(
        bound: @escaping @Sendable (NetworkAddress) -> Void
    ) -> some Service {
        var quiet = logger
        // The framework's own lines would name addresses and requests.
        quiet.logLevel = max(logger.logLevel, .warning)
        let listen = listen
        return Application(
            responder: CallbackResponder { request, context in try await respond(to: request, context) },
            server: HTTPServerBuilder { [tls, door] responder in
                HTTPChannel(responder: responder, door: door, tls: tls)
            },
            configuration: ApplicationConfiguration(address: .hostname(listen.host, port: Int(listen.port))),
            onServerRunning: { [door] channel in
                await HTTPChannel.tend(channel, door: door)
                let port = channel.localAddress?.port.flatMap(UInt16.init(exactly:)) ?? listen.port
                bound(NetworkAddress(host: listen.host, port: port))
            }, logger: quiet)
    }

    private func respond(to request: Request, _ context: BasicRequestContext) async throws -> Response {
        let target = request.head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let segments = (parts.first ?? "").split(separator: "/")
        let root = segments.first.map(String.init) ?? ""
        let (isPlain, isMedia) = (plain.roots.contains(root), media.roots.contains(root))
        guard root == "fhir" || isPlain || isMedia else {
            return try await other?(request, context) ?? Self.response(desk.nothingHere())
        }
        var answer = EdgeRequest(
            method: request.method.rawValue,
            path: segments.dropFirst(isPlain || isMedia ? 0 : 1).map { PercentCoding.decode($0) ?? "" },
            headers: Self.headers(request), authority: authority)
        let query = FHIRQuery(parts.count > 1 ? String(parts[1]) : "")
        if let query, target.utf8.count <= Limits.urlBytes { answer.query = query } else { answer.path = ["", ""] }
        if isMedia { return MediaBody.response(await media.answer(answer, body: MediaBody(request.body))) }
        let body: FHIRDesk.Body = { limit in try await Self.body(of: request, limitBytes: limit) }
        if isPlain { return Self.response(await plain.answer(answer, body: body)) }
        return Self.response(await desk.answer(answer, body: body))
    }

    private static func headers(_ request: Request) -> [String: String] {
        var headers: [String: String] = [:]
        for field in request.headers {
            let name = field.name.canonicalName
            // A header that stands twice is ambiguous; the first one counts.
            if headers[name] == nil { headers[name] = field.value }
        }
        return headers
    }

    /// What answers call this node: what the configuration says, or where the client reached it; never what its `Host`
    /// says, which others may have written.
    private var authority: String {
        if let name = certificate.name { return name }
        guard let local = Visit.current?.channel.localAddress, let ip = local.ipAddress,
            let port = local.port.flatMap(UInt16.init(exactly:))
        else { return listen.description }
        let isAny = IPAddress(listen.host)?.bytes.allSatisfy { $0 == 0 } ?? false
        return NetworkAddress(host: isAny ? ip : listen.host, port: port).description
    }

    private static func body(of request: Request, limitBytes: Int) async throws -> [UInt8] {
        let tooLarge = FHIRRefusal(
            413, .tooLong, "the body is larger than \(limitBytes) bytes", headers: ["Connection": "close"])
        if let text = request.headers[.contentLength], let length = Int(text), length > limitBytes { throw tooLarge }
        var bytes: [UInt8] = []
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= limitBytes else { throw tooLarge }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch {
            throw refusal(ofBody: error)
        }
        return bytes
    }

    /// Why a body could not be read.
    static func refusal(ofBody error: any Error) -> any Error {
        switch error {
        case is FHIRRefusal, is CancellationError: return error
        case let failure as Failure where failure.code == RequestBytes.busy:
            return FHIRRefusal(
                503, .transient, failure.message, headers: ["Retry-After": "5", "Connection": "close"])
        default:
            // The HTTP parser's error: chunks that are none, for example.
            return FHIRRefusal(
                400, .structure, "the body is not in the form that the request's headers say",
                headers: ["Connection": "close"])
        }
    }

    private static func response(_ response: EdgeResponse) -> Response {
        var fields = HTTPFields()
        for (name, value) in response.headers {
            guard let name = HTTPFields.Element.Name(name) else { continue }
            fields[name] = value
        }
        return Response(
            status: .init(code: response.status), headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)))
    }
}
