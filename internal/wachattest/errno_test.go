// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest_test

import (
	"errors"
	"syscall"
)

// Winsock's error codes. On Windows the network returns these, not the values
// that package syscall declares under the POSIX names.
const (
	errConnReset   = syscall.Errno(10054)
	errConnRefused = syscall.Errno(10061)
)

// isErrno reports whether an error is the POSIX one or Winsock's.
func isErrno(err error, posix, winsock syscall.Errno) bool {
	return errors.Is(err, posix) || errors.Is(err, winsock)
}
