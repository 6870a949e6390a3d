import CFloor

/// The section in which callgrind counts: `cfloor_counted` and the functions that it calls.
public enum CountedSection {
    private final class Body {
        let run: () -> Void

        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// Calls `body` once.
    public static func run(_ body: @escaping () -> Void) {
        let context = Body(body)
        withExtendedLifetime(context) {
            unsafe cfloor_counted(
                { context in
                    guard let context = unsafe context else { return }
                    unsafe Unmanaged<Body>.fromOpaque(context).takeUnretainedValue().run()
                }, Unmanaged.passUnretained(context).toOpaque())
        }
    }
}
