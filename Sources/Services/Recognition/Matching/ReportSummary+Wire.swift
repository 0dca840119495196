import Effects
import Foundation
import Ledgers
import Regions

extension ReportSummary {
    var recognitionWire: PBRecognitionSummary {
        get throws {
            var part = PBRecognitionSummary()
            part.fields = Data(try fields.encoded())
            part.entry = entry.description
            part.state = isVoid ? "void" : ""
            part.authorTime = authorTime.milliseconds
            part.receivedTime = receivedTime.milliseconds
            part.payloadHere = isPayloadHere
            part.versions = UInt32(clamping: versionCount)
            return part
        }
    }

    init(recognitionWire part: PBRecognitionSummary) throws {
        self.init(
            entry: try EntryID(part.entry), fields: try ReportFields(bytes: [UInt8](part.fields)),
            isVoid: part.state == "void", authorTime: try PeerNumber.time(part.authorTime),
            receivedTime: try PeerNumber.time(part.receivedTime), isPayloadHere: part.payloadHere,
            versionCount: try PeerNumber.count(part.versions, atMost: Limits.versions, "a count of versions"))
    }
}

extension FindAnswer.Unreached {
    var recognitionWire: PBRecognitionUnreached {
        var part = PBRecognitionUnreached()
        part.node = node.rawValue
        part.reason = reason
        if let time = since { part.since = time.milliseconds }
        return part
    }

    init(recognitionWire part: PBRecognitionUnreached) throws {
        self.init(
            node: try NodeID(part.node), reason: part.reason,
            since: try PeerNumber.optionalTime(part.since, isThere: part.hasSince))
    }
}
