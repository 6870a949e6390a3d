import AuthURL
import OAuthTypes

extension LoginFlow {
    /// Redirects the browser to the provider with its pending login, or uses a form if the head would be too long. Old
    /// pending logins are removed as far as there is room.
    func depart(with started: StartedLogin, _ cookie: HeaderField, _ request: BrowserRequest) -> BrowserReply {
        let redirect = BrowserReply.redirect(to: started.url.exposedText)
        var reply =
            redirect.fits(beside: privateFields + [cookie])
            ? redirect : page(.providerForm(ProviderForm(started)), status: 200)
        let room = reply.headRoom(beside: privateFields + [cookie])
        reply.fields += cookies.evictions(for: cookie, in: request, room: room) + [cookie]
        return reply
    }
}
