package import Distributed
package import Wire

/// Collects a call's arguments as bytes.
///
/// Generic substitutions are not recorded: a call through a `@Resolvable` stub has one, which means nothing to the
/// receiver, and generic distributed methods are not used.
package struct InvocationEncoder: DistributedTargetInvocationEncoder {
    package typealias SerializationRequirement = WireValue

    /// The arguments' bytes, joined as ``ByteStrings`` says.
    private(set) var arguments: [UInt8] = []

    package mutating func recordGenericSubstitution<Type>(_ type: Type.Type) throws {}

    package mutating func recordArgument<Value: WireValue>(_ argument: RemoteCallArgument<Value>) throws {
        try ByteStrings.append(part: argument.value.wireBytes(), to: &arguments)
    }

    package mutating func recordReturnType<Value: WireValue>(_ type: Value.Type) throws {}

    package mutating func recordErrorType<Failing: Error>(_ type: Failing.Type) throws {}

    package mutating func doneRecording() throws {}
}

/// Stands where the language wants a decoder; calls are dispatched by ``MethodTable`` and never through it.
package struct InvocationDecoder: DistributedTargetInvocationDecoder {
    package typealias SerializationRequirement = WireValue

    package mutating func decodeGenericSubstitutions() throws -> [any Any.Type] { throw DispatchError.malformed }

    package mutating func decodeNextArgument<Argument: WireValue>() throws -> Argument {
        throw DispatchError.malformed
    }

    package mutating func decodeErrorType() throws -> (any Any.Type)? { throw DispatchError.malformed }

    package mutating func decodeReturnType() throws -> (any Any.Type)? { throw DispatchError.malformed }
}

/// Stands where the language wants a handler of results; see ``InvocationDecoder``.
package struct ResultHandler: DistributedTargetInvocationResultHandler {
    package typealias SerializationRequirement = WireValue

    package func onReturn<Success: WireValue>(value: Success) async throws { throw DispatchError.malformed }

    package func onReturnVoid() async throws { throw DispatchError.malformed }

    package func onThrow<Failing: Error>(error: Failing) async throws { throw DispatchError.malformed }
}
