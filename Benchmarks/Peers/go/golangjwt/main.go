// golang-jwt, whose keys the driver reads itself: the library knows no key sets.
package main

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"os"

	"../frame"
	"github.com/golang-jwt/jwt"
)

type claims struct {
	jwt.StandardClaims
	frame.Claims
}

func keysByName() map[string]*rsa.PublicKey {
	var set struct{ Keys []struct{ N, E, Kid string } }
	if json.Unmarshal([]byte(frame.Text("jwks.json")), &set) != nil {
		os.Exit(1)
	}
	keys := map[string]*rsa.PublicKey{}
	for _, member := range set.Keys {
		keys[member.Kid] = &rsa.PublicKey{N: number(member.N), E: int(number(member.E).Int64())}
	}
	return keys
}

func number(text string) *big.Int {
	octets, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		os.Exit(1)
	}
	return new(big.Int).SetBytes(octets)
}

func main() {
	keys := keysByName()
	issuer, audience := frame.Text("issuer"), frame.Text("client")
	find := func(token *jwt.Token) (interface{}, error) {
		name, _ := token.Header["kid"].(string)
		if key, known := keys[name]; known {
			return key, nil
		}
		return nil, errors.New("unknown key")
	}
	parser := &jwt.Parser{ValidMethods: []string{"RS256"}}
	frame.Run("golang-jwt (Go)", os.Getenv("PEER_VERSION"), func(token string) bool {
		var found claims
		_, err := parser.ParseWithClaims(token, &found, find)
		return err == nil && found.VerifyIssuer(issuer, true) && found.VerifyAudience(audience, true)
	})
}
