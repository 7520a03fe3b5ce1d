// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package simulation_test

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"time"
)

// random draws what a seed decides.
type random struct{ *rand.Rand }

// newRandom returns a source for what the key names, independent of all others
// of the seed.
func newRandom(seed uint64, key ...any) random {
	hash := fnv.New64a()
	_, _ = fmt.Fprint(hash, key...)
	return random{rand.New(rand.NewPCG(seed, hash.Sum64()))}
}

// chance is true with probability p.
func (r random) chance(p float64) bool { return r.Float64() < p }

// between draws from low to high, both included.
func (r random) between(low, high int) int { return low + r.IntN(high-low+1) }

// duration draws from low to high, in whole milliseconds. Short durations are
// as likely as long ones: 1s to 10s as 10s to 100s.
func (r random) duration(low, high time.Duration) time.Duration {
	if high <= low {
		return low
	}
	floor := math.Log(float64(low + time.Millisecond))
	span := math.Log(float64(high+time.Millisecond)) - floor
	drawn := time.Duration(math.Exp(floor + r.Float64()*span))
	return min(max(drawn.Truncate(time.Millisecond), low), high)
}

// pick draws one of the values.
func pick[T any](r random, values ...T) T { return values[r.IntN(len(values))] }
