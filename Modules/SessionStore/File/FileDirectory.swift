#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One of our directories by its descriptor: everything is named relative to it, so that no other directory can replace
/// it.
struct FileDirectory: ~Copyable {
    let descriptor: FileDescriptor

    /// Opens an existing directory.
    init(_ name: String, in parent: borrowing FileDirectory) throws(SessionStoreError) {
        descriptor = try parent.open(name, flags: O_RDONLY | O_DIRECTORY)
    }

    /// Opens the directory `path` as it is.
    /// - Throws: ``SessionStoreError/exposed(path:_:)`` when it belongs to another user or is open to others.
    init(existing path: String) throws(SessionStoreError) {
        let descriptor = try FileDescriptor(path, in: AT_FDCWD, path: path, flags: O_RDONLY | O_DIRECTORY)
        if let exposure = try descriptor.status().exposure { throw .exposed(path: path, exposure) }
        self.descriptor = descriptor
    }

    /// Opens the directory `path`, and creates one of mode 0700 if there is none.
    /// - Throws: ``SessionStoreError/exposed(path:_:)`` when it belongs to another user or is open to others.
    init(making path: String) throws(SessionStoreError) {
        try self.init(making: path, in: AT_FDCWD, path: path)
    }

    /// Opens a directory in `parent`, and creates one of mode 0700 if there is none.
    /// - Throws: ``SessionStoreError/exposed(path:_:)`` when it belongs to another user or is open to others.
    init(making name: String, in parent: borrowing FileDirectory) throws(SessionStoreError) {
        try self.init(making: name, in: parent.descriptor.raw, path: parent.path(of: name))
    }

    private init(making name: String, in parent: Int32, path: String) throws(SessionStoreError) {
        let made = retrying { unsafe mkdirat(parent, name, 0o700) }
        guard made == 0 || errno == EEXIST else { throw .system("mkdir", at: path) }
        let descriptor = try FileDescriptor(name, in: parent, path: path, flags: O_RDONLY | O_DIRECTORY)
        // The umask may have removed the owner's permissions.
        if made == 0 { try descriptor.setMode(0o700) }
        if let exposure = try descriptor.status().exposure { throw .exposed(path: path, exposure) }
        self.descriptor = descriptor
    }

    /// The path of the file `name` in errors.
    func path(of name: String) -> String { descriptor.path + "/" + name }

    /// Opens `name` in it.
    func open(_ name: String, flags: Int32) throws(SessionStoreError) -> FileDescriptor {
        try FileDescriptor(name, in: descriptor.raw, path: path(of: name), flags: flags)
    }

    /// Waits until the names in it are on the disk.
    func synchronize() throws(SessionStoreError) { try descriptor.synchronize() }

    /// Waits until the directory's own name is on the disk, where its parent may be opened for that.
    func synchronizeParent() throws(SessionStoreError) {
        do { try open("..", flags: O_RDONLY | O_DIRECTORY).synchronize() } catch {
            guard case .system("open", _, EACCES) = error else { throw error }
        }
    }

    /// The descriptor of `name`; nil if it does not exist.
    func open(_ name: String) throws(SessionStoreError) -> FileDescriptor? {
        do { return try open(name, flags: O_RDONLY) } catch {
            guard error.isNotFound else { throw error }
            return nil
        }
    }

    /// Gives `name` new contents, at once or not at all; the name is on the disk after ``synchronize()``. Its
    /// modification time becomes `modified`.
    ///
    /// Between writing the contents and giving them the name, `prepare` may change other names, and `synchronize` waits
    /// until the contents and these are on the disk.
    func replace(
        _ name: String, with octets: [UInt8], modified: Int64, temporary: String,
        prepare: () throws(SessionStoreError) -> Void = {},
        synchronize: (borrowing FileDescriptor) throws(SessionStoreError) -> Void = {
            (file) throws(SessionStoreError) in
            try file.synchronize()
        }
    ) throws(SessionStoreError) {
        do throws(SessionStoreError) {
            let file = try open(temporary, flags: O_WRONLY | O_CREAT | O_EXCL)
            try file.setMode(0o600)
            try file.write(octets)
            try file.setModified(modified)
            try prepare()
            try synchronize(file)
            let renamed = retrying { unsafe renameat(descriptor.raw, temporary, descriptor.raw, name) }
            guard renamed == 0 else { throw SessionStoreError.system("rename", at: path(of: name)) }
        } catch {
            _ = unsafe unlinkat(descriptor.raw, temporary, 0)
            throw error
        }
    }

    /// Removes `name` if it is there, and tells whether it was.
    func remove(_ name: String) throws(SessionStoreError) -> Bool {
        if retrying({ unsafe unlinkat(descriptor.raw, name, 0) }) == 0 { return true }
        guard errno == ENOENT else { throw .system("unlink", at: path(of: name)) }
        return false
    }

    /// Opens a file for locking or marking, and creates an empty one if it does not exist.
    func openOrMake(_ name: String) throws(SessionStoreError) -> FileDescriptor {
        do { return try open(name, flags: O_RDWR) } catch { guard error.isNotFound else { throw error } }
        let file = try open(name, flags: O_RDWR | O_CREAT)
        try file.setMode(0o600)
        return file
    }

    /// What the system knows about `name`; nil if it does not exist.
    func status(of name: String) throws(SessionStoreError) -> FileDescriptor.Status? {
        var status = stat()
        let found = retrying { unsafe fstatat(descriptor.raw, name, &status, AT_SYMLINK_NOFOLLOW) }
        guard found == 0 else {
            guard errno == ENOENT else { throw .system("fstatat", at: path(of: name)) }
            return nil
        }
        return FileDescriptor.Status(status)
    }

    /// The names for which `isWanted` holds, in no order.
    func names(where isWanted: (String) -> Bool) throws(SessionStoreError) -> [String] {
        // The stream closes its descriptor, and has a position of its own in the directory.
        let again = try open(".", flags: O_RDONLY | O_DIRECTORY)
        let copy = retrying { fcntl(again.raw, F_DUPFD_CLOEXEC, 0) }
        guard copy >= 0 else { throw .system("dup", at: descriptor.path) }
        guard let stream = unsafe fdopendir(copy) else {
            close(copy)
            throw .system("fdopendir", at: descriptor.path)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
                unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != "..", isWanted(name) { names.append(name) }
        }
        guard errno == 0 else { throw .system("readdir", at: descriptor.path) }
        return names
    }
}
