#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Test vectors of others, which are read where they are and never copied into this repository.
///
/// The environment variable VECTORS_DIR names their folder; without it that is `../shared/vectors` beside the package.
package enum VectorFile {
    /// A missing file fails its test, and the message says where to point VECTORS_DIR.
    package struct ReadError: Error, CustomStringConvertible {
        package let path: String

        package var description: String {
            "Cannot read the test vectors at \(path). "
                + "Set VECTORS_DIR to the folder that holds JSONTestSuite, wycheproof and the others."
        }
    }

    /// The folder of all vectors.
    package static var directory: String {
        if let variable = unsafe getenv("VECTORS_DIR") { return unsafe String(cString: variable) }
        return packageRoot + "/../shared/vectors"
    }

    private static var packageRoot: String {
        // This file is Tests/Support/VectorFile.swift.
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    }

    /// The octets of the file at `path`, which is relative to the folder of all vectors.
    package static func bytes(_ path: String) throws(ReadError) -> [UInt8] {
        try contents("\(directory)/\(path)")
    }

    /// The octets of a file of this package, at `path` below its root.
    package static func document(_ path: String) throws(ReadError) -> [UInt8] {
        try contents("\(packageRoot)/\(path)")
    }

    /// The octets of one of our own vector files, at `path` below Tests/Vectors.
    package static func own(_ path: String) throws(ReadError) -> [UInt8] {
        try contents("\(packageRoot)/Tests/Vectors/\(path)")
    }

    private static func contents(_ path: String) throws(ReadError) -> [UInt8] {
        guard let file = unsafe fopen(path, "rb") else { throw ReadError(path: path) }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        guard unsafe ferror(file) == 0 else { throw ReadError(path: path) }
        return bytes
    }

    /// The names in the folder at `path`, sorted, without those that begin with a dot.
    package static func names(in path: String) throws(ReadError) -> [String] {
        try list("\(directory)/\(path)")
    }

    /// The names in a folder of this package, sorted, without those that begin with a dot.
    package static func documents(in path: String) throws(ReadError) -> [String] {
        try list("\(packageRoot)/\(path)")
    }

    private static func list(_ path: String) throws(ReadError) -> [String] {
        guard let folder = unsafe opendir(path) else { throw ReadError(path: path) }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
