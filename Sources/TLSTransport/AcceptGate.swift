package import NIOCore

/// Takes nobody in where the process has hardly a descriptor left: who comes waits in the system's queue meanwhile.
///
/// Where none is left at all, files cannot be opened, and the library of the system's queues ends the process.
package final class AcceptGate: ChannelOutboundHandler {
    package typealias OutboundIn = NIOAny

    private let isOpen: @Sendable () -> Bool
    private var isWaiting = false

    /// - Parameter isOpen: whether one more may be taken in now.
    package init(isOpen: @escaping @Sendable () -> Bool) {
        self.isOpen = isOpen
    }

    /// The listening channel asks for whoever is next.
    package func read(context: ChannelHandlerContext) {
        guard !isWaiting else { return }
        guard isOpen() else {
            isWaiting = true
            let (gate, bound) = (
                NIOLoopBound(self, eventLoop: context.eventLoop), NIOLoopBound(context, eventLoop: context.eventLoop)
            )
            context.eventLoop.scheduleTask(in: Self.pause) {
                gate.value.isWaiting = false
                if bound.value.channel.isActive { gate.value.read(context: bound.value) }
            }
            return
        }
        context.read()
    }

    private static let pause = TimeAmount.milliseconds(50)
}
