import Glibc

/// A process that uses a durable store for `Tests/Durability/run`, which kills it, makes its system calls fail, and takes its
/// disk away. It takes commands on a socket, descriptor 0, and answers each with a line; see ``Session``.
@main
struct DurabilityWorker {
    static func main() async {
        let session = Session(channel: Channel())
        while let line = session.channel.nextLine() {
            let words = line.split(separator: " ").map(String.init)
            if words.first == "quit" { break }
            await session.answer(words)
        }
    }
}
