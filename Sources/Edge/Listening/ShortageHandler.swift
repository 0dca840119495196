import Doors
import Effects
import NIOCore
import NIOPosix
import TLSTransport

/// Keeps a listener where the process has no descriptor left for whoever comes: it takes nobody in while there are hardly
/// any, tries again after a pause, and what it could not do stands in the listener's log and figures.
///
/// Without it the error would end the listener, and with it the node.
final class ShortageHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private let door: ListenerDoor

    private init(_ door: ListenerDoor) {
        self.door = door
    }

    /// Puts it before everything else on a listening channel, on its loop; the pause is the library's: a second.
    static func add(to channel: any Channel, door: ListenerDoor) throws {
        try channel.pipeline.syncOperations.addHandlers(
            [
                AcceptGate { [hasHouse = door.hasHouse] in DoorHouse.mayAccept(hasHouse: hasHouse) },
                AcceptBackoffHandler(), ShortageHandler(door),
            ], position: .first)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let fault = error as? IOError, SystemFault.isShortage(fault.errnoCode) else {
            context.fireErrorCaught(error)
            return
        }
        door.note(
            DoorRefusal.noDescriptors.label, address: "",
            metadata: ["remedy": "raise LimitNOFILE in the unit, or `ulimit -n`"])
    }
}
