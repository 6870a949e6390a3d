// go-jose and its key sets.
package main

import (
	"encoding/json"
	"os"
	"time"

	"../frame"
	jose "gopkg.in/square/go-jose.v2"
	"gopkg.in/square/go-jose.v2/jwt"
)

type claims struct {
	jwt.Claims
	Others frame.Claims `json:"-"`
}

func main() {
	var keys jose.JSONWebKeySet
	if json.Unmarshal([]byte(frame.Text("jwks.json")), &keys) != nil {
		os.Exit(1)
	}
	issuer, audience := frame.Text("issuer"), frame.Text("client")
	frame.Run("go-jose (Go)", os.Getenv("PEER_VERSION"), func(token string) bool {
		parsed, err := jwt.ParseSigned(token)
		if err != nil || len(parsed.Headers) != 1 || parsed.Headers[0].Algorithm != "RS256" {
			return false
		}
		found := keys.Key(parsed.Headers[0].KeyID)
		if len(found) != 1 {
			return false
		}
		var registered claims
		if parsed.Claims(found[0].Key, &registered, &registered.Others) != nil {
			return false
		}
		expected := jwt.Expected{Issuer: issuer, Audience: jwt.Audience{audience}, Time: time.Now()}
		return registered.Validate(expected) == nil
	})
}
