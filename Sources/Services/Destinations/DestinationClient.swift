/// Brings messages to one hospital's system; the drivers stand above, tests have their own.
package protocol DestinationClient: Sendable {
    /// Sends one message and waits for what the system says to it.
    ///
    /// It ends within the time that ``Effects/Limits/deliveryAnswerMilliseconds`` gives. The same message may come again:
    /// after a crash, or where an acknowledgement was lost.
    ///
    /// - Throws: `CancellationError` alone; everything else is an outcome.
    func send(_ message: WaitingMessage) async throws -> DeliveryOutcome
}
