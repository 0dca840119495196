import Doors
import Effects
import HL7

/// What is coming over an MLLP connection: frames, with their room in the bytes of all listeners.
///
/// A frame for which there is no room is passed over to its end, so that its sender, which listens only then, gets an
/// answer and can go on with the next.
struct MLLPComing {
    enum Event {
        /// With what it holds, to be given back when it has been answered.
        case frame(MLLPFrame, ByteHolding?)
        /// The end of a frame that was passed over, with its header where that could be read.
        case passedOver(HL7Message?)
    }

    private struct PassingOver {
        var header: HL7Message?
        var isAtEnd = false
    }

    private let limitBytes: Int
    private var decoder: MLLPDecoder
    private var holding: ByteHolding?
    private var heldBytes = 0
    private var passingOver: PassingOver?

    init(limitBytes: Int) {
        self.limitBytes = limitBytes
        decoder = MLLPDecoder(limitBytes: limitBytes)
    }

    var isInsideFrame: Bool { passingOver != nil || decoder.isInsideFrame }
    var skippedBytes: Int { decoder.skippedBytes }
    var unfinished: [UInt8] { decoder.unfinished }

    /// Takes one byte.
    ///
    /// - Throws: `mllp.tooLong`; the connection is of no use then.
    mutating func feed(_ byte: UInt8, _ visit: Visit) throws -> Event? {
        if passingOver != nil { return passOver(byte) }
        guard let frame = try decoder.feed(byte) else { return nil }
        defer { forget() }
        guard hold(frame.bytes.count, visit), holding?.settle() ?? true else {
            return .passedOver(HL7Message.headerAlone(of: frame.bytes))
        }
        return .frame(frame, holding)
    }

    /// A piece of the stream has been fed: what has come of a frame takes its room.
    mutating func settle(_ visit: Visit) {
        guard passingOver == nil, decoder.isInsideFrame else { return }
        guard !hold(decoder.unfinished.count, visit) else { return }
        passingOver = PassingOver(header: HL7Message.headerAlone(of: decoder.unfinished))
        decoder = MLLPDecoder(limitBytes: limitBytes)
        forget()
    }

    /// The end of the stream.
    mutating func end() -> MLLPFrame? { passingOver == nil ? decoder.end() : nil }

    private mutating func passOver(_ byte: UInt8) -> Event? {
        if passingOver?.isAtEnd == true, byte == MLLPDecoder.carriageReturn {
            let header = passingOver?.header
            passingOver = nil
            return .passedOver(header)
        }
        passingOver?.isAtEnd = byte == MLLPDecoder.end
        return nil
    }

    private mutating func hold(_ bytes: Int, _ visit: Visit) -> Bool {
        let holding = holding ?? visit.openMessage()
        self.holding = holding
        guard bytes > heldBytes else { return true }
        guard holding.take(bytes - heldBytes) else { return false }
        heldBytes = bytes
        return true
    }

    private mutating func forget() {
        holding = nil
        heldBytes = 0
    }
}
