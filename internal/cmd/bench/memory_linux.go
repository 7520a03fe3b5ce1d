// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// memoryInterval is short compared with the time for which a provider keeps what it
// has read: until the plan ends.
const memoryInterval = 10 * time.Millisecond

// followMemory follows the processes of an executable that begin from now on.
// The function that it returns ends that, and returns the most bytes that one of
// them had in memory at any time.
//
// The kernel keeps that maximum for each process, VmHWM, so that only a peak
// right before the end could be missed. The resource usage of Terraform's
// children is no substitute: it counts Terraform's own memory at the fork.
func followMemory(executable string) (stop func() int64) {
	ended, peak := make(chan struct{}), make(chan int64)
	go func() {
		var (
			ticker = time.NewTicker(memoryInterval)
			older  = processes()
			most   int64
		)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				most = max(most, peakOf(executable, older))
			case <-ended:
				peak <- most
				return
			}
		}
	}()
	return func() int64 {
		close(ended)
		return <-peak
	}
}

// peakOf is the highest peak of the executable's processes but for the older.
func peakOf(executable string, older map[string]struct{}) int64 {
	var most int64
	for id := range processes() {
		if _, isOlder := older[id]; isOlder {
			continue
		}
		if path, err := os.Readlink(filepath.Join("/proc", id, "exe")); err == nil && path == executable {
			most = max(most, peakResident(id))
		}
	}
	return most
}

func processes() map[string]struct{} {
	found := map[string]struct{}{}
	proc, err := os.Open("/proc")
	if err != nil {
		return found
	}
	defer proc.Close()
	names, _ := proc.Readdirnames(-1)
	for _, name := range names {
		if _, err := strconv.Atoi(name); err == nil {
			found[name] = struct{}{}
		}
	}
	return found
}

// peakResident is 0 for a process that has ended.
//
// https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
func peakResident(id string) int64 {
	status, err := os.ReadFile(filepath.Join("/proc", id, "status"))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "\nVmHWM:")
	kilobytes, _, _ := strings.Cut(after, " kB\n")
	n, err := strconv.ParseInt(strings.TrimSpace(kilobytes), 10, 64)
	if err != nil {
		return 0
	}
	return n << 10
}
