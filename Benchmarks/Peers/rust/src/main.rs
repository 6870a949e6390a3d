//! jsonwebtoken. usage: jsonwebtoken-peer FOLDER SECONDS; prints one JSON line.

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{decode, decode_header, Algorithm, DecodingKey, Validation};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use std::{env, fs};

const BATCH: usize = 200;

#[allow(dead_code)]
#[derive(serde::Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: String,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    email: Option<String>,
    email_verified: Option<bool>,
    name: Option<String>,
    nickname: Option<String>,
    sid: Option<String>,
}

struct Verifier {
    keys: HashMap<String, DecodingKey>,
    validation: Validation,
}

impl Verifier {
    fn new(folder: &str) -> Verifier {
        let set: JwkSet = serde_json::from_str(&text(folder, "jwks.json")).expect("a key set");
        let keys = set.keys.iter().map(|key| {
            let name = key.common.key_id.clone().expect("a name");
            (name, DecodingKey::from_jwk(key).expect("a key"))
        });
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[text(folder, "issuer")]);
        validation.set_audience(&[text(folder, "client")]);
        Verifier { keys: keys.collect(), validation }
    }

    fn accepts(&self, token: &str) -> bool {
        let Ok(header) = decode_header(token) else { return false };
        let Some(key) = header.kid.and_then(|name| self.keys.get(&name)) else { return false };
        decode::<Claims>(token, key, &self.validation).is_ok()
    }
}

fn text(folder: &str, name: &str) -> String {
    fs::read_to_string(format!("{folder}/{name}")).expect("a readable file")
}

fn processor_nanoseconds() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

/// A driver that accepts a changed signature measures nothing.
fn prove(verifier: &Verifier, tokens: &[&str]) {
    let mut changed = tokens[0].as_bytes().to_vec();
    let place = tokens[0].rfind('.').expect("a signature") + 20;
    changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
    assert!(!verifier.accepts(std::str::from_utf8(&changed).expect("ASCII")));
    assert!(tokens.iter().all(|token| verifier.accepts(token)));
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let folder = &arguments[1];
    let limit = Duration::from_secs_f64(arguments[2].parse().expect("seconds"));
    let tokens = text(folder, "rs256.tok");
    let tokens: Vec<&str> = tokens.lines().collect();
    let verifier = Verifier::new(folder);
    prove(&verifier, &tokens);

    let (mut samples, mut position, start) = (Vec::new(), 0, Instant::now());
    while start.elapsed() < limit {
        let begin = processor_nanoseconds();
        for _ in 0..BATCH {
            assert!(verifier.accepts(tokens[position]));
            position = (position + 1) % tokens.len();
        }
        samples.push((processor_nanoseconds() - begin) / BATCH as f64);
    }
    samples.sort_by(f64::total_cmp);
    let line = serde_json::json!({
        "peer": "jsonwebtoken (Rust, ring)", "version": option_env!("PEER_VERSION").unwrap_or("8"),
        "batches": samples.len(), "min_ns": samples[0].round(), "med_ns": samples[samples.len() / 2].round(),
    });
    println!("{line}");
}
