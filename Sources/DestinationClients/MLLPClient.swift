package import Destinations
import Effects
import HL7
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Sends HL7 v2 messages to one system over MLLP, one at a time, and reads its acknowledgements.
///
/// The connection stays open between messages; where it was closed meanwhile, the message goes over a new one. A system
/// that ends the new one before it answers may have ended it over this message.
package final class MLLPClient: DestinationClient {
    /// How the connection is encrypted, read anew for each one.
    struct Security: Sendable {
        var authorityFile: String
        var disk: any Disk

        /// - Throws: `destination.certificate`, `disk.…`.
        func context() throws -> NIOSSLContext { try DestinationTrust.context(authorityFile, disk: disk) }
    }

    private let address: Destination.MLLPReceiver
    private let security: Security?
    private let time: any TimeSource
    private let connection = Mutex<MLLPConversation?>(nil)
    /// Whether the next message goes over a connection of its own: what is believed was read again.
    private let isRenewed = Atomic(false)

    private let answerMilliseconds: Int64

    /// - Parameter answerMilliseconds: how long the system may take to answer.
    init(
        _ address: Destination.MLLPReceiver, security: Security?, time: any TimeSource,
        answerMilliseconds: Int64 = Limits.deliveryAnswerMilliseconds
    ) {
        self.answerMilliseconds = answerMilliseconds
        self.address = address
        self.security = security
        self.time = time
    }

    package func send(_ message: WaitingMessage) async throws -> DeliveryOutcome {
        if isRenewed.exchange(false, ordering: .relaxed) { close() }
        let reused = connection.withLock { $0 }.flatMap { $0.isOpen ? $0 : nil }
        if let reused, let outcome = try await exchange(message, over: reused) { return outcome }
        let fresh: MLLPConversation
        do { fresh = try await self.connect() } catch let failure as Failure {
            return .unreachable(.init(code: failure.code.rawValue, text: failure.message))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return .unreachable(.init(code: "no connection", text: Self.words(of: error)))
        }
        connection.withLock { $0 = fresh }
        return try await exchange(message, over: fresh)
            ?? .unanswered(.init(code: "no answer", text: "the connection ended before the acknowledgement"))
    }

    /// Checks that the authority's certificate can be read as it is now, and dials anew for the next message.
    ///
    /// - Throws: `destination.certificate`, `disk.…`; the open connection stays in use then.
    func reload() throws {
        guard let security else { return }
        _ = try security.context()
        isRenewed.store(true, ordering: .relaxed)
    }

    /// Closes the connection.
    package func close() {
        connection.withLock { connection in
            connection?.close()
            connection = nil
        }
    }

    /// - Returns: `nil` where the connection ended before an acknowledgement came.
    private func exchange(_ message: WaitingMessage, over conversation: MLLPConversation) async throws
        -> DeliveryOutcome?
    {
        let deadline = time.monotonicTime.advanced(byMilliseconds: answerMilliseconds)
        let isLate = Atomic(false)
        let answer = Mutex<Result<[UInt8]?, any Error>>(.success(nil))
        await time.limit(
            until: deadline,
            expire: {
                isLate.store(true, ordering: .relaxed)
                conversation.close()
            }
        ) {
            let result: Result<[UInt8]?, any Error>
            do {
                result = .success(try await conversation.ask(MLLPEncoder.frame(message.body), id: message.controlID))
            } catch { result = .failure(error) }
            answer.withLock { $0 = result }
        }
        try Task.checkCancellation()
        switch answer.withLock({ $0 }) {
        case .success(let bytes?): return MLLPAcknowledgement.outcome(bytes)
        case .failure(let error) where error is MLLPUnsecured:
            return .unreachable(.init(code: "no connection", text: "TLS failed"))
        case .success(nil), .failure: break
        }
        guard isLate.load(ordering: .relaxed) else { return nil }
        let seconds = answerMilliseconds / 1_000
        return .unanswered(.init(code: "no answer", text: "no acknowledgement came within \(seconds) seconds"))
    }

    private func connect() async throws -> MLLPConversation {
        let tls = try security?.context()
        let host = address.address.host
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(Self.connectSeconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(DestinationTrust.handler(tls, host: host))
                    }
                    try channel.pipeline.syncOperations.addHandler(MLLPAnswerHandler(isReady: tls == nil))
                }
            }
            .connect(host: host, port: Int(address.address.port)).get()
        return try await MLLPConversation(channel)
    }

    private static let connectSeconds: Int64 = 10

    /// The library's name for what happened.
    private static func words(of error: any Error) -> String {
        switch error {
        case let error as ChannelError: "\(error)"
        case is NIOSSLError: "TLS failed"
        case is NIOConnectionError: "nobody listens there, or the way is blocked"
        default: "the system cannot be reached"
        }
    }
}
