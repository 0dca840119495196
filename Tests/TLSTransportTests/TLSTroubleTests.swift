import Links
import NIOSSL
import Testing

@testable import TLSTransport

struct TLSTroubleTests {
    @Test("a peer whose process was killed is lost, and not called unauthenticated")
    func killed() {
        let ending = TLSTrouble.ending(of: NIOSSLError.uncleanShutdown)
        #expect(ending?.reason == .connectionLost)
        #expect(ending?.detail.contains("without a goodbye") == true)
    }

    @Test(
        "a fault of TLS is told in words, without the path of the machine that built the library",
        arguments: [
            ("CERTIFICATE_VERIFY_FAILED", "ca.crt"), ("TLSV1_ALERT_UNKNOWN_CA", "ca.crt issued it"),
            ("SSLV3_ALERT_CERTIFICATE_EXPIRED", "not valid now"), ("WRONG_VERSION_NUMBER", "does not speak TLS"),
            ("SOMETHING_NEW", "SOMETHING_NEW"),
        ])
    func words(name: String, says: String) {
        let text = """
            [Error: 268435581 error:1000007d:SSL routines:OPENSSL_internal:\(name) at /build/checkouts/swift-nio-ssl/\
            Sources/CNIOBoringSSL/ssl/handshake.cc:393]
            """
        let ending = TLSTrouble.ending(ofText: text)
        #expect(ending.reason == .notAuthenticated)
        #expect(ending.detail.contains(says), "\(ending.detail)")
        #expect(!ending.detail.contains("/"))
    }
}
