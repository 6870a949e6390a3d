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
        input[type=checkbox]{flex:none;width:1.25rem;height:1.25rem;margin:.1rem 0 0;accent-color:var(--button)}
        a{color:var(--button)}
        h2{font-size:1rem;margin:0}
        code{font-size:.85em}
        output{font-weight:700;letter-spacing:.1em}
        ul{margin:1rem 0 0;padding:0;list-style:none}
        li{padding:.6rem 0;border-top:1px solid color-mix(in srgb,var(--line) 30%,transparent);position:relative}
        .scopes label{display:flex;gap:.75rem;margin:0;font-weight:400;cursor:pointer}
        .scopes .fixed{padding-left:2rem}
        .scopes .fixed::before{content:"✓";position:absolute;left:.25rem;color:var(--button);font-weight:700}
        .scopes code{display:block}
        form+p{margin-top:1rem}
        .note{padding:.75rem 1rem;border-radius:.5rem;background:var(--note);color:var(--on-note)}
        .or{display:flex;align-items:center;gap:1rem;margin:1.75rem 0 0;color:var(--muted);font-size:.9rem}
        .or::before,.or::after{content:"";flex:1;border-top:1px solid color-mix(in srgb,var(--line) 40%,transparent)}
        .accounts{margin-top:2rem;padding-top:1.25rem;border-top:1px solid color-mix(in srgb,var(--line) 40%,transparent)}
        .accounts li{display:flex;flex-wrap:wrap;gap:0 .75rem;padding:.5rem 0}
        .accounts a{font-weight:600;min-width:4rem}
        button.choice{flex:1 1 100%;text-align:left;font-weight:400}
        .choice span{display:block}
        .buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
        button{flex:1 1 7rem;padding:.7rem 1rem;font:inherit;font-weight:600;border-radius:.5rem;cursor:pointer;\
        border:1px solid var(--button);background:var(--button);color:var(--on-button)}
        button.second{background:transparent;color:inherit;border-color:var(--line)}
        :focus-visible{outline:3px solid var(--button);outline-offset:2px}
        """
}
