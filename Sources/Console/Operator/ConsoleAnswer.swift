import Effects
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceKit

/// How the operator's interface answers: JSON, bytes of a file, or a problem.
///
/// Whatever it says may be about people, and nobody on the way keeps it.
enum ConsoleAnswer {
    private static func headers(_ type: String) -> HTTPFields { [.contentType: type, .cacheControl: "no-store"] }

    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(
            status: status, headers: headers("application/json; charset=utf-8"),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try OperatorJSON.bytes(value))))
    }

    static func response(_ answer: EndpointResponse) -> Response {
        Response(
            status: .ok, headers: headers(answer.contentType),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    /// An answer that goes on until nobody listens any more, or until the node stops.
    static func response(
        _ answer: EndpointResponse, following: @escaping @Sendable () async throws -> [UInt8],
        in place: EventStreams.Place
    ) -> Response {
        Response(
            status: .ok, headers: headers(answer.contentType),
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(bytes: answer.body))
                while let bytes = try await place.next(following) { try await writer.write(ByteBuffer(bytes: bytes)) }
                try await writer.finish(nil)
            })
    }

    static func file(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: headers("application/octet-stream"),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func text(_ text: String, type: String = "text/plain; charset=utf-8", status: HTTPResponse.Status = .ok)
        -> Response
    {
        Response(
            status: status, headers: headers(type),
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension Request {
    /// The whole body.
    ///
    /// - Throws: `console.tooLarge`; `console.badRequest` where the body is not in the form that the headers say.
    func bytes(limitBytes: Int) async throws -> [UInt8] {
        do {
            let buffer = try await body.collect(upTo: limitBytes)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Failure("console.tooLarge", "the request is larger than \(limitBytes) bytes")
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            throw Failure("console.badRequest", "the body is not in the form that the request's headers say")
        }
    }
}

/// Which HTTP status fits a failure: by its class, never by its text.
enum ProblemStatus {
    /// What HTTP tells apart within a class.
    private static let named: [Failure.Code: HTTPResponse.Status] = [
        "console.unauthorised": .unauthorized, "console.wrongTokens": .tooManyRequests,
        "console.overloaded": .tooManyRequests, "console.tooLarge": .contentTooLarge,
        "access.tooMany": .tooManyRequests,
    ]

    static func of(_ failure: Failure) -> HTTPResponse.Status {
        if let status = named[failure.code] { return status }
        switch failure.class {
        case .invalid: return .badRequest
        case .forbidden: return .forbidden
        case .absent: return .notFound
        case .conflict, .tooLate: return .conflict
        // Another node could not be asked; this one is well.
        case .retry where failure.code.rawValue.hasPrefix("call."): return .badGateway
        case .retry: return .serviceUnavailable
        case .broken: return .internalServerError
        }
    }
}
