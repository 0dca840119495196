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
