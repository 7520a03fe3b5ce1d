// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package instancestate_test

import (
	"testing"

	"github.com/wachat-net/terraform-provider-wachat/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
