package import SwiftProtobuf

/// A model type that travels as a protobuf message; the mapping stands in its `X+Wire.swift`.
package protocol ProtobufWireValue: WireValue {
    associatedtype WireMessage: SwiftProtobuf.Message

    /// The checked model of a message that a peer wrote.
    init(wire message: WireMessage) throws

    func wire() throws -> WireMessage
}

extension ProtobufWireValue {
    package func wireBytes() throws -> [UInt8] {
        try wire().serializedBytes()
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: WireMessage
        do {
            message = try WireMessage(serializedBytes: bytes)
        } catch {
            throw ByteStrings.bad("a \(WireMessage.protoMessageName) message")
        }
        try self.init(wire: message)
    }
}
