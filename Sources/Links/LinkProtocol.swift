import Effects
import Wire

/// The numbers of the link protocol.
package enum LinkProtocol {
    /// The versions that this program speaks; a version is not a release.
    package static let versions: ClosedRange<UInt32> = 1...1
    /// Bytes of a message that one frame carries at most; one bulk fragment is the longest that clinical waits for.
    static let fragmentBytes = 16 << 10
    /// How many bytes are handed to a connection at once.
    static let writeBytes = 48 << 10
    /// How many messages come together before they are handed over at once.
    static let writeMessages = 24
    /// How many bytes may wait to leave for the kernel when more are handed over.
    static let unsentBytes = 64 << 10
    /// Messages of a lane that are sent by turns.
    static let interleavedMessages = 64
    /// Credit of one account of one lane.
    package static let windowBytes = Limits.laneWindowBytes
    /// What a message costs at least, so that a window bounds their number too.
    static let messageCostBytes = 64
    static let methodsLimit = 4_096
    static let codecsLimit = 64

    static func cost(_ messageBytes: Int) -> Int {
        max(messageBytes, messageCostBytes)
    }
}

extension FrameType {
    var isKnown: Bool {
        switch self {
        case .hello, .welcome, .refuse, .request, .requestMore, .response, .responseMore, .cancel, .credit, .ping,
            .pong, .goodbye, .unsupported:
            true
        default: false
        }
    }
}
