// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

//go:build !linux

package main

// followMemory returns 0 on systems without /proc.
func followMemory(string) (stop func() int64) { return func() int64 { return 0 } }
