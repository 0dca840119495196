package import Calls
package import Distributed

/// The callable face of recognition.
package distributed actor RecognitionDesk: RecognitionCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "recognition"

    private let service: RecognitionService.Answers

    init(service: RecognitionService.Answers, actorSystem: YilianActorSystem) {
        self.service = service
        self.actorSystem = actorSystem
    }

    package distributed func find(_ request: FindRequest) async throws -> FindAnswer {
        try await service.find(request, caller: CallContext.current?.caller)
    }

    package distributed func match(_ request: MatchRequest) async throws -> MatchAnswer {
        try await service.match(request, caller: CallContext.current?.caller)
    }

    package distributed func fetch(_ request: FetchRequest) async throws -> FetchAnswer {
        try await service.fetch(request, caller: CallContext.current?.caller)
    }

    package distributed func document(_ request: DocumentRequest) async throws -> [UInt8] {
        try await service.document(request, caller: CallContext.current?.caller)
    }
}

/// What neighbours ask of a node's recognition desk.
@Resolvable
package protocol RecognitionCalls: DistributedActor where ActorSystem == YilianActorSystem {
    /// Headers of a person's results, as far as the desk and those above it know them.
    distributed func find(_ request: FindRequest) async throws -> FindAnswer
    /// Headers of a person's results that hold ordered items, as far as the desk and those above it know them.
    distributed func match(_ request: MatchRequest) async throws -> MatchAnswer
    /// Opens one version of a result where it lies.
    distributed func fetch(_ request: FetchRequest) async throws -> FetchAnswer
    /// One part of a document of a result, from where the result lies.
    distributed func document(_ request: DocumentRequest) async throws -> [UInt8]
}

extension DeskInterface<any RecognitionCalls> {
    package static let recognition = DeskInterface("recognition") {
        try $RecognitionCalls.resolve(id: $0, using: $1)
    }
}
