import Effects
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Regions

/// How the operator's interface answers: JSON, bytes of a file, or a problem.
///
/// Whatever it says may be about people, and nobody on the way keeps it.
enum ConsoleAnswer {
    private static func headers(_ type: String) -> HTTPFields { [.contentType: type, .cacheControl: "no-store"] }

    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(
            status: status, headers: headers("application/json; charset=utf-8"),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try ConsoleJSON.bytes(value))))
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

    /// The body as JSON.
    ///
    /// - Throws: `console.badRequest`.
    func json<Value: Decodable>(_ type: Value.Type) async throws -> Value {
        try ConsoleJSON.value(
            type, from: try await bytes(limitBytes: Limits.configurationFileBytes), place: uri.path,
            code: "console.badRequest")
    }

    func parameter(_ name: String) -> String? {
        uri.queryParameters[Substring(name)].map(String.init)
    }

    /// A parameter of the query that must be there.
    ///
    /// - Throws: `console.badRequest`.
    func required(_ name: String) throws -> String {
        guard let value = parameter(name), !value.isEmpty else {
            throw Failure("console.badRequest", "the parameter '\(name)' is missing", place: uri.path)
        }
        return value
    }

    /// A parameter that says yes or no; no where it is not there.
    ///
    /// - Throws: `console.badRequest` for any other word: `check=yes` must not mean "do it".
    func flag(_ name: String) throws -> Bool {
        guard let word = parameter(name) else { return false }
        return try KnownWord.check(word, what: "value of '\(name)'", among: ["true", "false"]) == "true"
    }

    func number(_ name: String) throws -> UInt64? {
        guard let text = parameter(name) else { return nil }
        guard let number = UInt64(text) else {
            throw Failure("console.badRequest", "the parameter '\(name)' is not a number", place: uri.path)
        }
        return number
    }
}
