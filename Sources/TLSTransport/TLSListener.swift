import Links
import NIOCore

/// A listening socket for links over TLS.
final class TLSListener: LinkListener {
    let address: LinkAddress
    private let channel: any Channel
    private let queue: AcceptQueue<TLSConnection>

    init(address: LinkAddress, channel: any Channel, queue: AcceptQueue<TLSConnection>) {
        self.address = address
        self.channel = channel
        self.queue = queue
    }

    func accept() async throws -> (any LinkConnection)? {
        await queue.next()
    }

    func close() {
        queue.close()
        channel.close(promise: nil)
    }
}
