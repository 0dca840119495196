import Doors
import EdgeKit
import Effects
import HL7
import Logging
import NIOCore

/// One connection of a hospital system: takes its messages one after the other and answers each before the next.
///
/// Nothing more is read than a few buffers while a message is being worked on. When the node stops, the message in hand
/// is finished and answered; those behind it are not begun.
struct MLLPConnection: Sendable {
    typealias ByteChannel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    let wire: ByteChannel
    let visit: Visit
    let intake: MessageIntake
    let principal: Principal
    let encoding: HL7Encoding
    let limitBytes: Int
    let logger: Logger

    func run() async {
        do {
            try await wire.executeThenClose { inbound, _ in try await read(inbound) }
        } catch is CancellationError {
            // The node stops; what was in hand has been answered.
        } catch {
            let failure = error as? Failure
            visit.note(
                "connection_lost", metadata: ["reason": "\(failure?.code.rawValue ?? "mllp.connectionLost")"])
        }
    }

    private func read(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws {
        var coming = MLLPComing(limitBytes: limitBytes)
        for try await buffer in inbound {
            var isNew = !coming.isInsideFrame
            for byte in buffer.readableBytesView {
                let event: MLLPComing.Event?
                do { event = try coming.feed(byte, visit) } catch {
                    try await refuse(coming.unfinished, (error as? Failure)?.message ?? "the message cannot be read")
                    throw error
                }
                switch event {
                case nil: continue
                case .frame(let frame, let holding):
                    try await answer(frame)
                    withExtendedLifetime(holding) {}
                case .passedOver(let header): try await refuseForNow(header)
                }
                isNew = true
                visit.enter(.silence)
            }
            coming.settle(visit)
            if coming.isInsideFrame, isNew { visit.enter(.message) }
            guard coming.skippedBytes <= Limits.mllpStrayBytes else {
                throw Failure("mllp.notMLLP", "the peer does not send MLLP frames")
            }
        }
        if let frame = coming.end() { try await answer(frame) }
        if coming.skippedBytes > 0 || coming.isInsideFrame {
            visit.note(
                "stray_bytes", metadata: ["bytes": "\(coming.skippedBytes)", "unfinished": "\(coming.isInsideFrame)"])
        }
    }

    /// Tells the sender of a message for which there was no room to send it again.
    private func refuseForNow(_ header: HL7Message?) async throws {
        visit.note("busy")
        let problem = HL7Problem(
            .internalError, segment: "MSH",
            text: "the node is taking as many long messages as it has memory for; try again in a few seconds")
        try await send(answer(to: header).messages(.error, [problem]).flatMap(MLLPEncoder.frame))
    }

    private func answer(to header: HL7Message?) -> HL7Answer {
        HL7Answer(header, world: intake.world, offsetMinutes: intake.offsetMinutes)
    }

    private func answer(_ frame: MLLPFrame) async throws {
        try Task.checkCancellation()
        guard frame.isWhole else {
            return try await refuse(frame.bytes, "the frame ends in FS without its CR")
        }
        guard !frame.isHeartbeat else {
            logger.trace("an empty frame came: a sign of life")
            return
        }
        visit.enter(.work)
        var answers: [UInt8] = []
        for message in Self.messages(in: frame.bytes) {
            if let acknowledged = HL7Acknowledgement.acknowledged(by: message) {
                note(acknowledged)
                continue
            }
            let result = await intake.take(message, format: .hl7v2, principal: principal, encoding: encoding)
            // Where no certificate is asked for, whoever sends what this listener is there for has proved itself.
            if result.outcome != .refused { _ = visit.prove("address " + visit.address) }
            for answer in result.answers where !answer.isEmpty { answers += MLLPEncoder.frame(answer) }
        }
        try await send(answers)
    }

    /// An acknowledgement that came unasked is never answered: two systems would answer each other without end.
    private func note(_ code: String) {
        logger.info("an acknowledgement came; it is not answered", metadata: ["acknowledgement": "\(code)"])
    }

    /// The messages of a frame: one, as the protocol has it; or those of a batch, each with its own answer.
    private static func messages(in frame: [UInt8]) -> [[UInt8]] {
        let isBatch = frame.starts(with: "FHS".utf8) || frame.starts(with: "BHS".utf8)
        let messages = HL7Batch.messages(in: frame)
        return isBatch || messages.count > 1 ? messages : [frame]
    }

    /// Refuses what is no whole message; its header is echoed where it has come.
    private func refuse(_ bytes: [UInt8], _ text: String) async throws {
        let problem = HL7Problem(.dataType, segment: "MSH", text: text)
        let header = HL7Message.headerAlone(of: bytes)
        visit.note("not_a_message", metadata: ["reason": "\(text)"])
        try await send(answer(to: header).messages(.rejected, [problem]).flatMap(MLLPEncoder.frame))
    }

    /// Sends; waits until the bytes have left, except when the node stops: then they are handed over, and the
    /// connection is closed behind them.
    private func send(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        visit.enter(.answer)
        let sent = wire.channel.eventLoop.makePromise(of: Void.self)
        wire.channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: sent)
        try Task.checkCancellation()
        try await sent.futureResult.get()
    }
}
