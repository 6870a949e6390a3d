import LoginFlow
import OAuthTypes
import WireFormats

/// The user's name, mail address and picture, and what the user can do.
enum ProfileCard {
    static func card(_ session: LoginSession, picture: ProfilePicture?) -> HTML {
        """
        <div class="card">
        <div class="person">\(avatar(session, picture: picture))
        <div><h1>\(HomePage.name(session))</h1>
        \(mail(session.claims))
        <p class="soft">Logged in as <code id="subject">\(session.subject.text)</code> by \(session.issuer)</p></div>
        </div>
        <div class="actions"><a id="api-call" class="button" href="/api-call">Call the API</a>\
        \(Layout.postButton("Refresh the tokens", id: "refresh", to: "/refresh", session: session, quiet: true))\
        \(Layout.postButton("Log out", id: "logout", to: "/logout", session: session, quiet: true))</div>
        </div>
        """
    }

    /// The initials stay behind the picture, for browsers that do not get it.
    private static func avatar(_ session: LoginSession, picture: ProfilePicture?) -> HTML {
        let image: HTML =
            picture.map {
                #"<img id="picture" src="\#($0.url)" alt="" width="72" height="72" referrerpolicy="no-referrer">"#
            } ?? ""
        return #"<div class="avatar" aria-hidden="true">\#(initials(HomePage.name(session)))\#(image)</div>"#
    }

    private static func initials(_ name: String) -> String {
        let words = name.split(separator: " ").filter { $0.first?.isLetter == true }
        let picked = [words.first, words.count > 1 ? words.last : nil].compactMap { $0?.first }
        // One character may have any number of scalars.
        return String(String.UnicodeScalarView(picked.compactMap(\.unicodeScalars.first))).uppercased()
    }

    private static func mail(_ claims: JSONObject) -> HTML {
        guard let address = claims["email"]?.stringValue else { return "" }
        let note: HTML =
            claims["email_verified"]?.boolValue == true
            ? #"<span class="tag">verified</span>"# : #"<span class="tag">not verified</span>"#
        return #"<p><span id="email">\#(address)</span> \#(note)</p>"#
    }
}
