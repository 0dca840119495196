import Links
import NIOSSL

/// What went wrong with TLS, in an operator's words: the library's own text holds paths of the machine that built it.
enum TLSTrouble {
    /// - Returns: `nil` for what is no error of TLS.
    static func ending(of error: any Error) -> LinkEnding? {
        switch error {
        case NIOSSLError.uncleanShutdown:
            return LinkEnding(
                .connectionLost,
                "the connection broke without a goodbye: the peer's process was killed, or the way to it was cut")
        case NIOSSLError.handshakeFailed(let cause): return ending(of: cause)
        case BoringSSLError.sslError(let stack), BoringSSLError.unknownError(let stack):
            return ending(ofText: "\(stack)")
        case is BoringSSLError:
            return LinkEnding(.connectionLost, "the connection broke while TLS was being set up")
        case is NIOSSLError: return LinkEnding(.notAuthenticated, "TLS failed: " + word(in: "\(error)"))
        default: return nil
        }
    }

    /// By the library's name of the fault, which stands in capital letters between colons.
    static func ending(ofText text: String) -> LinkEnding {
        if text.contains("UNEXPECTED_EOF") || text.contains("EOF during handshake") {
            return LinkEnding(.connectionLost, "the connection broke while TLS was being set up")
        }
        for (name, words) in named where text.contains(name) { return LinkEnding(.notAuthenticated, words) }
        return LinkEnding(.notAuthenticated, "TLS failed: " + word(in: text))
    }

    private static let named: [(name: String, words: String)] = [
        (
            "CERTIFICATE_VERIFY_FAILED",
            "the peer's certificate was not issued by an authority of this node's ca.crt, or it is not valid now"
        ),
        (
            "UNKNOWN_CA",
            "the peer refuses this node's certificate: no authority of its ca.crt issued it"
        ),
        ("ALERT_CERTIFICATE_EXPIRED", "the peer refuses this node's certificate: it is not valid now"),
        ("ALERT_CERTIFICATE_REVOKED", "the peer refuses this node's certificate: it was revoked"),
        ("ALERT_BAD_CERTIFICATE", "the peer refuses this node's certificate"),
        ("ALERT_CERTIFICATE_UNKNOWN", "the peer refuses this node's certificate"),
        ("ALERT_UNSUPPORTED_CERTIFICATE", "the peer refuses this node's certificate"),
        ("CERTIFICATE_REQUIRED", "the peer wants a certificate and got none"),
        ("PEER_DID_NOT_RETURN_A_CERTIFICATE", "the peer showed no certificate"),
        ("NO_APPLICATION_PROTOCOL", "the peer does not speak \(TLSCredentials.applicationProtocol)"),
        ("UNSUPPORTED_PROTOCOL", "the peer does not speak TLS 1.3"),
        ("PROTOCOL_VERSION", "the peer does not speak TLS 1.3"),
        ("WRONG_VERSION_NUMBER", "the peer does not speak TLS"),
        ("HTTP_REQUEST", "the peer speaks HTTP without TLS"),
    ]

    /// The library's name of the fault and nothing else of its text.
    private static func word(in text: String) -> String {
        let parts = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
        let name = parts.first { part in
            part.contains(where: \.isUppercase) && part.count > 3
                && part.allSatisfy { $0.isUppercase || $0 == "_" || $0.isNumber }
        }
        return (name ?? parts.last).map { String($0.prefix(60)) } ?? "it says nothing more"
    }
}
