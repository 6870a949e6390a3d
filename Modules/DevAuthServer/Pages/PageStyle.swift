import CryptoPrimitives
import WireFormats

/// The one style sheet of all pages, inline and named by its hash in the pages' policy.
enum PageStyle {
    /// `'sha256-…'` of the text between the style tags.
    static let source = "'sha256-\(Base64.encode(SHA2.sha256(Array(text.utf8))))'"

    static let text = """
        :root{color-scheme:light dark;--ground:#f3f4f7;--card:#ffffff;--text:#1a1d23;--muted:#565d6b;--line:#767d8a;\
        --button:#1f5fd0;--on-button:#ffffff;--alert:#fdecec;--on-alert:#8c1515;--note:#fff6d6;--on-note:#5a4300}
        @media (prefers-color-scheme:dark){:root{--ground:#121418;--card:#1c1f25;--text:#eceef2;--muted:#a8afbc;\
        --line:#858d9b;--button:#8ab4ff;--on-button:#0a1a33;--alert:#3d1517;--on-alert:#ffc9c9;--note:#3a2f0b;--on-note:#ffe39a}}
        *{box-sizing:border-box}
        body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;justify-content:center;\
        padding:1.5rem 1rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",\
        Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
        main{width:100%;max-width:26rem;background:var(--card);border-radius:1rem;padding:2rem;\
        box-shadow:0 1px 2px rgba(0,0,0,.08),0 8px 32px rgba(0,0,0,.08)}
        h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem;letter-spacing:-.01em}
        p{margin:.5rem 0}
        .muted{color:var(--muted);font-size:.9rem}
        .dev{margin:1.25rem 0 0;padding:.4rem .8rem;border-radius:.5rem;background:var(--note);color:var(--on-note);font-size:.85rem}
        [role=alert]{margin:1rem 0;padding:.75rem 1rem;border-radius:.5rem;background:var(--alert);color:var(--on-alert)}
        label{display:block;margin:1rem 0 .3rem;font-weight:600}
        input{width:100%;padding:.65rem .8rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);\
        border-radius:.5rem}
        ul{margin:1rem 0;padding:0;list-style:none}
        li{padding:.6rem 0 .6rem 1.75rem;border-top:1px solid color-mix(in srgb,var(--line) 30%,transparent);position:relative}
        li::before{content:"✓";position:absolute;left:.25rem;color:var(--button);font-weight:700}
        .buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
        button{flex:1 1 7rem;padding:.7rem 1rem;font:inherit;font-weight:600;border-radius:.5rem;cursor:pointer;\
        border:1px solid var(--button);background:var(--button);color:var(--on-button)}
        button.second{background:transparent;color:inherit;border-color:var(--line)}
        :focus-visible{outline:3px solid var(--button);outline-offset:2px}
        """
}
