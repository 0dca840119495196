import Effects
import Regions
package import ServiceKit
package import Trust
package import Ledgers
import Wire

/// A node's report with its own signature, as it was written: whoever passes it on cannot change it.
package struct SignedNodeReport: Sendable, Equatable {
    package let report: NodeReport
    private let keyID: KeyID
    private let signed: SignedBytes

    private static let kind = SignedBytes.Kind("yilian node report 1")
    static let malformed = Failure("nodeReport.malformed", "a node's report cannot be read")

    package init(_ report: NodeReport, key: SigningKey) throws {
        self.report = report
        keyID = key.id
        signed = try SignedBytes(report.statement(key: key.id), as: Self.kind, key: key)
    }

    /// Whether the node that it is of signed it, with a key that was in force then.
    package func isSigned(by keys: any KeyDirectory) -> Bool {
        signed.isSigned(as: Self.kind, by: report.node, key: keyID, at: report.madeAt, in: keys)
    }

    var sizeBytes: Int { signed.bytes.count + signed.signature.count }
}

extension SignedNodeReport: ProtobufWireValue {
    package func wire() -> PBSigned { signed.wire() }

    package init(wire message: PBSigned) throws {
        guard let signed = try? SignedBytes(wire: message), signed.bytes.count <= Limits.reportBytes,
            let part = try? PBReportStatement(serializedBytes: signed.bytes),
            let keyID = KeyID(bytes: [UInt8](part.keyID))
        else { throw Self.malformed }
        self.signed = signed
        self.keyID = keyID
        report = try NodeReport(part)
    }
}

/// Reports on their way up, each with how long ago the first node heard it.
package struct ReportBundle: Sendable, Equatable {
    package struct Item: Sendable, Equatable {
        package var report: SignedNodeReport
        package var agoMilliseconds: Int

        package init(_ report: SignedNodeReport, agoMilliseconds: Int) {
            self.report = report
            self.agoMilliseconds = agoMilliseconds
        }
    }

    package var items: [Item]

    package init(_ items: [Item]) {
        self.items = items
    }
}

extension ReportBundle: ProtobufWireValue {
    package func wire() -> PBReportBundle {
        var message = PBReportBundle()
        message.reports = items.map { item in
            var part = PBReportHeard()
            part.report = item.report.wire()
            part.agoMilliseconds = UInt64(clamping: item.agoMilliseconds)
            return part
        }
        return message
    }

    package init(wire message: PBReportBundle) throws {
        guard message.reports.count <= Limits.reportsPerBundle else { throw SignedNodeReport.malformed }
        items = try message.reports.map { part in
            Item(
                try SignedNodeReport(wire: part.report),
                agoMilliseconds: PeerNumber.atMost(Limits.reportAgeMilliseconds, part.agoMilliseconds))
        }
    }
}
