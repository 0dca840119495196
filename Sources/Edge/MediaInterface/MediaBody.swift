import EdgeKit
import FHIR
import Hummingbird
import HummingbirdCore
import NIOCore

/// A request's body as its bytes come.
struct MediaBody: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    typealias Failure = any Error

    private let base: RequestBody

    init(_ base: RequestBody) {
        self.base = base
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: base.makeAsyncIterator()) }

    struct AsyncIterator: AsyncIteratorProtocol {
        typealias Failure = any Error

        fileprivate var base: RequestBody.AsyncIterator

        mutating func next() async throws -> [UInt8]? {
            do { return try await base.next().map { Array($0.readableBytesView) } } catch {
                throw FHIRServer.refusal(ofBody: error)
            }
        }
    }

    /// An answer as the framework writes it.
    static func response(_ response: MediaResponse) -> Response {
        var fields = HTTPFields()
        for (name, value) in response.headers {
            guard let name = HTTPFields.Element.Name(name) else { continue }
            fields[name] = value
        }
        fields[.contentType] = response.contentType
        let body: ResponseBody
        switch response.content {
        case .bytes(let bytes): body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        case .pieces(let pieces):
            body = ResponseBody { writer in
                try await pieces { piece in try await writer.write(ByteBuffer(bytes: piece)) }
                try await writer.finish(nil)
            }
        }
        return Response(status: .init(code: response.status), headers: fields, body: body)
    }
}
