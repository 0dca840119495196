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
    let intake: ReportIntake
    let source: MessageSource
    let encoding: HL7Encoding
    let limitBytes: Int
    let logger: Logger
    let activity: MLLPActivity

    init(
        wire: ByteChannel, intake: ReportIntake, source: MessageSource, encoding: HL7Encoding, limitBytes: Int,
        logger: Logger
    ) {
        self.wire = wire
        self.intake = intake
        self.source = source
        self.encoding = encoding
        self.limitBytes = limitBytes
        self.logger = logger
        activity = MLLPActivity(now: intake.world.time.monotonicTime)
    }

    func run() async {
        do {
            try await wire.executeThenClose { inbound, _ in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await watch() }
                    group.addTask { try await read(inbound) }
                    defer { group.cancelAll() }
                    try await group.next()
                }
            }
        } catch is CancellationError {
            // The node stops; what was in hand has been answered.
        } catch {
            let failure = error as? Failure
            logger.warning(
                "a connection ended", metadata: ["reason": "\(failure?.code.rawValue ?? "mllp.connectionLost")"])
        }
    }

    private func read(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws {
        var decoder = MLLPDecoder(limitBytes: limitBytes)
        for try await buffer in inbound {
            for byte in buffer.readableBytesView {
                let frame: MLLPFrame?
                do { frame = try decoder.feed(byte) } catch {
                    try await refuse(decoder.unfinished, (error as? Failure)?.message ?? "the message cannot be read")
                    throw error
                }
                if let frame { try await answer(frame) }
            }
            activity.moved(at: intake.world.time.monotonicTime, isInsideFrame: decoder.isInsideFrame)
            guard decoder.skippedBytes <= Limits.mllpStrayBytes else {
                throw Failure("mllp.notMLLP", "the peer does not send MLLP frames")
            }
        }
        if let frame = decoder.end() { try await answer(frame) }
        if decoder.skippedBytes > 0 || decoder.isInsideFrame {
            logger.notice(
                "bytes outside of messages were passed over",
                metadata: ["bytes": "\(decoder.skippedBytes)", "unfinished": "\(decoder.isInsideFrame)"])
        }
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
        let time = intake.world.time
        activity.works(true, at: time.monotonicTime)
        var answers: [UInt8] = []
        for message in Self.messages(in: frame.bytes) {
            if let acknowledged = HL7Acknowledgement.acknowledged(by: message) {
                note(acknowledged)
                continue
            }
            let result = await intake.take(message, format: .hl7v2, source: source, encoding: encoding)
            for answer in result.answers where !answer.isEmpty { answers += MLLPEncoder.frame(answer) }
        }
        activity.works(false, at: time.monotonicTime)
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
        let answer = HL7Answer(header, world: intake.world, offsetMinutes: intake.offsetMinutes)
        logger.warning("message not taken", metadata: ["reason": "\(text)"])
        try await send(answer.messages(.rejected, [problem]).flatMap(MLLPEncoder.frame))
    }

    /// Sends; waits until the bytes have left, except when the node stops: then they are handed over, and the
    /// connection is closed behind them.
    private func send(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        let sent = wire.channel.eventLoop.makePromise(of: Void.self)
        wire.channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: sent)
        try Task.checkCancellation()
        try await sent.futureResult.get()
    }

    private func watch() async throws {
        let time = intake.world.time
        while let deadline = activity.deadline(after: time.monotonicTime) {
            try await time.sleep(until: deadline)
        }
        throw Failure("mllp.idle", "nothing came for too long")
    }
}
