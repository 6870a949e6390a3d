// Package frame is what the drivers in Go have in common: DRIVER FOLDER SECONDS; prints one JSON line.
package frame

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const batch = 500

// Text is a file of the corpus.
func Text(name string) string {
	text, err := os.ReadFile(os.Args[1] + "/" + name)
	if err != nil {
		fail(err.Error())
	}
	return string(text)
}

// Claims are what a token of the corpus holds beside the registered claims.
type Claims struct {
	Nonce         string `json:"nonce"`
	Email         string `json:"email"`
	EmailVerified bool   `json:"email_verified"`
	Name          string `json:"name"`
	Nickname      string `json:"nickname"`
	SessionID     string `json:"sid"`
}

// Run measures `accepts`, which verifies one token whole.
func Run(peer string, version string, accepts func(token string) bool) {
	seconds, err := strconv.ParseFloat(os.Args[2], 64)
	if err != nil {
		fail("no number of seconds")
	}
	tokens := strings.Fields(Text("rs256.tok"))
	prove(tokens, accepts)
	var samples []float64
	position := 0
	for end := time.Now().Add(time.Duration(seconds * 1e9)); time.Now().Before(end); {
		begin := processorTime()
		for i := 0; i < batch; i++ {
			if !accepts(tokens[position]) {
				fail("refuses a good token")
			}
			position = (position + 1) % len(tokens)
		}
		samples = append(samples, (processorTime()-begin)/batch)
	}
	sort.Float64s(samples)
	line, _ := json.Marshal(map[string]interface{}{
		"peer": peer, "version": version + ", " + runtime.Version(), "batches": len(samples),
		"min_ns": int(samples[0]), "med_ns": int(samples[len(samples)/2]),
	})
	fmt.Println(string(line))
}

// prove fails for a driver that accepts a changed signature: it measures nothing.
func prove(tokens []string, accepts func(token string) bool) {
	changed := []byte(tokens[0])
	place := strings.LastIndex(tokens[0], ".") + 20
	if changed[place] == 'A' {
		changed[place] = 'B'
	} else {
		changed[place] = 'A'
	}
	if accepts(string(changed)) {
		fail("accepts a changed signature")
	}
	for _, token := range tokens {
		if !accepts(token) {
			fail("refuses a good token")
		}
	}
}

// processorTime is this process' time in nanoseconds.
func processorTime() float64 {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		fail("no processor time")
	}
	return 1e9*float64(usage.Utime.Sec+usage.Stime.Sec) + 1e3*float64(usage.Utime.Usec+usage.Stime.Usec)
}

func fail(reason string) {
	fmt.Fprintln(os.Stderr, reason)
	os.Exit(1)
}
