import Distributed
import Effects
package import Links
import Regions
package import Wire

extension YilianActorSystem {
    /// Answers a call that came over a link.
    ///
    /// Three refusals come before anything is decoded, in this order: the number is unknown; the addressed desk does
    /// not exist or does not have the method; the caller's relation or tier does not entitle it.
    package func answer(_ call: InboundCall) async -> CallAnswer {
        await dispatch(
            method: call.method, desk: call.desk, arguments: call.arguments, context: CallContext(of: call))
    }

    func dispatch(
        method number: UInt16, desk: String, arguments: [UInt8], context: CallContext
    ) async -> CallAnswer {
        func refused(_ code: CallErrorCode) -> CallAnswer {
            .refused(CallRefusal(code, correlation: context.correlation))
        }
        guard let home, let method = home.table.method(number) else { return refused(.unknownMethod) }
        guard method.desk == desk, let invoke = invocation(of: method) else { return refused(.wrongActor) }
        guard method.callers.contains(where: { $0.allows(context.relation, context.tier) }) else {
            return refused(.notEntitled)
        }
        do {
            let answer = try await CallContext.$current.withValue(context) { try await invoke(arguments) }
            return .value(answer)
        } catch {
            return refusal(of: error, method, context, home)
        }
    }

    private func refusal(of error: any Error, _ method: Method, _ context: CallContext, _ home: Home) -> CallAnswer {
        if case DispatchError.malformed = error {
            return .refused(CallRefusal(.malformed, correlation: context.correlation))
        }
        let refusal = CallRefusal(of: error, correlation: context.correlation)
        if refusal.code == .internal { home.onFailure(method.name, context.correlation, error) }
        return .refused(refusal)
    }

    /// A stub of this node's own desk was called: the same table answers, with the relation `local`.
    func callOwnDesk(_ method: Method, _ arguments: [UInt8], _ home: Home) async throws -> [UInt8] {
        let current = CallContext.current
        let context = CallContext(
            caller: home.node, tier: home.tier, relation: .local,
            correlation: current?.correlation ?? home.world.identifier(),
            deadline: current?.deadline
                ?? home.world.time.monotonicTime.advanced(byMilliseconds: method.deadlineMilliseconds))
        switch await dispatch(method: method.number, desk: method.desk, arguments: arguments, context: context) {
        case .value(let bytes): return bytes
        case .refused(let refusal): throw refusal.failure(from: home.node.rawValue)
        }
    }
}

extension CallContext {
    fileprivate init(of call: InboundCall) {
        self.init(
            caller: call.caller, tier: call.neighbour.tier, relation: call.neighbour.relation,
            correlation: call.correlation, deadline: call.deadline)
    }
}
