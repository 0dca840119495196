package import NIOSSL
import Synchronization

/// The certificate that a listener shows; another one can take its place while it listens.
///
/// Each new connection takes what is there at that moment; connections that are open keep what they have.
package final class ServedContext: Sendable {
    private let state: Mutex<NIOSSLContext>

    /// Whether the certificate's context offers HTTP/2 to clients (``EdgeCertificate``).
    let offersHTTP2: Bool

    package init(_ context: NIOSSLContext, offersHTTP2: Bool = false) {
        self.offersHTTP2 = offersHTTP2
        state = Mutex(context)
    }

    var current: NIOSSLContext { state.withLock { $0 } }

    package func replace(with context: NIOSSLContext) {
        state.withLock { $0 = context }
    }
}
