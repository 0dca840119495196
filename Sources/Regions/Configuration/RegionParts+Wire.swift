import Effects
import Foundation

extension [UInt8] {
    /// The bytes as protobuf's generated code wants them.
    var asData: Data { Data(self) }
}

extension String {
    /// What a field of a message holds, where an empty text stands for nothing.
    var ifGiven: String? { isEmpty ? nil : self }
}

extension LedgerKeyRecord {
    var message: PBLedgerKey {
        var message = PBLedgerKey()
        message.keyID = keyID.asData
        message.publicKey = publicKey.asData
        message.from = from.milliseconds
        if let to { message.to = to.milliseconds }
        return message
    }

    init(_ message: PBLedgerKey) throws {
        self.init(
            keyID: Array(message.keyID), publicKey: Array(message.publicKey),
            from: try PeerNumber.time(message.from),
            to: message.hasTo ? try PeerNumber.time(message.to) : nil)
    }
}

extension ManagementEdge {
    var message: PBManagementEdge {
        var message = PBManagementEdge()
        message.child = child.rawValue
        message.parent = parent.rawValue
        message.from = from.milliseconds
        if let to { message.to = to.milliseconds }
        return message
    }

    init(_ message: PBManagementEdge) throws {
        self.init(
            child: try NodeID(message.child), parent: try NodeID(message.parent),
            from: try PeerNumber.time(message.from),
            to: message.hasTo ? try PeerNumber.time(message.to) : nil)
    }
}

extension UnitDelivery {
    var message: PBUnitDelivery {
        var message = PBUnitDelivery()
        message.unit = unit.rawValue
        message.node = node.rawValue
        if let from { message.from = from.milliseconds }
        if let to { message.to = to.milliseconds }
        return message
    }

    init(_ message: PBUnitDelivery) throws {
        self.init(
            unit: try OrgUnitID(message.unit), node: try NodeID(message.node),
            from: message.hasFrom ? try PeerNumber.time(message.from) : nil,
            to: message.hasTo ? try PeerNumber.time(message.to) : nil)
    }
}

extension RevokedCertificate {
    var message: PBRevokedCertificate {
        var message = PBRevokedCertificate()
        message.serialNumber = serialNumber.asData
        message.time = time.milliseconds
        message.reason = reason
        return message
    }

    init(_ message: PBRevokedCertificate) throws {
        self.init(
            serialNumber: Array(message.serialNumber), time: try PeerNumber.time(message.time),
            reason: message.reason)
    }
}

extension PatientKeyEpoch {
    var message: PBPatientKeyEpoch {
        var message = PBPatientKeyEpoch()
        message.epoch = epoch
        message.from = from.milliseconds
        message.secrets = encryptedSecrets.sorted { $0.key < $1.key }.map { node, bytes in
            var secret = PBEncryptedSecret()
            secret.node = node.rawValue
            secret.bytes = bytes.asData
            return secret
        }
        message.fingerprint = fingerprint.asData
        return message
    }

    init(_ message: PBPatientKeyEpoch) throws {
        var secrets: [NodeID: [UInt8]] = [:]
        for secret in message.secrets {
            guard secrets.updateValue(Array(secret.bytes), forKey: try NodeID(secret.node)) == nil else {
                throw Failure("region.badBytes", "a patient key epoch names one node twice")
            }
        }
        self.init(
            epoch: PeerNumber.label(message.epoch), from: try PeerNumber.time(message.from), encryptedSecrets: secrets,
            fingerprint: Array(message.fingerprint))
    }
}

extension Division {
    var message: PBAddedDivision {
        var message = PBAddedDivision()
        message.code = code.rawValue
        message.name = name
        return message
    }
}
