// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package main

import "slices"

// assumptions are all of them, in the order of a response: how it arrives, what
// it says about an instance, and what the API answers when it refuses.
func assumptions() []assumption {
	return slices.Concat(aboutResponses(), aboutTransport(), aboutCaches(), aboutTheBody(), aboutMembers(), aboutNames(), aboutStates(), aboutProfiles(), aboutRefusals())
}
